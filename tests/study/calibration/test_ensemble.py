"""The ensemble as files: what is written is what the scenarios read."""

import json
from pathlib import Path

import numpy as np
import pytest

from ipsim.scenario.calibrated import read_ensemble
from ipsim.study.calibration.ensemble import ensemble_table, write_ensemble
from ipsim.study.calibration.waves import Calibrated


def test_the_best_set_comes_first(found: Calibrated) -> None:
    table = ensemble_table(found)
    assert list(table["member"][:3]) == ["central", "1", "2"]
    assert len(table) == 1 + len(found.members)
    best = found.parameters.values(found.central[None, :])[0]
    assert table.iloc[0, 1:].to_numpy(float) == pytest.approx(best, rel=1e-5)
    values = found.parameters.values(found.members)
    assert table.iloc[1:, 1:].to_numpy(float) == pytest.approx(values, rel=1e-5)


def test_it_is_read_back(found: Calibrated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = ensemble_table(found).drop(columns=["assumptions.learning_growth", "assumptions.sales_deviation"])
    table["jinhua:patents.stock_growth"] /= 100.0  # into the bounds of the figure
    monkeypatch.setattr("ipsim.study.calibration.ensemble.ensemble_table", lambda _: table)
    digest = write_ensemble(found, tmp_path, {"command": "ipsim calibrate"})
    read = read_ensemble(tmp_path)
    assert read.hash == digest == json.loads((tmp_path / "ensemble.json").read_text())["hash"]
    assert read.keys == ("assumptions.blocking", "jinhua:patents.stock_growth")
    assert len(read) == len(found.members)
    assert (read.members == table.iloc[1:, 1:].to_numpy(np.float64)).all()
    assert read.facts["command"] == "ipsim calibrate"
