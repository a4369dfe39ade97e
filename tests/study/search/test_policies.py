import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipsim.study.plan import Factor
from ipsim.study.search.policies import policy_at, rounded, step_of


@pytest.mark.parametrize(
    ("low", "high", "step"),
    [(0, 1, 0.01), (0, 20000, 200), (0.03, 0.032, 2e-5), (30, 230, 2), (0, 0.5, 0.005)],
)
def test_steps_are_round_and_a_hundred_or_more(low: float, high: float, step: float) -> None:
    assert step_of(Factor("x", None, low, high)) == pytest.approx(step)


@given(st.floats(0, 1), st.floats(-1e5, 1e5), st.floats(1e-3, 1e5))
def test_rounded_values_stay_in_range_and_near(unit: float, low: float, width: float) -> None:
    factor = Factor("x", None, low, low + width)
    value = factor.value(unit)
    near = rounded(factor, value)
    assert isinstance(value, float) and isinstance(near, float)
    assert factor.low <= near <= factor.high
    assert abs(near - value) <= step_of(factor) * 0.51 + 1e-9


def test_values_are_short() -> None:
    factor = Factor("policy.subsidies.high_value", None, 0.0, 20000.0, start=2021)
    policy = policy_at([factor], [0.62416])
    assert policy.values == {"subsidies.high_value@2021": 12400.0}
    assert policy.changes == {"policy.subsidies.high_value": {"2021": 12400.0}}
    assert policy.written == policy_at([factor], [0.6238]).written, "the same once rounded"
    assert len(repr(rounded(Factor("x", None, 0.0, 1.0), 0.1 + 0.2))) == 3


def test_levels_whole_numbers_and_logarithms() -> None:
    assert rounded(Factor("x", (0.123456, 1)), 0.123456) == 0.123456
    assert rounded(Factor("x", None, 0, 9, integer=True), 7) == 7
    assert rounded(Factor("x", None, 0.001, 10.0, log=True), 0.0123456) == 0.0123
