"""Random policies that can be expected to keep to a budget.

What a policy costs is known only after it was run. A few pilot runs show how the cost follows the levers;
then policies are drawn evenly from the whole space, and those that are expected to cost too much or too
little are thrown away unrun. The expectation decides only what is tried: what counts is the cost of the
runs themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ipsim.study.plan import Factor
from ipsim.study.search.expectation import Expectation
from ipsim.study.search.policies import Policy, policy_at

_PILOTS_EACH, _FEWEST_PILOTS, _MOST_PILOTS = 8, 16, 96
_DRAWN_AT_ONCE, _MOST_DRAWN = 20_000, 400_000


def pilots(factors: Sequence[Factor], seed: int) -> list[Policy]:
    """Return policies that cover the whole space: a Latin hypercube of eight for each lever, 16 to 96."""
    from scipy.stats import qmc

    count = min(max(_PILOTS_EACH * len(factors), _FEWEST_PILOTS), _MOST_PILOTS)
    places = qmc.LatinHypercube(len(factors), rng=np.random.default_rng((seed, 3))).random(count)
    return [policy_at(factors, place) for place in places]


class AffordablePolicies:
    """Draws policies evenly from those that are expected to cost between two sums.

    Parameters
    ----------
    factors
        The levers.
    seed
        Of the draws.
    stream
        A number apart for each use, so that uses do not share their draws.
    """

    def __init__(self, factors: Sequence[Factor], seed: int, stream: int) -> None:
        self.factors = tuple(factors)
        self._numbers = np.random.default_rng((seed, stream))

    def draw(
        self, count: int, expected: Expectation, least: float, most: float, fill: bool = False
    ) -> list[Policy]:
        """Return up to ``count`` policies, no two the same.

        Parameters
        ----------
        count
            How many.
        expected
            What a policy can be expected to cost, its last number.
        least, most
            Million RMB.
        fill
            When hardly any place in the space is affordable, whether to fill up with the cheapest found.
        """
        found: dict[str, Policy] = {}
        spare: list[tuple[float, tuple[float, ...]]] = []
        for _ in range(_MOST_DRAWN // _DRAWN_AT_ONCE):
            units = self._numbers.random((_DRAWN_AT_ONCE, len(self.factors)))
            costs = expected.of(units)[:, -1]
            for place in np.flatnonzero((costs >= least) & (costs <= most)):
                policy = policy_at(self.factors, units[place])
                found.setdefault(policy.written, policy)
                if len(found) == count:
                    return list(found.values())
            cheapest = np.argsort(costs, kind="stable")[:count]
            spare += [(float(costs[place]), tuple(units[place])) for place in cheapest]
        for _, unit in sorted(spare) if fill else []:
            policy = policy_at(self.factors, unit)
            found.setdefault(policy.written, policy)
            if len(found) == count:
                break
        return list(found.values())
