"""Which outcomes are put in words."""

import numpy as np
import pytest

from ipsim.scenario import ScenarioError
from ipsim.study.comparison.headline import HEADLINE
from ipsim.study.explain.outcomes import HEADLINES, chosen_outcomes


def _one(name: str, *years: int) -> tuple[str, tuple[int, ...]]:
    (outcome,) = chosen_outcomes([name], years, 2016, 2020)
    return outcome.statistic, outcome.years


def test_the_headline_numbers_of_a_comparison_are_explained() -> None:
    assert {number.indicator for number in HEADLINE.values()} <= set(HEADLINES)
    found = {outcome.indicator: outcome for outcome in chosen_outcomes(None, None, 2016, 2020)}
    values = np.array([[3.0, 1.0, 4.0, 1.0, 5.0]])
    for number in HEADLINE.values():
        expected = number.of_run(dict(zip(range(2016, 2021), values[0], strict=True)))
        outcome = found[number.indicator]
        assert outcome.of(values[:, [year - 2016 for year in outcome.years]]) == pytest.approx(expected)


def test_sums_and_levels_over_years() -> None:
    assert _one("public_spending") == ("sum", (2016, 2017, 2018, 2019, 2020))
    assert _one("public_spending.subsidies.research", 2018, 2017) == ("sum", (2017, 2018))
    assert _one("case_months") == ("last", (2020,))
    assert _one("case_months", 2019, 2017, 2019) == ("mean", (2017, 2019))
    assert _one("public_spending", 2019) == ("last", (2019,))


def test_what_there_is_not_is_said_with_the_nearest() -> None:
    with pytest.raises(ScenarioError) as raised:
        chosen_outcomes(["pledge_amount", "case_months"], [2031], 2016, 2030)
    assert str(raised.value).splitlines() == [
        "--indicator: pledge_amount: unknown indicator; `ipsim list indicators` names them; "
        "nearest: patent_pledge_amount",
        "--year: 2031: is not simulated; allowed: 2016 to 2030",
    ]
