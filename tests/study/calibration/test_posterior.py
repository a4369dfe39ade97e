"""The posterior against cases whose answer is known exactly."""

import numpy as np
import pytest
from numpy.typing import NDArray

from ipsim.study.calibration.emulator import fit_emulator
from ipsim.study.calibration.posterior import EmulatedLikelihood, posterior, settled
from tests.study.calibration.known import aim

Array = NDArray[np.float64]


class Linear:
    """Measurements of linear combinations of the scores with normal errors."""

    def __init__(self, matrix: Array, measured: Array, error: float) -> None:
        self.matrix, self.measured, self.error = matrix, measured, error

    def __call__(self, scores: Array) -> tuple[Array, Array]:
        off = (self.measured - scores @ self.matrix.T) / self.error
        return -0.5 * (off**2).sum(axis=1), off @ self.matrix / self.error

    def curvature(self, scores: Array) -> Array:
        return self.matrix.T @ self.matrix / self.error**2

    def exact(self) -> tuple[Array, Array]:
        """Return mean and covariance of the posterior under a standard normal prior."""
        precision = np.eye(self.matrix.shape[1]) + self.curvature(self.matrix)
        covariance: Array = np.asarray(np.linalg.inv(precision), np.float64)
        return covariance @ self.matrix.T @ self.measured / self.error**2, covariance


def test_a_linear_case_has_its_exact_posterior() -> None:
    rng = np.random.default_rng(4)
    matrix = rng.standard_normal((6, 10))
    case = Linear(matrix, 3.0 * rng.standard_normal(6), 0.3)
    found = posterior(case, 10, draws=3000, seed=5)
    mean, covariance = case.exact()
    sds = np.sqrt(np.diag(covariance))
    assert np.abs(found.scores.mean(axis=0) - mean).max() < 0.1
    assert found.scores.std(axis=0) == pytest.approx(sds, rel=0.07)
    assert np.corrcoef(found.scores.T) == pytest.approx(covariance / np.outer(sds, sds), abs=0.1)
    assert found.temperatures[0] == 0.0
    assert found.temperatures[-1] == 1.0
    assert list(found.temperatures) == sorted(found.temperatures)
    assert found.acceptance > 0.5


def test_draws_settle_where_a_measurement_is_taken_away() -> None:
    rng = np.random.default_rng(16)
    matrix = rng.standard_normal((6, 10))
    measured = 3.0 * rng.standard_normal(6)
    whole = posterior(Linear(matrix, measured, 0.3), 10, draws=2000, seed=5)
    rest = Linear(matrix[1:], measured[1:], 0.3)
    mean, covariance = rest.exact()
    found = settled(rest, whole.scores, seed=6)
    assert np.abs(found.mean(axis=0) - mean).max() < 0.12
    assert found.std(axis=0) == pytest.approx(np.sqrt(np.diag(covariance)), rel=0.08)


def test_a_flat_likelihood_returns_the_prior() -> None:
    found = posterior(Linear(np.zeros((1, 3)), np.zeros(1), 1.0), 3, draws=4000, seed=6)
    assert found.temperatures == (0.0, 1.0)
    assert found.scores.mean(axis=0) == pytest.approx([0.0] * 3, abs=0.06)
    assert found.scores.std(axis=0) == pytest.approx([1.0] * 3, abs=0.05)


def test_fixed_scores_are_chosen_among_and_never_moved() -> None:
    rng = np.random.default_rng(7)
    start = rng.standard_normal((2000, 3))
    start[:, 0] = np.repeat([-1.0, 0.0, 1.0, 2.0], 500)
    case = Linear(np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 0.0]]), np.array([1.0, 2.5]), 0.4)
    found = posterior(case, 3, draws=2000, seed=8, start=start, fixed=1)
    assert set(found.scores[:, 0]) <= {-1.0, 0.0, 1.0, 2.0}
    # exact: the weight of a member is its own likelihood with the second score integrated out
    members = np.array([-1.0, 0.0, 1.0, 2.0])
    logs = -0.5 * ((1.0 - members) / 0.4) ** 2 - 0.5 * (2.5 - members) ** 2 / (1.0 + 0.4**2)
    exact = np.exp(logs) / np.exp(logs).sum()
    shares = [(found.scores[:, 0] == one).mean() for one in members]
    assert shares == pytest.approx(exact, abs=0.05)
    at_one = found.scores[found.scores[:, 0] == 1.0, 1]
    assert at_one.mean() == pytest.approx(1.5 / (1.0 + 0.4**2), abs=0.06)


def test_the_emulated_likelihood_has_the_slopes_it_says() -> None:
    rng = np.random.default_rng(9)
    scores = rng.standard_normal((200, 5))
    ranged = aim("a", 1.0, low=0.8, high=1.3)
    emulators = [
        fit_emulator(scores, 0.5 * scores[:, 0] + 0.2 * scores[:, 1] ** 2),
        fit_emulator(scores, 0.7 * scores[:, 2] - 0.4 * scores[:, 0]),
    ]
    likelihood = EmulatedLikelihood([aim("b", 1.0), ranged], emulators)
    there = rng.standard_normal((20, 5))
    _, slopes = likelihood(there)
    for column in range(5):
        step = np.zeros(5)
        step[column] = 1e-6
        difference = (likelihood(there + step)[0] - likelihood(there - step)[0]) / 2e-6
        assert slopes[:, column] == pytest.approx(difference, rel=1e-3, abs=1e-3)
    assert np.linalg.eigvalsh(likelihood.curvature(there)).min() > -1e-9
