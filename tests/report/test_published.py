"""Published figures are scaled to the year, and only comparable ones are taken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ipsim.evidence import Observation, observations
from ipsim.report.published import comparable, of_city

ROW = next(row for row in observations("Jinhua") if row.indicator == "patent_applications_total")


def _row(**changes: object) -> Observation:
    return replace(ROW, **changes)


def test_ten_months_are_scaled() -> None:
    one = comparable([ROW], 2016, 2030)[0]
    assert one.value == pytest.approx(35043 * 1.2)
    assert one.scaled
    assert one.sure
    assert one.months == 10


def test_a_stock_is_not_scaled() -> None:
    row = _row(indicator="inventions_in_force", period="2018-09", year=2018, months=1)
    one = comparable([row], 2016, 2030)[0]
    assert one.value == ROW.value
    assert not one.scaled


@pytest.mark.parametrize(
    "changes",
    [
        {"months": 60},
        {"unit": "text"},
        {"value": None},
        {"indicator": "gdp"},
        {"year": 2015},
        {"period": "2019-06", "months": 1},
        {"period": "2019-07..2019-12", "months": 6},
    ],
)
def test_what_cannot_be_compared_is_left_out(changes: dict[str, object]) -> None:
    assert comparable([_row(**changes)], 2016, 2030) == []


@pytest.mark.parametrize(
    "changes", [{"confidence": "low"}, {"bound": "~"}, {"period": "2019-01..2019-03", "months": 3}]
)
def test_unsure(changes: dict[str, object]) -> None:
    assert not comparable([_row(**changes)], 2016, 2030)[0].sure


def test_the_surer_then_the_longer_wins() -> None:
    year = _row(period="2019", months=12, value=40000.0)
    vague = _row(period="2019", months=12, value=1.0, confidence="low")
    assert comparable([vague, ROW, year], 2016, 2030)[0].value == 40000.0


def test_cities() -> None:
    assert {one.indicator for one in of_city("Jinhua", 2016, 2030)} >= {
        "patent_pledge_amount",
        "rd_intensity",
    }
    assert of_city("Nowhere", 2016, 2030) == []
