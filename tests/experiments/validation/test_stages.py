"""When a stage is run, and when its tables are taken as they are."""

import importlib
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def stages() -> Any:
    return importlib.import_module("stages")


@pytest.fixture
def runs() -> list[str]:
    return []


def stage_of(stages: Any, runs: list[str], ensemble: str = "abc") -> Any:
    def make(asked: Any, folder: Path) -> dict[str, int]:
        runs.append(folder.name)
        return {"runs": 3}

    return stages.Stage("facts", make, lambda: ensemble, ("seeds",))


def test_a_stage_is_made_once(stages: Any, runs: list[str], tmp_path: Path) -> None:
    asked = stages.Asked(tmp_path, tmp_path, tmp_path)
    stage_of(stages, runs).run(asked)
    stage_of(stages, runs).run(asked)
    assert runs == ["facts"]
    assert stages.stamp(tmp_path / "facts")["runs"] == 3


def test_another_ensemble_size_or_model_makes_it_again(
    stages: Any, runs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage_of(stages, runs).run(stages.Asked(tmp_path, tmp_path, tmp_path))
    stage_of(stages, runs, "def").run(stages.Asked(tmp_path, tmp_path, tmp_path))
    stage_of(stages, runs, "def").run(stages.Asked(tmp_path, tmp_path, tmp_path, seeds=3))
    monkeypatch.setattr(stages, "model_hash", lambda: "another")
    stage_of(stages, runs, "def").run(stages.Asked(tmp_path, tmp_path, tmp_path, seeds=3))
    assert len(runs) == 4


def test_a_stage_that_failed_is_not_taken_for_done(stages: Any, tmp_path: Path) -> None:
    def fails(asked: Any, folder: Path) -> None:
        raise RuntimeError("no")

    asked = stages.Asked(tmp_path, tmp_path, tmp_path)
    stage_of(stages, []).run(asked)
    stage = stages.Stage("facts", fails, lambda: "def")
    with pytest.raises(RuntimeError):
        stage.run(asked)
    assert stages.stamp(tmp_path / "facts") == {}


def test_the_plan_of_a_calibration_is_read_back() -> None:
    from dataclasses import asdict

    from ipsim.study.calibration.waves import Plan

    recovery = importlib.import_module("recovery_trial")
    plan = Plan(first=70, further=(60, 61))
    said = {**asdict(plan), "further": [60, 61], "draws": plan.draws}
    assert recovery.planned(said, Plan) == plan
