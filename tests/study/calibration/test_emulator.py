"""Emulators: a known polynomial is found, its error is known, its slopes are right."""

import numpy as np
import pytest

from ipsim.study.calibration.emulator import fit_emulator

RNG = np.random.default_rng(3)
SCORES = RNG.standard_normal((400, 12))


def quadratic(scores: np.ndarray) -> np.ndarray:
    """Return a polynomial of three of the scores."""
    a, b, c = np.clip(scores[:, [2, 5, 9]], -3, 3).T
    return 1.0 + 0.8 * a - 0.5 * b + 0.3 * a * b + 0.2 * c**2


def test_a_known_quadratic_is_recovered() -> None:
    found = fit_emulator(SCORES, quadratic(SCORES))
    assert set(found.active[:3]) == {2, 5, 9}
    fresh = RNG.standard_normal((300, 12))
    assert found(fresh) == pytest.approx(quadratic(fresh), abs=0.02)
    assert found.explained > 0.999


@pytest.mark.parametrize("weights", [None, np.where(np.arange(400) < 200, 0.2, 1.0)])
def test_the_error_is_that_of_new_runs(weights: np.ndarray | None) -> None:
    noise = 0.3 * RNG.standard_normal(400)
    found = fit_emulator(SCORES, quadratic(SCORES) + noise, weights)
    fresh = RNG.standard_normal((4000, 12))
    off = found(fresh) - quadratic(fresh) - 0.3 * RNG.standard_normal(4000)
    assert found.error == pytest.approx(np.sqrt(np.mean(off**2)), rel=0.12)
    assert found.explained == pytest.approx(1 - np.var(off) / np.var(quadratic(fresh) + 0.3), abs=0.08)


def test_slopes_are_those_of_finite_differences() -> None:
    found = fit_emulator(SCORES, quadratic(SCORES) + 0.1 * RNG.standard_normal(400))
    there = RNG.standard_normal((5, 12))
    slopes = found.slopes(there)
    for place, column in enumerate(found.active):
        step = np.zeros(12)
        step[column] = 1e-5
        assert slopes[:, place] == pytest.approx((found(there + step) - found(there - step)) / 2e-5, abs=1e-6)


def test_beyond_the_bounds_nothing_changes() -> None:
    found = fit_emulator(SCORES, quadratic(SCORES))
    far, farther = np.full((1, 12), 3.5), np.full((1, 12), 5.0)
    assert found(far) == pytest.approx(found(farther))
    assert not found.slopes(far).any()


def test_what_nothing_moves_has_its_mean() -> None:
    constant = fit_emulator(SCORES, np.full(400, 7.0))
    assert (constant.error, constant.explained) == (0.0, 1.0)
    assert constant(SCORES[:3]) == pytest.approx([7.0] * 3)
    noise = RNG.standard_normal(400)
    luck = fit_emulator(SCORES, noise)
    assert luck.error == pytest.approx(noise.std(), rel=0.1)
    assert luck.explained < 0.1


def test_runs_without_the_figure_are_left_out() -> None:
    figure = quadratic(SCORES)
    figure[:100] = np.nan
    assert fit_emulator(SCORES, figure).explained > 0.999
    figure[:370] = np.nan
    with pytest.raises(ValueError, match="40 runs at least, not 30"):
        fit_emulator(SCORES, figure)
