"""The figure of a frontier: what its policies gain, beside random ones and the scenario as it is."""

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
from ipsim.report.frontier.amounts import Measure, changed_words, measures
from ipsim.report.frontier.chosen import spread_along
from ipsim.report.labels import wrapped
from ipsim.report.numbers import with_sign
from ipsim.report.phrases import phrase

if TYPE_CHECKING:
    from ipsim.study.search import SearchResult
    from ipsim.study.search.judging import Judged

NAME = "frontier"

_LOOKS: dict[str, dict[str, Any]] = {
    "random": {"marker": "o", "color": style.MUTED, "markersize": 3.6, "alpha": 0.55},
    "search": {"marker": "o", "color": style.SKY, "markersize": 3.6, "alpha": 0.55},
    "base": {"marker": "D", "color": style.ORANGE, "markersize": 8},
    "checked": {"marker": "x", "color": style.PURPLE, "markersize": 6, "markeredgewidth": 1.4},
    "checked_random": {"marker": "x", "color": style.BROWN, "markersize": 6, "markeredgewidth": 1.4},
    "frontier": {"marker": "o", "color": style.BLUE, "markersize": 7.5},
}
"""How each kind of policy is drawn, the lowest layer first."""

_LABEL_WIDTH = 58
_NUMBER_POINTS = 11
"""Room that a number takes."""

_KEY = ("frontier", "checked", "checked_random", "search", "random", "base")


def draw(result: SearchResult, lang: str) -> Figure:
    """Draw the gains in the goals against one another and against the cost, a panel a pair."""
    pairs = _pairs(measures(result.settings, lang))
    figure = style.canvas((style.INCHES[0], 5.6 if len(pairs) == 1 else 5.0))
    width = 0.86 / len(pairs) - 0.055 if len(pairs) > 1 else 0.6
    for number, (across, up) in enumerate(pairs):
        left = 0.085 + number * (width + 0.085)
        _panel(figure.add_axes((left, 0.25, width, 0.61)), result, across, up, lang)
    _key(figure, lang)
    return figure


def _pairs(columns: list[Measure]) -> list[tuple[Measure, Measure]]:
    """Return what goes across and what goes up: each goal against the next, the first against the cost."""
    *goals, cost = columns
    return [*((later, earlier) for earlier, later in pairwise(goals)), (cost, goals[0])]


def positions(result: SearchResult) -> dict[str, NDArray[np.float64]]:
    """Return what each kind of policy gains over the scenario as it is: (policies, goals and cost).

    Each is compared in its own worlds: tried policies in those of the search, the frontier in those of
    search and final, and both fronts in those of the check.
    """
    settings, side = result.settings, result.searched
    others = side.every.within(settings.budget)
    others[side.frontier_places] = False
    found = {
        "random": _gained(result, result.random.within(settings), result.base),
        "search": _gained(result, side.every.chosen(np.flatnonzero(others)), result.base),
        "frontier": _gained(result, side.frontier, result.final_base),
        "base": np.zeros((1, len(settings.goals) + 1)),
    }
    base, front, random = result.checked_base, result.checked_frontier, result.checked_random
    if base is not None and front is not None and random is not None:
        found["checked"] = _gained(result, front, base)
        found["checked_random"] = _gained(result, random, base)
    return found


def _gained(result: SearchResult, judged: Judged, base: Judged) -> NDArray[np.float64]:
    return _numbers(result, judged) - _numbers(result, base)


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
    if across.is_cost:
        _limit(axes, result, across, lang)
    _frame(axes, found, across, up)
    _numbered(axes, [(place, float(x[place]), float(y[place])) for place in spread_along(result)])
    axes.set_xlabel(_label(result, across, lang), color=style.MUTED, fontsize=style.SMALL)
    style.note(axes, _label(result, up, lang), (0, 1), (-30, 12), color=style.INK, fontsize=style.SMALL)


def _label(result: SearchResult, measure: Measure, lang: str) -> str:
    words = changed_words(measure, result.settings.budget, lang)
    return wrapped(words, lines=2, width=_LABEL_WIDTH)


def _numbered(axes: Axes, policies: list[tuple[int, float, float]]) -> None:
    """Write the numbers of policies beside their dots, but none over another."""
    written: list[NDArray[np.float64]] = []
    for place, x, y in policies:
        at = axes.transData.transform((x, y)) * 72 / axes.figure.dpi
        if any(np.abs(at - other).max() < _NUMBER_POINTS for other in written):
            continue
        written.append(at)
        axes.annotate(
            str(place + 1),
            (x, y),
            xytext=(5, 4),
            textcoords="offset points",
            color=style.BLUE,
            fontsize=style.SMALL,
        )


def _limit(axes: Axes, result: SearchResult, cost: Measure, lang: str) -> None:
    budget = result.settings.budget
    limit = (budget.limit - float(result.base.cost(budget)[0])) * cost.rate
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
    """Let the panel hold what matters: both fronts, the scenario, and nineteen of twenty other policies."""
    for measure, limit in ((across, axes.set_xlim), (up, axes.set_ylim)):
        points: list[NDArray[np.float64]] = []
        for kind, values in found.items():
            column = values[np.isfinite(values[:, measure.place]), measure.place] * measure.rate
            if len(column):
                others = kind in ("random", "search")
                points.append(np.quantile(column, (0.025, 0.975)) if others else column)
        every = np.concatenate(points)
        margin = 0.07 * (every.max() - every.min()) or 1.0
        limit(every.min() - margin, every.max() + margin)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(5))
        axis.set_major_formatter(FuncFormatter(_signed))


def _signed(value: float, _position: object = None) -> str:
    return with_sign(style.short(value)) if abs(value) > 1e-12 else "0"


def _key(figure: Figure, lang: str) -> None:
    handles = [
        Line2D([], [], linestyle="none", markeredgecolor=_LOOKS[kind]["color"], **_LOOKS[kind])
        for kind in _KEY
    ]
    words = [phrase(f"search.key_{kind}", lang) for kind in _KEY]
    style.key(figure, handles, words, (0.05, 0.0), ncols=3, handlelength=1.2, columnspacing=1.8)
