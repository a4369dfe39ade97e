"""Where draws come from before any fit: all parameters anew, or shared ones from an ensemble."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ipsim.study.calibration.parameters import Parameters

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Prior:
    """The prior of scores: standard normal, but for what is inherited.

    Attributes
    ----------
    parameters
        Number of scores.
    inherited
        Scores of an ensemble for the first so many parameters, shape (members, inherited): these come
        together, member by member, and are only chosen among. None to draw every score anew.
    best
        The ensemble's single best set, shape (inherited,); its mean if None.
    """

    parameters: int
    inherited: Array | None = None
    best: Array | None = None

    @property
    def fixed(self) -> int:
        """How many scores are inherited."""
        return 0 if self.inherited is None else self.inherited.shape[1]

    def middle(self, parameters: Parameters) -> Array:
        """Return the scores that a best set departs from: those inherited, then declared values."""
        declared = np.array([float(one.score(one.mode)) for one in parameters.every])
        if self.inherited is not None:
            declared[: self.fixed] = self.inherited.mean(axis=0) if self.best is None else self.best
        return declared

    def design(self, draws: int, seed: int) -> Array:
        """Return draws that fill the room evenly (a Latin hypercube), shape (draws, parameters)."""
        from scipy.stats import norm, qmc

        rng = np.random.default_rng((seed, 1))
        own = norm.ppf(qmc.LatinHypercube(self.parameters - self.fixed, rng=rng).random(draws))
        return self._with_inherited(own, rng)

    def draw(self, draws: int, seed: int) -> Array:
        """Return independent draws, shape (draws, parameters)."""
        rng = np.random.default_rng((seed, 2))
        return self._with_inherited(rng.standard_normal((draws, self.parameters - self.fixed)), rng)

    def _with_inherited(self, own: Array, rng: np.random.Generator) -> Array:
        if self.inherited is None:
            return own
        members = np.resize(rng.permutation(len(self.inherited)), len(own))
        return np.concatenate([self.inherited[members], own], axis=1)
