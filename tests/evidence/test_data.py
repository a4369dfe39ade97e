"""The tables of evidence are clean: every row typed, every figure readable, every citation found."""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from pathlib import Path

import pytest

from ipsim import evidence
from ipsim.evidence import read_figure
from ipsim.evidence.spans import read_span
from ipsim.scenario.assumptions import ASSUMPTIONS

TABLES = {
    "observations": "place indicator period value unit definition source_title source_url confidence note",
    "effects": "id study year place period design treatment lever outcome estimate unit se_or_ci source_url "
    "confidence note",
    "parameters": "parameter meaning value low high unit study source_url confidence note",
    "stylised_facts": "id fact quantified_test study source_url confidence",
}
CONFIDENCE = {"high", "medium", "low"}
SIGNS = {"", ">", "<", "~"}
SHAPES = {
    *("+", "-", "0", "+/-", "+/0", "+/+/+/0", "inverted U", "double > single"),
    *("+ if strong, 0 if weak", "direction not stated in what was seen"),
}
"""What an effect may be printed as when it is no number."""

IN_WORDS = {
    "kpf_elasticity_cross",
    "kpf_r2_between_within",
    "value_lognormal_form",
    "guarantee_default_shift",
    "entry_exit_rate",
    "joint_patent_share",
}
"""Parameters without one number: two numbers, a form, no agreement, or not found."""

LENGTHLESS = re.compile(
    r"(c\.|about |Jan-Sep).*|\d{4}-|20\d\d->20\d\d|2011-2015 peak|2022-2023|20\d\d-20\d\d|20\d\d-mid"
)
"""Periods that name no months; none of them is a figure of a year."""


def rows(name: str) -> list[list[str]]:
    with (Path(evidence.__file__).parent / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_whole_and_ship_with_the_package(name: str) -> None:
    found = rows(name)
    assert found[0] == TABLES[name].split()
    assert {len(row) for row in found} == {len(found[0])}
    assert len({tuple(row) for row in found}) == len(found)
    shipped = files("ipsim.evidence").joinpath("data", f"{name}.csv").read_bytes()
    assert shipped.decode("utf-8").count("\n") >= len(found)
    text = shipped.decode("utf-8")
    assert "\ufeff" not in text
    assert "\ufffd" not in text


def test_cells_are_loaded_without_blanks_around_them() -> None:
    for one in (*evidence.observations(), *evidence.effects(), *evidence.parameters()):
        for name, cell in vars(one).items():
            assert not isinstance(cell, str) or cell == cell.strip(), (name, one)


def test_no_other_table_is_there() -> None:
    assert {one.name for one in files("ipsim.evidence").joinpath("data").iterdir()} == {
        f"{name}.csv" for name in TABLES
    }


def test_every_row_is_loaded() -> None:
    loaded = {
        "observations": len(evidence.observations()),
        "effects": len(evidence.effects()),
        "parameters": len(evidence.parameters()),
        "stylised_facts": len(evidence.stylised_facts()),
    }
    assert loaded == {name: len(rows(name)) - 1 for name in TABLES}


def test_every_figure_is_read_and_every_sign_is_known() -> None:
    for one in evidence.observations():
        assert one.confidence in CONFIDENCE, one
        assert one.bound in SIGNS, one
        assert one.place and one.indicator and one.unit, one
        if one.unit == "text":
            assert one.value is None and one.text, one
            continue
        assert one.value is not None, one
        ends = [end for end in (one.low, one.value, one.high) if end is not None]
        assert ends == sorted(ends), one
        assert one.value >= 0 or "growth" in one.indicator, one


def test_every_period_has_a_length_or_says_that_it_has_none() -> None:
    for one in evidence.observations():
        span = read_span(one.period)
        if span is None:
            assert LENGTHLESS.fullmatch(one.period), one.period
        else:
            assert 1 <= span.first <= 12 and 1 <= span.month <= 12, one.period
            assert span.months >= 1 and span.year == one.year, one.period


def test_every_effect_is_a_number_or_a_known_shape() -> None:
    ids = [one.id for one in evidence.effects()]
    assert len(set(ids)) == len(ids)
    for one in evidence.effects():
        assert one.confidence in CONFIDENCE, one
        assert (one.value is not None) or one.estimate in SHAPES, one.estimate
        assert one.lever and one.outcome and one.unit, one


def test_every_parameter_is_a_number_or_said_to_be_none() -> None:
    names = [one.parameter for one in evidence.parameters()]
    assert len(set(names)) == len(names)
    assert {one.parameter for one in evidence.parameters() if one.value is None} == IN_WORDS
    for one in evidence.parameters():
        assert one.confidence in CONFIDENCE, one
        ends = [end for end in (one.low, one.value, one.high) if end is not None]
        assert ends == sorted(ends), one


def test_every_fact_has_a_test_in_numbers_or_signs() -> None:
    for one in evidence.stylised_facts():
        assert one.confidence in CONFIDENCE, one
        assert one.fact and one.test, one
    assert len({one.id for one in evidence.stylised_facts()}) == len(evidence.stylised_facts())


@pytest.mark.parametrize("text", ["1e5", "1,000", "about 3", "3-", "--3", "3%"])
def test_nothing_else_is_taken_for_a_number(text: str) -> None:
    assert read_figure(text).value is None


def test_evidence_cited_by_parameters_of_the_model_is_there() -> None:
    known = {one.parameter for one in evidence.parameters()}
    known |= {one.id for one in evidence.effects()} | {one.id for one in evidence.stylised_facts()}
    known |= {f"{one.place}/{one.indicator}" for one in evidence.observations()}
    cited = {
        name
        for one in ASSUMPTIONS.values()
        for group in re.findall(r"[(; ]evidence ([^);]+)\)", one.source)
        for name in group.split(", ")
    }
    assert len(cited) > 40
    assert cited <= known, cited - known
