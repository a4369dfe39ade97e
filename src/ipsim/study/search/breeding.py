"""Which children of a generation are run: NSGA-II breeds more than that, and what is known so far picks.

To run a policy takes seconds, to look up what the runs so far lead to expect of it next to nothing. On Jinhua
that expectation explained 0.89 to 0.99 of the variance of goals and cost between policies it had not seen
(five-fold, 460 policies). So most places of a generation go to the children that are expected to do best;
the others are left to chance, lest a wrong expectation confirm itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ipsim.study.search.expectation import Expectation
from ipsim.study.search.frontier import ranks
from ipsim.study.search.judging import Judge, Judged
from ipsim.study.search.policies import Policy
from ipsim.study.search.settings import SearchSettings

BRED = 10
"""Children for each that is run."""

_BY_CHANCE = 0.25
"""Share of a generation that the expectation has no say in."""


def picked(children: Sequence[Policy], known: Judged, judge: Judge, settings: SearchSettings) -> list[int]:
    """Return the places of the children to run, a generation's worth.

    Parameters
    ----------
    children
        In the order in which they were bred.
    known
        Policies that were run.
    judge
        Tells which children were run already; these are not picked while there are others.
    settings
        Goals, budget and size of a generation.
    """
    new: dict[str, int] = {}
    for place, child in enumerate(children):
        if not judge.knows(child):
            new.setdefault(child.written, place)
    fresh = list(new.values())
    chosen = fresh[: round(_BY_CHANCE * settings.population)]
    rest = fresh[len(chosen) :]
    chosen += [rest[place] for place in _best([children[one] for one in rest], known, settings)]
    chosen = chosen[: settings.population]
    again = [place for place in range(len(children)) if place not in chosen]
    return sorted(chosen + again[: settings.population - len(chosen)])


def _best(children: Sequence[Policy], known: Judged, settings: SearchSettings) -> list[int]:
    """Return places in the order of what is expected: within the budget by rank, then by what is too much."""
    if not children:
        return []
    policies = [policy for policy in known.policies if policy is not None]
    values = np.column_stack([known.scores(settings), known.cost(settings.budget)])
    expected = Expectation(policies, values).of(np.array([child.unit for child in children]))
    over = expected[:, -1] - settings.budget.limit
    scores = expected[:, :-1].copy()
    scores[over > 0] = np.nan
    return list(np.lexsort((np.maximum(over, 0), ranks(scores))))
