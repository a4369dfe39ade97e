import math

import numpy as np
import pytest
from numpy.typing import NDArray

from ipsim.study.hindcast.samples import COPIES, Band, as_measured, band, bounds, crps, log_error, pit
from tests.study.hindcast.stand_ins import figure


def sample(*values: float) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)


def test_crps_by_hand() -> None:
    # Mean distance to 3 is 4/3; distances between members are 1, 3 and 2, mean 2.
    assert crps(sample(1, 2, 4), 3) == pytest.approx(4 / 3 - 1)
    assert crps(sample(4, 1, 2), 3) == pytest.approx(1 / 3)


def test_crps_of_one_number_is_its_distance() -> None:
    assert crps(sample(5), 3) == 2
    assert crps(sample(5, 5, 5), 3) == 2


def test_crps_is_least_for_the_right_distribution() -> None:
    luck = np.random.default_rng(1)
    truth, right = luck.normal(0, 1, 3000), luck.normal(0, 1, 1000)
    scores = {width: np.mean([crps(width * right, value) for value in truth]) for width in (0.3, 1.0, 3.0)}
    assert min(scores, key=lambda width: scores[width]) == 1.0
    assert scores[1.0] == pytest.approx(1 / math.sqrt(math.pi), rel=0.05)  # of a standard normal


def test_pit_counts_ties_half() -> None:
    assert pit(sample(1, 2, 3, 4), 3) == 0.625
    assert pit(sample(1, 2), 0) == 0
    assert pit(sample(1, 2), 9) == 1


def test_bands_hold_what_they_should_of_new_draws() -> None:
    assert band(np.arange(1.0, 20.0), 90) == (1, 19)
    assert band(np.arange(1.0, 20.0), 50) == (5, 15)
    luck = np.random.default_rng(2)
    inside = [band(luck.normal(size=19), 90).holds(figure(float(luck.normal()))) for _ in range(2000)]
    assert np.mean(inside) == pytest.approx(0.9, abs=0.02)


def test_a_range_is_inside_when_it_overlaps_and_a_bound_has_one_side() -> None:
    narrow = Band(10, 12)
    assert narrow.holds(figure(14, low=11, high=17))
    assert not narrow.holds(figure(15, low=13, high=17))
    assert bounds(figure(13, low=13)) == (13, math.inf)
    assert not narrow.holds(figure(13, low=13))
    assert narrow.holds(figure(11, low=11))
    assert narrow.holds(figure(11, high=11))
    assert not narrow.holds(figure(9, high=9))


def test_errors_of_measurement_widen_a_sample_and_keep_its_middle() -> None:
    exact = np.full(200, 100.0)
    measured = as_measured(exact, figure(error=0.1))
    assert measured.shape == (200 * COPIES,)
    assert np.median(measured) == pytest.approx(100, rel=0.01)
    assert measured.std() / measured.mean() == pytest.approx(0.1, rel=0.05)
    assert np.array_equal(measured, as_measured(exact, figure(error=0.1)))
    assert as_measured(exact, figure(error=0.0)) is exact
    assert as_measured(exact, figure(14, low=11, high=17, error=0.3)) is exact


def test_log_errors() -> None:
    assert log_error(20, figure(10)) == pytest.approx(math.log(2))
    assert log_error(12, figure(14, low=11, high=17)) == 0
    assert log_error(5.5, figure(14, low=11, high=17)) == pytest.approx(math.log(0.5))
    assert log_error(100, figure(11, low=11)) == 0
    assert math.isnan(log_error(0, figure(10)))
    assert math.isnan(log_error(math.nan, figure(10)))
    assert math.isnan(log_error(1, figure(0)))
