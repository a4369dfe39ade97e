"""Who is treated, and what the twin of a treated city is."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ipsim.study.natural.country import country
from ipsim.study.natural.experiment import Change, Treatment
from ipsim.study.natural.running import run_twins
from ipsim.study.natural.treating import assign, treat, treated

STRONGER = Treatment(0.5, (2017,), (Change("policy.protection.strength", "add", 0.3),), "an example")
NOTHING = Treatment(0.5, (2017,), (Change("policy.protection.strength", "add", 0.0),), "no dose")


def test_treatment_is_spread_evenly_over_its_dates() -> None:
    treatment = Treatment(0.5, (2018, 2019, 2020), (), "")
    first = assign(60, treatment, seed=1)
    assert sum(math.isnan(year) for year in first) == 30
    assert [first.count(float(year)) for year in treatment.dates] == [10, 10, 10]
    assert str(first) == str(assign(60, treatment, seed=1))
    assert str(first) != str(assign(60, treatment, seed=1, again=1))
    assert str(first) != str(assign(60, Treatment(0.5, treatment.dates, STRONGER.changes, ""), seed=1))


def test_luck_decides_who_is_treated_not_what_a_city_is() -> None:
    cities = country(60, 1, (50, 60), 2018)
    strength = np.array([city.scenario.founding["policy.protection.strength"] for city in cities])
    gaps: list[float] = []
    for again in range(200):
        on = ~np.isnan(assign(60, STRONGER, 1, again))
        gaps.append(float(strength[on].mean() - strength[~on].mean()))
    assert abs(np.mean(gaps)) < 3 * np.std(gaps) / math.sqrt(200)


def test_changes_add_to_what_a_city_has_from_the_date_on() -> None:
    (city,) = country(1, 4, (50, 60), 2023)
    base = city.scenario
    changes = (
        Change("policy.subsidies.filing", "to", 100),
        Change("policy.subsidies.grant.invention", "multiply", 2),
        Change("policy.quality.agency_supervision", "add", 0.1),
        Change("policy.protection.rapid_centre.industries", "to", "all"),
        Change("policy.protection.rapid_centre.capacity", "to", 500),
    )
    after = treated(base, changes, 2019)
    start = 12
    for key in base.policy:
        assert (after.path(key)[:start] == base.path(key)[:start]).all(), key
    assert set(after.path("policy.subsidies.filing.design")[start:]) == {100.0}
    key = "policy.subsidies.grant.invention"
    assert (after.path(key)[start:] == 2 * base.path(key)[start:]).all()
    assert len(set(after.path(key)[start:])) == 2  # the step of 2021-07 is kept
    key = "policy.quality.agency_supervision"
    assert after.path(key)[start:] == pytest.approx(base.path(key)[start:] + 0.1, abs=1e-15)
    assert after.rapid_industries()[start:].min() == 1
    assert after.rapid_industries()[:start].max() == 0


def test_twins_are_equal_to_the_last_bit_before_treatment_and_not_after() -> None:
    cities = country(2, 2, (120, 120), 2017)
    twins = treat(cities, STRONGER, seed=2)
    (at,) = [place for place, pair in enumerate(twins) if pair.treated is not None]
    without, with_it = run_twins(twins)[at]
    before = [key for key in without if key[0] == 2016]
    assert len(before) > 60
    assert all(_same(without[key], with_it[key]) for key in before)
    assert not all(_same(without[key], with_it[key]) for key in without if key[0] == 2017)


def test_no_dose_gives_no_effect_at_all() -> None:
    cities = country(2, 2, (120, 120), 2018)
    for without, with_it in run_twins(treat(cities, NOTHING, seed=2)):
        assert all(_same(without[key], with_it[key]) for key in without)


def _same(one: float, other: float) -> bool:
    return one == other or (math.isnan(one) and math.isnan(other))
