"""Which policies no other beats, and how much of what is possible a set of policies covers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ipsim.study.search.judging import Judged
from ipsim.study.search.settings import SearchSettings

Scores = NDArray[np.float64]
"""One row a policy, one column a goal; more is better."""


def undominated(scores: Scores) -> NDArray[np.bool_]:
    """Return which policies no other beats: at least as good in every goal and better in one.

    Of policies with equal scores the first alone counts; rows with NaN never do.
    """
    known = np.array(np.isfinite(scores).all(axis=1), ndmin=1)
    result = known.copy()
    for place in np.flatnonzero(known):
        one = scores[place]
        as_good = known & (scores >= one).all(axis=1)
        better = as_good & (scores > one).any(axis=1)
        earlier = (as_good & ~better)[:place].any()
        result[place] = not better.any() and not earlier
    return result


def ranks(scores: Scores) -> NDArray[np.int64]:
    """Return the rank of each policy: 0 for those that no other beats, 1 once these are gone, and so on.

    Rows with NaN come after all others; of equal rows the first has the better rank.
    """
    found = np.full(len(scores), len(scores), dtype=np.int64)
    left = np.flatnonzero(np.isfinite(scores).all(axis=1))
    rank = 0
    while len(left):
        best = undominated(scores[left])
        found[left[best]] = rank
        left, rank = left[~best], rank + 1
    return found


def beaten_by(scores: Scores, rivals: Scores) -> NDArray[np.bool_]:
    """Return which policies some rival beats: at least as good in every goal and better in one."""
    return np.array(
        [bool(((rivals >= one).all(axis=1) & (rivals > one).any(axis=1)).any()) for one in scores],
        dtype=np.bool_,
    )


def hypervolume(scores: Scores, worst: NDArray[np.float64]) -> float:
    """Return the volume between a corner and the policies: what they, taken together, reach.

    Parameters
    ----------
    scores
        Policies by goal; those that are not better than the corner in every goal add nothing.
    worst
        The corner, one number a goal.

    Notes
    -----
    Hypervolume by slicing objectives (While and others 2006): exact, quick enough for the few goals and
    hundreds of policies of a search.
    """
    better = scores[(scores > worst).all(axis=1)]
    if not len(better):
        return 0.0
    return _sliced(better[undominated(better)] - worst)


def _sliced(edges: Scores) -> float:
    if edges.shape[1] == 1:
        return float(edges.max())
    order = np.argsort(-edges[:, 0], kind="stable")
    edges = edges[order]
    depth = edges[:, 0] - np.append(edges[1:, 0], 0.0)
    return float(
        sum(thick * _sliced(edges[: place + 1, 1:]) for place, thick in enumerate(depth) if thick > 0)
    )


def best_first(judged: Judged, settings: SearchSettings) -> NDArray[np.int64]:
    """Return the places of the policies within the budget that no other beats.

    The best in the first goal comes first. Of policies that are equal in every goal the cheapest counts.
    """
    scores = judged.scores(settings)
    scores[~judged.within(settings.budget)] = np.nan
    order = np.argsort(judged.cost(settings.budget), kind="stable")
    places = order[undominated(scores[order])]
    return places[np.argsort(-scores[places, 0], kind="stable")]
