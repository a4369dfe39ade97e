"""The rivals: both come near the exact posterior where there are few parameters."""

import numpy as np
import pytest

from ipsim.study.calibration.rejection import adjusted_rejection, misfit, sequential
from tests.study.calibration.known import Array, aim

AIMS = [aim("a", 1.0, error=0.3, discrepancy=0.4)]
MEASURED = 0.6
"""The gap is the score less this; with a spread of 0.5 the exact posterior is normal about 0.48, sd 0.447."""


def simulate(scores: Array) -> Array:
    return scores[:, :1] - MEASURED


def test_misfit_is_in_spreads() -> None:
    two = [aim("a", 1.0), aim("b", 1.0, low=0.5, high=2.0)]
    found = misfit(two, np.array([[0.1, 0.0], [0.0, np.nan]]))
    assert found == pytest.approx([np.sqrt(2.0), 0.0])


def test_sequential_finds_the_place_and_leaves_the_rest() -> None:
    draws, weights = sequential(simulate, AIMS, 2, runs=2000, population=200, seed=1)
    assert weights.sum() == pytest.approx(1.0)
    mean = weights @ draws
    assert mean[0] == pytest.approx(MEASURED, abs=0.15)
    assert mean[1] == pytest.approx(0.0, abs=0.3)
    assert (weights @ (draws - mean) ** 2)[0] < 0.3


def test_adjusted_rejection_shifts_the_nearest_runs() -> None:
    scores = np.random.default_rng(13).standard_normal((3000, 2))
    draws, weights = adjusted_rejection(scores, simulate(scores), AIMS, kept=0.1)
    assert len(draws) == pytest.approx(300, abs=2)
    assert weights.sum() == pytest.approx(1.0)
    assert (weights @ draws)[0] == pytest.approx(MEASURED, abs=0.05)
    assert draws[:, 0].std() < 0.1  # the regression takes away what the gap explains
    assert draws[:, 1].std() == pytest.approx(1.0, abs=0.15)
