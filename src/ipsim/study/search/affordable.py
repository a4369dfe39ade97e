"""Random policies that can be expected to keep to a budget.

What a policy costs is known only after it was run. A few pilot runs show how the cost follows the levers;
then policies are drawn evenly from the whole space, and those that are expected to cost too much or too
little are thrown away unrun. The expectation decides only what is tried: what counts is the cost of the
runs themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ipsim.study.plan import Factor
from ipsim.study.search.policies import Policy, policy_at

_PILOTS_EACH, _FEWEST_PILOTS, _MOST_PILOTS = 8, 16, 96
_DRAWN_AT_ONCE, _MOST_DRAWN = 20_000, 400_000
_SMOOTHING = 1e-3


def pilots(factors: Sequence[Factor], seed: int) -> list[Policy]:
    """Return policies that cover the whole space: a Latin hypercube of eight for each lever, 16 to 96."""
    from scipy.stats import qmc

    count = min(max(_PILOTS_EACH * len(factors), _FEWEST_PILOTS), _MOST_PILOTS)
    places = qmc.LatinHypercube(len(factors), rng=np.random.default_rng((seed, 3))).random(count)
    return [policy_at(factors, place) for place in places]


class ExpectedCost:
    """How the public cost follows the levers, from policies whose cost is known.

    A radial basis function (linear kernel on a linear trend) through the known costs, which are scaled to
    their spread. Without enough known costs any policy is expected to cost their mean.

    Parameters
    ----------
    policies
        Policies that were run.
    costs
        What they cost, million RMB; NaN where unknown.
    """

    def __init__(self, policies: Sequence[Policy], costs: NDArray[np.float64]) -> None:
        known = np.isfinite(costs)
        units = np.array([policy.unit for policy in policies])[known]
        units, first = np.unique(units, axis=0, return_index=True)
        costs = costs[known][first]
        self._mean = float(costs.mean()) if len(costs) else 0.0
        self._scale = float(costs.std()) if len(costs) else 0.0
        self._fitted = None
        if self._scale > 0 and len(units) >= 2 * units.shape[1] + 2:
            from scipy.interpolate import RBFInterpolator

            scaled = (costs - self._mean) / self._scale
            self._fitted = RBFInterpolator(units, scaled, kernel="linear", degree=1, smoothing=_SMOOTHING)

    def of(self, units: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the expected cost at places in the unit cube: (policies, factors) to (policies,)."""
        if self._fitted is None:
            return np.full(len(units), self._mean)
        return self._mean + self._scale * self._fitted(units)


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
        self, count: int, expected: ExpectedCost, least: float, most: float, fill: bool = False
    ) -> list[Policy]:
        """Return up to ``count`` policies, no two the same.

        Parameters
        ----------
        count
            How many.
        expected
            What a policy can be expected to cost.
        least, most
            Million RMB.
        fill
            When hardly any place in the space is affordable, whether to fill up with the cheapest found.
        """
        found: dict[str, Policy] = {}
        spare: list[tuple[float, tuple[float, ...]]] = []
        for _ in range(_MOST_DRAWN // _DRAWN_AT_ONCE):
            units = self._numbers.random((_DRAWN_AT_ONCE, len(self.factors)))
            costs = expected.of(units)
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
