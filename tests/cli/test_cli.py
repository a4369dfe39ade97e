import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rich.table import Table

import ipsim.report
import ipsim.report.contrast
from ipsim.cli import main
from ipsim.engine import compiling
from ipsim.scenario import Scenario
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.calibrated import shipped_ensemble
from ipsim.study import simulations
from ipsim.study.comparison.effects import EFFECT_COLUMNS
from ipsim.study.results import INDICATOR_COLUMNS
from tests.study.drawn import three
from tests.study.stand_ins import Interrupted, Leaky, Steady


@pytest.fixture(autouse=True)
def _undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw nothing."""

    def page(result: Any, folder: Path, lang: str, turning: Any = None) -> Path:
        (folder / "report.html").write_text(lang)
        return folder

    monkeypatch.setattr(ipsim.report, "prepare", lambda result, lang: result)
    monkeypatch.setattr(ipsim.report, "write_report", page)
    monkeypatch.setattr(ipsim.report.contrast, "write_contrast", page)
    monkeypatch.setattr(ipsim.report.contrast, "contrast_table", lambda result, lang: Table("The table"))
    monkeypatch.setattr(ipsim.report, "write_figures", lambda result, folder, lang: folder.mkdir())
    monkeypatch.setattr(ipsim.report, "terminal_table", lambda result, lang: Table("The table"))


@pytest.fixture
def steady(monkeypatch: pytest.MonkeyPatch) -> None:
    _use(monkeypatch, Steady)


def _use(monkeypatch: pytest.MonkeyPatch, made: type) -> None:
    monkeypatch.setattr(Scenario, "filings", 100.0, raising=False)
    monkeypatch.setattr(simulations, "shipped_simulation", lambda: made)


@pytest.mark.usefixtures("steady")
def test_run_writes_a_whole_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "jinhua", "--seed", "5", "--replicates", "2", "--workers", "1", "--lang", "zh"]) == 0
    folder = Path("results/jinhua")
    assert {path.name for path in folder.iterdir()} == {
        "run.json",
        "indicators.csv",
        "indicators.parquet",
        "parameters.csv",
        "report.html",
        "figures",
    }
    assert (folder / "report.html").read_text() == "zh"
    facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert facts["seeds"] == [5, 6]
    assert facts["accounts"]["money"]["ok"] is True
    assert len(facts["scenario"]["hash"]) == 64
    assert {"ipsim", "python", "numba"} <= set(facts["versions"])
    table = pd.read_csv(folder / "indicators.csv")
    assert list(table.columns) == INDICATOR_COLUMNS
    pd.testing.assert_frame_equal(table, pd.read_parquet(folder / "indicators.parquet"), check_dtype=False)
    output = capsys.readouterr()
    assert "The table" in output.out
    assert "results/jinhua/report.html" in output.out
    assert output.err == "Simulating jinhua, 2 replicates\n"


@pytest.mark.usefixtures("steady")
def test_compare_writes_effects() -> None:
    assert main(["compare", "jinhua", "strict-2020", "--replicates", "2", "--workers", "1", "--quiet"]) == 0
    effects = pd.read_csv("results/jinhua-vs-strict-2020/effects.csv")
    assert list(effects.columns) == EFFECT_COLUMNS
    assert set(effects["alternative"]) == {"strict-2020"}
    facts = json.loads(Path("results/jinhua-vs-strict-2020/run.json").read_text(encoding="utf-8"))
    assert facts["kind"] == "compare"
    assert list(facts["alternatives"]) == ["strict-2020"]


@pytest.mark.usefixtures("steady")
def test_a_first_compilation_is_announced(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "is_warm", lambda: False)
    assert main(["run", "jinhua", "--replicates", "1"]) == 0
    assert capsys.readouterr().err.startswith("Compiling the model")


@pytest.mark.usefixtures("steady")
def test_verify_runs_a_result_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["jinhua", "strict-2020", "--replicates", "2", "--workers", "1", "--out", "here", "--quiet"]
    assert main(["compare", *arguments]) == 0
    assert main(["verify", "here", "--quiet"]) == 0
    assert capsys.readouterr().out.endswith("values are the same\n")
    monkeypatch.setattr(Scenario, "filings", 101.0)
    assert main(["verify", "here", "--quiet"]) == 1
    assert (
        "values differ, such as invention_applications in 2016: 101.0 kept, 102.0 again"
        in capsys.readouterr().err
    )


def test_verify_needs_a_result(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    assert main(["verify", "empty"]) == 2
    assert "run.json is missing" in capsys.readouterr().err
    assert main(["verify", "nowhere"]) == 2


@pytest.mark.usefixtures("steady")
def test_a_changed_scenario_gets_a_folder_of_its_own() -> None:
    assert main(["run", "jinhua", "--replicates", "1", "--quiet"]) == 0
    strict = ["--set", "policy.protection.strength=0.9"]
    assert main(["run", "jinhua", "--replicates", "1", *strict, "--quiet"]) == 0
    assert len(list(Path("results").iterdir())) == 2


@pytest.mark.usefixtures("steady")
def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "jinhua", "--replicates", "1", "--quiet"]) == 0
    output = capsys.readouterr()
    assert (output.out, output.err) == ("", "")


@pytest.mark.usefixtures("steady")
def test_a_result_is_replaced_only_by_force(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["run", "jinhua", "--replicates", "1", "--out", "here", "--quiet"]) == 0
    with monkeypatch.context() as patched:
        _use(patched, Interrupted)  # it would be noticed if it ran
        assert main(["run", "jinhua", "--replicates", "1", "--out", "here"]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["run", "jinhua", "--replicates", "1", "--out", "here", "--force", "--quiet"]) == 0


def test_faults_are_a_line_each_and_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.yaml").write_text("extends: jinhua\npolicy:\n  protection: {strength: 7, damage: 1}\n")
    assert main(["run", "bad.yaml"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("bad.yaml:3: policy.protection.") for line in lines)
    assert [path.name for path in Path().iterdir()] == ["bad.yaml"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["run"],
        ["run", "nowhere"],
        ["run", "jinhua", "--replicates", "0"],
        ["run", "jinhua", "--scale", "2"],
        ["run", "jinhua", "--set", "policy.protection.strength"],
        ["run", "jinhua", "--set", "policy.protection.strength=[1"],
        ["compare", "jinhua"],
        ["show", "nowhere"],
        ["list", "everything"],
        ["evidence", "Atlantis"],
    ],
)
def test_bad_input_has_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    output = capsys.readouterr()
    assert output.err
    assert output.out == ""
    assert list(Path().iterdir()) == []


def test_accounts_that_do_not_close_have_status_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _use(monkeypatch, Leaky)
    assert main(["run", "jinhua", "--replicates", "1", "--seed", "3"]) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("ipsim: the accounts of jinhua don't close")
    assert list(Path().iterdir()) == []


def test_an_interrupt_has_status_130_and_leaves_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _use(monkeypatch, Interrupted)
    assert main(["run", "jinhua", "--replicates", "1"]) == 130
    assert capsys.readouterr().err.splitlines()[-1] == "ipsim: stopped; nothing was written"
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("kind", ["scenarios", "cities", "levers", "indicators", "mechanisms"])
def test_list_names_one_of_each_kind(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", kind]) == 0
    known = {
        "scenarios": "strict-2020",
        "cities": "xiamen",
        "levers": "policy.protection.strength",
        "indicators": "patent_applications_total",
        "mechanisms": "enforcement",
    }
    assert known[kind] in capsys.readouterr().out


def test_assumptions_are_listed_with_what_calibration_made_of_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["list", "assumptions"]) == 0
    listed = capsys.readouterr().out
    ensemble = shipped_ensemble()
    assert ensemble.short in listed
    key = next(key for key in ensemble.keys if key.startswith("assumptions."))
    (row,) = (line for line in listed.splitlines() if line.startswith(f" {key[12:]} "))
    prior, low, high, calibrated, *band = row.split()[1:8]
    known = ASSUMPTIONS[key[12:]]
    assert (prior, low, high) == (f"{known.value:g}", f"{known.low:g}", f"{known.high:g}")
    assert calibrated == f"{ensemble.values()[key]:g}"
    assert [float(band[0]), float(band[2])] == pytest.approx(ensemble.band(key), rel=0.01)


@pytest.mark.usefixtures("steady")
def test_another_ensemble_and_the_central_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few = ["--replicates", "2", "--workers", "1"]
    three(tmp_path / "three")
    assert main(["run", "jinhua", *few, "--ensemble", str(tmp_path / "three"), "--out", "other"]) == 0
    assert "each run draws its own set" in capsys.readouterr().out
    facts = json.loads(Path("other/run.json").read_text(encoding="utf-8"))
    assert facts["parameters"]["members"] == [1, 2]
    assert facts["parameters"]["ensemble"] != shipped_ensemble().hash
    assert main(["run", "jinhua", *few, "--central", "--out", "central"]) == 0
    assert "all runs have the same parameters" in capsys.readouterr().out
    facts = json.loads(Path("central/run.json").read_text(encoding="utf-8"))
    assert facts["parameters"] == {"ensemble": shipped_ensemble().hash, "members": [], "central": True}
    for folder in ("other", "central"):
        assert main(["verify", folder, "--quiet"]) == 0
    assert main(["run", "jinhua", "--ensemble", "nowhere"]) == 2
    assert "an ensemble is a folder with" in capsys.readouterr().err


def test_list_speaks_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "cities", "--lang", "zh"]) == 0
    assert "金华" in capsys.readouterr().out


def test_show_prints_a_scenario_that_loads_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "jinhua", "--set", "policy.utilisation.pledge_fund.capital=200"]) == 0
    text = capsys.readouterr().out
    assert "source" in text or "assumption" in text
    Path("again.yaml").write_text(text, encoding="utf-8")
    assert main(["check", "again.yaml"]) == 0


def test_evidence_shows_figures_and_helps_with_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence"]) == 0
    assert "Jinhua" in capsys.readouterr().out
    assert main(["evidence", "jinhua", "patent_applications_total"]) == 0
    assert "35043" in capsys.readouterr().out
    assert main(["evidence", "Jinhau"]) == 2
    assert "nearest: Jinhua" in capsys.readouterr().err
    assert main(["evidence", "jinhua", "patent_application_total"]) == 2
    assert "nearest: patent_applications_total" in capsys.readouterr().err


def test_help_answers_at_once_without_the_heavy_libraries() -> None:
    code = (
        "import sys; from ipsim.cli import main; main(['run', '--help']); "
        "heavy = {'numpy', 'pandas', 'numba', 'mesa', 'matplotlib', 'pydantic'} & set(sys.modules); "
        "sys.exit(', '.join(heavy) or 0)"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "--replicates" in done.stdout
    assert time.perf_counter() - start < 2
