"""A city founded once runs as one founded anew."""

from __future__ import annotations

import numpy as np
import pytest

from ipsim.app.work import founding
from ipsim.app.work.founding import FoundedCities, FoundedOnce
from ipsim.mechanisms.quarter import QUARTER
from ipsim.scenario import Scenario, load
from ipsim.study.simulations import Replicate, simulate

FUND = "policy.utilisation.pledge_fund.capital"


def scenario(changes: dict[str, object]) -> Scenario:
    return load("jinhua").replace({"horizon.end": 2017, **changes})


def same(one: Replicate, other: Replicate) -> None:
    assert list(one.indicators) == list(other.indicators)
    np.testing.assert_array_equal(list(one.indicators.values()), list(other.indicators.values()))
    assert (one.accounts, one.chain) == (other.accounts, other.chain)


@pytest.fixture
def cities(monkeypatch: pytest.MonkeyPatch) -> FoundedCities:
    made = FoundedCities()
    monkeypatch.setattr(founding, "_CITIES", made)
    return made


def test_runs_are_the_same(cities: FoundedCities) -> None:
    policies = [scenario({}), scenario({FUND: 300}), scenario({"policy.subsidies.filing.design": 900})]
    alone = [simulate(one.drawn(seed), seed, 0.02) for one in policies for seed in (1, 2)]
    twice = [simulate(one.drawn(seed), seed, 0.02, make=FoundedOnce) for one in policies for seed in (1, 2)]
    for one, other in zip(alone, twice, strict=True):
        same(one, other)
    assert len(cities._cities) == 2
    names = [mechanism.name for mechanism in QUARTER][::2]
    cut = [
        simulate(policies[1].drawn(1), 1, 0.02, None, make, names, policies[2].drawn(1))
        for make in (FoundedOnce, None)
    ]
    same(*cut)
    assert cut[0].indicators != twice[2].indicators


def test_what_is_founded_otherwise_is_another_city(cities: FoundedCities) -> None:
    base = scenario({})
    others = [
        base.drawn(2),
        base.replace({"assumptions.risk_aversion": 1.5}),
        base.replace({"city.enterprises": 30000}),
        load("xiamen").replace({"horizon.end": 2017}),
    ]
    for number, one in enumerate([base, *others], start=1):
        FoundedOnce(one, seed=1, scale=0.02)
        assert len(cities._cities) == number
    FoundedOnce(base, seed=2, scale=0.02)
    FoundedOnce(base, seed=1, scale=0.021)
    assert len(cities._cities) == 7


def test_cities_are_bounded() -> None:
    city = FoundedOnce(scenario({}), seed=1, scale=0.02).city
    size = sum(table.nbytes for table in city)
    cities = FoundedCities(int(2.5 * size))
    for key in "abc":
        cities.put((key,), city)
    assert [cities.get((key,)) is None for key in "abc"] == [True, False, False]
