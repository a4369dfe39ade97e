"""Stages that take what a command of ipsim wrote, and ask for it where it is not there."""

import importlib
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from ipsim.scenario.calibrated import shipped_ensemble
from ipsim.study.errors import FolderError
from ipsim.study.manifest import model_hash
from tests.experiments.validation.tables import written


@pytest.fixture
def commands() -> Any:
    return importlib.import_module("made_by_commands")


def asked(tmp_path: Path) -> Any:
    return importlib.import_module("stages").Asked(
        tmp_path / "out", tmp_path / "calibrate", tmp_path / "natural", workers=3
    )


def findings(folder: Path, ensemble: str, failed: dict[str, str]) -> None:
    """Write what `ipsim natural` leaves of two experiments."""
    folder.mkdir(exist_ok=True)
    names = ["e26-elasticity", "e53-low"]
    table = pd.DataFrame({"experiment": names, "published": ["-0.3", "+"], "verdict": ["pass", "fail"]})
    table.to_csv(folder / "natural.csv", index=False)
    manifest = {"model_hash": model_hash(), "ensemble": ensemble, "experiments": names, "failed": failed}
    (folder / "natural.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_experiments_of_this_model_and_ensemble_are_taken(commands: Any, tmp_path: Path) -> None:
    findings(tmp_path / "natural", shipped_ensemble().hash, {"e75-default": "no city had a loan"})
    assert commands.natural(asked(tmp_path), tmp_path) == {"failed": {"e75-default": "no city had a loan"}}
    table = pd.read_csv(tmp_path / "natural.csv", keep_default_na=False)
    assert list(table["experiment"]) == ["e26-elasticity", "e53-low"]
    assert list(table["sign"]) == ["", "+"] and list(table["published"]) == ["-0.3", "+"]
    assert table["claim_low"][0] == -0.5 and table["claim_high"][0] == -0.2
    assert table["title_en"].str.len().gt(5).all() and table["title_zh"].str.len().gt(3).all()


def test_experiments_of_another_ensemble_are_run_again(
    commands: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings(tmp_path / "natural", "another", {})
    ran: list[list[str]] = []

    def run(words: list[str], **how: Any) -> Any:
        ran.append(words)
        findings(tmp_path / "natural", shipped_ensemble().hash, {"e75-default": "no city had a loan"})
        return SimpleNamespace(returncode=1)  # as when an experiment gives nothing

    monkeypatch.setattr(commands.subprocess, "run", run)
    commands.natural(asked(tmp_path), tmp_path)
    (words,) = ran
    assert words[:4] == [sys.executable, "-m", "ipsim", "natural"] and "--force" in words
    assert words[words.index("--workers") + 1] == "3" and words[-1] == "--quiet"
    assert sum(word.endswith(".yaml") for word in words) == len(list(commands.EXPERIMENTS.glob("*.yaml")))


def test_a_calibration_is_made_where_there_is_none(
    commands: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(words: list[str], **how: Any) -> Any:
        assert words[3:5] == ["calibrate", "--out"] and "--resume" not in words
        written(tmp_path / "made")
        (tmp_path / "made" / "calibration").rename(words[5])
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(commands.subprocess, "run", run)
    for _ in range(2):  # the second time it is there
        commands.calibration(asked(tmp_path), tmp_path)
    names = {"fit.csv", "identifiability.csv", "conflicts.csv", "calibration.json"}
    assert names <= {path.name for path in tmp_path.iterdir()}


def test_a_command_that_fails_ends_the_stage(
    commands: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands.subprocess, "run", lambda *words, **how: SimpleNamespace(returncode=2))
    with pytest.raises(FolderError, match="ipsim calibrate failed"):
        commands.calibration(asked(tmp_path), tmp_path)
    with pytest.raises(FolderError, match="ipsim natural failed"):
        commands.natural(asked(tmp_path), tmp_path)


def test_the_command_makes_what_is_asked_for_and_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = importlib.import_module("command")
    written(tmp_path / "out")
    words = ["--only", "page", "--out", str(tmp_path / "out"), "--docs", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["run.py", *words])
    assert command.main() == 0
    assert capsys.readouterr().out == f"{tmp_path / 'validation.md'}\n"
