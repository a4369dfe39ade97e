"""Finalists: the best policies so far, who meet more worlds before the frontier is found among them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ipsim.study.search.frontier import best_first, ranks
from ipsim.study.search.judging import Judge, Judged
from ipsim.study.search.settings import SearchSettings


def finalists(judged: Judged, settings: SearchSettings) -> NDArray[np.int64]:
    """Return the places of a generation's worth of the best policies within the budget, in order.

    Those that no other beats come first. Then the cost counts as one more goal: luck makes policies look
    cheaper than they are as it makes them look better, so some that leave room in the budget have to be
    among the finalists.
    """
    room = settings.population
    chosen = list(_spread(best_first(judged, settings), room))
    scores = np.column_stack([judged.scores(settings), -judged.cost(settings.budget)])
    scores[~judged.within(settings.budget)] = np.nan
    rank = ranks(scores)
    for number in range(int(rank.max(initial=0)) + 1):
        others = [place for place in np.flatnonzero(rank == number) if place not in chosen]
        others = [place for place in others if np.isfinite(scores[place]).all()]
        by_cost = sorted(others, key=lambda place: (-scores[place, -1], place))
        chosen += list(_spread(np.array(by_cost, dtype=np.int64), room - len(chosen)))
    return np.array(sorted(chosen), dtype=np.int64)


def _spread(places: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return at most so many of the places, evenly along their order."""
    if len(places) <= most:
        return places
    return places[np.linspace(0, len(places) - 1, max(most, 0)).round().astype(np.int64)]


def met_more(judged: Judged, judge: Judge) -> Judged:
    """Return policies with the worlds of another judge added to those they met before."""
    if not judge.worlds:
        return judged
    more = judge.judge(judged.policies)
    return Judged(
        judged.policies,
        np.concatenate([judged.values, more.values], axis=1),
        np.concatenate([judged.spent, more.spent], axis=1),
    )
