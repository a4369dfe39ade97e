"""The figure of a frontier: its policies beside random ones and the scenario as it is."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from ipsim.report import style
from ipsim.report.frontier.amounts import Measure, measures
from ipsim.report.frontier.chosen import spread_along
from ipsim.report.phrases import phrase

if TYPE_CHECKING:
    from ipsim.study.search import SearchResult
    from ipsim.study.search.judging import Judged

NAME = "frontier"

_LOOKS: dict[str, dict[str, Any]] = {
    "random": {"marker": "o", "color": style.MUTED, "markersize": 3.6, "alpha": 0.55},
    "search": {"marker": "o", "color": style.SKY, "markersize": 3.6, "alpha": 0.5},
    "checked": {"marker": "x", "color": style.PURPLE, "markersize": 5.5, "markeredgewidth": 1.3},
    "frontier": {"marker": "o", "color": style.BLUE, "markersize": 7.5},
    "base": {"marker": "D", "color": style.ORANGE, "markersize": 8},
}
"""How each kind of policy is drawn, the lowest layer first."""

_OUTSIDE = 0.5
"""How much wider than the policies that matter a panel is, as a share of their range."""


def draw(result: SearchResult, lang: str) -> Figure:
    """Draw the goals against one another and against the cost, a panel a pair."""
    pairs = _pairs(measures(result.settings, lang))
    figure = style.canvas((style.INCHES[0], 5.6 if len(pairs) == 1 else 4.9))
    width = 0.86 / len(pairs) - 0.055 if len(pairs) > 1 else 0.6
    for number, (across, up) in enumerate(pairs):
        left = 0.085 + number * (width + 0.085)
        _panel(figure.add_axes((left, 0.235, width, 0.61)), result, across, up, lang)
    _key(figure, lang)
    return figure


def _pairs(columns: list[Measure]) -> list[tuple[Measure, Measure]]:
    """Return what goes across and what goes up: each goal against the next, the first against the cost."""
    *goals, cost = columns
    return [*((later, earlier) for earlier, later in pairwise(goals)), (cost, goals[0])]


def positions(result: SearchResult) -> dict[str, NDArray[np.float64]]:
    """Return goals and cost of each kind of policy: (policies, goals and cost).

    The frontier in the worlds of the check is moved by what these worlds do to the scenario as it is.
    """
    budget = result.settings.budget
    others = result.searched.within(budget)
    others[result.front] = False
    found = {
        "random": _numbers(result, result.random_within),
        "search": _numbers(result, result.searched.chosen(np.flatnonzero(others))),
        "frontier": _numbers(result, result.frontier),
        "base": _numbers(result, result.base),
    }
    base, front = result.checked_base, result.checked_frontier
    if base is not None and front is not None:
        moved = _numbers(result, base) - found["base"]
        if not np.isfinite(moved).all():
            return found
        found["checked"] = _numbers(result, front) - moved
    return found


def _numbers(result: SearchResult, judged: Judged) -> NDArray[np.float64]:
    settings = result.settings
    return np.column_stack([judged.goals(settings), judged.cost(settings.budget)])


def _panel(axes: Axes, result: SearchResult, across: Measure, up: Measure, lang: str) -> None:
    style.bare(axes)
    axes.grid(color=style.GRID, linewidth=0.7)
    found = positions(result)
    for kind, looks in _LOOKS.items():
        if kind in found:
            x, y = (found[kind][:, one.place] * one.rate for one in (across, up))
            axes.plot(x, y, linestyle="none", markeredgecolor=looks["color"], zorder=3, **looks)
    front = found["frontier"]
    x, y = (front[:, one.place] * one.rate for one in (across, up))
    if "checked" in found:
        there_x, there_y = (found["checked"][:, one.place] * one.rate for one in (across, up))
        for place in range(len(front)):
            line = ([x[place], there_x[place]], [y[place], there_y[place]])
            axes.plot(*line, color=style.PURPLE, linewidth=0.7, alpha=0.5, zorder=2)
    for place in spread_along(result):
        axes.annotate(
            str(place + 1),
            (x[place], y[place]),
            xytext=(5, 4),
            textcoords="offset points",
            color=style.BLUE,
            fontsize=style.SMALL,
        )
    if across.is_cost:
        _limit(axes, result, across, lang)
    _frame(axes, found, across, up)
    axes.set_xlabel(across.labelled(lang), color=style.MUTED, fontsize=style.SMALL)
    style.note(axes, up.labelled(lang), (0, 1), (-30, 12), color=style.INK, fontsize=style.SMALL + 0.5)


def _limit(axes: Axes, result: SearchResult, cost: Measure, lang: str) -> None:
    limit = result.settings.budget.limit * cost.rate
    axes.axvline(limit, color=style.RED, linewidth=1, linestyle=(0, (4, 3)))
    axes.annotate(
        phrase("search.key_limit", lang),
        (limit, 1),
        xycoords=("data", "axes fraction"),
        xytext=(-4, -9),
        textcoords="offset points",
        color=style.RED,
        fontsize=style.SMALL - 0.5,
        ha="right",
    )


def _frame(axes: Axes, found: dict[str, NDArray[np.float64]], across: Measure, up: Measure) -> None:
    """Let the panel hold what matters: frontier, check, scenario, and nineteen of twenty other policies."""
    for measure, limit in ((across, axes.set_xlim), (up, axes.set_ylim)):
        points = [found[kind][:, measure.place] for kind in ("frontier", "base", "checked") if kind in found]
        for kind in ("random", "search"):
            values = found[kind][:, measure.place]
            if len(values):
                points.append(np.nanquantile(values, (0.025, 0.975)))
        every = np.concatenate(points)
        every = every[np.isfinite(every)] * measure.rate
        if not len(every):
            continue
        margin = 0.07 * (every.max() - every.min()) or 0.05 * abs(every.max()) or 1.0
        limit(every.min() - margin, every.max() + margin)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(5))
        axis.set_major_formatter(FuncFormatter(style.short))


def _key(figure: Figure, lang: str) -> None:
    kinds = ("frontier", "checked", "base", "search", "random")
    handles = [
        Line2D([], [], linestyle="none", markeredgecolor=_LOOKS[kind]["color"], **_LOOKS[kind])
        for kind in kinds
    ]
    figure.legend(
        handles,
        [phrase(f"search.key_{kind}", lang) for kind in kinds],
        loc="lower left",
        bbox_to_anchor=(0.05, 0.0),
        ncols=3,
        frameon=False,
        fontsize=style.SMALL,
        labelcolor=style.INK,
        handlelength=1.2,
        columnspacing=1.8,
    )
