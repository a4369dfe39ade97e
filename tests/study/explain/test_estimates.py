"""Intervals of means and of shares."""

import numpy as np
import pytest
from scipy import stats

from ipsim.study.explain.estimates import mean_of, share_of

NAN = float("nan")


def test_a_mean_has_students_interval() -> None:
    values = np.array([1.0, 4.0, 2.0, 8.0])
    mean, low, high = mean_of(values)
    expected = stats.t.interval(0.9, 3, loc=values.mean(), scale=stats.sem(values))
    assert mean == values.mean()
    assert (low, high) == pytest.approx(expected)


def test_pairs_without_a_figure_are_left_out() -> None:
    values = np.array([[1.0, NAN], [NAN, NAN], [3.0, NAN], [5.0, 2.0]])
    found = mean_of(values)
    assert found.mean == pytest.approx([3.0, 2.0])
    assert found.low[0] == pytest.approx(mean_of(np.array([1.0, 3.0, 5.0])).low)
    assert np.isnan(found.low[1])
    assert np.isnan(mean_of(np.full(3, NAN)).mean)


def test_one_pair_is_never_sure() -> None:
    assert not mean_of(np.array([3.0])).sure
    assert np.isnan(share_of(np.array([3.0]), np.array([4.0])).mean)


def test_pairs_that_all_agree_are_sure() -> None:
    assert mean_of(np.array([3.0, 3.0])).sure
    assert tuple(share_of(np.array([1.0, 1.0]), np.array([4.0, 4.0]))) == (0.25, 0.25, 0.25)


def test_there_is_a_share_just_where_the_whole_is_sure() -> None:
    luck = np.random.default_rng(1)
    whole = luck.normal(0.4, 1, (8, 500))
    part = luck.normal(0.2, 1, (8, 500))
    found, sure = share_of(part, whole), mean_of(whole).sure
    assert 50 < sure.sum() < 450
    for numbers in found:
        assert (np.isfinite(numbers) == sure).all()
    assert (found.low[sure] <= found.mean[sure]).all() and (found.mean[sure] <= found.high[sure]).all()


def test_a_proportional_part_has_a_share_without_doubt() -> None:
    whole = np.array([3.0, 4.0, 5.0, 6.0])
    assert tuple(share_of(0.3 * whole, whole)) == pytest.approx((0.3, 0.3, 0.3))


def test_a_share_is_sure_when_its_amount_is() -> None:
    luck = np.random.default_rng(2)
    whole = luck.normal(3, 1, (6, 400))
    part = luck.normal(0.5, 1, (6, 400))
    there = mean_of(whole).sure
    assert (share_of(part, whole).sure[there] == mean_of(part).sure[there]).all()


def test_nine_intervals_of_ten_hold_the_true_share() -> None:
    luck = np.random.default_rng(3)
    common = luck.normal(0, 1, (10, 4000))
    whole = 4 + common + luck.normal(0, 1, (10, 4000))
    part = 1 + common
    found = share_of(part, whole)
    held = (found.low <= 0.25) & (found.high >= 0.25)
    assert held.mean() == pytest.approx(0.9, abs=0.02)


def test_nought_has_no_minus() -> None:
    found = share_of(np.zeros(3), np.array([-1.0, -2.0, -1.5]))
    assert not any(np.signbit(number) for number in found)
