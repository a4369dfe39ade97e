"""Figures of what money buys."""

from __future__ import annotations

import numpy as np
from drawing import below, grid, key, plain
from estimate import Estimate, mean_of
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from yuan_levers import FAMILIES, GOODS, SUM, Lever, ordered

from ipsim.report import style
from ipsim.report.drawings.panel import apart

DRAWN = ("high_value", "quality_weighted", "lending", "pattern")


def draw_each(levers: list[Lever]) -> Figure:
    """Draw what each 100 million buys, a row a lever, a panel a good."""
    rows = ordered(levers, "high_value")
    height = 1.75 + 0.27 * len(rows)
    figure = style.canvas((9.2, height))
    goods = [good for good in GOODS if good.outcome in DRAWN]
    for place, good in enumerate(goods):
        left = 0.205 + 0.2 * place
        axes = figure.add_axes((left, 0.87 / height, 0.168, 1 - 1.6 / height))
        plain(axes, *good.narrow)
        axes.grid(visible=False, axis="y")
        axes.grid(axis="x", color=style.GRID, linewidth=0.7)
        axes.xaxis.set_major_locator(style.MaxNLocator(3, steps=[1, 2, 2.5, 5, 10]))
        axes.axvline(0, color=style.MUTED, linewidth=1)
        for row, lever in enumerate(rows):
            _whisker(axes, lever.each(good.outcome, SUM), row, lever.colour)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.yaxis.set_major_locator(style.FixedLocator(range(len(rows))))
        axes.set_yticklabels([lever.name for lever in rows] if place == 0 else [])
    key(figure, list(FAMILIES.items()), 4)
    return figure


def _whisker(axes: Axes, one: Estimate, row: int, colour: str) -> None:
    axes.plot([one.low, one.high], [row, row], color=colour, linewidth=2, solid_capstyle="round")
    face = colour if one.sure else style.PAPER
    axes.plot([one.mean], [row], marker="o", markersize=5, markerfacecolor=face, markeredgecolor=colour)


def draw_doses(levers: list[Lever]) -> Figure:
    """Draw gains over money, a line a lever: where it bends, returns diminish."""
    figure, panels = grid(2, 2, (9.2, 7.6), 0.55)
    goods = [good for good in GOODS if good.outcome in DRAWN]
    for axes, good in zip(panels, goods, strict=True):
        plain(axes, good.title, f"more than the base; {good.unit}")
        below(axes, "public money 2021–2030 more than the base, RMB million")
        axes.axhline(0, color=style.MUTED, linewidth=0.8)
        there = [lever for lever in levers if lever.takes_money]
        tops = sorted(there, key=lambda lever: -_reach(lever, good.outcome))[:_NAMED]
        tops = [lever for lever in tops if _reach(lever, good.outcome) > 0]
        found = [(lever, *_curve(axes, lever, good.outcome, lever in tops)) for lever in there]
        axes.set_xlim(-30, _WIDEST)
        _name(axes, [one for one in found if one[0] in tops])
    key(figure, list(FAMILIES.items()), 4)
    return figure


_WIDEST = 1600.0
"""RMB million up to which gains are drawn."""

_NAMED = 5
"""Levers that are named in a panel."""


def _drawn(lever: Lever) -> list[int]:
    """Return the doses that lie inside a panel; the first in any case."""
    costs = lever.costs.mean(axis=1)
    return [place for place in range(len(costs)) if place == 0 or costs[place] <= _WIDEST]


def _reach(lever: Lever, outcome: str) -> float:
    """Return the largest gain or loss that can be told from nothing."""
    gains = [mean_of(lever.gains[outcome][place]) for place in _drawn(lever)]
    return max((abs(one.mean) for one in gains if one.sure), default=0.0)


def _curve(axes: Axes, lever: Lever, outcome: str, named: bool) -> tuple[float, float]:
    """Draw a lever's doses and return where its line ends."""
    doses = _drawn(lever)
    gains = [mean_of(lever.gains[outcome][place]) for place in doses]
    x = [0.0, *(float(lever.costs[place].mean()) for place in doses)]
    y = [0.0, *(one.mean for one in gains)]
    axes.plot(x, y, color=lever.colour, linewidth=1.6 if named else 0.7, alpha=1.0 if named else 0.5)
    if named:
        axes.plot(x, y, "o", color=lever.colour, markersize=3.5)
        for place, one in zip(x[1:], gains, strict=True):
            axes.plot([place, place], [one.low, one.high], color=lever.colour, linewidth=1.2)
    return x[-1], y[-1]


def _name(axes: Axes, ends: list[tuple[Lever, float, float]]) -> None:
    """Write the names at the ends of lines, pushed apart where they would overlap."""
    low, high = axes.get_ylim()
    axes.set_ylim(low, high)
    heights = apart(np.array([(y - low) / (high - low) for _, _, y in ends]), 0.055)
    for (lever, x, _), height in zip(ends, heights, strict=True):
        axes.annotate(
            lever.name,
            (x, low + float(height) * (high - low)),
            xytext=(6, 0),
            textcoords="offset points",
            fontsize=style.SMALL - 0.5,
            color=lever.colour,
            va="center",
        )
