"""Values over time: forms, dates, and what holds before the first date."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipsim.scenario.errors import Fault
from ipsim.scenario.given import read_levers
from ipsim.scenario.timeline import FIRST_YEAR, LAST_YEAR, Timeline, date_of, month_of
from ipsim.scenario.tree import from_python

KEY = "policy.protection.mediation"  # any number from 0 to 10,000

MONTHS = st.integers(FIRST_YEAR * 12, LAST_YEAR * 12 + 11)
VALUES = st.floats(0, 10_000, allow_nan=False)
POINTS = st.dictionaries(MONTHS, VALUES, min_size=1, max_size=6)
TIMELINES = st.one_of(VALUES.map(Timeline.constant), POINTS.map(Timeline.steps), POINTS.map(Timeline.ramp))


def read(written: object) -> Timeline:
    faults: list[Fault] = []
    found = read_levers(from_python({"protection": {"mediation": written}}, "test"), "policy", faults)
    assert not faults
    value = found[KEY].value
    assert isinstance(value, Timeline)
    return value


def test_step_counts_from_the_quarter_whose_middle_month_it_has_reached() -> None:
    for date, first_quarter in {"2019-04": 2, "2019-05": 2, "2019-06": 3, "2019-07": 3}.items():
        line = read({"2016": 0, date: 1})
        assert [line.at(2019, q) for q in range(1, 5)] == [float(q >= first_quarter) for q in range(1, 5)]


def test_ramp_is_linear_between_its_points_and_held_outside() -> None:
    line = read({"ramp": {"2018": 10, "2020": 20}})
    assert (line.at(2016, 1), line.at(2018, 1), line.at(2019, 1), line.at(2019, 3)) == (10, 10, 15, 17.5)
    assert (line.at(2020, 1), line.at(2030, 4)) == (20, 20)


def test_base_holds_before_the_first_step() -> None:
    base = read({"2016": 1, "2021-07": 0})
    line = read({"2020": 5}).over(base)
    assert (line.at(2019, 4), line.at(2020, 1), line.at(2025, 1)) == (1, 5, 5)


def test_step_over_a_ramp_keeps_its_slope_to_the_step() -> None:
    line = read({"2018": 9}).over(read({"ramp": {"2016": 0, "2020": 4}}))
    assert [line.at(y) for y in (2016, 2017, 2018, 2020)] == [0, 1, 9, 9]


@pytest.mark.parametrize("later", [7, {"2016": 7}, {"ramp": {"2019": 7, "2020": 7}}])
def test_value_for_the_whole_horizon_replaces_the_base(later: object) -> None:
    assert read(later).over(read({"2016": 1, "2018": 2})).path(60).tolist() == [7.0] * 60


@pytest.mark.parametrize(
    "date", ["2016-13", "2016-00", "2035", "1999", "2016-1", "16", "", "2016-01-01", True, None, 2.5]
)
def test_impossible_dates_are_no_month(date: object) -> None:
    assert month_of(date) is None


@given(MONTHS)
def test_dates_round_trip(month: int) -> None:
    assert month_of(date_of(month)) == month


@given(TIMELINES)
def test_any_timeline_reads_back_as_written(line: Timeline) -> None:
    assert np.array_equal(read(line.written()).path(60), line.path(60))


@given(TIMELINES, TIMELINES)
def test_any_two_timelines_laid_over_each_other_read_back(top: Timeline, base: Timeline) -> None:
    both = top.over(base)
    again = read(both.written()).path(60)
    assert np.allclose(again, both.path(60), rtol=0, atol=1e-9)


def test_a_step_over_a_later_ramp_reads_back_over_anything() -> None:
    both = Timeline.steps({2020 * 12: 7.0}).over(Timeline.ramp({2018 * 12: 1.0, 2026 * 12: 3.0}))
    again = read(both.written()).over(Timeline.constant(99.0))
    assert np.array_equal(again.path(60), both.path(60))


@given(TIMELINES)
def test_scaling_keeps_the_form_and_the_bounds(line: Timeline) -> None:
    path = line.scaled(2, 1, 0, 5000).path(60)
    assert path.min() >= 0 and path.max() <= 5000
    assert np.array_equal(line.scaled(1, 0, 0, 10_000).path(60), line.path(60))
