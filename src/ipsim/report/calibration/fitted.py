"""The figure of fit: published figures at 1, what runs gave before and after beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from ipsim.report import style
from ipsim.report.calibration.names import Row, figure_words
from ipsim.report.labels import wrapped
from ipsim.report.phrases import phrase

_ROW_INCHES = 0.34
_TOP, _BOTTOM = 0.5, 1.05
THICK, THIN = 0.56, 0.26
"""Heights of the bars of before and after, in rows."""
_WIDE = 1.645  # standard deviations of a 90 % band
_FARTHEST = 10.0  # the axis ends here; what is beyond is marked by an arrow
_LEAST_REACH = 1.6
_TICKS = (0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)


def draw(rows: Sequence[Row], title: str, lang: str) -> Figure:
    """Draw aims of one group, a row each, in the order that is given.

    Parameters
    ----------
    rows
        Of the fit table.
    title
        Name of the group.
    lang
        ``en`` or ``zh``.
    """
    figure, axes = rowed([figure_words(row, lang) for row in rows], title)
    reach = _reach(rows)
    _scaled(axes, reach)
    for place, row in enumerate(rows):
        _row(axes, place, row, reach)
    axes.axvline(1.0, color=style.MUTED, linewidth=1, zorder=1)
    axes.set_xlabel(phrase("calibration.axis_fit", lang), color=style.MUTED, fontsize=style.SMALL)
    _legend(figure, rows, lang)
    return figure


def rowed(labels: Sequence[str], title: str) -> tuple[Figure, Axes]:
    """Return a figure with a title and empty axes that have a labelled row for each of what is shown."""
    height = _TOP + _BOTTOM + _ROW_INCHES * max(len(labels), 2)
    figure = style.canvas((style.INCHES[0], height))
    axes = figure.add_axes((0.385, _BOTTOM / height, 0.575, 1 - (_TOP + _BOTTOM) / height))
    style.bare(axes)
    axes.grid(axis="x", color=style.GRID, linewidth=0.7)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.yaxis.set_major_locator(FixedLocator(range(len(labels))))
    axes.set_yticklabels([wrapped(label) for label in labels])
    axes.tick_params(axis="y", labelcolor=style.INK)
    place = (0.02, 1 - 0.27 / height)
    axes.annotate(title, place, xycoords="figure fraction", fontsize=11.5, color=style.INK)
    return figure, axes


def published_band(row: Row) -> tuple[float, float]:
    """Return between what the published figure lies, over itself: its range widened by its error."""
    value, factor = float(row["published"]), math.exp(_WIDE * float(row["error"]))
    ends = sorted((float(row["low"]) / value, float(row["high"]) / value))
    return min(ends[0], 1.0) / factor, max(ends[1], 1.0) * factor


def over_published(row: Row, part: str) -> tuple[float, float, float]:
    """Return low, median and high of ``prior`` or ``posterior`` over the published figure."""
    value = float(row["published"])
    low, middle, high = sorted(float(row[f"{part}_{what}"]) / value for what in ("low", "median", "high"))
    return low, middle, high


def _reach(rows: Sequence[Row]) -> float:
    """Return how far from 1 the axis goes, as a factor; the same both ways."""
    ends = [1.0 / _LEAST_REACH, _LEAST_REACH]
    for row in rows:
        ends += [*over_published(row, "posterior"), *published_band(row)]
    logs = [abs(math.log(end)) if end > 0 else math.inf for end in ends if math.isfinite(end)]
    return min(_FARTHEST, 1.1 * math.exp(max(logs)))


def _scaled(axes: Axes, reach: float) -> None:
    axes.set_xscale("log")
    axes.set_xlim(1.0 / reach, reach)
    axes.xaxis.set_major_locator(FixedLocator([one for one in _TICKS if 1.0 / reach <= one <= reach]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(style.short))


def _row(axes: Axes, place: int, row: Row, reach: float) -> None:
    test = row["use"] == "test"
    colour = style.ORANGE if test else style.BLUE
    for part, thick, shade in (("prior", THICK, style.GRID), ("posterior", THIN, colour)):
        low, _, high = np.clip(over_published(row, part), 1.0 / reach, reach)
        axes.barh(place, high - low, thick, left=low, color=shade, linewidth=0, zorder=2)
    low, high = np.clip(published_band(row), 1.0 / reach, reach)
    axes.plot([low, high], [place] * 2, color=style.INK, linewidth=1.3, solid_capstyle="butt", zorder=3)
    face = style.PAPER if test else style.INK
    axes.plot(1.0, place, "D", ms=5, mfc=face, mec=style.INK, zorder=4)
    middle = over_published(row, "posterior")[1]
    if 1.0 / reach < middle < reach:
        axes.plot([middle] * 2, [place - 0.24, place + 0.24], color=style.INK, linewidth=2, zorder=5)
    else:
        end, mark = (reach, ">") if middle >= reach else (1.0 / reach, "<")
        axes.plot(end, place, mark, ms=7, color=colour, clip_on=False, zorder=5)


def _legend(figure: Figure, rows: Sequence[Row], lang: str) -> None:
    uses = {row["use"] for row in rows}
    key: list[tuple[Patch | Line2D, str]] = []
    for use, name, face in (("fit", "published", style.INK), ("test", "test", style.PAPER)):
        if use in uses:
            mark = Line2D([], [], marker="D", ls="-", color=style.INK, ms=5, mfc=face, mec=style.INK)
            key.append((mark, name))
    key.append((Patch(color=style.GRID), "prior"))
    key += [(Patch(color=style.BLUE), "posterior")] if "fit" in uses else []
    key += [(Patch(color=style.ORANGE), "posterior_test")] if "test" in uses else []
    keyed(figure, key, lang)


def keyed(figure: Figure, key: Sequence[tuple[Patch | Line2D, str]], lang: str) -> None:
    """Put the key of marks below a figure."""
    marks, names = [mark for mark, _ in key], [name for _, name in key]
    words = [phrase(f"calibration.key_{name}", lang) for name in names]
    style.key(figure, marks, words, (0.02, 0.0), handlelength=1.6, columnspacing=1.4)
