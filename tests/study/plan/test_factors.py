import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipsim.study.plan import Factor
from ipsim.study.plan.points import point_of

UNIT = st.floats(0, 1)


@given(UNIT, st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_a_range_is_kept_and_its_ends_are_reached(unit: float, low: float, width: float) -> None:
    factor = Factor("x", None, low, low + width)
    value = factor.value(unit)
    assert isinstance(value, float)
    assert low <= value <= factor.high
    assert factor.value(0) == low
    assert factor.value(1) == factor.high


@given(UNIT)
def test_whole_numbers_take_equal_shares(unit: float) -> None:
    assert Factor("x", None, 1, 4, integer=True).value(unit) == min(1 + int(4 * unit), 4)


@given(UNIT)
def test_levels_take_equal_shares(unit: float) -> None:
    assert Factor("x", ("a", "b", "c")).value(unit) == "abc"[min(int(3 * unit), 2)]


def test_equal_steps_of_a_log_range_are_equal_ratios() -> None:
    factor = Factor("x", None, 1, 100, log=True)
    assert factor.value(0.5) == pytest.approx(10)
    assert (factor.value(0), factor.value(1)) == (1, 100)


@pytest.mark.parametrize("unit", [-0.1, 1.1, math.nan])
def test_a_place_outside_the_unit_interval_is_an_error(unit: float) -> None:
    with pytest.raises(ValueError, match="unit interval"):
        Factor("x", None, 0, 1).value(unit)


def test_a_grid_holds_both_ends_and_each_value_once() -> None:
    assert Factor("x", None, 0, 1).grid(3) == [0, 0.5, 1]
    assert Factor("x", None, 1, 2, integer=True).grid(5) == [1, 2]
    assert Factor("x", (3, 1)).grid(9) == [3, 1]


def test_a_value_can_hold_from_a_date_on() -> None:
    factor = Factor("policy.protection.strength", None, 0, 1, start=2021)
    assert factor.name == "protection.strength@2021"
    assert factor.unit == "0-1"
    assert factor.changes(0.5) == {"policy.protection.strength": {"2021": 0.5}}


def test_two_dates_of_one_lever_are_one_path() -> None:
    factors = [Factor("policy.x", (1,), start=2018), Factor("policy.x", (2,), start=2021)]
    assert point_of(factors, [1, 2]).changes == {"policy.x": {"2018": 1, "2021": 2}}
