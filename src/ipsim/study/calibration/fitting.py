"""From runs to a posterior: an emulator for each aim, and draws that meet the aims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ipsim.study.calibration.aims import Aim
from ipsim.study.calibration.emulator import Emulator, fit_emulator
from ipsim.study.calibration.posterior import EmulatedLikelihood, Posterior, posterior

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Evidence:
    """Aims with their emulators.

    Attributes
    ----------
    aims, emulators
        One of each for every figure that runs give.
    """

    aims: tuple[Aim, ...]
    emulators: tuple[Emulator, ...]

    def only(self, wanted: Sequence[str]) -> Evidence:
        """Return the part with these keys."""
        pairs = [
            (aim, one) for aim, one in zip(self.aims, self.emulators, strict=True) if aim.key in set(wanted)
        ]
        return Evidence(tuple(aim for aim, _ in pairs), tuple(one for _, one in pairs))

    def fitted(self) -> Evidence:
        """Return the part that is fitted, without tests."""
        return self.only([aim.key for aim in self.aims if aim.use == "fit"])

    def aimed_at(self, aims: Sequence[Aim]) -> Evidence:
        """Return the evidence with the same aims at other figures; emulators are shifted."""
        moved = tuple(
            replace(one, offset=one.offset - float(old.gap(np.array(new.value))))
            for one, old, new in zip(self.emulators, self.aims, aims, strict=True)
        )
        return Evidence(tuple(aims), moved)

    def posterior(
        self, parameters: int, draws: int, seed: int, start: Array | None = None, fixed: int = 0
    ) -> Posterior:
        """Return draws that meet the aims; see `posterior`."""
        return posterior(EmulatedLikelihood(self.aims, self.emulators), parameters, draws, seed, start, fixed)


def learn(aims: Sequence[Aim], scores: Array, gaps: Array, weights: Array | None = None) -> Evidence:
    """Fit an emulator for each aim that runs speak of.

    Parameters
    ----------
    aims
        What is looked at.
    scores, gaps
        Where runs were made, shape (runs, parameters), and their gaps, shape (runs, aims).
    weights
        How much each run counts.
    """
    pairs = [
        (aim, fit_emulator(scores, gaps[:, place], weights))
        for place, aim in enumerate(aims)
        if np.isfinite(gaps[:, place]).mean() > 0.5
    ]
    return Evidence(tuple(aim for aim, _ in pairs), tuple(one for _, one in pairs))


def real_log_likelihood(aims: Sequence[Aim], gaps: Array, errors: Array) -> Array:
    """Return the log likelihood of runs themselves, shape (draws,).

    Parameters
    ----------
    gaps
        Of the runs, shape (draws, aims); a figure that a run has not counts as one spread off.
    errors
        Standard deviation of each gap by the luck of a run, shape (aims,).
    """
    total = np.zeros(len(gaps))
    for place, aim in enumerate(aims):
        variance = aim.spread**2 + errors[place] ** 2
        squared = aim.distance(gaps[:, place]) ** 2 / variance
        total -= 0.5 * np.where(np.isfinite(squared), squared, 1.0)
    return total
