"""Opened files are those of the command line, and read nothing of this machine."""

from __future__ import annotations

import builtins
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ipsim
from ipsim.app.asked import Policy
from ipsim.app.policies import policy_of_text, scenario_of
from ipsim.scenario import Scenario, ScenarioError, city_names, load, scenario_names
from ipsim.scenario.shipped import shipped_folder

FUND = "policy.utilisation.pledge_fund.capital"
STARTS = (*city_names(), *scenario_names())


def policy(start: str = "jinhua", **more: Any) -> Policy:
    return Policy.model_validate({"start": start, **more})


def faults(what: Policy) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        scenario_of(what)
    return [str(fault) for fault in caught.value.faults]


_AS_CHANGES = """\
extends: double-filing-subsidies
name: {en: Mine, zh: 我的}
policy:
  subsidies: {filing: 0, research: {value: 0.1, source: somebody}}
  protection: {strength: {2020: 0.8}, rapid_centre: {industries: [hardware]}}
  utilisation: {pledge_fund: {capital: {ramp: {2018: 10, 2020-07: 200}}}}
assumptions: {risk_aversion: 1.5}
horizon: {end: 2027}
"""


def test_a_what_if_becomes_start_and_changes() -> None:
    found, scenario = policy_of_text("mine.yaml", _AS_CHANGES)
    assert found.start == "double-filing-subsidies"
    assert found.text is None
    assert found.name == "Mine / 我的"
    assert scenario.hash == _from_file(_AS_CHANGES).hash == scenario_of(found).hash
    assert found.model_dump(mode="json")["changes"][FUND] == {"ramp": {"2018": 10, "2020-07": 200}}
    assert scenario.pinned == frozenset({"assumptions.risk_aversion"})


def _from_file(text: str) -> Scenario:
    from ipsim.scenario import load_text

    return load_text(text)


@pytest.mark.parametrize("start", STARTS)
def test_what_ships_opens_as_it_runs(start: str) -> None:
    folder = shipped_folder() if start in scenario_names() else shipped_folder() / "cities"
    text = (folder / f"{start}.yaml").read_text(encoding="utf-8")
    found, scenario = policy_of_text(f"{start}.yaml", text)
    assert (found.text is None) == (start in scenario_names())
    assert scenario_of(found).hash == scenario.hash
    if found.text is None:
        assert scenario.hash == load(start).hash


@pytest.mark.parametrize(
    "text",
    [
        "extends: no-subsidies\ncity: jinhua\n",
        "city: jinhua\nassumptions: {}\npolicy: {utilisation: {pledge_fund: {capital: {2001: 5}}}}\n"
        "extends: jinhua\n",
    ],
)
def test_what_is_more_than_changes_stays_text(text: str) -> None:
    found, scenario = policy_of_text("mine.yaml", text)
    assert found.text == text
    assert scenario_of(found).hash == scenario.hash == _from_file(text).hash


def test_the_scenario_of_a_result_opens() -> None:
    text = load("jinhua").replace({FUND: 50, "assumptions.risk_aversion": 1.5}).text
    found, scenario = policy_of_text("scenario.yaml", text)
    assert found.text == text
    assert scenario.hash == _from_file(text).hash
    assert scenario.drawn_keys == _from_file(text).drawn_keys


def test_faults_of_a_file_are_those_of_the_command_line(tmp_path: Path) -> None:
    text = (
        "extends: jinhua\npolicy:\n  protection: {strenth: 2}\n  utilisation: {pledge_fund: {capital: x}}\n"
    )
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as ours:
        policy_of_text("mine.yaml", text)
    with pytest.raises(ScenarioError) as theirs:
        load(tmp_path / "mine.yaml")
    assert [str(fault) for fault in ours.value.faults] == [
        str(fault).removeprefix(f"{tmp_path}/") for fault in theirs.value.faults
    ]
    assert len(ours.value.faults) == 2


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """Files opened or looked at outside of Python and what ships, while in a folder full of temptations."""
    (tmp_path / "cities").mkdir()
    for name in ("mine", "mine.yaml", "cities/mine.yaml", "secret"):
        (tmp_path / name).write_text("extends: jinhua\n", encoding="utf-8")
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    for name in ("mine", "mine.yaml", "jinhua.yaml"):
        (tmp_path / "inner" / name).write_text("extends: xiamen\n", encoding="utf-8")
    for start in city_names():
        scenario_of(policy(start))
    found: list[str] = []
    ours = tuple(
        str(path) for path in (shipped_folder(), Path(ipsim.__file__).parent, sys.prefix, sys.base_prefix)
    )

    def watched(name: str, real: Any) -> Any:
        def inner(path: Any, *args: Any, **kwargs: Any) -> Any:
            if not isinstance(path, int) and not any(
                Path(path).absolute().is_relative_to(one) for one in ours
            ):
                found.append(f"{name} {os.fspath(path)}")
            return real(path, *args, **kwargs)

        return inner

    for module, name in ((builtins, "open"), (io, "open"), (os, "stat"), (os, "scandir"), (os, "listdir")):
        monkeypatch.setattr(module, name, watched(name, getattr(module, name)))
    yield found
    monkeypatch.undo()


_REFERENCES = (
    "mine",
    "./mine",
    "mine.yaml",
    "../mine.yaml",
    "../secret",
    "/etc/passwd",
    "//etc/passwd",
    "~/.netrc",
    "file:///etc/passwd",
    "cities/mine",
    "template",
    "jinhua.yaml",
    "jinhua/",
    "cities/jinhua",
    "jinhua\0",
    "Jinhua",
    "",
    " ",
    "C:\\\\secret.yaml",
)


@pytest.mark.parametrize("reference", _REFERENCES)
@pytest.mark.parametrize("key", ["extends", "city"])
def test_no_reference_opens_a_file(read: list[str], key: str, reference: str) -> None:
    text = f'name: x\n{key}: "{reference}"\n'.replace("\0", "\\0")
    for opened in (lambda: policy_of_text("mine.yaml", text), lambda: scenario_of(Policy(text=text))):
        with pytest.raises(ScenarioError) as caught:
            opened()
        (fault,) = caught.value.faults
        assert (fault.line, fault.key) == (2, key)
        assert "is not a name that ships" in fault.message
        assert "jinhua" in fault.message
    assert read == []


@pytest.mark.parametrize("name", ["mine", "secret"])
def test_no_start_opens_a_file(read: list[str], name: str) -> None:
    (fault,) = faults(policy(name))
    assert f"start: unknown scenario '{name}'" in fault
    assert read == []


def test_references_that_are_no_text_open_nothing(read: list[str]) -> None:
    for text in (
        "extends: [mine]\n",
        "extends: {mine: 1}\n",
        "city: 1\n",
        "city: {key: mine}\nextends: 2016\n",
    ):
        with pytest.raises(ScenarioError):
            policy_of_text("../../mine.yaml", text)
    assert read == []
