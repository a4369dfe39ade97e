"""The frontier beside random policies of the same budget, and in worlds that the search never saw."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipsim.study.effects import student_quantile
from ipsim.study.search.frontier import Scores, beaten_by, hypervolume
from ipsim.study.search.result import SearchResult


class Corners(NamedTuple):
    """The box in which volumes are measured: the worst and the best of each goal, more is better."""

    worst: NDArray[np.float64]
    best: NDArray[np.float64]

    def share(self, scores: Scores) -> float:
        """Return the share of the box that policies reach, 0 to 1."""
        size = float(np.prod(self.best - self.worst))
        return hypervolume(np.minimum(scores, self.best), self.worst) / size if size > 0 else 0.0

    def moved(self, by: NDArray[np.float64]) -> Corners:
        """Return the box in other worlds, where everything is better or worse by so much."""
        return Corners(self.worst + by, self.best + by)


class Rivalry(NamedTuple):
    """How the search compares with random policies of the same budget.

    Attributes
    ----------
    policies, tried
        Random policies within the budget, and those that were run.
    search, random
        Share of the box that each reaches.
    search_at_equal_effort
        The same of the search after as many policies as there are random ones.
    beaten
        Share of the random policies that some policy of the frontier beats in every goal.
    frontier_beaten
        Policies of the frontier that some random policy beats in every goal.
    best, best_random
        Best value of each goal within the budget.
    checked, checked_random
        Shares reached by both fronts in the worlds of the check; NaN without them.
    """

    policies: int
    tried: int
    search: float
    random: float
    search_at_equal_effort: float
    beaten: float
    frontier_beaten: int
    best: tuple[float, ...]
    best_random: tuple[float, ...]
    checked: float
    checked_random: float


def corners(result: SearchResult) -> Corners:
    """Return the box around all policies within the budget, searched and random."""
    scores = [_within(result, "searched"), _within(result, "random")]
    together = np.concatenate(scores)
    if not len(together):
        nothing = np.zeros(together.shape[1])
        return Corners(nothing, nothing)
    return Corners(together.min(axis=0), together.max(axis=0))


def rivalry(result: SearchResult) -> Rivalry | None:
    """Compare the search with the random policies; None where one of them has none within the budget."""
    searched, random = _within(result, "searched"), _within(result, "random")
    if not len(searched) or not len(random):
        return None
    box = corners(result)
    front = result.frontier.scores(result.settings)
    checked, checked_random = _checked(result, box)
    return Rivalry(
        policies=len(random),
        tried=len(result.random),
        search=box.share(front),
        random=box.share(random),
        search_at_equal_effort=reach(result, "searched", [len(random)])[0],
        beaten=float(beaten_by(random, front).mean()),
        frontier_beaten=int(beaten_by(front, random).sum()),
        best=_best(result, "searched"),
        best_random=_best(result, "random"),
        checked=checked,
        checked_random=checked_random,
    )


def reach(result: SearchResult, side: str, counts: list[int]) -> list[float]:
    """Return the share of the box reached after so many policies.

    Parameters
    ----------
    result
        A search.
    side
        ``searched``, in the order of the search; or ``random``, of those within the budget.
    counts
        How many policies, those of the search counted whether or not they keep to the budget.
    """
    box, settings = corners(result), result.settings
    judged = result.searched if side == "searched" else result.random_within
    scores, within = judged.scores(settings), judged.within(settings.budget)
    return [box.share(scores[:count][within[:count]]) for count in counts]


def _within(result: SearchResult, side: str) -> Scores:
    judged = result.searched if side == "searched" else result.random
    return judged.scores(result.settings)[judged.within(result.settings.budget)]


def _best(result: SearchResult, side: str) -> tuple[float, ...]:
    signs = [goal.sign for goal in result.settings.goals]
    scores = _within(result, side)
    return tuple(float(sign * scores[:, place].max()) for place, sign in enumerate(signs))


def _checked(result: SearchResult, box: Corners) -> tuple[float, float]:
    """Measure both fronts in the worlds of the check, in the box moved as the scenario as it is moved."""
    base, front, random = result.checked_base, result.checked_frontier, result.checked_random
    if base is None or front is None or random is None:
        return float("nan"), float("nan")
    settings = result.settings
    moved = box.moved((base.scores(settings) - result.base.scores(settings))[0])
    shares = [
        moved.share(one.scores(settings)[one.within(settings.budget)]) if len(one) else 0.0
        for one in (front, random)
    ]
    return shares[0], shares[1]


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
        Whether in the worlds of the check, or in those of the search.

    Notes
    -----
    Policies and scenario meet the same worlds with the same luck; the interval is Student's t over the
    differences. In the worlds of the search it is too narrow for policies that were chosen there (winner's
    curse); in those of the check it is not.
    """
    base = result.checked_base if checked else result.base
    front = result.checked_frontier if checked else result.frontier
    if base is None or front is None:
        return []
    return [[_gain(column) for column in (one - base.values[0]).T] for one in front.values]


def _gain(differences: NDArray[np.float64]) -> Gain:
    known = differences[np.isfinite(differences)]
    if not len(known):
        return Gain(np.nan, np.nan, np.nan)
    mean = float(known.mean())
    if len(known) < 2:
        return Gain(mean, np.nan, np.nan)
    quantile = float(student_quantile(np.array([len(known)]))[0])
    half = quantile * float(known.std(ddof=1)) / float(np.sqrt(len(known)))
    return Gain(mean, mean - half, mean + half)
