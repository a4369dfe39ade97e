"""Aims: gaps on the logarithm, ranges and bounds within which nothing is lost."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ipsim.published import Published
from ipsim.study.calibration.aims import gaps
from ipsim.study.calibration.calibrating import fitted_and_tests, uncalibrated
from ipsim.study.calibration.chosen_aims import LAST_FITTED, aim_of, all_aims
from ipsim.study.calibration.targets import targets
from tests.study.calibration.known import aim, table


def test_a_gap_is_the_logarithm_of_the_ratio() -> None:
    one = aim("invention_applications", 100.0)
    assert one.gap(np.array([100.0, 200.0, 50.0])) == pytest.approx([0.0, math.log(2), -math.log(2)])
    assert one.figure(one.gap(np.array([37.0]))) == pytest.approx([37.0])
    assert one.gap(np.array([0.0]))[0] == pytest.approx(math.log(0.02))
    assert np.isnan(one.gap(np.array([np.nan]))[0])
    assert one.spread == pytest.approx(0.05)


def test_effects_have_relative_gaps_that_may_change_sign() -> None:
    one = aim("twin.filing_cost", -0.3, low=-0.5, high=-0.3)
    assert one.gap(np.array([-0.3, -0.6, 0.3])) == pytest.approx([0.0, 1.0, -2.0])
    assert one.figure(np.array([1.0])) == pytest.approx([-0.6])
    assert one.bounds == pytest.approx((0.0, 2 / 3))
    assert one.distance(one.gap(np.array([-0.4, -0.2]))) == pytest.approx([0.0, -1 / 3])


def test_inside_a_range_nothing_is_lost() -> None:
    one = aim("invention_applications", 100.0, low=80.0, high=120.0)
    distances = one.distance(one.gap(np.array([79.0, 80.0, 100.0, 120.0, 121.0])))
    assert distances == pytest.approx([math.log(79 / 80), 0, 0, 0, math.log(121 / 120)])


def test_a_bound_is_open_at_its_other_end() -> None:
    above = aim_of("jinhua", Published("Jinhua", "invention_applications", 2019, 100.0, low=100.0))
    below = aim_of("jinhua", Published("Jinhua", "invention_applications", 2019, 100.0, high=100.0))
    plain = aim_of("jinhua", Published("Jinhua", "invention_applications", 2019, 100.0))
    gap = plain.gap(np.array([10.0, 100.0, 1000.0]))
    assert above.distance(gap) == pytest.approx([-math.log(10), 0.0, 0.0])
    assert below.distance(gap) == pytest.approx([0.0, 0.0, math.log(10)])
    assert plain.distance(gap) == pytest.approx([-math.log(10), 0.0, math.log(10)])
    moved = above.aimed_at(50.0)
    assert moved.distance(moved.gap(np.array([25.0, 60.0]))) == pytest.approx([-math.log(2), 0.0])


def test_synthetic_aims_keep_their_range_in_proportion() -> None:
    one = aim("invention_applications", 100.0, low=80.0, high=120.0).aimed_at(200.0)
    assert (one.low, one.value, one.high) == (160.0, 200.0, 240.0)


def test_gaps_of_several_cities_are_their_mean() -> None:
    both = replace(aim("rd_intensity", 2.0), cities=("one", "two"))
    tables = {
        "one": table({"rd_intensity": np.array([2.0, 4.0])}),
        "two": table({"rd_intensity": np.array([2.0, 1.0])}),
    }
    assert gaps([both], tables) == pytest.approx(np.array([[0.0], [0.0]]))


def test_a_figure_that_runs_lack_is_no_number() -> None:
    tables = {"jinhua": pd.DataFrame({"run": [1, 2]})}
    assert np.isnan(gaps([aim("rd_intensity", 2.0)], tables)).all()


def test_later_figures_of_cities_are_tests() -> None:
    xiamen = uncalibrated("xiamen")
    aims = all_aims({"xiamen": xiamen})
    cities = [one for one in aims if one.key.startswith("xiamen:")]
    assert {one.use for one in cities if one.year > LAST_FITTED} == {"test"}
    assert {one.use for one in cities if one.year <= LAST_FITTED} == {"fit"}
    assert len(aims) - len(cities) == len(targets())
    assert len({one.key for one in aims}) == len(aims)
    known = all_aims({"xiamen": xiamen}, known_by=2016)
    assert all(one.known <= 2016 for one in known if one.use == "fit")
    assert {one.use for one in known} == {"fit", "test"}


def test_what_somebody_hands_in_is_fitted_up_to_a_year() -> None:
    rows = [Published("Xiamen", "rd_intensity", year, 3.0) for year in (2018, 2022)]
    xiamen = uncalibrated("xiamen")
    assert [one.use for one in fitted_and_tests(xiamen, rows)] == ["fit", "fit"]
    assert [one.use for one in fitted_and_tests(xiamen, rows, known_by=2020)] == ["fit", "test"]
