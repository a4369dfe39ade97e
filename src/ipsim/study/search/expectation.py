"""What a policy can be expected to reach and to cost, from those that were run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ipsim.study.search.policies import Policy

_SMOOTHING = 0.1


class Expectation:
    """How numbers follow the levers: radial basis functions, a linear kernel on a linear trend.

    Numbers are scaled to their spread and smoothed a little, since they hold some luck. Where the known
    policies do not tell every lever's trend there is none; without any known policy nothing is expected.

    Parameters
    ----------
    policies
        Policies that were run.
    values
        What became of them: (policies, numbers); rows with NaN are left out.
    """

    def __init__(self, policies: Sequence[Policy], values: NDArray[np.float64]) -> None:
        self._mean = self._scale = np.zeros(values.shape[1])
        self._fitted = None
        known = np.flatnonzero(np.isfinite(values).all(axis=1))
        if not len(known):
            return
        units, first = np.unique([policies[int(place)].unit for place in known], axis=0, return_index=True)
        values = values[known[first]]
        self._mean, self._scale = values.mean(axis=0), values.std(axis=0)
        if len(units) > 1:
            from scipy.interpolate import RBFInterpolator

            scaled = (values - self._mean) / np.where(self._scale > 0, self._scale, 1.0)
            told = np.linalg.matrix_rank(units - units.mean(axis=0)) == units.shape[1]
            self._fitted = RBFInterpolator(
                units, scaled, kernel="linear", degree=int(told), smoothing=_SMOOTHING
            )

    def of(self, units: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what is expected at places in the unit cube: (places, factors) to (places, numbers)."""
        if self._fitted is None:
            return np.tile(self._mean, (len(units), 1))
        return self._mean + self._scale * self._fitted(units)
