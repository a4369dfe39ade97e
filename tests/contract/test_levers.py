"""What holds for the declaration of every lever."""

import re

import pytest

from ipsim.city.government import SPENDING_NAMES
from ipsim.city.state import POLICY
from ipsim.mechanisms.quarter import QUARTER
from ipsim.scenario.levers import LEVERS, NUMBER_LEVERS
from tests.contract.pathways import real_pathway

each = pytest.mark.parametrize("key", LEVERS)
#: Booked under the keys that the dial sets; paid by infringers.
FREE = {"policy.protection.strength", "policy.protection.damages"}


@each
def test_it_is_declared_completely(key: str) -> None:
    lever = LEVERS[key]
    assert lever.low < lever.high
    path = lever.default_timeline().path(60)
    assert lever.low <= path.min() and path.max() <= lever.high
    assert lever.unit.strip() and lever.source.strip()
    for words in (lever.meaning, lever.cost):
        assert re.search("[a-z]", words.en) and re.search("[\u4e00-\u9fff]", words.zh)


@each
def test_its_pathway_is_the_mechanisms_that_respond_to_it(key: str) -> None:
    names = [mechanism.name for mechanism in QUARTER]
    assert set(LEVERS[key].pathway) <= set(names)
    assert set(LEVERS[key].pathway) == real_pathway(key)
    assert sorted(LEVERS[key].pathway, key=names.index) == list(LEVERS[key].pathway)


@pytest.mark.parametrize("key", NUMBER_LEVERS)
def test_the_city_knows_it(key: str) -> None:
    assert POLICY[LEVERS[key].field].unit == LEVERS[key].unit


@pytest.mark.parametrize("key", [key for key in LEVERS if key.startswith("policy.")])
def test_its_cost_is_booked(key: str) -> None:
    booked = [name for name in SPENDING_NAMES if LEVERS[key].field.startswith(name)]
    assert len(booked) == (0 if key in FREE else 1)
