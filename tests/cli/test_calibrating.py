"""``ipsim calibrate``, with a city that takes no time."""

import json
import os
import signal
from functools import partial
from pathlib import Path
from typing import Any

import click
import numpy as np
import pandas as pd
import pytest

from ipsim.cli import main
from ipsim.cli.calibrating import calibrate
from ipsim.scenario.calibrated import read_ensemble
from ipsim.study.batch.batch import Batch
from ipsim.study.calibration import calibrating, runs
from ipsim.study.calibration.runs import FIRST_SEED
from ipsim.study.calibration.waves import Plan
from tests.study.calibration.known import Town

QUICK = ["--draws", "1"]
"""The smallest plan."""

FIGURES = """\
place,indicator,period,value,unit
Jinhua,invention_applications,2017,9000,filings
Jinhua,invention_applications,2018,9500,filings
Jinhua,invention_aplications,2018,9500,filings
Jinhua,pct_applications,2014,80,filings
金华市,invention_applications,2019,1.0,万件
Jinhua,invention_applications,2019,10000,filings
"""


class Stopping(Town):
    """Somebody presses Ctrl-C in the second wave."""

    def run(self, progress: Any = None) -> Any:
        if self.seed == FIRST_SEED + 70:
            os.kill(os.getpid(), signal.SIGINT)
        return super().run(progress)


def simulate_with(make: type[Town], monkeypatch: pytest.MonkeyPatch) -> None:
    defaults: dict[str, Any] = dict(runs.CalibrationRuns.__init__.__kwdefaults__ or {})
    monkeypatch.setattr(runs.CalibrationRuns.__init__, "__kwdefaults__", {**defaults, "make": make})


@pytest.fixture(autouse=True)
def _stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "Batch", partial(Batch, executor="tests.study.batch.jobs:threads"))
    simulate_with(Town, monkeypatch)
    rng = np.random.default_rng(15)
    inherited = {"assumptions.blocking": rng.uniform(0.2, 0.5, 40)}
    monkeypatch.setattr(calibrating, "inherited_parameters", lambda: inherited)


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    file = tmp_path / "figures.csv"
    file.write_text(FIGURES, encoding="utf-8")
    return file


def test_help_names_the_fewest_draws_that_are_run() -> None:
    fewest = {plan.scaled(1).draws for plan in (Plan(), calibrating.CITY_PLAN, calibrating.KNOWN_PLAN)}
    assert len(fewest) == 1
    draws = next(one for one in calibrate.params if one.name == "draws")
    assert isinstance(draws, click.Option)
    assert f"fewer than {fewest.pop()} " in str(draws.help)


def test_a_city_with_figures_of_its_own(figures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrate", "jinhua", "--observations", "figures.csv", *QUICK]) == 0
    said = capsys.readouterr()
    faults = [line for line in said.err.splitlines() if line.startswith("figures.csv:")]
    assert len(faults) == 1 + ("figures.csv:7" in said.err) or "invention_applications" in faults[0]
    assert faults[0].startswith("figures.csv:4: indicator: ")
    assert "ipsim: --draws 1: 182 sets of parameters are run\n" in said.err
    assert "Calibrating Jinhua\n" in said.err and "wave 1: " in said.err
    assert "Jinhua: Invention filings, 2018" in said.out
    assert "could not be used: PCT filings 2014 (before the first simulated year)." in said.out
    assert said.out.endswith("results/calibrate-jinhua/report.html\n")
    facts = json.loads(Path("results/calibrate-jinhua/calibration.json").read_text())
    assert facts["command"] == "ipsim calibrate jinhua --observations figures.csv --draws 1"
    fit = pd.read_csv("results/calibrate-jinhua/fit.csv")
    assert set(fit["use"]) == {"fit"}
    assert fit["posterior_median"].to_numpy() == pytest.approx(fit["published"].to_numpy(), rel=0.15)
    ensemble = read_ensemble("results/calibrate-jinhua")
    assert "jinhua:patents.stock_growth" in ensemble.keys
    assert len(ensemble) >= 30


def test_the_evidence_that_ships_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrate", "xiamen", *QUICK, "--known-by", "2017", "--lang", "zh", "--out", "here"]) == 0
    assert "公开数据与模拟结果对照" in capsys.readouterr().out
    page = Path("here/report.html").read_text(encoding="utf-8")
    assert "模型校准：厦门" in page and "截至2017年底" in page
    fit = pd.read_csv("here/fit.csv")
    assert set(fit.loc[fit["year"] > 2017, "use"]) == {"test"}
    assert set(fit.loc[fit["year"] <= 2017, "use"]) == {"fit"}


def test_a_finished_folder_is_not_used_unasked(figures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["calibrate", "jinhua", "--observations", "figures.csv", *QUICK, "--out", "here", "--quiet"]
    assert main(command) == 0
    assert capsys.readouterr().out == ""
    table = Path("here/ensemble.csv").read_bytes()
    assert main(command) == 2
    assert "here holds a calibration already, finished; --resume" in capsys.readouterr().err
    assert main([*command, "--resume"]) == 0
    assert Path("here/ensemble.csv").read_bytes() == table


def test_ctrl_c_says_how_to_go_on(
    figures: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["calibrate", "jinhua", "--observations", "figures.csv", *QUICK, "--out", "here"]
    simulate_with(Stopping, monkeypatch)
    assert main(command) == 130
    said = capsys.readouterr().err.splitlines()[-1]
    again = "ipsim calibrate jinhua --observations figures.csv --draws 1 --out here --resume"
    assert said == f"ipsim: stopped; go on with: {again}"
    assert not Path("here/ensemble.csv").exists()
    simulate_with(Town, monkeypatch)
    assert main(command) == 2
    assert "unfinished; --resume" in capsys.readouterr().err
    assert main([*command, "--resume", "--quiet"]) == 0
    assert main([*command[:-1], "there", "--quiet"]) == 0
    assert Path("here/ensemble.csv").read_bytes() == Path("there/ensemble.csv").read_bytes()


def test_what_all_cities_share(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def shared(folder: Path, plan: Any, known_by: Any, **_: Any) -> Any:
        seen.update(folder=folder, first=plan.first, known_by=known_by)
        raise KeyboardInterrupt

    monkeypatch.setattr(calibrating, "calibrate_shared", shared)
    assert main(["calibrate", "--known-by", "2016"]) == 130
    assert seen == {
        "folder": Path("results/calibrate"),
        "first": calibrating.KNOWN_PLAN.first,
        "known_by": 2016,
    }
    assert "go on with: ipsim calibrate --known-by 2016 --resume" in capsys.readouterr().err


def profile(name: str) -> Path:
    """Write a profile of a city that the evidence does not know."""
    text = (Path(calibrating.__file__).parents[4] / "scenarios/cities/xiamen.yaml").read_text(
        encoding="utf-8"
    )
    file = Path(f"{name.lower()}.yaml")
    file.write_text(
        text.replace("key: xiamen\n", f"key: {name.lower()}\n", 1).replace("en: Xiamen", f"en: {name}", 1),
        encoding="utf-8",
    )
    return file


def test_a_city_that_nothing_was_published_of(figures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = profile("Nowhere")
    assert main(["calibrate", str(file), *QUICK]) == 2
    said = capsys.readouterr().err
    assert said.startswith(
        "ipsim: the evidence that ships has no figure of Nowhere; give figures of your own"
    )
    assert main(["calibrate", str(file), "--observations", "figures.csv", *QUICK]) == 2
    assert "figures.csv has no figure of Nowhere (it has Jinhua)" in capsys.readouterr().err
    assert not Path("results").exists()


def test_files_that_hold_nothing_to_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("place,indicator,period,value,unit\nJinhua,nonsense,2018,1,filings\n", encoding="utf-8")
    assert main(["calibrate", "jinhua", "--observations", "bad.csv"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("bad.csv:2: indicator: ")
    assert said[1] == "ipsim: bad.csv holds no figure that can be used"
    bad.write_text("place,indicator,period,value,unit\nJinhua,pct_applications,2014,80,filings\n")
    assert main(["calibrate", "jinhua", "--observations", "bad.csv"]) == 2
    assert "can be fitted: pct_applications 2014: before the first simulated year" in capsys.readouterr().err
    assert main(["calibrate", "--observations", "bad.csv"]) == 2
    assert "name it, CITY" in capsys.readouterr().err
    assert main(["calibrate", "jinhau"]) == 2
    assert "jinhua" in capsys.readouterr().err


def test_two_figures_are_few(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "two.csv").write_text("".join(FIGURES.splitlines(keepends=True)[:3]), encoding="utf-8")
    assert main(["calibrate", "jinhua", "--observations", "two.csv", *QUICK]) == 0
    assert "two.csv has 2 figures of Jinhua to fit; three are few already" in capsys.readouterr().err
