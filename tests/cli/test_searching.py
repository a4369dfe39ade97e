"""``ipsim search``, in a town that takes no time."""

import os
import signal
from pathlib import Path

import pandas as pd
import pytest

from ipsim.cli import main
from ipsim.scenario import load
from ipsim.study import simulations
from tests.study.search.town import TEXT, Town, Unlucky

THREADS = ["--executor", "tests.study.batch.jobs:threads"]


@pytest.fixture
def stand_in() -> type:
    return Town


@pytest.fixture(autouse=True)
def _study_file(tmp_path: Path) -> None:
    (tmp_path / "town.yaml").write_text(TEXT, encoding="utf-8")


def test_a_search_leaves_a_frontier_ready_to_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "town.yaml", *THREADS, "--lang", "zh"]) == 0
    output = capsys.readouterr()
    assert "优选前沿方案" in output.out and output.out.endswith("results/town/report.html\n")
    assert output.err.startswith("Searching town\n")
    assert "第5代（共5代）" in output.err
    table = pd.read_csv("results/town/frontier.csv")
    assert len(table) > 1
    for file in table["file"]:
        assert load(Path("results/town") / file).title.zh.startswith("15,000万元以内优选方案")
    assert main(["check", f"results/town/{table['file'][0]}"]) == 0


def test_ctrl_c_says_how_to_go_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopping(Town):
        def run(self, progress: object = None) -> object:
            if self.seed == 5:
                os.kill(os.getpid(), signal.SIGINT)
            return super().run(progress)

    monkeypatch.setattr(simulations, "shipped_simulation", lambda: Stopping)
    assert main(["search", "town.yaml", *THREADS, "--out", "here"]) == 130
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith("ipsim: stopped; go on with: ipsim search town.yaml --out here ")
    assert said.endswith(" --resume")
    assert not Path("here/frontier.csv").exists()
    monkeypatch.setattr(simulations, "shipped_simulation", lambda: Town)
    assert main(["search", "town.yaml", *THREADS, "--out", "here", "--resume", "--quiet"]) == 0
    output = capsys.readouterr()
    assert output.out == "" and output.err == ""
    assert Path("here/frontier.csv").exists()


def test_failures_show_in_the_exit_status(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulations, "shipped_simulation", lambda: Unlucky)
    assert main(["search", "town.yaml", *THREADS, "--quiet"]) == 1
    assert "runs failed; why is in results/town/failures" in capsys.readouterr().err


def test_nothing_within_the_budget(capsys: pytest.CaptureFixture[str]) -> None:
    Path("town.yaml").write_text(TEXT.replace("budget: 150", "budget: 5"), encoding="utf-8")
    assert main(["search", "town.yaml", *THREADS, "--quiet"]) == 1
    assert "No policy that was tried keeps to the budget of RMB 5 million" in capsys.readouterr().err
    assert Path("results/town/report.html").exists()


def test_faults_are_told_and_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("town.yaml").write_text(TEXT.replace("budget: 150", "bugdet: 150"), encoding="utf-8")
    assert main(["search", "town.yaml"]) == 2
    assert "town.yaml:11: search.bugdet: unknown key" in capsys.readouterr().err
    assert not Path("results").exists()


def test_a_batch_is_no_search_and_a_search_no_batch(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", "town.yaml"]) == 2
    assert "ipsim search town.yaml" in capsys.readouterr().err
    plain = TEXT.replace("{kind: search}", "{kind: latin-hypercube, points: 3}").split("search:")[0]
    Path("town.yaml").write_text(plain, encoding="utf-8")
    assert main(["search", "town.yaml"]) == 2
    assert "a search needs `design: {kind: search}`" in capsys.readouterr().err
