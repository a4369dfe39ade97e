"""The single best set of parameters: where published figures and what was thought before agree best.

It is the mode of the posterior with the emulators taken at their word, since luck averages out over
runs: the set that is nearest to the declared values, in prior standard deviations, for how well its
expected figures meet the aims. What the aims hardly move stays as it was declared and reasoned.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ipsim.study.calibration.fitting import Evidence
from ipsim.study.calibration.posterior import EmulatedLikelihood

Array = NDArray[np.float64]

_HARDLY = 0.1  # prior standard deviations; moves up to this are not made
_STEPS_AT_MOST = 500


def central_set(evidence: Evidence, declared: Array, fixed: int = 0) -> Array:
    """Return the scores of the best set, shape (parameters,).

    Parameters
    ----------
    evidence
        The aims that are fitted, with their emulators.
    declared
        Scores of the declared values; the set departs from these.
    fixed
        So many scores, the first ones, stay.
    """
    from scipy.optimize import minimize

    sure = [replace(one, error=0.0) for one in evidence.emulators]
    likelihood = EmulatedLikelihood(evidence.aims, sure)

    def loss(scores: Array) -> tuple[float, Array]:
        away = scores - declared
        value, slope = likelihood(scores[None, :])
        downhill = away - slope[0]
        downhill[:fixed] = 0.0
        return 0.5 * float(away @ away) - float(value[0]), downhill

    found = minimize(loss, declared, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS_AT_MOST})
    return np.where(np.abs(found.x - declared) > _HARDLY, found.x, declared)
