import numpy as np
import pytest

from ipsim.study.sensitivity.ends import end_effects
from ipsim.study.sensitivity.undefined import UndefinedError

OWNERS = (-1, 0, 0, 0, 1, 1)


def test_differences_are_paired_by_seed() -> None:
    luck = np.array([0.0, 100.0, -50.0])
    change = np.array([0.0, -2.0, 5.0, 3.0, 1.0, 0.0])
    values = change[:, None] + luck
    values[1, 0] += 0.3
    found = end_effects(values, OWNERS, 2, paired=True)
    assert found.columns["at_low"][0] == pytest.approx(-1.9)
    assert found.columns["at_high"] == pytest.approx([3, 0])
    assert found.columns["swing"] == pytest.approx([6.9, 1])  # the middle value counts as well
    assert found.columns["at_high_low"] == pytest.approx([3, 0])
    assert found.columns["at_low_low"][0] < -1.9 < found.columns["at_low_high"][0]
    apart = end_effects(values, OWNERS, 2, paired=False)
    assert apart.columns["at_high_low"][0] < -100


def test_failed_runs_and_points() -> None:
    values = np.array([[1.0, 11.0], [2.0, np.nan], [3.0, 13.0], [np.nan] * 2, [np.nan] * 2, [np.nan] * 2])
    found = end_effects(values, OWNERS, 2, paired=True)
    assert found.left_out == 3
    assert found.columns["at_low"][0] == pytest.approx(1)
    assert np.isnan(found.columns["at_low_low"][0])
    assert found.columns["swing"][0] == pytest.approx(2)
    assert np.isnan(found.columns["at_high"]).all()
    assert np.isnan(found.columns["swing"][1])


def test_nothing_to_compare_with_and_nothing_that_moves() -> None:
    values = np.ones((6, 2))
    with pytest.raises(UndefinedError, match="the same at every point"):
        end_effects(values, OWNERS, 2, paired=True)
    with pytest.raises(UndefinedError, match="the same at every point"):
        end_effects(values + np.arange(2), OWNERS, 2, paired=True)
    values[0] = np.nan
    with pytest.raises(UndefinedError, match="too few"):
        end_effects(values, OWNERS, 2, paired=True)
