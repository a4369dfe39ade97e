import numpy as np
import pytest

from ipsim.study.plan import Outcome
from ipsim.study.plan.outcomes import Statistic, default_outcomes

VALUES = np.array([[1.0, 2.0, 3.0], [4.0, np.nan, 8.0], [np.nan, np.nan, np.nan]])


@pytest.mark.parametrize(
    ("statistic", "expected"),
    [("mean", [2, 6, np.nan]), ("sum", [6, 12, np.nan]), ("last", [3, 8, np.nan])],
)
def test_years_without_a_figure_are_left_out(statistic: Statistic, expected: list[float]) -> None:
    outcome = Outcome("x", "rd_intensity", (2016, 2017, 2018), statistic)
    np.testing.assert_array_equal(outcome.of(VALUES), expected)


def test_titles_name_indicator_and_years() -> None:
    outcome = Outcome("cost", "public_spending", (2016, 2017), "sum")
    assert outcome.title("en") == "Public spending on the levers, 2016–2017"
    assert outcome.title("zh") == "政策财政支出（2016–2017）"
    assert outcome.unit == "RMB million"


def test_default_outcomes_are_those_that_are_kept() -> None:
    names = [one.name for one in default_outcomes(2016, 2030)]
    assert "pattern_2030" in names
    kept = default_outcomes(2020, 2025, frozenset({"public_spending", "rd_intensity"}))
    assert [(one.name, one.years[0], one.years[-1]) for one in kept] == [
        ("rd_intensity", 2025, 2025),
        ("public_spending", 2020, 2025),
    ]
