"""Cities drawn for a country: valid, the same every time, of the size asked for."""

from __future__ import annotations

import pytest

from ipsim.scenario.errors import ScenarioError
from ipsim.study.natural.country import country, drawn_figures
from ipsim.study.natural.draws import DRAWS


def test_every_figure_stays_within_its_range_and_has_a_reason() -> None:
    for draw in DRAWS:
        values = [drawn_figures(7, place)[draw.key] for place in range(40)]
        inside = [draw.low - 1e-12 <= v <= draw.high + 1e-12 or v == 0 for v in values]
        assert all(inside), draw.key
        assert len(set(values)) > 10
        assert draw.why


def test_a_country_is_the_same_every_time_and_grows_at_its_end() -> None:
    few, many = country(3, 5, (50, 60), 2018), country(5, 5, (50, 60), 2018)
    assert [city.scenario.hash for city in few] == [city.scenario.hash for city in many[:3]]
    assert [city.seed for city in few] == [city.seed for city in many[:3]]
    assert len({city.scenario.hash for city in many}) == 5
    other = country(3, 6, (50, 60), 2018)
    assert few[0].scenario.hash != other[0].scenario.hash


def test_each_city_is_simulated_with_as_many_enterprises_as_asked_for() -> None:
    for city in country(20, 1, (80, 90), 2016):
        profile = city.scenario.city
        assert 79 <= profile.enterprises.value * profile.default_scale <= 91
        assert 0.999 < sum(industry.share.value for industry in profile.industries) < 1.001
        keys = set(profile.industry_keys)
        assert all(industry.suppliers and set(industry.suppliers) <= keys for industry in profile.industries)


def test_all_cities_meet_the_same_national_shocks() -> None:
    first, second = country(2, 1, (50, 60), 2020)
    paths = [dict(city.scenario.city.revenue_growth.value) for city in (first, second)]
    gaps = [paths[0][year] - paths[1][year] for year in paths[0]]
    assert max(gaps) - min(gaps) < 1e-12
    steps = {round(paths[0][year + 1] - paths[0][year], 6) for year in range(2016, 2029)}
    assert len(steps) > 5


def test_policies_that_all_have_begin_in_2016_and_founding_knows_the_citys_own() -> None:
    policies = {
        "policy.subsidies.filing": 0,
        "policy.protection.strength": 0.1,
        "national.fee_reduction": 0.5,
    }
    plain = country(3, 1, (50, 60), 2020)
    for city, before in zip(country(3, 1, (50, 60), 2020, policies), plain, strict=True):
        scenario = city.scenario
        assert scenario.path("policy.subsidies.filing.invention").max() == 0
        assert set(scenario.path("policy.protection.strength")) == {0.1}
        assert set(scenario.path("national.fee_reduction")) == {0.5}
        assert scenario.founding == before.scenario.founding


def test_policies_differ_between_cities_otherwise() -> None:
    cities = country(12, 1, (50, 60), 2020)
    own = [city.scenario.founding for city in cities]
    assert len({values["policy.protection.strength"] for values in own}) == 12
    filing = [values["policy.subsidies.filing.invention"] for values in own]
    assert 0 < sum(value == 0 for value in filing) < 12


def test_a_value_out_of_bounds_is_refused() -> None:
    with pytest.raises(ScenarioError, match=r"protection\.strength"):
        country(1, 1, (50, 60), 2018, {"policy.protection.strength": 2})
