"""Outcomes that studies have and the catalogue has not, on a city of the model."""

from __future__ import annotations

import pytest

from ipsim.indicators.catalogue import INDICATORS
from ipsim.study.natural.country import country
from ipsim.study.natural.measures import MEASURES, measured


@pytest.fixture(scope="module")
def figures() -> dict[tuple[int, str], float]:
    (city,) = country(1, 1, (150, 150), 2017)
    return dict(measured(city.scenario, seed=1, scale=None).run().indicators)


def test_they_stand_beside_the_indicators(figures: dict[tuple[int, str], float]) -> None:
    assert not set(MEASURES) & set(INDICATORS)
    assert {name for year, name in figures if year == 2017} >= {*MEASURES, *INDICATORS}


def test_they_are_parts_of_what_they_are_parts_of(figures: dict[tuple[int, str], float]) -> None:
    first = figures[2016, "patent_applications_total"]
    slack = 0.006 * first  # one filing of some 180
    assert figures[2016, "filings_of_low_merit"] == pytest.approx(0.1 * first, abs=slack)
    assert figures[2016, "filings_of_high_merit"] == pytest.approx(0.1 * first, abs=slack)
    for year in (2016, 2017):
        total = figures[year, "patent_applications_total"]
        low, high = figures[year, "filings_of_low_merit"], figures[year, "filings_of_high_merit"]
        assert 0 < low < total
        assert 0 < high < total
        assert 0 < figures[year, "inventions_of_small_enterprises"] < figures[year, "invention_applications"]
        assert 0 < figures[year, "rd_of_enterprises"] <= figures[year, "rd_reported"]
        share = 1 - figures[year, "rd_of_enterprises"] / figures[year, "rd_reported"]
        assert figures[year, "rd_relabelled_share"] == pytest.approx(100 * share)
        assert 50 < figures[year, "young_rights_kept"] <= 100
        assert 0 <= figures[year, "debt_to_revenue"] < 20
        assert figures[year, "mean_value_filed"] > 0
