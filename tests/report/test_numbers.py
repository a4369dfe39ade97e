"""Numbers, medians and paths as people read them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from rich.console import Console

from ipsim.indicators.catalogue import INDICATORS
from ipsim.report import goal, prepare, terminal_table
from ipsim.report.measured import Estimate, Measured
from ipsim.report.numbers import figure, plain, ranged, rounded, shown, significant, with_sign
from ipsim.report.policy import path, rows
from ipsim.report.spending import by_lever
from ipsim.scenario.timeline import Timeline

MONEY = INDICATORS["patent_pledge_amount"]
FILINGS = INDICATORS["patent_applications_total"]


def test_figures() -> None:
    assert figure(-0.001, 1) == "0.0"
    assert figure(-12.34, 1) == "−12.3"
    assert figure(1234567.8, 2) == "1,234,568"
    assert figure(float("nan")) == "–"
    assert significant(0.01234) == "0.0123"
    assert significant(1234.5) == "1,234"
    assert plain(0.5) == "0.5"
    assert plain(3000.0) == "3,000"


@pytest.mark.parametrize(
    ("text", "signed"),
    [("12", "+12"), ("−3", "−3"), ("0", "0"), ("0.00", "0.00"), ("–", "–"), ("1,000", "+1,000")],
)
def test_signs(text: str, signed: str) -> None:
    assert with_sign(text) == signed


def test_money_is_shown_as_each_language_writes_it() -> None:
    assert shown(1.17, MONEY, "en") == "1.17"
    assert shown(1.17, MONEY, "zh") == "11.7"


def test_ranges() -> None:
    assert ranged(Estimate(63637, 57472, 67913), FILINGS, "en") == "63,600 (57,500 to 67,900)"
    assert ranged(Estimate(12, 12, 12), FILINGS, "zh") == "12"
    assert rounded(987.4, FILINGS, "en") == "987"


def _frame(values: list[list[float]], name: str = "patent_applications_total") -> pd.DataFrame:
    return pd.DataFrame(
        [
            (replicate, 2016 + year, name, value)
            for replicate, series in enumerate(values)
            for year, value in enumerate(series)
        ],
        columns=pd.Index(["replicate", "year", "indicator", "value"]),
    )


def test_medians_and_ranges() -> None:
    measured = Measured(_frame([[1.0, 10.0], [2.0, 20.0], [3.0, float("nan")]]))
    assert measured.several
    found = measured.at("patent_applications_total", 2016)
    assert found is not None
    assert tuple(found) == pytest.approx((2.0, 1.1, 2.9))
    assert measured.at("patent_applications_total", 2017) is not None
    assert measured.at("patent_applications_total", 2029) is None
    assert measured.at("case_months", 2016) is None
    assert not measured.has("case_months")
    total = measured.total("patent_applications_total")
    assert total is not None
    assert total.median == 11.0


def test_the_pattern_is_met_when_all_six_reach_the_bar() -> None:
    high = pd.concat([_frame([[10.0, 99.0], [10.0, 99.0]], name) for name in goal.SIX])
    measured = Measured(high)
    assert goal.met(measured).tolist() == [[False, True], [False, True]]
    assert goal.first_year(measured) == 2017
    one_low = pd.concat(
        [high[high["indicator"] != goal.SIX[0]], _frame([[0.0, 0.0], [0.0, 99.0]], goal.SIX[0])]
    )
    assert goal.met(Measured(one_low)).tolist() == [[False, False], [False, True]]
    assert goal.first_year(Measured(_frame([[1.0]]))) is None


def test_paths_of_levers() -> None:
    assert path(Timeline.constant(0.5), "en") == "0.5"
    steps = Timeline.steps({2016 * 12: 3000, 2021 * 12 + 6: 0})
    assert path(steps, "en") == "3,000 from 2016; 0 from 2021-07"
    assert path(steps, "zh") == "2016年起3,000；2021年7月起0"
    ramp = Timeline.ramp({2016 * 12: 0, 2020 * 12: 1})
    assert path(ramp, "en") == "0 in 2016 to 1 in 2020, in a line"


def test_levers_at_zero_are_told_apart(make_result: Any) -> None:
    found = {row.key: row for row in rows(prepare(make_result(1)))}
    assert found["policy.subsidies.filing.invention"].used
    assert found["policy.subsidies.filing.invention"].given
    assert not found["policy.subsidies.filing.design"].used


def test_spending_has_parts_of_a_lever_together(make_result: Any) -> None:
    spent = by_lever(Measured(make_result(2).indicators))
    names = [one.lever for one in spent]
    assert "subsidies.filing" in names
    assert "subsidies.filing.invention" not in names
    assert [one.total for one in spent] == sorted((one.total for one in spent), reverse=True)
    parts = _frame([[1.0]], "public_spending.a"), _frame([[1.0]], "public_spending.a.b")
    assert [(one.lever, one.total) for one in by_lever(Measured(pd.concat(parts)))] == [("a.b", 1.0)]


@pytest.mark.parametrize("replicates", [1, 3])
def test_terminal_table(replicates: int, lang: str, make_result: Any) -> None:
    table = terminal_table(make_result(replicates), lang)
    assert [column.header for column in table.columns[2:]] == ["2016", "2019", "2025", "2030"]
    cells = [str(cell) for cell in table.columns[2].cells]
    assert all(("\n" in cell) == (replicates > 1) for cell in cells)
    console = Console(width=80)
    with console.capture() as printed:
        console.print(table)
    assert INDICATORS["patent_pledge_amount"].words.of(lang)[:4] in printed.get()
