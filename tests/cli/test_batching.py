"""``ipsim batch`` and ``ipsim verify`` of a study, with a simulation that takes no time."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ipsim.cli import main
from ipsim.cli.batch_progress import Pace, batch_progress
from ipsim.study import simulations
from ipsim.study.batch import BatchProgress
from tests.study.batch.stand_in import TEXT, Quick, Refusing

THREADS = ["--executor", "tests.study.batch.jobs:threads"]


@pytest.fixture
def stand_in() -> type:
    return Quick


@pytest.fixture(autouse=True)
def _study_file(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(TEXT, encoding="utf-8")


def test_a_study_is_run_gone_on_with_and_verified(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", "mine.yaml", *THREADS]) == 0
    output = capsys.readouterr()
    assert output.out.startswith("results/mine: 30 of 30 runs, 0 failed; 30 made in ")
    assert output.err.startswith("Running mine\n")
    assert main(["batch", "mine.yaml", *THREADS]) == 2
    assert "--resume" in capsys.readouterr().err
    assert main(["batch", "mine.yaml", *THREADS, "--resume"]) == 0
    assert "none made" in capsys.readouterr().out
    assert sorted(path.name for path in Path("results/mine").iterdir()) == [
        ".lock",
        "log.txt",
        "parts",
        "runs-000.parquet",
        "scenario.yaml",
        "study.json",
    ]


def test_failures_show_in_the_exit_status(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulations, "shipped_simulation", lambda: Refusing)
    assert main(["batch", "mine.yaml", *THREADS]) == 1
    output = capsys.readouterr()
    assert "30 of 30 runs, 10 failed" in output.out
    assert "10 runs failed; why is in results/mine/failures" in output.err


def test_faults_are_told_and_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine.yaml").write_text(TEXT.replace("points: 15", "pionts: 15"), encoding="utf-8")
    assert main(["batch", "mine.yaml"]) == 2
    assert "mine.yaml:6: design.pionts: unknown key" in capsys.readouterr().err
    assert not Path("results").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--executor", "slurm"], "there is no such executor"),
        (["--executor", "nowhere:factory"], "nowhere"),
        (["--address", "tcp://x:1"], "--address is for --executor dask"),
        (["--workers", "0"], "0 is not in the range"),
    ],
)
def test_executors_that_are_not_there(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["batch", "mine.yaml", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", "mine.yaml", *THREADS, "--quiet", "--out", "here"]) == 0
    output = capsys.readouterr()
    assert (output.out, output.err) == ("", "")


def test_a_search_is_run_by_its_own_command(capsys: pytest.CaptureFixture[str]) -> None:
    text = TEXT.replace("kind: latin-hypercube, points: 15", "kind: search")
    Path("mine.yaml").write_text(
        f"{text}search: {{maximise: [rd_intensity], budget: 100}}\n", encoding="utf-8"
    )
    assert main(["batch", "mine.yaml"]) == 2
    assert "ipsim search mine.yaml" in capsys.readouterr().err


def test_pace_tells_count_rate_time_left_and_failures() -> None:
    seconds = iter([0.0, 10.0, 100.0])
    pace = Pace(lambda: next(seconds))
    assert pace.words(BatchProgress(1000, 2000, 0)) == "1,000 of 2,000 runs"
    assert (
        pace.words(BatchProgress(1050, 2000, 3))
        == "1,050 of 2,000 runs, 5.0 a second, 3:10 min left, 3 failed"
    )
    assert pace.words(BatchProgress(1050, 100_000, 0)).endswith("30.0 a minute, 54:58 h left")


def test_lines_are_few_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with batch_progress("Running x") as told:
        assert told is not None
        for done in range(1000):
            told(BatchProgress(done, 1000, 0))
        told(BatchProgress(999, 1000, 0, stopping=7))
    assert (
        capsys.readouterr().err == "Running x\nFinishing 7 runs that are begun; Ctrl-C again stops at once\n"
    )


_SLOW = """
import sys, time
from ipsim.engine import compiling
from ipsim.study import simulations
from tests.study.batch.stand_in import Quick
class Slow(Quick):
    def run(self, progress=None):
        time.sleep(0.3)
        return super().run(progress)
compiling.is_warm = lambda: True
simulations.shipped_simulation = lambda: Slow
from ipsim.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.slow
def test_ctrl_c_says_how_to_go_on(request: pytest.FixtureRequest) -> None:
    root = request.config.rootpath
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(root)!r})\n{_SLOW}"]
    process = subprocess.Popen(
        [*command, "batch", "mine.yaml", *THREADS, "--workers", "2"], stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while len(list(Path("results/mine/parts").glob("*.parquet"))) < 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "runs that are begun" in said
    assert f"go on with: ipsim batch mine.yaml --workers 2 {' '.join(THREADS)} --resume" in said
    assert 4 <= len(list(Path("results/mine/parts").glob("*.parquet"))) < 30
    assert main(["batch", "mine.yaml", *THREADS, "--resume"]) == 0
    assert len(list(Path("results/mine/parts").glob("*.parquet"))) == 30
