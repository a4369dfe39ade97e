"""The stage of known truths, on a calibration whose cities are known functions of their parameters."""

import importlib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from ipsim.study.calibration import calibrating
from ipsim.study.calibration.calibrating import scenarios
from ipsim.study.calibration.keeping import assess, keep
from tests.study.calibration.known import PLAN, calibrated


def test_methods_are_tried_on_the_runs_that_the_calibration_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, asked_for = calibrated(), {}
    assessed = assess(found, scenarios(["jinhua"]), PLAN, shared=True, command="ipsim calibrate", seconds=1.0)
    keep(found, assessed, tmp_path)

    def again(folder: Path, plan: Any, known_by: int | None, **how: Any) -> Any:
        asked_for.update(folder=folder, plan=plan, known_by=known_by, resume=how["resume"])
        return found

    monkeypatch.setattr(calibrating, "calibrate_shared", again)
    stages, trial, part = (
        importlib.import_module(name) for name in ("stages", "recovery_trial", "part_recovery")
    )
    trial.recovery(stages.Asked(tmp_path, tmp_path, tmp_path, truths=5), tmp_path)
    assert asked_for == {"folder": tmp_path, "plan": PLAN, "known_by": None, "resume": True}
    methods = pd.read_csv(tmp_path / "methods.csv")
    assert len(methods) == 6 and methods["truths"].eq(5).all()
    values = part.values_of(tmp_path, tmp_path)
    assert values["truths"] == 5 and values["parameters"] == 4
    assert 0.5 < values["coverage_all"] <= 1.0 and len(values["others"]) == 2
