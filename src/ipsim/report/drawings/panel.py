"""One panel over the years: lines with bands, published dots, names at the line ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ipsim.indicators.catalogue import INDICATORS
from ipsim.report import style
from ipsim.report.drawings.source import Source

GRID_2X2 = ((0.065, 0.60), (0.545, 0.60), (0.065, 0.125), (0.545, 0.125))
WIDTH, HEIGHT = 0.315, 0.285
LABEL = 9.5
_LIGHT = 0.16


class Line(NamedTuple):
    """An indicator to draw, its short name and its colour."""

    name: str
    label: str
    colour: str


def four(figure: Figure) -> list[Axes]:
    """Return the four axes of a figure with two rows of two panels."""
    return [figure.add_axes((x, y, WIDTH, HEIGHT)) for x, y in GRID_2X2]


def panel(axes: Axes, source: Source, title: str, unit: str, lines: Sequence[Line]) -> None:
    """Draw ``lines`` with their bands and published figures into ``axes``.

    Parameters
    ----------
    axes
        Empty axes.
    source
        What was simulated and what was published.
    title, unit
        Keys of phrases: what the panel shows, and the unit of its vertical axis.
    lines
        The indicators; those that were not measured are left out.
    """
    measured = source.measured
    years = measured.years
    style.titled(axes, source.say(title), source.say(unit))
    style.yearly(axes, int(years[0]), int(years[-1]), source.say("year"))
    drawn = [line for line in lines if measured.has(line.name)]
    for line in drawn:
        low, mid, high = (part * source.factor(line.name) for part in measured.ranges(line.name))
        if measured.several:
            axes.fill_between(years, low, high, color=line.colour, alpha=_LIGHT, linewidth=0)
        axes.plot(years, mid, color=line.colour, linewidth=1.9, solid_capstyle="round")
        dots(axes, source, line)
    if not drawn:
        empty(axes, source)
        return
    limits(axes, [line.name for line in drawn])
    ends = [_last(measured.ranges(line.name)[1] * source.factor(line.name)) for line in drawn]
    names(axes, ends, [(line.label, line.colour) for line in drawn])


def _last(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    good = values[~np.isnan(values)]
    return float(good[-1])


def empty(axes: Axes, source: Source) -> None:
    """Say that there is nothing to show, rather than show an empty panel."""
    axes.set_ylim(0, 1)
    axes.yaxis.set_major_locator(style.FixedLocator([]))
    style.note(axes, source.say("nothing"), (0.5, 0.5), (0, 0), ha="center")


def limits(axes: Axes, shown: Sequence[str]) -> None:
    """Start at zero unless the figures can be negative, and never draw a flat axis."""
    low, high = axes.get_ylim()
    signed = any(name == "revenue_growth" for name in shown) and low < 0
    high = high if high > 0 else 1.0
    if all(INDICATORS[n].unit == "percent" for n in shown if n in INDICATORS) and not signed:
        high = min(high, 104.0) if high > 60 else high
    axes.set_ylim(low if signed else 0, high)


def dots(axes: Axes, source: Source, line: Line) -> None:
    """Draw the published figures of a line: hollow if unsure, diamonds if converted, ranges as lines."""
    for one in source.published:
        if one.indicator == line.name:
            if one.low is not None and one.high is not None:
                ends = [one.low * source.factor(line.name), one.high * source.factor(line.name)]
                axes.plot([one.year, one.year], ends, color=line.colour, linewidth=1.4, zorder=4)
            axes.plot(
                [one.year],
                [one.value * source.factor(line.name)],
                marker="D" if one.adjusted else "o",
                markersize=5.2 if one.adjusted else 6,
                markerfacecolor=line.colour if one.sure else style.PAPER,
                markeredgecolor=style.INK if one.sure else line.colour,
                markeredgewidth=0.8 if one.sure else 1.4,
                linestyle="none",
                zorder=5,
                clip_on=False,
            )


def names(axes: Axes, ends: Sequence[float], labels: Sequence[tuple[str, str]]) -> None:
    """Write each name beside the end of its line, pushed apart where they would overlap."""
    low, high = axes.get_ylim()
    figure = axes.get_figure(root=True)
    points = axes.get_position().height * (figure.get_figheight() if figure else 6) * 72
    gap = LABEL * 1.25 / points
    wanted = np.array([(end - low) / (high - low) for end in ends])
    for place, (label, colour) in zip(apart(wanted, gap), labels, strict=True):
        style.note(axes, label, (1, place), (3, 0), color=colour, fontsize=LABEL, va="center")


def apart(
    wanted: np.ndarray[tuple[int], np.dtype[np.float64]], gap: float
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return places at least ``gap`` apart and near the wanted ones, between 0 and 1."""
    order = np.argsort(wanted, kind="stable")
    places = np.clip(wanted[order], 0.02, 0.98)
    for _ in range(60):
        lack = gap - np.diff(places)
        if not (lack > 1e-9).any():
            break
        push = np.where(lack > 0, lack / 2, 0)
        places[:-1] -= push
        places[1:] += push
        places += max(0.0, 0.02 - places[0])
    result = np.empty_like(places)
    result[order] = places
    return result


def key(figure: Figure, source: Source, shown: Sequence[str]) -> None:
    """Draw the key of a figure: line, band, and the dots that occur in it."""
    ink = style.MUTED
    line = "median" if source.measured.several else "one_run"
    handles: list[tuple[Line2D | Patch, str]] = [(Line2D([], [], color=ink, linewidth=1.9), line)]
    if source.measured.several:
        handles.append((Patch(facecolor=ink, alpha=_LIGHT * 1.6), "band"))
    there = [one for one in source.published if one.indicator in shown]
    kinds = (
        ("published", "o", ink, any(not one.adjusted and one.sure for one in there)),
        ("adjusted", "D", ink, any(one.adjusted for one in there)),
        ("unsure", "o", style.PAPER, any(not one.sure for one in there)),
    )
    for name, marker, face, occurs in kinds:
        if occurs:
            dot = Line2D(
                [], [], marker=marker, color=ink, markerfacecolor=face, linestyle="none", markersize=5.5
            )
            handles.append((dot, name))
    words = [source.say(f"key_{name}") for _, name in handles]
    looks = {"labelcolor": ink, "handlelength": 1.6, "columnspacing": 1.6}
    style.key(figure, [mark for mark, _ in handles], words, (0.05, 0.0), **looks)
