"""Each lever is declared once, completely, and within its own bounds."""

import re

import pytest

from ipsim.scenario.levers import DIAL, LEVERS, NUMBER_LEVERS
from ipsim.scenario.waiting import WAITING


@pytest.mark.parametrize("key", LEVERS)
def test_declaration_is_complete(key: str) -> None:
    lever = LEVERS[key]
    assert lever.key == key
    assert lever.low < lever.high
    assert all(text.strip() for text in (*lever.meaning, *lever.cost, lever.unit, lever.source))
    assert re.search("[\u4e00-\u9fff]", lever.meaning.zh) and re.search("[\u4e00-\u9fff]", lever.cost.zh)
    assert re.fullmatch(r"M\d\d|context", lever.mechanism)
    assert lever.pathway


@pytest.mark.parametrize("key", NUMBER_LEVERS)
def test_default_is_within_bounds(key: str) -> None:
    lever = LEVERS[key]
    path = lever.default_timeline().path(60)
    assert path.min() >= lever.low and path.max() <= lever.high


def test_field_names_are_distinct_and_short() -> None:
    fields = [lever.field for lever in LEVERS.values()]
    assert len(set(fields)) == len(fields)
    assert LEVERS["policy.subsidies.filing.invention"].field == "subsidies_filing_invention"


def test_dial_sets_four_keys() -> None:
    assert sum(lever.dial is not None for lever in LEVERS.values()) == 4
    assert LEVERS[DIAL].dial is None


def test_levers_to_come_are_not_levers_yet() -> None:
    assert not set(WAITING) & set(LEVERS)
    mechanisms = {mechanism for mechanism, _ in WAITING.values()}
    assert not mechanisms & {lever.mechanism for lever in LEVERS.values()}
