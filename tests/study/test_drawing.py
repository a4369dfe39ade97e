"""Replicates with parameters of their own: which, where they are kept, and how they are made again."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ipsim.report
import ipsim.report.contrast
import ipsim.report.explanation
from ipsim.scenario import Scenario, ScenarioError, load
from ipsim.scenario.calibrated import shipped_ensemble
from ipsim.study import FolderError, Result, compare, run
from ipsim.study.drawing import PARAMETER_COLUMNS
from ipsim.study.explain import explain
from ipsim.study.verify import verify
from tests.study.drawn import BLOCKING, FUND, GROWTH, RESEARCH, Shown, three

LENDING, PATENTS = "patent_pledge_amount", "quality_weighted_patents"
SHIPPED = shipped_ensemble()


@pytest.fixture(autouse=True)
def _unwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no figures."""
    for module, name in (
        (ipsim.report, "prepare"),
        (ipsim.report, "write_figures"),
        (ipsim.report, "write_report"),
        (ipsim.report.contrast, "write_contrast"),
        (ipsim.report.explanation, "write_explanation"),
    ):
        monkeypatch.setattr(module, name, lambda *given: None)


@pytest.fixture
def base(tmp_path: Path) -> Scenario:
    """Return Jinhua with an ensemble of three members, and it alone."""
    return load("jinhua", three(tmp_path / "three")).replace({"horizon.end": 2017})


def shown(result: Result, name: str = "patent_pledge_amount") -> list[float]:
    """Return an indicator of the last year by replicate."""
    table = result.indicators.query("year == 2017 and indicator == @name")
    return list(table["value"])


def test_the_replicate_with_a_seed_uses_the_member_of_that_number(base: Scenario) -> None:
    for workers in (1, 2):
        result = run(base, seed=2, replicates=3, workers=workers, make=Shown)
        assert result.members == (2, 3, 1)
        assert shown(result) == [0.5, 0.61, 0.3]
        assert shown(result, "high_value_inventions_per_10k") == [0.15, 0.1 + 0.02, 0.2]
    assert result.is_drawn


def test_central_and_given_values_are_the_same_for_all(base: Scenario) -> None:
    central = run(base, replicates=3, central=True, make=Shown)
    assert (central.members, shown(central), central.is_drawn) == ((), [0.4] * 3, False)
    given = run(base.replace({BLOCKING: 0.7}), replicates=3, make=Shown)
    assert shown(given) == [0.7] * 3
    assert set(given.parameters["key"]) == {GROWTH}
    assert given.is_drawn
    drawn = run(base.drawn(2), replicates=3, make=Shown)
    assert (shown(drawn), drawn.members, drawn.is_drawn) == ([0.5] * 3, (2, 2, 2), False)


def test_the_shipped_ensemble_is_drawn_from_unless_another_is_laid_on_it(tmp_path: Path) -> None:
    names: dict[str, object] = {"extends": "jinhua", "horizon": {"end": 2017}}
    plain = run(names, replicates=2, make=Shown)
    assert plain.members == (1, SHIPPED.member_of(2))
    assert set(plain.parameters["key"]) == set(load("jinhua").drawn_keys)
    ensemble = three(tmp_path / "three")
    for other in (ensemble, tmp_path / "three", str(tmp_path / "three" / "ensemble.csv")):
        result = run(names, replicates=2, ensemble=other, make=Shown)
        assert shown(result) == [0.3, 0.5]
        assert set(result.parameters["key"]) == {*load("jinhua").drawn_keys, BLOCKING, GROWTH}


def test_what_differs_is_kept_and_run_again(base: Scenario, tmp_path: Path) -> None:
    result = run(base, seed=5, replicates=4, make=Shown)
    folder = result.save(tmp_path / "kept")
    facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert facts["parameters"] == {"ensemble": base.ensemble.hash, "members": [2, 3, 1, 2], "central": False}
    table = pd.read_csv(folder / "parameters.csv")
    assert list(table.columns) == PARAMETER_COLUMNS
    assert len(table) == 4 * 2
    values = table.pivot(index="replicate", columns="key", values="value")
    assert values[BLOCKING].tolist() == [0.5, 0.61, 0.3, 0.5]
    assert verify(folder, make=Shown).same
    assert verify(folder, workers=2, make=Shown).same


def test_a_changed_parameter_is_noticed(base: Scenario, tmp_path: Path) -> None:
    folder = run(base, replicates=2, make=Shown).save(tmp_path / "kept")
    table = folder / "parameters.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("0.3", "0.31"), encoding="utf-8")
    assert not verify(folder, make=Shown).same
    table.write_text("".join(text.splitlines(keepends=True)[:-1]), encoding="utf-8")
    with pytest.raises(FolderError, match=r"parameters\.csv does not hold each parameter of 2 replicates"):
        verify(folder, make=Shown)
    table.unlink()
    with pytest.raises(FolderError, match="can't be read"):
        verify(folder, make=Shown)


def test_a_result_is_run_again_when_another_ensemble_ships(tmp_path: Path) -> None:
    scenario = load("jinhua").replace({"horizon.end": 2017})
    folder = run(scenario, replicates=3, make=Shown).save(tmp_path / "kept")
    facts = (folder / "run.json").read_text(encoding="utf-8")
    (folder / "run.json").write_text(facts.replace(SHIPPED.hash, "1" * 64), encoding="utf-8")
    assert verify(folder, make=Shown).same


@pytest.mark.parametrize("old", [True, False])
def test_a_folder_of_the_central_set_is_run_again_with_the_values_of_its_text(
    base: Scenario, tmp_path: Path, old: bool
) -> None:
    folder = run(base, replicates=3, central=True, make=Shown).save(tmp_path / "kept")
    assert not (folder / "parameters.csv").exists()
    if old:
        facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        del facts["parameters"]
        (folder / "run.json").write_text(json.dumps(facts), encoding="utf-8")
    assert verify(folder, make=Shown).same


def test_a_drawn_scenario_stays_as_it_is_and_is_run_again(base: Scenario, tmp_path: Path) -> None:
    folder = run(base.drawn(2), replicates=2, make=Shown).save(tmp_path / "kept")
    assert verify(folder, make=Shown).same


def test_pairs_have_the_same_parameters(base: Scenario, tmp_path: Path) -> None:
    more = base.replace({RESEARCH: 0.1})
    comparison = compare(base.replace({RESEARCH: 0}), more, replicates=3, make=Shown)
    assert comparison.base.members == comparison.alternatives["jinhua-2"].members == (1, 2, 3)
    effects = comparison.effects.query("year == 2017").set_index("indicator")
    lending, patents = (effects.loc[name].to_dict() for name in (LENDING, PATENTS))
    assert [lending[name] for name in ("difference", "low", "high")] == [0, 0, 0]
    each = [0.3, 0.5, 0.61]
    assert patents["difference"] == pytest.approx(sum(each) / 3)
    assert patents["low"] < min(each)  # parameters are part of the doubt
    folder = comparison.save(tmp_path / "kept")
    facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert facts["parameters"]["members"] == [1, 2, 3]
    assert verify(folder, make=Shown).same


def test_a_side_may_give_what_the_other_draws(base: Scenario, tmp_path: Path) -> None:
    fixed = base.replace({BLOCKING: 0.4})
    comparison = compare(fixed, base, replicates=3, make=Shown)
    assert shown(comparison.base) == [0.4] * 3
    assert shown(comparison.alternatives["jinhua-2"]) == [0.3, 0.5, 0.61]
    assert verify(comparison.save(tmp_path / "kept"), make=Shown).same


def test_sides_draw_from_one_ensemble(base: Scenario) -> None:
    other = load("jinhua").replace({"horizon.end": 2017})
    for compared in (compare, explain):
        with pytest.raises(ScenarioError, match=r"calibration\.ensemble: .* give both one ensemble"):
            compared(base, other.replace({RESEARCH: 0.3}), replicates=2, make=Shown)


def test_assumptions_are_turned_under_the_parameters_of_each_pair(base: Scenario, tmp_path: Path) -> None:
    comparison = compare(base.replace({RESEARCH: 0}), base.replace({RESEARCH: 0.1}), replicates=3, make=Shown)
    turned = comparison.turning(["reserve", "blocking"], make=Shown)

    def differences(assumption: str) -> list[float]:
        rows = turned.effects.query("assumption == @assumption and number == 'patents'")
        return list(rows["difference"])

    assumed = differences("")
    assert differences("reserve") == [*assumed, *assumed]  # it does nothing: the same members were used
    assert len(assumed) == 1
    low, high = differences("blocking")
    assert low < assumed[0] < high
    # Two years, in which research is worth ten times blocking.
    assert high / low == pytest.approx(0.8 / 0.1)
    assert verify(comparison.save(tmp_path / "kept", turning=turned), make=Shown).same


def test_an_assumption_that_one_side_gives_is_not_moved(base: Scenario) -> None:
    fixed = base.replace({BLOCKING: 0.4, RESEARCH: 0.1})
    comparison = compare(base, fixed, replicates=2, make=Shown)
    many = comparison.turning(100, make=Shown).assumptions
    same = compare(base, base.replace({RESEARCH: 0.1}), replicates=2, make=Shown)
    assert "blocking" not in many
    assert "blocking" in same.turning(100, make=Shown).assumptions


def parts(found: Any, name: str) -> dict[str, float]:
    (account,) = (one for one in found.accounts if one.outcome.indicator == name)
    return {part.name: float(part.amount.mean) for part in account.levers}


def test_an_effect_is_explained_under_the_parameters_of_each_pair(base: Scenario, tmp_path: Path) -> None:
    pair = base.replace({RESEARCH: 0, FUND: 0}), base.replace({RESEARCH: 0.1, FUND: 10})
    asked: Any = {"indicators": ["quality_weighted_patents"], "years": [2017], "make": Shown}
    found = explain(*pair, replicates=3, **asked)
    each = [0.3, 0.5, 0.61]
    assert parts(found, "quality_weighted_patents") == pytest.approx({RESEARCH: sum(each) / 3, FUND: 0})
    (account,) = found.accounts
    assert account.pathways and sum(float(one.amount.mean) for one in account.pathways) == pytest.approx(
        sum(each) / 3
    )
    assert found.comparison.base.members == (1, 2, 3)
    spread = explain(*pair, replicates=3, workers=2, **asked)
    pd.testing.assert_frame_equal(spread.indicators, found.indicators)
    assert verify(found.save(tmp_path / "kept"), make=Shown).same
    central = explain(*pair, replicates=3, central=True, **asked)
    assert parts(central, "quality_weighted_patents")[RESEARCH] == pytest.approx(0.4)


def test_a_value_that_one_side_gives_is_a_change_even_if_it_is_the_central_one(base: Scenario) -> None:
    pair = base.replace({RESEARCH: 0}), base.replace({RESEARCH: 0.1, BLOCKING: 0.4})
    asked: Any = {"indicators": ["patent_pledge_amount"], "years": [2017], "make": Shown, "replicates": 3}
    found = parts(explain(*pair, **asked), "patent_pledge_amount")
    assert found == pytest.approx({RESEARCH: 0, "assumptions": 0.4 - (0.3 + 0.5 + 0.61) / 3})
    assert set(parts(explain(*pair, central=True, **asked), "patent_pledge_amount")) == {RESEARCH}
    figure = base.replace({RESEARCH: 0.1, "city.patents.stock_growth": 0.1})
    names = explain(pair[0], figure, **asked).design.change.names
    assert names == (RESEARCH, "city")
