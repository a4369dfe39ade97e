"""Scenarios in which some of the changes are made."""

from itertools import combinations

import numpy as np
import pytest

from ipsim.scenario import Scenario, load, load_text
from ipsim.scenario.levers import INDUSTRIES, NUMBER_LEVERS
from ipsim.study.explain.change import Change, change_between

JINHUA = load("jinhua")
MIXED = JINHUA.replace(
    {
        "policy.protection.strength": {"ramp": {2018: 0.3, 2026: 0.9}},
        "policy.protection.enforcement_staff": {2020: 77},
        "policy.subsidies.research": {2016: 0.01, "2021-07": 0.07},
        "assumptions.blocking": 1 / 3,
        "city.enterprises": 40000,
        INDUSTRIES: {2018: list(JINHUA.city.industry_keys)[:2]},
    }
)


def _subsets(change: Change) -> list[frozenset[str]]:
    names = change.names
    return [frozenset(some) for size in range(len(names) + 1) for some in combinations(names, size)]


@pytest.mark.parametrize(
    ("base", "alternative"),
    [
        (JINHUA, MIXED),
        (MIXED, JINHUA),
        (load("double-filing-subsidies"), load("quality-awards-only")),
        (load("strict-2020"), load("rapid-centre")),
    ],
    ids=["jinhua to mixed", "mixed to jinhua", "double to awards", "strict to centre"],
)
def test_members_have_the_values_of_the_alternative_and_others_those_of_the_base(
    base: Scenario, alternative: Scenario
) -> None:
    change = change_between(base, alternative)
    home = {key: player.name for player in change.players if player.is_policy for key in player.keys}
    for members in _subsets(change):
        mixed = change.scenario(members)
        for key in NUMBER_LEVERS:
            source = alternative if home.get(key) in members else base
            assert np.array_equal(mixed.path(key), source.path(key)), (members, key)
        source = alternative if home.get(INDUSTRIES) in members else base
        assert np.array_equal(mixed.rapid_industries(), source.rapid_industries())
        assert mixed.assumptions == (alternative if "assumptions" in members else base).assumptions
        assert mixed.city == (alternative if "city" in members else base).city


def test_no_member_is_the_base_and_all_are_the_alternative() -> None:
    change = change_between(JINHUA, MIXED)
    assert change.scenario(()) is JINHUA
    assert change.scenario(change.names) is MIXED


@pytest.mark.parametrize("members", [{"assumptions", "policy.protection.strength"}, {"city", INDUSTRIES}])
def test_the_text_of_a_mixture_loads_to_an_equal_one(members: set[str]) -> None:
    mixed = change_between(JINHUA, MIXED).scenario(members)
    assert load_text(mixed.text) == mixed


def test_both_end_with_the_one_that_ends_first() -> None:
    change = change_between(JINHUA, load("strict-2020").replace({"horizon.end": 2025}))
    assert (change.base.end_year, change.alternative.end_year) == (2025, 2025)
    assert change_between(JINHUA, load("strict-2020"), last_year=2022).base.end_year == 2022


def test_mechanisms_come_in_the_order_of_a_quarter() -> None:
    change = change_between(JINHUA, load("strict-2020"))
    assert change.mechanisms == ("government", "staffing", "filing", "copying", "disputes", "enforcement")


def test_the_dial_acts_through_the_keys_that_follow_it_alone() -> None:
    given = dict.fromkeys((f"policy.protection.{key}" for key in ("damages", "monitoring", "speed")), 1)
    base = JINHUA.replace(given)
    change = change_between(base, base.replace({"policy.protection.strength": 0.9}))
    assert change.mechanisms == ("staffing",)
