"""``ipsim sensitivity`` and ``ipsim discover``, with a simulation whose drivers are known."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from ipsim.cli import main
from ipsim.study import simulations
from tests.study.sensitivity.functions import OUTCOMES, FailingCity, IshigamiCity, study_of

THREADS = ["--executor", "tests.study.batch.jobs:threads"]
MORRIS = "kind: morris, trajectories: 10"
FOLDER = Path("results/study")


@pytest.fixture
def stand_in() -> type:
    return IshigamiCity


def test_a_study_file_is_run_and_analysed(capsys: pytest.CaptureFixture[str]) -> None:
    study_of(Path(), 3, MORRIS, 1, OUTCOMES)
    assert main(["sensitivity", "study.yaml", *THREADS, "--lang", "zh"]) == 0
    output = capsys.readouterr()
    assert "40 of 40 runs, 0 failed" in output.out
    assert "2030年格局指数（2030）取决于什么" in output.out
    assert "results/study/report.html" in output.out
    assert {"sensitivity.csv", "sensitivity.json", "report.html", "figures"} <= {
        path.name for path in FOLDER.iterdir()
    }
    table = pd.read_csv(FOLDER / "sensitivity.csv")
    assert {"outcome", "unit", "factor", "key", "rank", "mu", "mu_star", "sigma"} <= set(table.columns)


def test_a_finished_study_is_analysed_only(capsys: pytest.CaptureFixture[str]) -> None:
    study_of(Path(), 3, MORRIS, 1, OUTCOMES)
    assert main(["batch", "study.yaml", *THREADS, "--quiet"]) == 0
    assert main(["sensitivity", "study.yaml", *THREADS]) == 0
    assert "made" not in capsys.readouterr().out
    first = (FOLDER / "sensitivity.csv").read_bytes()
    assert main(["sensitivity", str(FOLDER)]) == 2
    assert "replace it with --force" in capsys.readouterr().err
    assert main(["sensitivity", str(FOLDER), "--force", "--quiet"]) == 0
    assert (FOLDER / "sensitivity.csv").read_bytes() == first
    assert capsys.readouterr().out == ""


def test_an_analysis_does_not_stand_in_the_way_of_more_runs() -> None:
    study_of(Path(), 3, MORRIS, 1, OUTCOMES)
    assert main(["sensitivity", "study.yaml", *THREADS, "--quiet"]) == 0
    study_of(Path(), 3, MORRIS, 1, f"replicates: 2\n{OUTCOMES}")
    assert main(["sensitivity", "study.yaml", *THREADS, "--quiet", "--force", "--resume"]) == 0
    table = pd.read_csv(FOLDER / "sensitivity.csv")
    assert table["mu_star_luck"].notna().all()


def test_failed_runs_show_in_status_and_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulations, "shipped_simulation", lambda: FailingCity)
    study_of(Path(), 3, "kind: sobol, points: 32", 1, OUTCOMES)
    assert main(["sensitivity", "study.yaml", *THREADS]) == 1
    output = capsys.readouterr()
    assert "runs failed; why is in results/study/failures" in output.err
    assert "of 160 runs failed or are not done" in output.err
    assert "blocking" in output.out
    assert "Left out since a run in them failed" in (FOLDER / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("design", ["kind: factorial", "kind: list, points: [{assumptions.blocking: 0.2}]"])
def test_other_designs_are_refused_before_anything_is_run(
    design: str, capsys: pytest.CaptureFixture[str]
) -> None:
    study_of(Path(), 2, design, 1, OUTCOMES)
    assert main(["sensitivity", "study.yaml", *THREADS]) == 2
    assert "can't say what drives the outcomes; those that can: morris, sobol" in capsys.readouterr().err
    assert not FOLDER.exists()


def test_what_is_no_study(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    assert main(["sensitivity", "empty"]) == 2
    assert "study.json is missing" in capsys.readouterr().err
    assert main(["sensitivity", "empty", "--workers", "2", "--resume"]) == 2
    assert "--workers, --resume: nothing is run for a folder" in capsys.readouterr().err
    assert main(["sensitivity", "nowhere.yaml"]) == 2


def test_discover_writes_boxes(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("ema_workbench", reason="the extra `discovery`", exc_type=ImportError)
    study_of(Path(), 3, "kind: latin-hypercube, points: 60", 1, OUTCOMES)
    assert main(["batch", "study.yaml", *THREADS, "--quiet"]) == 0
    capsys.readouterr()
    words = ["discover", str(FOLDER), "--where", "pattern_2030 >= 5", "--boxes", "1"]
    assert main(words) == 0
    output = capsys.readouterr()
    assert "2030 pattern, 2030 ≥ 5" in output.out
    assert "results/study/discovery.html" in output.out
    assert output.err == ""
    assert main(words) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["discover", str(FOLDER), "--where", "patern_2030 >= 5", "--force"]) == 2
    assert "--where: patern_2030: no outcome" in capsys.readouterr().err
    assert main(["discover", str(FOLDER), "--where", "pattern_2030 > 1000", "--force"]) == 1
    assert "no point meets pattern_2030 > 1000" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["sensitivity", "discover"])
def test_help_loads_nothing_heavy(command: str) -> None:
    code = (
        f"import sys; from ipsim.cli import main; main(['{command}', '--help']); print(sorted(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for heavy in ("'numpy'", "'pandas'", "'SALib'", "'matplotlib'", "'ema_workbench'"):
        assert heavy not in found.stdout
