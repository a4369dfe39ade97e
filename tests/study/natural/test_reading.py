"""Files of natural experiments: what is read, and every fault by line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ipsim.scenario.errors import ScenarioError
from ipsim.scenario.shipped import shipped_folder
from ipsim.study.natural.reading import read_experiment
from tests.study.natural.worlds import PLAIN, experiment, written

SHIPPED = sorted((shipped_folder().parent / "experiments" / "natural").glob("*.yaml"))


def _faults(folder: Path, **changes: Any) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        experiment(folder, **changes)
    return [str(fault) for fault in caught.value.faults]


def test_what_is_left_out_is_as_usual(tmp_path: Path) -> None:
    read = experiment(tmp_path, cities=None, window=None)
    assert read.cities.number == 240
    assert read.window == (2016, 2025)
    assert read.name == "plain"
    assert read.effect.id == "E52"
    assert read.treatment is not None
    (change,) = read.treatment.changes
    assert (change.how, change.value) == ("add", 0.2)
    assert read.published.claim.signs == ("+",)


def test_options_of_one_estimator_win_over_the_shared_ones(tmp_path: Path) -> None:
    read = experiment(tmp_path, estimators=["twfe", {"imputation": {"window": [-2, 1]}}])
    assert dict(read.estimators[1].options) == {"log": True, "percent": True, "window": [-2, 1]}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"effect": "E520"}, ("effect", "unknown effect", "nearest: E52")),
        ({"nmae": "x"}, ("nmae", "unknown key", "nearest: name")),
        ({"name": "Stronger"}, ("name", "expected {en: text, zh: text}")),
        ({"level": "enterprise"}, ("level", "none can be treated alone", "allowed: city")),
        ({"outcome": "invention_aplications"}, ("outcome.indicator", "nearest: invention_applications")),
        ({"outcome": {"indicator": "revenue", "over": 1}}, ("outcome.over", "unknown key")),
        ({"window": [2021, 2016]}, ("window", "expected [first, last] year")),
        ({"window": [2019, 2025]}, ("treatment.dates", "within the window")),
        ({"estimators": ["two-way"]}, ("estimators", "unknown estimator")),
        (
            {"estimators": [{"twfe": {"windows": [0, 1]}}]},
            ("estimators", "unknown option", "nearest: window"),
        ),
        ({"measure": {"percent": True}}, ("estimators", "needs log: true")),
        ({"published": {"value": 30, "unit": "%", "why": "x"}}, ("published", "tolerance")),
        ({"published": {"sign": "+/-", "unit": "%", "why": "x"}}, ("published.sign", "one sign")),
        ({"published": {"unit": "%", "why": "x"}}, ("published", "either value")),
        ({"published": {"sign": "+", "unit": "%"}}, ("published.why", "missing")),
        (
            {"published": {"sign": "+", "unit": "points", "why": "x"}},
            ("published.unit", "{en: text, zh: text}"),
        ),
        ({"used_in_calibration": "no"}, ("used_in_calibration", "true or false")),
        ({"cities": {"number": 2}}, ("cities.number", "allowed: 4 to 2000")),
        ({"cities": {"enterprises": [10, 20]}}, ("cities.enterprises", "allowed: 50")),
        (
            {"cities": {"policies": {"policy.protection.strenght": 1}}},
            ("nearest: policy.protection.strength",),
        ),
        (
            {"cities": {"policies": {"policy.protection.strength": 3}}},
            ("policy.protection.strength", "bounds"),
        ),
    ],
)
def test_faults_say_what_and_where(tmp_path: Path, changes: dict[str, Any], words: tuple[str, ...]) -> None:
    faults = _faults(tmp_path, **changes)
    assert all(fault.startswith(f"{tmp_path / 'plain.yaml'}:") for fault in faults)
    assert any(all(word in fault for word in words) for fault in faults), faults


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"share": 0.01}, ("treatment.share", "allowed")),
        ({"share": 0.05}, ("treatment.share", "fewer than 2 of 12")),
        ({"dates": [2016]}, ("treatment.dates", "allowed: 2017")),
        ({"dose": ""}, ("treatment.dose", "a text is needed")),
        ({"changes": {}}, ("treatment.changes", "expected a map")),
        ({"changes": {"policy.protection.strenght": 1}}, ("nearest: policy.protection.strength",)),
        ({"changes": {"policy.protection.strength": {"add": "much"}}}, ("strength.add", "expected a number")),
        ({"changes": {"policy.protection.strength": {"add": 1, "to": 2}}}, ("give one of",)),
        ({"changes": {"policy.protection.strength": {"add": 5}}}, ("policy.protection.strength", "bounds")),
    ],
)
def test_faults_of_a_treatment(tmp_path: Path, changes: dict[str, Any], words: tuple[str, ...]) -> None:
    faults = _faults(tmp_path, treatment={**PLAIN["treatment"], **changes})
    assert any(all(word in fault for word in words) for fault in faults), faults


def test_every_fault_is_said_at_its_line(tmp_path: Path) -> None:
    faults = _faults(tmp_path, effect="E999", outcome="nothing", window=[1, 2])
    lines = written(tmp_path, effect="E999", outcome="nothing", window=[1, 2]).read_text().splitlines()
    for key in ("effect", "outcome", "window"):
        line = next(number for number, text in enumerate(lines, 1) if text.startswith(f"{key}:"))
        assert any(f"plain.yaml:{line}: {key}" in fault for fault in faults)


def test_without_a_treatment_a_mean_is_all_there_is(tmp_path: Path) -> None:
    read = experiment(tmp_path, treatment=None, estimators=None, measure=None)
    assert [one.kind for one in read.estimators] == ["mean"]
    assert any("only [mean]" in fault for fault in _faults(tmp_path, treatment=None, estimators=["twfe"]))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_those_that_ship_can_be_read(path: Path) -> None:
    read = read_experiment(path)
    assert read.name.startswith(read.effect.id.lower())
    assert read.expect
    assert read.treatment is None or read.treatment.dose


def test_some_ship() -> None:
    assert len(SHIPPED) > 20
