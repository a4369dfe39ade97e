"""Explanations of effects whose parts are known."""

import json
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

import ipsim
import ipsim.report.explanation
from ipsim.scenario import load
from ipsim.study import RunError, compare
from ipsim.study.executor import run_all
from ipsim.study.explain import Account, Explanation, explain, explain_comparison
from ipsim.study.explain.account import LEVER_COLUMNS, PATHWAY_COLUMNS
from ipsim.study.explain.explaining import assembled, planned, planned_runs
from ipsim.study.intervals import mean_of
from ipsim.study.simulations import MakesSimulation
from ipsim.study.verify import verify
from tests.study.explain.stand_ins import AGENCIES, AWARD, FUND, RESEARCH, Gappy, Known, Uncut

BASE = load("jinhua").replace(
    {RESEARCH: 0, AWARD: 0, FUND: 0, "horizon.end": 2018, "assumptions.blocking": 0.5}
)
BOTH = BASE.replace({RESEARCH: 0.1, AWARD: 40_000, AGENCIES: 0.9, FUND: 30})


def _account(explanation: Explanation, indicator: str) -> Account:
    return next(one for one in explanation.accounts if one.outcome.indicator == indicator)


def _amounts(parts: Any) -> dict[str, float]:
    return {part.name: float(part.amount.mean) for part in parts}


@pytest.fixture(scope="module")
def explained() -> Explanation:
    return explain(BASE, BOTH, replicates=4, years=[2018], make=Known)


def test_levers_get_their_own_part_and_half_of_what_two_do_together(explained: Explanation) -> None:
    patents = _account(explained, "quality_weighted_patents")
    # Research: (2 + 0.1 seed) x 10; awards: 3 x 4; both together: 0.5 x 10 x 4.
    assert _amounts(patents.levers) == pytest.approx(
        {RESEARCH: 22.5 + 10, AWARD: 12 + 10, AGENCIES: 0, FUND: 0}
    )
    assert float(patents.effect.mean) == pytest.approx(54.5)
    assert patents.alternative - patents.base == pytest.approx(54.5)
    assert patents.is_sure


def test_a_dummy_gets_nothing_at_all(explained: Explanation) -> None:
    patents = _account(explained, "quality_weighted_patents")
    dummy = next(part for part in patents.levers if part.name == AGENCIES)
    assert tuple(float(end) for end in (*dummy.amount, *dummy.share)) == (0,) * 6


def test_cut_in_turn_each_mechanism_loses_what_needs_it(explained: Explanation) -> None:
    patents = _account(explained, "quality_weighted_patents")
    lost = {name: value for name, value in _amounts(patents.pathways).items() if value}
    assert lost == pytest.approx({"research": 22.5 + 20, "filing": 12 + 20})
    assert float(patents.joint.amount.mean) == pytest.approx(-20)
    assert float(patents.left.amount.mean) == float(patents.outside.amount.mean) == 0


def test_money_that_is_paid_whatever_anyone_does_is_left(explained: Explanation) -> None:
    money = _account(explained, "public_spending")
    assert float(money.left.amount.mean) == pytest.approx(30)
    assert _amounts(money.levers)[FUND] == pytest.approx(30)
    assert float(money.left.share.mean) == pytest.approx(30 / 40)


def test_shares_have_fiellers_interval(explained: Explanation) -> None:
    patents = _account(explained, "quality_weighted_patents")
    research = patents.levers[0]
    seeds = np.arange(1.0, 5)
    part, whole = (2 + 0.1 * seeds) * 10 + 10, (2 + 0.1 * seeds) * 10 + 32
    assert float(research.share.mean) == pytest.approx(part.mean() / whole.mean())
    low, high = float(research.share.low), float(research.share.high)
    assert low < high
    for end, side in ((low, "low"), (high, "high")):
        rest = mean_of(
            part - end * whole
        )  # at an end of the interval the rest just can't be told from nought
        assert float(rest.high if side == "high" else rest.low) == pytest.approx(0, abs=1e-9)


def test_what_is_not_sure_has_amounts_and_no_shares(explained: Explanation) -> None:
    lending = _account(explained, "patent_pledge_amount")
    assert not lending.is_sure and not lending.is_nothing
    assert float(lending.levers[0].amount.mean) == pytest.approx(5)
    assert all(np.isnan(part.share.mean) for part in (*lending.levers, *lending.pathways))
    assert _account(explained, "revenue_growth").is_nothing


def test_tables_hold_every_indicator_and_year() -> None:
    found = explain(BASE, BOTH, replicates=3, make=Known)
    assert list(found.levers.columns) == LEVER_COLUMNS
    assert list(found.pathways.columns) == PATHWAY_COLUMNS
    patents = found.levers[found.levers["indicator"] == "quality_weighted_patents"]
    assert sorted(set(zip(patents["first_year"], patents["year"], patents["statistic"], strict=True))) == [
        (2016, 2016, "last"),
        (2016, 2018, "sum"),
        (2017, 2017, "last"),
        (2018, 2018, "last"),
    ]
    for _, rows in patents.groupby(["first_year", "year"]):
        assert rows["amount"].sum() == pytest.approx(rows["effect"].iloc[0])
        assert rows["share"].sum() == pytest.approx(1)
    paths = found.pathways.groupby(["indicator", "first_year", "year"])
    assert paths["amount"].sum().to_numpy() == pytest.approx(paths["effect"].first().to_numpy())


def test_changed_assumptions_share_in_the_effect_and_are_no_pathway() -> None:
    both = BASE.replace({RESEARCH: 0.1, "assumptions.blocking": 0.8})
    found = explain(
        BASE,
        both,
        indicators=["quality_weighted_patents"],
        years=[2018],
        replicates=3,
        make=Known,
    )
    (patents,) = found.accounts
    step = 10 * (0.8 - BASE.assumptions["blocking"])
    assert _amounts(patents.levers) == pytest.approx({RESEARCH: 22, "assumptions": step})
    assert float(patents.outside.amount.mean) == pytest.approx(step)
    assert float(patents.left.amount.mean) == pytest.approx(0, abs=1e-9)


def test_many_levers_are_shared_out_along_some_orders() -> None:
    six = ("mediation", "judicial_confirmation", "damages", "speed", "monitoring")
    others: dict[str, object] = {f"policy.protection.{name}": 1 for name in six}
    base = BASE.replace(dict.fromkeys(others, 0.5))
    many = base.replace({**others, RESEARCH: 0.1, AWARD: 40_000, FUND: 5})
    found = explain(base, many, by="lever", years=[2018], replicates=3, make=Known)
    patents = _account(found, "quality_weighted_patents")
    assert not found.design.is_exact
    # Only research and awards act, and only in a pair: drawn orders give the exact answer.
    amounts = _amounts(patents.levers)
    assert (amounts.pop(RESEARCH), amounts.pop(AWARD)) == pytest.approx((22 + 10, 12 + 10))
    assert set(amounts.values()) == {0.0}
    assert all(part.sampling_error == pytest.approx(0, abs=1e-9) for part in patents.levers)


def test_a_pair_with_a_gap_is_left_out() -> None:
    found = explain(BASE, BOTH, replicates=3, years=[2018], make=Gappy)
    patents = _account(found, "quality_weighted_patents")
    assert patents.pairs == 2
    assert sum(_amounts(patents.levers).values()) == pytest.approx(patents.alternative - patents.base)
    assert _account(found, "public_spending").pairs == 3


def test_one_pair_is_not_divided_into_shares() -> None:
    (patents,) = explain(
        BASE, BOTH, indicators=["quality_weighted_patents"], make=Known, replicates=1
    ).accounts
    assert patents.pairs == 1
    assert not patents.is_sure
    assert np.isnan(patents.levers[0].share.mean)


def test_nothing_after_the_last_year_is_simulated() -> None:
    found = explain(BASE, BOTH, years=[2016, 2017], replicates=2, make=Known)
    assert found.figures.years == (2016, 2017)
    assert found.comparison.base.scenario.end_year == 2017


def test_progress_counts_quarters_and_workers_change_nothing() -> None:
    told: list[tuple[int, int]] = []
    found = explain(BASE, BOTH, replicates=2, progress=lambda *at: told.append(at), make=Known)
    assert told == [(12 * run, 12 * found.runs) for run in range(1, found.runs + 1)]
    spread = explain(BASE, BOTH, replicates=2, workers=2, make=Known)
    pd.testing.assert_frame_equal(spread.indicators, found.indicators)


def test_a_comparison_is_explained_without_running_it_again(explained: Explanation) -> None:
    comparison = compare(BASE, BOTH, replicates=4, scale=0.1, make=Known)
    told: list[int] = []
    found = explain_comparison(
        comparison, years=[2018], progress=lambda done, _: told.append(done), make=Known
    )
    assert max(told) == 12 * (found.runs - 8)
    assert found.comparison.base is comparison.base
    for one, other in zip(found.accounts, explained.accounts, strict=True):
        assert _amounts(one.levers) == pytest.approx(_amounts(other.levers))
    with pytest.raises(KeyError, match="no alternative 'other'"):
        explain_comparison(comparison, "other")


def test_an_explanation_holds_its_comparison(explained: Explanation) -> None:
    effects = explained.comparison.effects.query("indicator == 'quality_weighted_patents' and year == 2018")
    patents = _account(explained, "quality_weighted_patents")
    assert float(effects["difference"].iloc[0]) == pytest.approx(float(patents.effect.mean))
    assert list(explained.comparison.alternatives) == ["jinhua-2"]


def test_a_folder_says_how_to_repeat_it_and_is_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, explained: Explanation
) -> None:
    monkeypatch.setattr(ipsim.report.explanation, "write_explanation", lambda *given: None)
    folder = explained.save(tmp_path / "here")
    assert {path.name for path in folder.iterdir()} == {
        "indicators.parquet",
        "levers.csv",
        "pathways.csv",
        "parameters.csv",
        "run.json",
    }
    facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert facts["kind"] == "explain"
    assert facts["years"] == [2018]
    assert set(facts["levers"]) == {RESEARCH, AWARD, AGENCIES, FUND}
    assert len(facts["runs"]) * 4 == explained.runs
    again = verify(folder, make=Known)
    assert again.same and again.values == explained.runs * 3 * 5
    kept = pd.read_parquet(folder / "indicators.parquet")
    kept["value"] = [kept["value"].iloc[0] + 1, *kept["value"].iloc[1:]]
    kept.to_parquet(folder / "indicators.parquet")
    assert len(verify(folder, make=Known).differing) == 1


def test_a_run_that_fails_is_said() -> None:
    with pytest.raises(RunError, match="jinhua failed with seed 1: cut"):
        explain(BASE, BOTH, make=Uncut)


def test_numbers_out_of_bounds() -> None:
    with pytest.raises(ValueError, match="replicates must be at least 1"):
        explain(BASE, BOTH, replicates=0)
    with pytest.raises(ValueError, match="by must be one of auto, lever, family"):
        explain(BASE, BOTH, by="group")  # type: ignore[arg-type]


def test_it_is_a_public_name() -> None:
    assert ipsim.explain is explain


def test_runs_that_are_drawn_where_they_are_made_are_the_same_runs() -> None:
    base, alternative = load("jinhua"), load("strict-2020")
    design, _ = planned(base, alternative, seeds=(1, 2), members=(7, 9))
    tasks = design.runs()
    by_member = planned_runs(design, tasks, by_member=True)
    for early, late in zip(planned_runs(design, tasks), by_member, strict=True):
        assert late.cut_policy is not None and (early.seed, early.cut) == (late.seed, late.cut)
        pair = (late.scenario, late.cut_policy)
        there = pair if late.member is None else (one.drawn(late.member) for one in pair)
        assert (early.scenario, early.cut_policy) == tuple(there)
    whole = [run for run, (task, _) in zip(by_member, tasks, strict=True) if task == design.alternative]
    assert [run.scenario for run in whole] == [alternative] * 2
    assert [run.member for run in whole] == [7, 9]


def test_runs_made_elsewhere_give_the_same_explanation(explained: Explanation) -> None:
    members = explained.comparison.base.members
    design, outcomes = planned(BASE, BOTH, years=[2018], seeds=(1, 2, 3, 4), members=members)
    tasks = design.runs()
    runs = planned_runs(design, tasks, by_member=True)
    replicates = run_all(runs, make=cast("MakesSimulation", Known))
    found = assembled(design, outcomes, dict(zip(tasks, replicates, strict=True)), years=[2018])
    pd.testing.assert_frame_equal(found.levers, explained.levers)
    pd.testing.assert_frame_equal(found.pathways, explained.pathways)
