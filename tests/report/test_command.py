"""The command of a report gives the same scenarios again, or there is none."""

import shlex
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ipsim.cli.options import RunOptions
from ipsim.report.command import command, settings
from ipsim.scenario import Scenario, load, load_text
from ipsim.scenario.calibrated import UNCALIBRATED, read_ensemble
from ipsim.scenario.loading import parse_settings
from ipsim.study import Result
from tests.scenario.calibrated.written import write_ensemble


def _result(scenario: Scenario, scale: float = 0.25, members: tuple[int, ...] = (3, 4)) -> Result:
    return cast(Result, SimpleNamespace(scenario=scenario, seeds=(3, 4), scale=scale, members=members))


def _again(words: list[str]) -> list[Scenario]:
    """Load what a command line names, as the command does."""
    changes = tuple(words[at + 1] for at, word in enumerate(words) if word == "--set")
    sources = words[2 : next(at for at, word in enumerate(words) if word.startswith("--"))]
    ensemble = Path(words[words.index("--ensemble") + 1]) if "--ensemble" in words else None
    draws: Any = {"central": "--central" in words, "ensemble": ensemble}
    other: Any = {"seed": 1, "replicates": 1, "scale": None, "out": None, "workers": None}
    options = RunOptions(settings=changes, lang="en", quiet=True, force=False, **draws, **other)
    return [options.scenario(source) for source in sources]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"policy.protection.strength": 0.8},
        {"policy.subsidies.research": {2016: 0, 2020: 0.1}, "assumptions.blocking": 1 / 3},
        {"policy.utilisation.pledge_fund.capital": {"ramp": {2016: 20, "2020-07": 200}}},
        {"policy.protection.rapid_centre.industries": ["hardware", "textiles_garments"]},
        {"horizon.end": 2020, "city": "xiamen"},
        {"name": {"en": "It's mine", "zh": "我的"}},
    ],
)
def test_what_was_set_is_in_the_command(changes: dict[str, object]) -> None:
    scenario = load("strict-2020").replace(changes) if changes else load("strict-2020")
    line = command("run", [_result(scenario)], "zh")
    assert line is not None
    words = shlex.split(line)
    assert words[:3] == ["ipsim", "run", "strict-2020"]
    assert words[-8:] == ["--seed", "3", "--replicates", "2", "--scale", "0.25", "--lang", "zh"]
    (again,) = _again(words)
    assert again.hash == scenario.hash
    assert again.title == scenario.title


def test_a_command_compares_what_was_compared() -> None:
    wanted = parse_settings(["policy.protection.mediation=40", "horizon.end=2018"])
    scenarios = [load(name).replace(wanted) for name in ("jinhua", "strict-2020")]
    line = command("compare", [_result(one, 0.1) for one in scenarios], "en", "--turning", "8")
    assert line is not None
    assert "--turning 8 --lang en" in line
    assert [one.hash for one in _again(shlex.split(line))] == [one.hash for one in scenarios]


def test_the_command_says_which_parameters_were_used(tmp_path: Path) -> None:
    jinhua = load("jinhua")
    central = command("run", [_result(jinhua, members=())], "en")
    assert central is not None and "--scale 0.25 --central --lang en" in central
    mine = tmp_path / "my ensemble"
    mine.mkdir()
    write_ensemble(mine, {"assumptions.blocking": 0.4}, [{"assumptions.blocking": 0.6}], {})
    other = jinhua.calibrated(read_ensemble(mine))
    line = command("run", [_result(other)], "en")
    assert line is not None and "--central" not in line
    (again,) = _again(shlex.split(line))
    assert again.drawn(1) == other.drawn(1) != jinhua.drawn(1)
    # One member for all replicates, or other parameters drawn than those of the files: no command.
    assert command("run", [_result(jinhua.drawn(1))], "en") is None
    assert command("run", [_result(load_text(jinhua.text, ensemble=UNCALIBRATED))], "en") is None


def test_settings_come_in_their_order() -> None:
    scenario = load("jinhua").replace({"horizon.end": 2020}).replace({"horizon.end": 2018})
    assert settings(scenario) == ["horizon.end=2020", "horizon.end=2018"]


def test_a_file_is_named_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mine = Path("my plans/mine.yaml")
    mine.parent.mkdir()
    mine.write_text("extends: jinhua\npolicy: {protection: {strength: 0.9}}\n")
    result = _result(load(str(mine)))
    line = command("run", [result], "en")
    assert line is not None
    assert shlex.split(line)[2] == "my plans/mine.yaml"
    mine.write_text("extends: jinhua\n")
    assert command("run", [result], "en") is None


def test_there_is_no_command_for_what_python_made() -> None:
    base = load("jinhua")
    assert command("run", [_result(load({"extends": "jinhua"}))], "en") is None
    other = base.replace({"policy.protection.strength": 0.9})
    assert command("compare", [_result(base), _result(other)], "en") is None
