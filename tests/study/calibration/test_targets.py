"""Targets: each is in the evidence, has a figure in a run, and says why."""

import re

import pytest

from ipsim.evidence import effects, observations, parameters
from ipsim.indicators.catalogue import INDICATORS
from ipsim.study.calibration.moments import MOMENTS
from ipsim.study.calibration.targets import Target, targets
from ipsim.study.calibration.twins import TWINS

EVERY = targets()


def ids(one: Target) -> str:
    return one.key


def row_of(source: str) -> str:
    """Return a row of the evidence as text, raising if there is no such row."""
    if "/" in source:
        place, indicator, period = source.split("/")
        rows = [one for one in observations(place, indicator) if one.period == period]
        return str(rows[0])
    for effect in effects():
        if effect.id == source:
            return str(effect)
    (row,) = [one for one in parameters() if one.parameter == source]
    return str(row)


def holds(text: str, value: float) -> bool:
    """Tell whether a number is written in a text, as such, in percent or as a share."""
    written = {f"{number:.6g}" for number in (value, 100.0 * value, value / 100.0)}
    written |= {one.removeprefix("0") for one in written}
    return any(re.search(rf"(?<![\d.]){re.escape(one)}0?(?![\d])", text) for one in written)


def unit_of(one: Target) -> str:
    """Return the unit of the figure that a run gives, or fail."""
    kind, _, name = one.indicator.rpartition(".")
    if kind == "moment":
        return MOMENTS[name].unit
    if kind == "twin":
        assert name in TWINS
        return "elasticity"
    return INDICATORS[one.indicator].unit


@pytest.mark.parametrize("one", EVERY, ids=ids)
def test_every_source_is_in_the_evidence_and_a_run_has_the_figure(one: Target) -> None:
    assert all(row_of(source) for source in one.source.split("; "))
    assert unit_of(one)


@pytest.mark.parametrize("one", EVERY, ids=ids)
def test_a_row_is_complete_and_in_order(one: Target) -> None:
    assert one.within(one.value)
    assert one.low is None or one.high is None or one.low < one.high
    assert 0.0 < one.error <= 0.5 and 0.0 < one.discrepancy <= 0.5
    assert 2016 <= one.year <= 2023 and 1980 <= one.known <= 2026
    assert one.places in ("both", "jinhua", "xiamen")
    assert len(one.reason) > 20


OURS = {"infringed_2019", "research_within"}  # middles of a published range, as their reasons say


@pytest.mark.parametrize("one", [t for t in EVERY if t.key not in OURS], ids=ids)
def test_the_value_is_written_in_the_row_it_comes_from(one: Target) -> None:
    text = row_of(one.source.split("; ")[0])
    assert holds(text, one.value)
    assert not holds(text, one.value + 0.0123)


def test_keys_are_unique_and_both_uses_are_there() -> None:
    assert len({one.key for one in EVERY}) == len(EVERY)
    assert len(targets("fit")) + len(targets("test")) == len(EVERY)
    assert 10 < len(targets("fit")) < len(EVERY)


def test_what_was_known_by_2016_is_less() -> None:
    early = targets("fit", known_by=2016)
    assert 0 < len(early) < len(targets("fit"))
    assert all(one.known <= 2016 for one in early)
    assert "twin.filing_cost" in {one.indicator for one in early}


def test_figures_that_are_inputs_are_never_fitted() -> None:
    inputs = {"examination_pendency_invention", "moment.firm_size_exponent", "moment.links"}
    assert not inputs & {one.indicator for one in targets("fit")}
