"""Published figures are brought to what the model measures, and only comparable ones are taken."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ipsim.evidence import Observation, observations
from ipsim.evidence.spans import read_span
from ipsim.published import Published, lay, of_place, sums
from ipsim.published.kinds import kind
from ipsim.published.traps import TRAPS
from ipsim.scenario.words import Words

ROW = next(row for row in observations("Jinhua") if row.indicator == "patent_grants_total")


def _row(**changes: Any) -> Observation:
    return replace(ROW, **changes)


def _one(**changes: Any) -> Published:
    found = lay(_row(**changes))
    assert isinstance(found, Published), found
    return found


def _of(place: str, indicator: str, year: int) -> Published:
    (one,) = (p for p in of_place(place, year, year) if p.indicator == indicator)
    return one


def test_ten_months_are_scaled_with_an_error_for_the_rush_at_the_end() -> None:
    one = _one()
    assert one.value == pytest.approx(20770 * 1.2)
    assert (one.scaled, one.sure, one.months, one.raw, one.unit) == (True, True, 10, 20770, "count")
    assert one.done == ("10 months scaled to twelve",)
    assert one.done_zh == ("10个月数按12个月折算",)
    assert one.error > _one(period="2019").error


def test_the_fewer_months_the_larger_the_error() -> None:
    errors = [_one(period=period).error for period in ("2019", "2019-01..2019-11", "2019-H1", "2019Q1")]
    assert errors == sorted(errors)
    assert errors[0] == TRAPS["confidence_high"].error


def test_a_stock_is_not_scaled_and_stands_beside_the_nearest_end_of_a_year() -> None:
    september = _one(indicator="inventions_in_force", period="2018-09-30")
    april = _one(indicator="inventions_in_force", period="2018-04-30")
    december = _one(indicator="inventions_in_force", period="2018-12-31")
    assert {one.value for one in (september, april, december)} == {ROW.value}
    assert [one.year for one in (september, april, december)] == [2018, 2017, 2018]
    assert december.error < september.error < april.error
    assert not december.done
    assert not september.scaled


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"unit": "text", "value": None}, "no number"),
        ({"unit": "kg"}, "in kg"),
        ({"indicator": "gdp"}, "no such indicator"),
        ({"period": "2019-06"}, "January"),
        ({"period": "2019-07..2019-12"}, "January"),
        ({"period": "2019-H2"}, "January"),
        ({"period": "2019-01"}, "too short"),
        ({"period": "2017-01..2018-10"}, "several years"),
        ({"period": "2019-10-31"}, "to a date"),
        ({"period": "2011-2015 peak"}, "no stated length"),
        ({"indicator": "rd_intensity", "unit": "percent of GDP", "period": "2011-2015"}, "several years"),
    ],
)
def test_what_cannot_be_compared_says_why(changes: dict[str, Any], why: str) -> None:
    row = _row(**changes)
    found = lay(row)
    assert isinstance(found, Words)
    assert why in found.en
    assert found.zh
    assert of_place("Jinhua", 1985, 2035, [row]) == []


def test_filings_from_2017_on_are_brought_to_filings_received() -> None:
    new = _one(indicator="invention_applications", period="2019")
    old = _one(indicator="invention_applications", period="2016")
    assert new.value == pytest.approx(20770 / 0.9)
    assert new.done == ("filings with fees paid, brought to filings received (÷ 0.9)",)
    assert new.error == pytest.approx((0.02**2 + (0.12 / 12**0.5 / 0.9) ** 2) ** 0.5)
    assert (old.value, old.done) == (20770, ())
    assert _one(period="2019").value == 20770  # grants have no such break
    assert _one(indicator="pct_applications", period="2019").value == 20770
    received = _one(indicator="invention_applications", period="2019", definition="received filings")
    assert received.value == 20770


def test_a_sum_over_the_break_is_converted_for_its_later_years_alone() -> None:
    one = _one(indicator="invention_applications", period="2015-2018")
    assert one.value == pytest.approx(20770 * (0.5 + 0.5 / 0.9))


def test_lending_of_one_alliance_is_a_range_of_the_registered_amount() -> None:
    amount = _of("Xiamen", "patent_pledge_amount", 2019)
    assert (amount.low, amount.high) == (0.67, pytest.approx(0.67 / 0.28))
    assert amount.low is not None and amount.low < amount.value < 0.67 / 0.28
    assert amount.raw == 0.67
    assert not amount.sure
    assert amount.error > 0.3
    loans = _of("Xiamen", "patent_pledge_projects", 2019)
    assert (loans.low, loans.high, loans.sure) == (76, None, False)


@pytest.mark.parametrize(
    ("definition", "value", "error"),
    [
        ("registered amount, patents only", 1.0, 0.02),
        ("专利质押登记金额", 1.0, 0.02),
        ("loans issued, patents only", 1 / 0.28, 0.055),
        ("registered amount; lending is less", 1.0, 0.02),
        ("银行放款额", 1 / 0.28, 0.055),
        ("patents and trademarks", 0.72, 0.18),
        ("", 1.0, 0.3),
    ],
)
def test_pledge_figures_become_registered_amounts_of_patents(
    definition: str, value: float, error: float
) -> None:
    one = _one(
        indicator="patent_pledge_amount",
        value=1.0,
        unit="RMB billion",
        period="2019",
        definition=definition,
        note="",
    )
    assert one.value == pytest.approx(value)
    assert one.error == pytest.approx(error, rel=0.05)
    assert (not one.done) == (error == 0.02)


def test_per_10k_becomes_a_count_with_the_population_of_the_year_before() -> None:
    count = _of("Xiamen", "inventions_in_force", 2019)
    assert count.value == pytest.approx(31.8 * 411)
    assert (count.raw, count.unit) == (31.8, "per 10k residents")
    assert count.done == ("times the 4.11 million residents published for 2018",)
    assert count.done_zh == ("按公布的2018年常住人口（411万人）还原为件数",)
    between = _of("Xiamen", "inventions_in_force", 2017)
    assert between.value == pytest.approx(23.5 * 100 * (3.86 + (4.11 - 3.86) / 3))
    assert between.error > count.error


def test_per_10k_without_a_population_is_kept_with_a_larger_error() -> None:
    row = _row(indicator="inventions_in_force_per_10k", value=20.0, unit="per 10k residents", period="2019")
    kept = lay(row, {})
    assert isinstance(kept, Published)
    assert (kept.indicator, kept.value) == ("inventions_in_force_per_10k", 20.0)
    assert kept.error > 0.06
    census = lay(row, {2020: 5.16})  # corrected since: not what the office divided by
    assert isinstance(census, Published)
    assert census.indicator == "inventions_in_force_per_10k"


def test_the_population_of_ones_own_file_is_taken_first() -> None:
    rows = [
        _row(indicator="inventions_in_force_per_10k", value=20.0, unit="per 10k residents", period="2019"),
        _row(indicator="resident_population", value=560.0, unit="万人", period="2018"),
    ]
    (one,) = of_place("Jinhua", 2016, 2030, rows)
    assert (one.indicator, one.value) == ("inventions_in_force", pytest.approx(11200))


@pytest.mark.parametrize(
    "changes",
    [
        {"confidence": "low"},
        {"bound": "~"},
        {"bound": ">", "low": 20770.0},
        {"low": 18000.0, "high": 22000.0},
        {"period": "2019-01..2019-03"},
        {"note": "conflicts with the yearbook"},
    ],
)
def test_unsure(changes: dict[str, Any]) -> None:
    one = _one(**changes)
    assert not one.sure
    assert one.error > _one().error
    assert one.done != () or changes == {"confidence": "low"}


def test_a_range_is_its_middle_and_a_bound_keeps_its_side() -> None:
    ranged = _one(value=20000.0, low=18000.0, high=22000.0, period="2019")
    assert (ranged.value, ranged.low, ranged.high) == (20000, 18000, 22000)
    assert ranged.error == pytest.approx((0.02**2 + (4000 / 12**0.5 / 20000) ** 2) ** 0.5)
    bound = _one(value=500.0, low=500.0, bound=">", period="2019")
    assert (bound.low, bound.high) == (500, None)
    assert bound.error > 0.3


def test_national_figures_say_whom_they_count() -> None:
    alone = _one(period="2018", place="China")
    every = _one(period="2018", place="China", definition="all applicants")
    home = _one(
        period="2018", place="China (domestic applicants)", definition="domestic invention-patent grants"
    )
    assert alone.error < home.error < every.error
    assert home.done == ("Hong Kong, Macao and Taiwan included",)


def test_units_are_converted() -> None:
    one = _one(
        indicator="patent_pledge_amount",
        value=43000.0,
        unit="万元",
        period="2019",
        definition="登记金额，仅专利",
    )
    assert one.value == pytest.approx(0.43)
    assert (one.raw, one.unit) == (43000.0, "万元")


def test_the_surer_then_the_longer_then_the_better_wins() -> None:
    year = _row(period="2019", value=40000.0)
    vague = _row(period="2019", value=1.0, confidence="low")
    second = _row(period="2019", value=2.0, confidence="medium")
    (one,) = of_place("Jinhua", 2016, 2030, [vague, ROW, second, year])
    assert one.value == 40000.0


def test_sums_over_years_are_a_list_of_their_own() -> None:
    rows = [_row(period="2016-01..2018-12", value=300.0), _row(period="2011-2015", value=100.0)]
    assert of_place("Jinhua", 1985, 2035, rows) == []
    (inside,) = sums("Jinhua", 2016, 2030, rows)
    assert (inside.value, inside.first_year, inside.year, inside.months) == (300, 2016, 2018, 36)
    (history,) = sums("Jinhua", 1985, 2015, rows)
    assert (history.first_year, history.year) == (2011, 2015)
    assert sums("Jinhua", 2017, 2030, rows) == []


def test_no_rate_is_made_of_grants_over_filings() -> None:
    for place in ("Jinhua", "Xiamen", "Ningbo"):
        assert "invention_grant_rate" not in {one.indicator for one in of_place(place, 1985, 2035)}


def test_cities() -> None:
    jinhua = of_place("金华市", 2016, 2030)
    assert jinhua == of_place("Jinhua", 2016, 2030)
    assert {one.indicator for one in jinhua} >= {"patent_pledge_amount", "rd_intensity"}
    assert of_place("Nowhere", 2016, 2030) == []
    assert all(0.0 < one.error < 0.5 for one in jinhua)


def test_the_error_of_part_years_is_what_part_years_were_off_by() -> None:
    """The rush is measured on figures published for a part and for the whole of a year."""
    whole = {(r.place, r.indicator, r.year): r.value for r in observations() if r.period == str(r.year)}
    off: list[float] = []
    for row in observations():
        span, end = read_span(row.period), whole.get((row.place, row.indicator, row.year))
        part = span is not None and span.to_date and 3 <= span.months < 12
        if span and part and row.value and end and kind(row.indicator) == "flow":
            off.append((row.value * 12 / span.months / end - 1) / (1 - span.months / 12))
    assert len(off) == 6
    measured = (sum(one**2 for one in off) / len(off)) ** 0.5
    assert measured == pytest.approx(TRAPS["part_of_year"].error, abs=0.01)
    assert sum(off) / len(off) == pytest.approx(-0.15, abs=0.01)
