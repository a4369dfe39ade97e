"""Intervals of means, ratios and shares."""

import math

import numpy as np
import pytest
from scipy import stats

from ipsim.study.intervals import clopper_pearson, mean_of, ratio_of, student_quantile, wilson

NAN = float("nan")
WOBBLE = np.array([-0.3, 0.2, 0.1, -0.1, 0.3, -0.2])


def test_students_quantile() -> None:
    assert student_quantile(np.array([2, 31])) == pytest.approx([6.313752, 1.697261], rel=1e-6)


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
    assert np.isnan(ratio_of(np.array([3.0]), np.array([4.0])).mean)


def test_pairs_that_all_agree_are_sure() -> None:
    assert mean_of(np.array([3.0, 3.0])).sure
    assert tuple(ratio_of(np.array([1.0, 1.0]), np.array([4.0, 4.0]))) == (0.25, 0.25, 0.25)


def test_there_is_a_share_just_where_the_whole_is_sure() -> None:
    luck = np.random.default_rng(1)
    whole = luck.normal(0.4, 1, (8, 500))
    part = luck.normal(0.2, 1, (8, 500))
    found, sure = ratio_of(part, whole), mean_of(whole).sure
    assert 50 < sure.sum() < 450
    for numbers in found:
        assert (np.isfinite(numbers) == sure).all()
    assert (found.low[sure] <= found.mean[sure]).all() and (found.mean[sure] <= found.high[sure]).all()


def test_at_an_end_of_the_interval_the_rest_just_cant_be_told_from_nought() -> None:
    luck = np.random.default_rng(4)
    whole = luck.normal(5, 1, 9)
    part = 0.4 * whole + luck.normal(0, 0.5, 9)
    mean, low, high = ratio_of(part, whole)
    assert mean == pytest.approx(part.mean() / whole.mean()) and low < mean < high
    for end in (low, high):
        rest = part - end * whole
        _, chance = stats.ttest_1samp(rest, 0.0)
        assert chance == pytest.approx(0.1)


def test_a_proportional_part_has_a_share_without_doubt() -> None:
    whole = np.array([3.0, 4.0, 5.0, 6.0])
    assert tuple(ratio_of(0.3 * whole, whole)) == pytest.approx((0.3, 0.3, 0.3))


def test_a_share_is_sure_when_its_amount_is() -> None:
    luck = np.random.default_rng(2)
    whole = luck.normal(3, 1, (6, 400))
    part = luck.normal(0.5, 1, (6, 400))
    there = mean_of(whole).sure
    assert (ratio_of(part, whole).sure[there] == mean_of(part).sure[there]).all()


def test_nine_intervals_of_ten_hold_the_true_share() -> None:
    luck = np.random.default_rng(3)
    common = luck.normal(0, 1, (10, 4000))
    whole = 4 + common + luck.normal(0, 1, (10, 4000))
    part = 1 + common
    found = ratio_of(part, whole)
    held = (found.low <= 0.25) & (found.high >= 0.25)
    assert held.mean() == pytest.approx(0.9, abs=0.02)


def test_nought_has_no_minus() -> None:
    found = ratio_of(np.zeros(3), np.array([-1.0, -2.0, -1.5]))
    assert not any(np.signbit(number) for number in found)


def test_a_ratio_to_a_known_number_has_students_interval() -> None:
    cost = 10 + WOBBLE
    _, low, high = ratio_of(cost, np.full(6, 5.0))
    half = 2.015048 * cost.std(ddof=1) / np.sqrt(6)
    assert (low, high) == pytest.approx(((cost.mean() - half) / 5, (cost.mean() + half) / 5), rel=1e-6)


def test_a_ratio_to_what_may_be_nought_has_no_end() -> None:
    assert np.isnan(ratio_of(10 + WOBBLE, np.array([-3.0, 4, -5, 6, 1, -1]))).all()


def test_nine_intervals_of_ten_hold_the_true_ratio() -> None:
    rng = np.random.default_rng(2)
    shared = rng.normal(0, 1, (2000, 10))
    patents = 3 + shared + rng.normal(0, 1, shared.shape)
    cost = 12 + 2 * shared + rng.normal(0, 1, shared.shape)
    found = ratio_of(cost.T, patents.T)
    assert np.mean((found.low <= 4) & (found.high >= 4)) == pytest.approx(0.90, abs=0.02)


def test_wilson_interval() -> None:
    z = 1.6448536  # p = 1/2, n = 4
    middle, half = (2 + z**2 / 2) / (4 + z**2), z / (4 + z**2) * (1 + z**2 / 4) ** 0.5
    assert wilson(2, 4) == pytest.approx((middle - half, middle + half), rel=1e-6)
    assert 0 < wilson(0, 10)[1] < 0.3


def test_exact_intervals_of_shares() -> None:
    low, high = clopper_pearson(1, 2)
    assert (low, high) == (pytest.approx(1 - math.sqrt(0.95)), pytest.approx(math.sqrt(0.95)))
    assert clopper_pearson(0, 5)[0] == 0
    assert clopper_pearson(5, 5) == (pytest.approx(0.05 ** (1 / 5)), 1)
    assert all(math.isnan(end) for end in clopper_pearson(0, 0))
