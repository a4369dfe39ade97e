"""A few published figures become those of a profile: by hand, and beside figures that were not used."""

import math

import pytest

from ipsim.evidence import observations
from ipsim.scenario import load
from ipsim.scenario.calibrated.ensemble import UNCALIBRATED
from ipsim.scenario.newcity.estimates import Estimate, Given, brought, estimates
from ipsim.scenario.newcity.judging import at_odds, impossible_years, missing, out_of_bounds
from ipsim.scenario.newcity.rules import kinds, plausible, rules


def given(key: str, value: float, year: int = 2015, month: int = 12) -> Given:
    return Given(kinds()[key], value, year, month, f"{value:g}")


def five(**other: Given) -> dict[str, Given]:
    figures = {
        "residents": given("residents", 7.83),
        "gdp": given("gdp", 801),
        "invention_filings": given("invention_filings", 16056),
        "inventions_in_force": given("inventions_in_force", 9187, 2014, 9),
        "filings": given("filings", 58530, 2014),
    }
    return figures | other


def test_rules_lie_in_their_ranges_and_build_on_what_is_known() -> None:
    known = {*kinds(), "small_rights", "rd_over_revenue"}
    for rule in rules():
        assert 0 < rule.low < rule.ratio < rule.high, rule.key
        assert rule.basis in known, rule.key
        known.add(rule.key)
        assert rule.meaning.zh and rule.measured.en and rule.measured.zh
    for ratio in plausible():
        assert ratio.least < ratio.most
        assert {ratio.key, ratio.over} <= set(kinds())
    for kind in kinds().values():
        assert kind.growth_low < kind.growth < kind.growth_high


def test_ranges_of_rules_hold_the_cities_that_ship() -> None:
    """The rules were measured there, among others: a range that misses them says nothing."""
    for name in ("jinhua", "xiamen"):
        city = load(name, ensemble=UNCALIBRATED).city
        basis = {
            "gdp": city.gdp_billion_rmb.value,
            "residents": city.population_million.at(2015),
            "invention_filings": city.patents.invention_applications.value,
            "patents.utility_model_applications": city.patents.utility_model_applications.value,
            "patents.design_applications": city.patents.design_applications.value,
        }
        basis["small_rights"] = (
            basis["patents.utility_model_applications"] + basis["patents.design_applications"]
        )
        for rule in rules():
            figure = city.number(rule.key.split("."))
            if figure is not None and rule.basis in basis:
                assert rule.low <= figure.value / basis[rule.basis] <= rule.high, (name, rule.key)


def test_a_figure_of_2015_is_cited_as_it_is() -> None:
    found = brought(given("gdp", 801), "yearbook", "en")
    assert (found.low, found.value, found.high) == (801, 801, 801)
    assert found.cited
    assert found.note == "yearbook"


def test_a_stock_of_september_2014_grows_for_fifteen_months() -> None:
    found = brought(given("inventions_in_force", 9187, 2014, 9), "SIPO", "en")
    assert found.value == pytest.approx(9187 * 1.25**1.25)
    assert (found.low, found.high) == (pytest.approx(9187 * 1.15**1.25), pytest.approx(9187 * 1.45**1.25))
    assert "2014-09" in found.note


def test_a_later_figure_is_brought_back() -> None:
    found = brought(given("filings", 144_000, 2017), "yearbook", "zh")
    assert found.value == pytest.approx(100_000)
    assert found.low == pytest.approx(144_000 / 1.35**2)
    assert "2017年" in found.note


def test_errors_add_up_in_squares() -> None:
    found = Estimate(100, 50, 200, "").times(2, 1, 4, "rule")
    assert found.value == 200
    assert math.log(found.high / 200) == pytest.approx(math.sqrt(2) * math.log(2))
    assert math.log(200 / found.low) == pytest.approx(math.sqrt(2) * math.log(2))


def test_all_filings_less_inventions_are_split_by_type() -> None:
    known = estimates(five(filings=given("filings", 66056)), "source")
    assert known["patents.utility_model_applications"].value == pytest.approx(32_000)
    assert known["patents.utility_model_applications"].low == pytest.approx(25_000)
    assert known["patents.design_applications"].value == pytest.approx(18_000)
    assert known["patents.utility_models_in_force"].value == pytest.approx(2.2 * 32_000)


def test_grants_stand_in_for_filings_only_where_these_are_not_given() -> None:
    figures = five(grants=given("grants", 40_000))
    assert "filings" in figures
    assert estimates(figures, "s")["small_rights"] == estimates(five(), "s")["small_rights"]
    del figures["filings"]
    assert estimates(figures, "s")["small_rights"].value == pytest.approx(1.55 * 40_000 - 16056)


def test_three_figures_are_enough() -> None:
    figures = {key: one for key, one in five().items() if kinds()[key].required}
    assert len(figures) == 3
    known = estimates(figures, "source")
    assert known["patents.inventions_in_force"].value == 16056
    assert known["patents.design_applications"].high == pytest.approx(3 * 16056)


def test_rd_of_the_city_becomes_that_of_its_firms() -> None:
    known = estimates(five(rd=given("rd", 2.4)), "source")
    assert known["rd_intensity"].value == pytest.approx(0.024 * 0.9 / 1.4)
    assert known["rd_intensity"].low < 0.0145 < known["rd_intensity"].high
    assert "rd_intensity" not in estimates(five(), "source")


def test_what_was_published_of_ningbo_and_not_given_lies_in_the_ranges() -> None:
    """Ningbo is left out of every ratio: its other figures are a test of the rules."""
    assert not any("Ningbo" in rule.measured.en for rule in rules())
    known = estimates(five(), "source")
    shares = {
        row.indicator: float(row.value or 0) / 100
        for row in observations()
        if row.place == "Ningbo" and row.period.startswith("2015-01")
    }
    small = 1 - shares["share_of_patents_invention"]
    for kind in ("utility_model", "design"):
        rule = next(rule for rule in rules() if rule.key == f"patents.{kind}_applications")
        assert rule.low < shares[f"share_of_patents_{kind}"] / small < rule.high
    # 78,524 at the end of 2017, when two more years had been filed
    assert known["patents.utility_models_in_force"].low < 78_524


def test_faults_name_the_option_and_what_is_allowed() -> None:
    (fault,) = out_of_bounds([given("residents", 782.5)])
    assert str(fault) == "--residents: 782.5 is out of bounds; allowed: 0.05 to 40 (million); " + (
        "in million: 782.5万人 is 7.825"
    )
    assert [fault.file for fault in missing({})] == ["--residents", "--gdp", "--invention-filings"]
    (fault,) = impossible_years([given("filings", 58530, 2034)])
    assert "allowed: 2010 to 2022" in str(fault)
    assert not impossible_years([given("filings", 58530, 2022)])


@pytest.mark.parametrize("key", ["gdp", "inventions_in_force", "filings"])
def test_a_figure_ten_times_too_big_or_small_is_at_odds_with_another(key: str) -> None:
    assert not at_odds(five())
    right = five()[key]
    found = [
        at_odds(five(**{key: Given(right.kind, right.value * factor, right.year, right.month, "wrong")}))
        for factor in (10, 0.1)
    ]
    assert any(fault.file == right.kind.option for fault in [*found[0], *found[1]])
    assert all("wrong" in fault.message for faults in found for fault in faults)
