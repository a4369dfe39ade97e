"""The frontier beside random policies of the same budget, by what each gains over the scenario as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipsim.study.intervals import mean_of
from ipsim.study.search.frontier import Scores, beaten_by, hypervolume
from ipsim.study.search.judging import Judged
from ipsim.study.search.result import SearchResult, Side
from ipsim.study.search.settings import SearchSettings


class Box(NamedTuple):
    """The room in which volumes are measured: the least and the most gained in each goal."""

    worst: NDArray[np.float64]
    best: NDArray[np.float64]

    def share(self, gained: Scores) -> float:
        """Return the share of the room that policies cover, 0 to 1."""
        size = float(np.prod(self.best - self.worst))
        return hypervolume(np.minimum(gained, self.best), self.worst) / size if size > 0 else 0.0


def gained(judged: Judged, base: Judged, settings: SearchSettings) -> Scores:
    """Return what policies gain over the scenario as it is in the same worlds, more is better."""
    return judged.scores(settings) - base.scores(settings)


def box_of(result: SearchResult) -> Box:
    """Return the room: from the least to the most that any policy within the budget gained in the search."""
    sides = (result.searched, result.random)
    every = np.concatenate(
        [gained(side.within(result.settings), result.base, result.settings) for side in sides]
    )
    if not len(every):
        nothing = np.zeros(every.shape[1])
        return Box(nothing, nothing)
    return Box(every.min(axis=0), every.max(axis=0))


class Rivalry(NamedTuple):
    """How the search compares with random policies of the same budget.

    Attributes
    ----------
    policies, tried
        Random policies within the budget, and those that were run.
    search, random, search_at_equal_effort
        Share of the room covered in the worlds of the search: by all of the search, by the random
        policies, and by the search after as many policies as there are random ones.
    final, final_random
        Shares covered by both fronts in the worlds of search and final.
    checked, checked_random
        The same in the worlds of the check; NaN without them.
    beaten
        Share of the random policies that some policy of the frontier beats in every goal, in the worlds
        of the search.
    fronts_beaten, fronts_beaten_checked
        Of the front of the random policies the share that the frontier beats, in the worlds of search and
        final, and in those of the check.
    frontier_beaten, frontier_beaten_checked
        Of the frontier the share that some random policy of the front beats, likewise.
    best, best_random
        Most gained in each goal by the two fronts in the worlds of search and final, in its own unit.
    """

    policies: int
    tried: int
    search: float
    random: float
    search_at_equal_effort: float
    final: float
    final_random: float
    checked: float
    checked_random: float
    beaten: float
    fronts_beaten: float
    fronts_beaten_checked: float
    frontier_beaten: float
    frontier_beaten_checked: float
    best: tuple[float, ...]
    best_random: tuple[float, ...]


def rivalry(result: SearchResult) -> Rivalry | None:
    """Compare the search with the random policies; None where one of them has no front."""
    if not len(result.searched.front) or not len(result.random.front):
        return None
    settings, box = result.settings, box_of(result)
    random = gained(result.random.within(settings), result.base, settings)
    mine = result.searched.every.chosen(result.searched.frontier_places)
    final, final_random = (
        gained(side.frontier, result.final_base, settings) for side in (result.searched, result.random)
    )
    checked, checked_random = _checked(result)
    return Rivalry(
        policies=len(random),
        tried=len(result.random.every),
        search=reach(result, result.searched, [len(result.searched.every)])[0],
        random=box.share(random),
        search_at_equal_effort=reach(result, result.searched, [len(random)])[0],
        final=box.share(final),
        final_random=box.share(final_random),
        checked=box.share(checked) if len(checked) else np.nan,
        checked_random=box.share(checked_random) if len(checked_random) else np.nan,
        beaten=_share(beaten_by(random, gained(mine, result.base, settings))),
        fronts_beaten=_share(beaten_by(final_random, final)),
        fronts_beaten_checked=_share(beaten_by(checked_random, checked)),
        frontier_beaten=_share(beaten_by(final, final_random)),
        frontier_beaten_checked=_share(beaten_by(checked, checked_random)),
        best=_most(final, settings),
        best_random=_most(final_random, settings),
    )


def reach(result: SearchResult, side: Side, counts: Sequence[int]) -> list[float]:
    """Return the share of the room covered after so many policies, in the worlds of the search.

    Parameters
    ----------
    result
        A search.
    side
        Of the search every policy counts as tried; of the random ones only those within the budget.
    counts
        How many policies.
    """
    box, settings = box_of(result), result.settings
    judged = side.every if side is result.searched else side.within(settings)
    scores, within = gained(judged, result.base, settings), judged.within(settings.budget)
    return [box.share(scores[:count][within[:count]]) for count in counts]


def _checked(result: SearchResult) -> tuple[Scores, Scores]:
    """Return what both fronts gain in the worlds of the check, over the budget there or not."""
    base, front, random = result.checked_base, result.checked_frontier, result.checked_random
    if base is None or front is None or random is None:
        nothing = np.empty((0, len(result.settings.goals) + result.settings.spend_less))
        return nothing, nothing
    return gained(front, base, result.settings), gained(random, base, result.settings)


def _most(scores: Scores, settings: SearchSettings) -> tuple[float, ...]:
    return tuple(float(goal.sign * scores[:, place].max()) for place, goal in enumerate(settings.goals))


def _share(which: NDArray[np.bool_]) -> float:
    return float(which.mean()) if len(which) else float("nan")


class Gain(NamedTuple):
    """What a policy gains over the scenario as it is, world by world: mean and 90 % interval."""

    mean: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the interval does not span nought."""
        return self.low > 0 or self.high < 0


def gains(result: SearchResult, checked: bool) -> list[list[Gain]]:
    """Return the gains of each policy of the frontier: a row a policy, a column an outcome.

    Parameters
    ----------
    result
        A search.
    checked
        Whether in the worlds of the check, or in those of search and final.

    Notes
    -----
    Policies and scenario meet the same worlds with the same luck; the interval is Student's t over the
    differences. In worlds in which policies were chosen it is too narrow (winner's curse); in those of the
    check it is not.
    """
    base = result.checked_base if checked else result.final_base
    front = result.checked_frontier if checked else result.frontier
    if base is None or front is None:
        return []
    found = [mean_of(one - base.values[0]) for one in front.values]
    return [[Gain(*map(float, ends)) for ends in zip(*one, strict=True)] for one in found]
