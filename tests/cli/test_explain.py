"""`ipsim explain`: folder, words, faults."""

import json
from pathlib import Path

import pandas as pd
import pytest

from ipsim.cli import main
from ipsim.study import simulations
from tests.study.explain.stand_ins import Known, Stopped

FEW = ["--replicates", "2", "--workers", "1", "--set", "horizon.end=2017"]
PAIR = ["explain", "double-filing-subsidies", "quality-awards-only"]


@pytest.fixture
def stand_in() -> type:
    return Known


def test_it_writes_a_whole_folder_and_says_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*PAIR, *FEW, "--out", "here"]) == 0
    assert {path.relative_to("here").as_posix() for path in Path("here").rglob("*") if path.is_file()} == {
        "run.json",
        "levers.csv",
        "pathways.csv",
        "parameters.csv",
        "indicators.parquet",
        "report.html",
        "figures/explanation.svg",
        "figures/explanation.png",
    }
    levers = pd.read_csv("here/levers.csv")
    assert set(levers["lever"]) == {f"policy.subsidies.{name}" for name in ("filing", "grant", "high_value")}
    output = capsys.readouterr()
    assert "By lever: high-value awards 100 % (+18.0; 100 to 100 %)" in output.out
    assert "Enterprises' inventing and filing" in output.out
    assert output.out.endswith("here/report.html\n")
    assert output.err == "Explaining quality-awards-only against double-filing-subsidies\n"
    assert main(["verify", "here", "--quiet"]) == 0


def test_words_are_chinese_and_of_what_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--indicator", "public_spending", "--indicator", "revenue_growth", "--year", "2017"]
    assert main([*PAIR, *FEW, *asked, "--lang", "zh", "--by", "lever"]) == 0
    output = capsys.readouterr().out
    assert "2017年政策财政支出" in output
    assert "两情景均为5.0%，各对模拟结果完全相同，无需分解。" in output
    (folder,) = Path("results").iterdir()
    assert folder.name.startswith("double-filing-subsidies-vs-quality-awards-only-explained-")
    facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert (facts["indicators"], facts["years"], facts["by"]) == (
        ["public_spending", "revenue_growth"],
        [2017],
        "lever",
    )
    assert len(facts["levers"]) == 7


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*PAIR, *FEW, "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["jinhua", "jinhua"], "jinhua: runs exactly like jinhua up to 2030: there is nothing to explain"),
        (["jinhua", "xiamen"], "xiamen: city: xiamen is another city than jinhua of jinhua"),
        (
            ["jinhua", "blocking.yaml"],
            "blocking: policy: differs from jinhua in assumptions (blocking) alone",
        ),
        (["jinhua", "strict-2020", "--indicator", "revenu"], "--indicator: revenu: unknown indicator"),
        (
            ["jinhua", "strict-2020", "--year", "2040"],
            "--year: 2040: is not simulated; allowed: 2016 to 2030",
        ),
        (["jinhua", "strict-2021"], "unknown scenario 'strict-2021'"),
    ],
)
def test_faults_come_before_anything_is_run(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("blocking.yaml").write_text("extends: jinhua\nassumptions: {blocking: 0.1}\n", encoding="utf-8")
    assert main(["explain", *arguments]) == 2
    output = capsys.readouterr()
    assert message in output.err
    assert "Explaining" not in output.err
    assert not Path("results").exists()


def test_an_interrupt_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(simulations, "shipped_simulation", lambda: Stopped)
    assert main([*PAIR, *FEW]) == 130
    assert capsys.readouterr().err.endswith("stopped; nothing was written\n")
    assert not Path("results").exists()


def test_a_result_that_is_there_stays(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*PAIR, *FEW, "--out", "here", "--quiet"]) == 0
    assert main([*PAIR, *FEW, "--out", "here", "--quiet"]) == 2
    assert "holds a result already" in capsys.readouterr().err


def test_mechanisms_are_listed_with_their_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "mechanisms", "--lang", "zh"]) == 0
    assert "企业发明与专利申请" in capsys.readouterr().out
