"""The board's explanations are those of ``ipsim explain``, and it says plainly when there are none."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from ipsim.app.asked import AskedWhy, Policy
from ipsim.app.policies import scenario_of
from ipsim.app.server import application
from ipsim.app.why import explaining, nothing_to_explain, steps
from ipsim.app.work import Work, pairs_wanted
from ipsim.report.explanation import sentences
from ipsim.scenario import load
from ipsim.scenario.levers import LEVERS, NUMBER_LEVERS
from ipsim.study.explain import explain
from ipsim.study.intervals import Estimate

SHORT = {"horizon.end": 2017}
BASE = {"start": "jinhua", "changes": SHORT}
OTHER: dict[str, Any] = {
    "start": "jinhua",
    "changes": {**SHORT, "policy.protection.strength": 0.8, "policy.utilisation.pledge_fund.capital": 200},
}
RUNS: dict[str, Any] = {"replicates": 2, "scale": 0.02, "seed": 5}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Give a board with one real worker."""
    with TestClient(application(Work(1, warm=False)), base_url="http://127.0.0.1") as client:
        yield client


def asked(client: TestClient, baseline: Any, alternative: Any) -> list[dict[str, Any]]:
    answer = client.post("/api/why", json={"baseline": baseline, "alternative": alternative, **RUNS})
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def numbers(estimate: Estimate) -> dict[str, Any]:
    ends = {"mean": float(estimate.mean), "low": float(estimate.low), "high": float(estimate.high)}
    return {name: pytest.approx(end) if end == end else None for name, end in ends.items()}


@pytest.mark.slow
def test_numbers_and_words_are_those_of_the_command_line(client: TestClient) -> None:
    *before, found, end = asked(client, BASE, OTHER)
    base = load("jinhua").replace(SHORT)
    wanted = explain(base, base.replace(OTHER["changes"]), **RUNS)
    assert {line["kind"] for line in before} <= {"waiting", "progress"}
    assert before[-1] == {"kind": "progress", "done": wanted.runs, "of": wanted.runs}
    assert (found["kind"], found["runs"], found["pairs"], end["kind"]) == ("why", wanted.runs, 2, "done")
    assert len(found["outcomes"]) == len(wanted.accounts) == 5
    for outcome, account in zip(found["outcomes"], wanted.accounts, strict=True):
        assert outcome["indicator"] == account.outcome.indicator
        assert outcome["years"] == list(account.outcome.years)
        assert outcome["effect"] == numbers(account.effect)
        assert (outcome["base"], outcome["alternative"]) == pytest.approx((account.base, account.alternative))
        assert outcome["sure"] is account.is_sure
        assert outcome["sentences"] == {lang: sentences(account, lang) for lang in ("en", "zh")}
        for kind in ("levers", "pathways"):
            parts = getattr(account, kind)
            assert [part["name"] for part in outcome[kind]] == [part.name for part in parts]
            assert [part["amount"] for part in outcome[kind]] == [numbers(part.amount) for part in parts]
            assert [part["share"] for part in outcome[kind]] == [numbers(part.share) for part in parts]
        for rest in ("joint", "left", "outside"):
            assert outcome[rest]["amount"] == numbers(getattr(account, rest).amount)


@pytest.mark.slow
def test_it_sharpens_and_each_step_is_what_the_command_line_gives(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipsim.app.why.MOST_AT_ONCE", 7)
    changes = {**SHORT, "policy.subsidies.research": 0.2}
    body = {"baseline": BASE, "alternative": {"start": "jinhua", "changes": changes}, **RUNS, "replicates": 8}
    lines = [json.loads(line) for line in client.post("/api/why", json=body).text.splitlines()]
    found = [line for line in lines if line["kind"] == "why"]
    assert [(one["pairs"], one["of"]) for one in found] == [(4, 8), (8, 8)]
    progress = [(line["done"], line["of"]) for line in lines if line["kind"] == "progress"]
    assert progress == sorted(progress) and progress[-1] == (found[-1]["runs"],) * 2
    base = load("jinhua").replace(SHORT)
    for one in found:
        wanted = explain(base, base.replace(changes), **{**RUNS, "replicates": one["pairs"]})
        effects = [outcome["effect"] for outcome in one["outcomes"]]
        assert effects == [numbers(account.effect) for account in wanted.accounts]
        assert one["runs"] == wanted.runs
        drawn = one["outcomes"][one["headline"]]
        assert drawn["sure"] or not any(outcome["sure"] for outcome in one["outcomes"])


@pytest.mark.parametrize(
    ("pairs", "wanted"), [(2, [2]), (4, [4]), (7, [7]), (8, [4, 8]), (15, [4, 15]), (20, [4, 8, 20])]
)
def test_steps(pairs: int, wanted: list[int]) -> None:
    assert steps(pairs) == wanted


def test_levers_and_mechanisms_have_names_in_both_languages(client: TestClient) -> None:
    outcome = asked(client, BASE, OTHER)[-2]["outcomes"][4]
    assert [part["words"]["zh"] for part in outcome["levers"]] == ["保护强度", "资金池注资"]
    assert {"en": "The handling of cases", "zh": "案件办理与裁判"} in [
        part["words"] for part in outcome["pathways"]
    ]
    assert (outcome["unit"]["zh"], outcome["factor"]["zh"]) == ("万元", 100)


def test_many_levers_go_by_family(client: TestClient) -> None:
    subsidised = {"start": "jinhua", "subsidies": 2, "changes": SHORT}
    found = asked(client, BASE, subsidised)[-2]
    assert list(found["levers"]) == ["policy.subsidies.filing", "policy.subsidies.grant"]
    assert [len(keys) for keys in found["levers"].values()] == [3, 3]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({}, "same"), ({"assumptions.blocking": 0.4}, "no_lever"), ({"horizon.end": 2016}, "same")],
)
def test_where_no_lever_moves_that_is_said(client: TestClient, changes: dict[str, Any], reason: str) -> None:
    found, end = asked(client, BASE, {"start": "jinhua", "changes": {**SHORT, **changes}})
    assert (found["kind"], found["outcomes"], found["reason"]) == ("why", [], reason)
    assert all(found["message"].values()) and end["kind"] == "done"


def test_two_cities_are_not_explained() -> None:
    found = nothing_to_explain(load("jinhua"), load("xiamen"))
    assert found is not None and found["reason"] == "cities"


def test_faulty_policies_are_refused(client: TestClient) -> None:
    wrong = {"start": "jinhua", "changes": {"policy.protection.strength": 3}}
    answer = client.post("/api/why", json={"baseline": BASE, "alternative": wrong, **RUNS})
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["key"] == "policy.protection.strength"


def test_runs_that_answers_made_are_not_made_again() -> None:
    async def scene() -> tuple[int, int, int]:
        question = AskedWhy.model_validate({"baseline": BASE, "alternative": OTHER, **RUNS})
        pair = scenario_of(question.baseline), scenario_of(question.alternative)
        async with Work(1, warm=False) as work:
            runs = pairs_wanted(pair, range(5, 7), 0.02)
            await work.run("somebody", [one for some in runs for one in some])
            before = work.health()["kept"]
            lines = [line async for line in explaining(work, "else", question, *pair)]
            after = work.health()["kept"]
            await work.run("somebody", [one for some in runs for one in some])
        return before, after, next(line["runs"] for line in lines if line["kind"] == "why")

    before, after, runs = asyncio.run(scene())
    assert before == 4
    assert after == runs


def test_what_is_explained_can_be_chosen(client: TestClient) -> None:
    more = {"indicators": ["mean_quality_filed", "share_patentees_infringed"]}
    body = {"baseline": BASE, "alternative": OTHER, **RUNS}
    answer = client.post("/api/why", json={**body, **more})
    (found,) = [one for one in map(json.loads, answer.text.splitlines()) if one["kind"] == "why"]
    assert [one["indicator"] for one in found["outcomes"]] == more["indicators"]
    refused = client.post("/api/why", json={**body, "indicators": ["mean_qualty_filed"]})
    assert refused.status_code == 422
    assert "nearest: mean_quality_filed" in refused.json()["faults"][0]["text"]
    assert client.post("/api/why", json={**body, "indicators": 9 * ["a"]}).status_code == 422


def test_an_explanation_of_too_many_runs_is_refused(client: TestClient) -> None:
    changes = {key: 0.7 * LEVERS[key].low + 0.3 * LEVERS[key].high for key in NUMBER_LEVERS}
    body = {"baseline": {"start": "jinhua"}, "alternative": {"start": "jinhua", "changes": changes}}
    answer = client.post("/api/why", json={**body, "replicates": 20, "scale": 0.25})
    assert answer.status_code == 422
    assert "at this scale the board makes 1200" in answer.json()["faults"][0]["words"]["en"]


def test_going_away_gives_the_runs_up() -> None:
    async def scene() -> tuple[int, int]:
        question = AskedWhy(
            baseline=Policy(start="jinhua"),
            alternative=Policy(start="strict-2020"),
            replicates=20,
            scale=0.25,
        )
        pair = scenario_of(question.baseline), scenario_of(question.alternative)
        async with Work(1, warm=False) as work:
            lines = explaining(work, "somebody", question, *pair)
            await anext(lines)
            waiting = work.health()["waiting"]
            await lines.aclose()
            return waiting, work.health()["waiting"]

    waiting, left = asyncio.run(scene())
    assert waiting > 40
    assert left == 0
