"""Which method to use: emulation and its rivals, each looking for the same known truths.

All methods are given the same runs. The sequential rival needs runs of its own, thousands for each
truth; emulators, with their error as luck, stand in for these, which if anything is kind to it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ipsim.study.calibration.aims import Aim
from ipsim.study.calibration.fitting import learn
from ipsim.study.calibration.recovery import Method, Recovery, recover
from ipsim.study.calibration.rejection import adjusted_rejection, sequential
from ipsim.study.calibration.waves import Calibrated

Array = NDArray[np.float64]

EMULATED = "emulated posterior"
"""Name of the method that calibration uses."""

_SEED = 77


def try_methods(found: Calibrated, truths: int = 30, draws: int = 500) -> dict[str, Recovery]:
    """Return what each method made of the last runs of the prior, which it has not seen.

    Parameters
    ----------
    found
        A calibration; its runs of the prior are used, its fitted aims are what is looked at.
    truths
        Runs that are held back and looked for, one after the other.
    draws
        Draws of a posterior.
    """
    places = [
        place
        for place, aim in enumerate(found.aims)
        if aim.use == "fit" and np.isfinite(found.gaps[: found.first, place]).all()
    ]
    aims = [found.aims[place] for place in places]
    seen = found.first - truths
    scores, gaps = found.scores[:seen], found.gaps[:seen][:, places]
    methods = {
        EMULATED: _emulated(aims, scores, gaps, draws),
        "rejection, adjusted by regression": _rejection(aims, scores, gaps),
        "sequential": _sequential(aims, scores, gaps, seen),
    }
    hidden = slice(seen, found.first)
    return {
        name: recover(
            found.parameters.names, found.scores[hidden], found.gaps[hidden][:, places], aims, method
        )
        for name, method in methods.items()
    }


def trial_table(tried: dict[str, Recovery]) -> pd.DataFrame:
    """Return two rows a method: over the parameters that emulation narrows, and over all.

    Returns
    -------
    pandas.DataFrame
        ``method, over, truths, parameters, bias, root_mean_square_error, coverage_90, mean_width_90``.
    """
    known = tried[EMULATED].narrowed()
    rows = [
        {"method": name, "over": over, **one.summary(parameters)}
        for over, parameters in (("narrowed", known), ("all", None))
        for name, one in tried.items()
    ]
    return pd.DataFrame(rows)


def _emulated(aims: Sequence[Aim], scores: Array, gaps: Array, draws: int) -> Method:
    evidence = learn(aims, scores, gaps)

    def method(synthetic: Sequence[Aim], number: int) -> tuple[Array, Array]:
        moved = evidence.aimed_at(synthetic)
        found = moved.posterior(scores.shape[1], draws, _SEED + number)
        return found.scores, np.full(draws, 1.0 / draws)

    return method


def _moved(aims: Sequence[Aim], synthetic: Sequence[Aim], gaps: Array) -> Array:
    """Return gaps from the published figures as gaps from synthetic ones."""
    shift = [float(old.gap(np.array(new.value))) for old, new in zip(aims, synthetic, strict=True)]
    return gaps - np.array(shift)


def _rejection(aims: Sequence[Aim], scores: Array, gaps: Array) -> Method:
    def method(synthetic: Sequence[Aim], number: int) -> tuple[Array, Array]:
        return adjusted_rejection(scores, _moved(aims, synthetic, gaps), synthetic)

    return method


def _sequential(aims: Sequence[Aim], scores: Array, gaps: Array, runs: int) -> Method:
    evidence = learn(aims, scores, gaps)
    errors = np.array([one.error for one in evidence.emulators])

    def method(synthetic: Sequence[Aim], number: int) -> tuple[Array, Array]:
        rng = np.random.default_rng((_SEED, number))

        def simulate(fresh: Array) -> Array:
            said = np.column_stack([one(fresh) for one in evidence.emulators])
            lucky = said + errors * rng.standard_normal(said.shape)
            return _moved(aims, synthetic, lucky)

        return sequential(simulate, synthetic, scores.shape[1], runs, seed=number)

    return method
