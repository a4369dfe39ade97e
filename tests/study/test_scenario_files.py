"""Scenario files that make the changes they were written from."""

from pathlib import Path

import pytest

from ipsim.scenario import load
from ipsim.study.scenario_files import scenario_text


@pytest.mark.parametrize(
    "changes",
    [
        {"policy.protection.strength": 0.25, "assumptions.blocking": 0.3, "horizon.end": 2018},
        {"policy.subsidies.research": {"2016": 0, "2020-07": 0.1}, "policy.subsidies.high_value": 500.0},
        {"policy.subsidies.filing": {"invention": 100, "design": 0.5}},
        {"city.patents.invention_applications": 9000},
    ],
)
def test_a_file_runs_as_the_changes_do(tmp_path: Path, changes: dict[str, object]) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(scenario_text({"extends": "jinhua"}, changes), encoding="utf-8")
    assert load(path).hash == load("jinhua").replace(changes).hash


def test_of_two_values_the_later_counts_and_dates_of_both_are_kept() -> None:
    first = {"policy.a": 1, "policy.b": {"2016": 1.0, "2018": 2}}
    text = scenario_text({"extends": "../scenario.yaml"}, first, {"policy.a": 2.5, "policy.b": {"2018": 3}})
    assert text == "extends: ../scenario.yaml\npolicy:\n  a: 2.5\n  b: {2016: 1, 2018: 3}\n"


@pytest.mark.parametrize("word", ["true", "no", "null", "a: b", "3", "#", "金华"])
def test_texts_that_yaml_would_take_for_something_else_are_quoted(word: str) -> None:
    assert scenario_text({"extends": word}) == f'extends: "{word}"\n'
