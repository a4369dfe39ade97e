"""``ipsim natural``, in a world whose effects are known."""

import json
from pathlib import Path

import pandas as pd
import pytest

from ipsim.cli import main
from ipsim.study.natural import running
from tests.study.natural.worlds import Exact, written

OPTIONS = ["--workers", "1", "--placebos", "3"]


@pytest.fixture(autouse=True)
def _exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "measured", Exact)


def test_an_experiment_leaves_a_table_and_says_what_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(written(tmp_path))
    assert main(["natural", file, *OPTIONS]) == 0
    output = capsys.readouterr()
    assert "Stronger protection" in output.out and "agrees" in output.out
    assert output.out.endswith("results/plain\n")
    assert "plain (1 of 1)" in output.err
    table = pd.read_csv("results/plain/natural.csv")
    assert list(table["verdict"]) == ["pass"]
    assert main(["natural", file, *OPTIONS]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["natural", file, *OPTIONS, "--force", "--quiet"]) == 0
    output = capsys.readouterr()
    assert output.out == "" and output.err == ""


def test_several_experiments_make_one_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path).rename(tmp_path / "other.yaml")
    written(tmp_path, used_in_calibration=True)
    command = [
        "natural",
        "plain.yaml",
        "other.yaml",
        *OPTIONS,
        "--cities",
        "8",
        "--lang",
        "zh",
        "--out",
        "both",
    ]
    assert main(command) == 0
    output = capsys.readouterr().out
    assert "加强保护" in output and "相符（用于校准）" in output and "共2项实验" in output
    table = pd.read_csv("both/natural.csv")
    assert list(table["experiment"]) == ["plain", "other"]
    assert list(table["cities"]) == [8, 8]
    assert Path("both/other/effect.png").stat().st_size > 10_000


def test_every_fault_of_every_file_is_said_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, effect="E999").rename(tmp_path / "other.yaml")
    written(tmp_path, outcome="nothing")
    assert main(["natural", "plain.yaml", "other.yaml", "absent.yaml", *OPTIONS]) == 2
    said = capsys.readouterr().err
    assert "plain.yaml:" in said and "other.yaml:" in said and "absent.yaml: no such file" in said
    assert not Path("results").exists()


def test_one_experiment_is_not_run_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path)
    assert main(["natural", "plain.yaml", "plain.yaml", *OPTIONS]) == 2
    assert "two experiments have this name" in capsys.readouterr().err


def test_too_few_cities_for_an_interval_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, treatment={**_treatment(), "share": 0.2})
    assert main(["natural", str(file), *OPTIONS, "--cities", "5"]) == 2
    assert "fewer than 2" in capsys.readouterr().err


def _treatment() -> dict[str, object]:
    from tests.study.natural.worlds import PLAIN

    return PLAIN["treatment"]


def test_an_experiment_that_gives_nothing_does_not_take_the_others_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, outcome="rd_reported").rename(tmp_path / "other.yaml")
    written(tmp_path)
    assert main(["natural", "other.yaml", "plain.yaml", *OPTIONS]) == 1
    assert "ipsim: other: outcome: missing" in capsys.readouterr().err
    assert list(pd.read_csv("results/natural/natural.csv")["experiment"]) == ["plain"]
    assert "outcome" in json.loads(Path("results/natural/natural.json").read_text())["failed"]["other"]
    assert main(["natural", "other.yaml", *OPTIONS, "--out", "alone"]) == 1
    assert not Path("alone").exists()
