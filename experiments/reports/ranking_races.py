"""How often each policy ranks first for a goal, and which assumptions turn the leaders over."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from estimate import Estimate, Floats, rank_correlations, share_of, thirds
from sheet import Sheet

from ipsim.report import style

GOALS = {
    "high_value": "high-value inventions 2030",
    "quality_weighted": "quality-weighted grants",
    "research": "R&D",
    "lending": "pledge lending",
    "revenue": "revenue 2030",
    "satisfaction": "satisfaction with protection",
    "pattern": "2030 pattern",
}
COLOURS = {
    "filing subsidies": style.ORANGE,
    "quality awards": style.GREEN,
    "research subsidy": style.BLUE,
    "stricter protection": style.PURPLE,
    "risk fund": style.SKY,
    "university offices": style.BROWN,
    "none": style.GRID,
}
LEVEL = 0.05
"""Chance of naming any one of the assumptions that has nothing to do with it (Bonferroni)."""


class Ranking(NamedTuple):
    """Gains of policies in many runs against doing nothing: shape (runs, policies)."""

    policies: tuple[str, ...]
    gains: dict[str, Floats]
    bills: Floats


def ranking_of(sheet: Sheet) -> Ranking:
    """Return the gains of a study, its worlds or its seeds as runs."""
    worlds = bool(sheet.study.policies)
    names = [one.name for one in sheet.study.policies] if worlds else sheet.names

    def runs(values: Floats) -> Floats:
        if worlds:
            return values.reshape(-1, len(names), values.shape[1]).mean(axis=2)
        return values.T

    gains = {goal: _against_nothing(runs(sheet.outcome(goal))) for goal in GOALS}
    return Ranking(tuple(names[1:]), gains, _bills(sheet, runs, names))


def _against_nothing(values: Floats) -> Floats:
    return values[:, 1:] - values[:, :1]


def _bills(sheet: Sheet, runs: Callable[[Floats], Floats], names: list[str]) -> Floats:
    """Return what each policy itself costs: without R&D subsidies that follow R&D up or down."""
    everything = _against_nothing(runs(sheet.total("public_spending", 2021)))
    followed = _against_nothing(runs(sheet.total("public_spending.subsidies.research", 2021)))
    followed[:, names.index("research subsidy") - 1] = 0.0
    return everything - followed


def winners(gains: Floats) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the place of the policy that gains most in each run; -1 where none gains anything."""
    best = np.nanargmax(gains, axis=1)
    return np.where(gains[np.arange(len(gains)), best] > 0, best, -1).astype(np.int64)


def shares(ranking: Ranking, goal: str, each_yuan: bool = False) -> dict[str, Estimate]:
    """Return how often each policy ranks first for a goal, by gain or by gain for each yuan of its bill."""
    gains = ranking.gains[goal]
    if each_yuan:
        gains = gains / np.maximum(ranking.bills, 1.0)
    won = winners(gains)
    found = {
        name: share_of(int((won == place).sum()), len(won)) for place, name in enumerate(ranking.policies)
    }
    return found | {"none": share_of(int((won < 0).sum()), len(won))}


class Turn(NamedTuple):
    """An assumption that moves one policy against another."""

    key: str
    correlation: float
    low_third: float
    high_third: float


class Race(NamedTuple):
    """The two policies that lead for a goal, and what turns them over."""

    goal: str
    first: str
    second: str
    ahead: Estimate
    luck: float
    turns: list[Turn]


def race_of(worlds: Ranking, given: Ranking, goal: str, places: Floats, keys: list[str]) -> Race:
    """Compare the two policies that rank first most often over the worlds."""
    often = shares(worlds, goal)
    first, second = sorted(worlds.policies, key=lambda name: -often[name].mean)[:2]
    apart = _apart(worlds, goal, first, second)
    ahead = share_of(int((apart > 0).sum()), len(apart))
    luck = float(_apart(given, goal, first, second).var(ddof=1) / apart.var(ddof=1))
    return Race(goal, first, second, ahead, luck, turns_of(apart, places, keys))


def _apart(ranking: Ranking, goal: str, first: str, second: str) -> Floats:
    gains = ranking.gains[goal]
    return gains[:, ranking.policies.index(first)] - gains[:, ranking.policies.index(second)]


def turns_of(apart: Floats, places: Floats, keys: list[str]) -> list[Turn]:
    """Return the assumptions whose rank goes with the difference, the strongest first.

    Spearman's correlation over the worlds; of all assumptions together one is named by chance in one
    study out of twenty.
    """
    correlations, chances = rank_correlations(places, apart)
    found: list[Turn] = []
    for place in np.argsort(-np.abs(correlations)):
        if chances[place] * len(keys) > LEVEL:
            break
        third, ahead = thirds(places[:, place]), apart > 0
        low, high = (float(ahead[third == n].mean()) for n in (1, 3))
        found.append(Turn(keys[place], float(correlations[place]), low, high))
    return found
