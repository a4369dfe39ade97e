"""ipsim compare: baselines, assumptions, what it refuses."""

import json
import shlex
from pathlib import Path

import pandas as pd
import pytest

from ipsim.cli import main
from ipsim.cli.comparing import compare
from ipsim.study import simulations
from ipsim.study.comparison.effects import EFFECT_COLUMNS
from ipsim.study.comparison.headline import HEADLINE_COLUMNS
from ipsim.study.comparison.turning import ASSUMPTIONS_MOVED, TURNING_COLUMNS
from tests.report.contrast.town import Town
from tests.study.stand_ins import Interrupted

SHORT = ["--set", "horizon.end=2017", "--replicates", "2", "--workers", "1"]


@pytest.fixture
def stand_in() -> type:
    return Town


def test_a_comparison_leaves_its_tables_and_can_be_verified(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "jinhua", "strict-2020", *SHORT, "--turning", "2", "--out", "kept"]) == 0
    output = capsys.readouterr()
    assert "Four numbers to decide on" in output.out
    assert "What would turn it over:" in output.out
    assert output.out.endswith("kept/report.html\n")
    assert "Moving 2 assumptions to the ends of the range" in output.err
    columns = {
        name: list(pd.read_csv(f"kept/{name}.csv").columns) for name in ("effects", "headline", "turning")
    }
    assert columns == {"effects": EFFECT_COLUMNS, "headline": HEADLINE_COLUMNS, "turning": TURNING_COLUMNS}
    facts = json.loads(Path("kept/run.json").read_text(encoding="utf-8"))
    assert len(facts["turning"]["assumptions"]) == 2
    assert main(["verify", "kept"]) == 0
    assert "values are the same" in capsys.readouterr().out


def test_the_command_of_the_report_gives_the_same_folder() -> None:
    given = ["--set", "policy.protection.mediation=40", "--turning", "0", "--lang", "zh", "--quiet"]
    assert main(["compare", "jinhua", "strict-2020", *SHORT, *given, "--out", "one"]) == 0
    page = Path("one/report.html").read_text(encoding="utf-8")
    line = page[page.index("<code>ipsim compare") + 6 :]
    words = shlex.split(line[: line.index("</code>")].replace("&#39;", "'"))
    assert words[:4] == ["ipsim", "compare", "jinhua", "strict-2020"]
    assert main([*words[1:], "--workers", "1", "--quiet", "--out", "two"]) == 0
    for name in ("indicators.csv", "effects.csv", "headline.csv", "report.html", "figures/paths.svg"):
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes()


def test_any_scenario_can_be_the_baseline() -> None:
    three = ["jinhua", "strict-2020", "no-subsidies"]
    assert main(["compare", *three, *SHORT, "--baseline", "strict-2020", "--turning", "0", "--quiet"]) == 0
    (folder,) = Path("results").iterdir()
    assert folder.name.startswith("strict-2020-vs-jinhua-vs-no-subsidies-")
    assert list(pd.read_csv(folder / "headline.csv")["alternative"].unique()) == ["jinhua", "no-subsidies"]
    facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert facts["scenario"]["name"] == "strict-2020"
    assert main(["verify", str(folder), "--quiet"]) == 0


def test_one_pair_is_not_turned(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--set", "horizon.end=2017", "--replicates", "1", "--out", "kept"]
    assert main(["compare", "jinhua", "strict-2020", *arguments]) == 0
    assert "Moving" not in capsys.readouterr().err
    assert not Path("kept/turning.csv").exists()


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "jinhua", "strict-2020", *SHORT, "--turning", "1", "--quiet"]) == 0
    output = capsys.readouterr()
    assert (output.out, output.err) == ("", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["jinhua", "jinhua"], "jinhua is given twice"),
        (["jinhua", "strict-2020", "--baseline", "strict"], "nearest: strict-2020"),
        (["jinhua", "xiamen"], "xiamen: city: xiamen, but jinhua is of jinhua"),
        (["jinhua", "strict-2020", "--turning", "-1"], "--turning"),
    ],
)
def test_what_can_not_be_compared_is_bad_input(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert list(Path().iterdir()) == []


def test_an_interrupt_while_assumptions_move_leaves_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ipsim.study.comparison import turning

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(turning, "run_all", stopped)
    assert main(["compare", "jinhua", "strict-2020", *SHORT]) == 130
    assert capsys.readouterr().err.splitlines()[-1] == "ipsim: stopped; nothing was written"
    assert list(Path().iterdir()) == []


def test_an_interrupt_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulations, "shipped_simulation", lambda: Interrupted)
    assert main(["compare", "jinhua", "strict-2020", *SHORT]) == 130
    assert list(Path().iterdir()) == []


def test_as_many_assumptions_are_moved_as_from_python() -> None:
    (moved,) = (option for option in compare.params if option.name == "moved")
    assert moved.default == ASSUMPTIONS_MOVED
