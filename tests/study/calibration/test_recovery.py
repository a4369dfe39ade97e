"""Recovery: a method that is exact has the coverage that it says."""

from collections.abc import Sequence

import numpy as np
import pytest

from ipsim.study.calibration.aims import Aim
from ipsim.study.calibration.recovery import recover, synthetic, weighted_quantiles
from tests.study.calibration.known import Array, aim

AIMS = [aim("a", 1.0), aim("b", 2.0)]
SLOPES = np.array([0.1, 0.02])
"""Gaps are these times the scores; the spread of an aim is 0.05."""


def exact(aims: Sequence[Aim], number: int) -> tuple[Array, Array]:
    """Draw from the exact posterior of gaps that are linear in two scores; a third is free."""
    rng = np.random.default_rng((number, 1))
    measured = np.array([np.log(one.value / base.value) for one, base in zip(aims, AIMS, strict=True)])
    precision = 1.0 + (SLOPES / 0.05) ** 2
    mean = measured * SLOPES / 0.05**2 / precision
    draws = rng.standard_normal((800, 3))
    draws[:, :2] = mean + draws[:, :2] / np.sqrt(precision)
    return draws, np.full(800, 1 / 800)


@pytest.fixture(scope="module")
def truths() -> Array:
    return np.random.default_rng(12).standard_normal((150, 3))


def test_exact_intervals_hold_the_truth_as_often_as_they_say(truths: Array) -> None:
    found = recover(["a", "b", "c"], truths, truths[:, :2] * SLOPES, AIMS, exact)
    assert found.narrowed() == ["a"]
    every, narrowed = found.summary(), found.summary(["a"])
    assert (every["truths"], every["parameters"]) == (150, 3)
    assert every["coverage_90"] == pytest.approx(0.9, abs=0.04)
    assert narrowed["coverage_90"] == pytest.approx(0.9, abs=0.06)
    assert abs(narrowed["bias"]) < 0.1
    assert narrowed["root_mean_square_error"] == pytest.approx(1 / np.sqrt(5), rel=0.15)
    assert narrowed["mean_width_90"] == pytest.approx(2 * 1.645 / np.sqrt(5), rel=0.05)
    mean = found.table.groupby("parameter")["contraction"].mean()
    assert mean["a"] == pytest.approx(0.8, abs=0.03)
    assert mean["c"] == pytest.approx(0.0, abs=0.03)


def test_a_method_that_is_too_sure_is_found_out(truths: Array) -> None:
    def too_sure(aims: Sequence[Aim], number: int) -> tuple[Array, Array]:
        draws, weights = exact(aims, number)
        middle = draws.mean(axis=0)
        return middle + 0.4 * (draws - middle), weights

    found = recover(["a", "b", "c"], truths, truths[:, :2] * SLOPES, AIMS, too_sure)
    assert found.summary()["coverage_90"] < 0.65


def test_synthetic_figures_are_moved_by_their_spread() -> None:
    moved = np.array(
        [[one.value for one in synthetic(AIMS, np.array([0.3, 0.0]), seed)] for seed in range(2000)]
    )
    logs = np.log(moved / [1.0, 2.0])
    assert logs.mean(axis=0) == pytest.approx([0.3, 0.0], abs=0.005)
    assert logs.std(axis=0) == pytest.approx([0.05, 0.05], rel=0.06)


def test_weighted_quantiles() -> None:
    draws = np.array([[3.0], [1.0], [2.0]])
    equal = weighted_quantiles(draws, np.full(3, 1 / 3), (0.5,))
    assert equal[0, 0] == pytest.approx(2.0)
    tilted = weighted_quantiles(draws, np.array([0.9, 0.05, 0.05]), (0.5,))
    assert tilted[0, 0] > 2.5
