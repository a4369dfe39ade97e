"""The figure of a hindcast: predictions as multiples of what was published, grouped by place."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from ipsim.report import style
from ipsim.report.hindcast.rows import Row, is_given, ordered, place_of, title_of
from ipsim.report.labels import wrapped
from ipsim.report.phrases import phrase

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ipsim.study.hindcast import Scores

_ROW_INCHES = 0.33
_TOP, _BOTTOM = 0.25, 1.15
_TICKS = (0.1, 0.2, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 5, 10)
_WIDEST = 12.0
"""Multiples beyond this, or below its inverse, are drawn at the edge."""
_LABEL = 40
_NAIVE: dict[str, dict[str, Any]] = {
    "last": {"marker": "s", "markeredgecolor": style.ORANGE},
    "growth": {"marker": "^", "markeredgecolor": style.PURPLE},
}


class _Line(NamedTuple):
    """A line of the figure: a heading, or a row."""

    heading: str
    row: Row | None


def draw(scores: Scores, lang: str) -> Figure:
    """Draw every figure that was scored."""
    lines = _lines(scores, lang)
    height = _TOP + _BOTTOM + _ROW_INCHES * max(len(lines), 3)
    figure = style.canvas((style.INCHES[0], height))
    axes = figure.add_axes((0.4, _BOTTOM / height, 0.56, 1 - (_TOP + _BOTTOM) / height))
    style.bare(axes)
    axes.set_xscale("log")
    axes.set_ylim(len(lines) - 0.4, -0.6)
    axes.grid(axis="x", color=style.GRID, linewidth=0.7)
    rows = [(place, line.row) for place, line in enumerate(lines) if line.row is not None]
    _scale(axes, [row for _, row in rows])
    axes.axvline(1, color=style.INK, linewidth=1)
    for place, row in rows:
        _prediction(axes, place, row)
        _published(axes, place, row)
        _naive(axes, place, row)
    axes.yaxis.set_major_locator(FixedLocator([place for place, _ in rows]))
    axes.set_yticklabels([wrapped(title_of(row, lang), 1, _LABEL) for _, row in rows])
    axes.tick_params(axis="y", labelcolor=style.INK)
    for place, line in enumerate(lines):
        if line.row is None:
            at = (-0.68, place)
            axes.annotate(line.heading, at, xycoords=("axes fraction", "data"), va="center", color=style.INK)
    axes.set_xlabel(phrase("hindcast.axis", lang), color=style.MUTED, fontsize=style.SMALL)
    _legend(figure, [row for _, row in rows], lang)
    return figure


def _lines(scores: Scores, lang: str) -> list[_Line]:
    lines: list[_Line] = []
    place = None
    for row in ordered(scores.table):
        if row["place"] != place:
            place = row["place"]
            lines.append(_Line(place_of(scores, place, lang), None))
        lines.append(_Line("", row))
    return lines


def _ratio(row: Row, column: str) -> float:
    """Return a value as a multiple of the published figure, within what is drawn; NaN where there is none."""
    value = float(row[column]) if is_given(row[column]) else math.nan
    if math.isnan(value) or not row["published"] > 0:
        return math.nan
    return min(max(value / row["published"], 1 / _WIDEST), _WIDEST)


def _scale(axes: Axes, rows: list[Row]) -> None:
    """Make the axis hold everything that is drawn, with one in the middle part."""
    columns = ("low_90", "high_90", "last", "growth", "published_low", "published_high")
    values = [_ratio(row, column) for row in rows for column in columns]
    known = [value for value in values if not math.isnan(value)]
    low, high = min([0.5, *known]) / 1.1, max([2.0, *known]) * 1.1
    axes.set_xlim(low, high)
    ticks = [tick for tick in _TICKS if low <= tick <= high]
    if len(ticks) > 8:
        ticks = [tick for tick in ticks if tick not in (0.33, 0.8, 1.25)]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))


def _prediction(axes: Axes, place: int, row: Row) -> None:
    """Draw the two bands and the median; pale where the figure is not sure."""
    colour = style.BLUE if row["sure"] else style.MUTED
    for level, thick, alpha in ((90, 4.0, 0.45), (50, 9.0, 0.8)):
        ends = [_ratio(row, f"low_{level}"), _ratio(row, f"high_{level}")]
        axes.plot(ends, [place, place], color=colour, linewidth=thick, alpha=alpha, solid_capstyle="butt")
    middle = _ratio(row, "median")
    axes.plot([middle, middle], [place - 0.24, place + 0.24], color=style.PAPER, linewidth=1.8)


def _published(axes: Axes, place: int, row: Row) -> None:
    """Draw the published figure, or its range; a bound goes on to the edge."""
    low, high = (is_given(row[f"published_{end}"]) for end in ("low", "high"))
    if low or high:
        edges = axes.get_xlim()
        start = _ratio(row, "published_low") if low else edges[0]
        end = _ratio(row, "published_high") if high else edges[1]
        axes.plot([start, end], [place, place], color=style.INK, linewidth=1.2)
        for value, given in ((start, low), (end, high)):
            if given:
                axes.plot([value] * 2, [place - 0.2, place + 0.2], color=style.INK, linewidth=1.2)
    else:
        axes.plot(1, place, "o", ms=5, color=style.INK, zorder=5)


def _naive(axes: Axes, place: int, row: Row) -> None:
    for name, looks in _NAIVE.items():
        value = _ratio(row, name)
        if not math.isnan(value):
            axes.plot(value, place, ms=6, mew=1.6, markerfacecolor=style.PAPER, zorder=4, **looks)


def _legend(figure: Figure, rows: list[Row], lang: str) -> None:
    def mark(**looks: Any) -> Line2D:
        return Line2D([], [], ls="none", **looks)

    handles: list[tuple[Line2D | Patch, str]] = [(mark(marker="o", ms=5, color=style.INK), "published")]
    if any(is_given(row["published_low"]) or is_given(row["published_high"]) for row in rows):
        handles.append((Line2D([], [], color=style.INK, linewidth=1.2), "range"))
    handles += [
        (Patch(color=style.BLUE, alpha=0.8), "50"),
        (Patch(color=style.BLUE, alpha=0.45), "90"),
        (mark(marker="|", ms=9, mew=1.8, color=style.MUTED), "median"),
    ]
    for name, looks in _NAIVE.items():
        if any(is_given(row[name]) for row in rows):
            handles.append((mark(ms=6, mew=1.6, markerfacecolor=style.PAPER, **looks), name))
    if not all(row["sure"] for row in rows):
        handles.append((Patch(color=style.MUTED, alpha=0.8), "unsure"))
    words = [phrase(f"hindcast.key_{name}", lang) for _, name in handles]
    marks = [handle for handle, _ in handles]
    style.key(figure, marks, words, (0.02, 0.0), ncols=4, handlelength=1.4, columnspacing=1.6)
