"""The board's answers are those of the command line; they begin with a sketch and can be left."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

import ipsim
from ipsim.app import answers
from ipsim.app.answers import answering, scenarios_of, schedule
from ipsim.app.asked import AskedAnswer
from ipsim.app.charts import CHART_INDICATORS
from ipsim.app.compared import Compared
from ipsim.app.encoding import as_json
from ipsim.app.policies import scenario_of
from ipsim.app.work import FIRST, Work, pairs_wanted
from ipsim.report.contrast import sentences
from ipsim.report.measured import Measured
from ipsim.scenario import ScenarioError
from ipsim.study import Comparison
from ipsim.study.comparison.price import price_table
from tests.app.work.simulations import Sleeping

FUND = "policy.utilisation.pledge_fund.capital"
SHORT = {"horizon.end": 2017}


def asked(replicates: int, scale: float = 0.02, **more: Any) -> AskedAnswer:
    policies = {
        "baseline": {"start": "jinhua", "changes": SHORT},
        "alternatives": [
            {"start": "jinhua", "subsidies": 2, "name": "Twice", "changes": SHORT},
            {"start": "no-subsidies", "changes": {**SHORT, FUND: 300}},
        ],
    }
    return AskedAnswer.model_validate({"replicates": replicates, "scale": scale, **policies, **more})


async def lines(work: Work, what: AskedAnswer, visitor: str = "a") -> list[dict[str, Any]]:
    return [line async for line in answering(work, visitor, what)]


def at_work(doing: Callable[[Work], Awaitable[Any]], **more: Any) -> Any:
    async def inside() -> Any:
        async with Work(2, warm=False, **more) as work, asyncio.timeout(120):
            return await doing(work)

    return asyncio.run(inside())


# -- the same numbers as the command line ----------------------------------------------


@pytest.fixture(scope="module")
def answer() -> tuple[list[dict[str, Any]], Comparison]:
    async def doing(work: Work) -> tuple[list[dict[str, Any]], Comparison]:
        what = asked(5, seed=3)
        told = await lines(work, what)
        scenarios = scenarios_of(what)
        wanted = pairs_wanted(scenarios, range(what.seed, what.seed + what.replicates), what.scale)
        kept = [tuple(await work.run("a", runs)) for runs in wanted]
        return told, Compared(tuple(scenarios), what.scale, tuple(kept)).comparison()

    return at_work(doing)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    what = asked(5, seed=3)
    scenarios = [scenario_of(one) for one in (what.baseline, *what.alternatives)]
    return ipsim.compare(scenarios[0], *scenarios[1:], seed=3, replicates=5, scale=0.02)


@pytest.fixture(scope="module")
def last(answer: tuple[list[dict[str, Any]], Comparison]) -> dict[str, Any]:
    return [line for line in answer[0] if line["kind"] == "answer"][-1]


def test_levels_are_those_of_the_command_line(last: dict[str, Any], comparison: Comparison) -> None:
    assert last["years"] == [2016, 2017]
    assert last["drawn"] is True
    for told, result in zip(last["scenarios"], comparison.results.values(), strict=True):
        assert told["title"] == result.scenario.title._asdict()
        assert told["hash"] == result.scenario.hash
        measured = Measured(result.indicators)
        assert list(told["levels"]) == [name for name in CHART_INDICATORS if name in measured.names]
        for name, parts in told["levels"].items():
            for field, expected in zip(("low", "median", "high"), measured.ranges(name), strict=True):
                np.testing.assert_array_equal(parts[field], expected)


def test_differences_are_those_of_the_command_line(last: dict[str, Any], comparison: Comparison) -> None:
    effects = comparison.effects.set_index(["alternative", "indicator", "year"])
    for name, told in zip(comparison.alternatives, last["alternatives"], strict=True):
        for indicator, parts in told["differences"].items():
            rows = effects.reindex([(name, indicator, year) for year in last["years"]])
            for field, column in (("mean", "difference"), ("low", "low"), ("high", "high")):
                np.testing.assert_allclose(parts[field], rows[column], rtol=1e-9, atol=1e-9)


def test_money_by_lever_adds_up_to_the_headline(last: dict[str, Any]) -> None:
    for place, told in enumerate(last["alternatives"], start=1):
        cost = told["headline"]["public_cost"]
        base, other = (sum(last["scenarios"][one]["spent"].values()) for one in (0, place))
        assert base > 0
        assert base == pytest.approx(cost["base"])
        assert other == pytest.approx(cost["alternative"])
        assert sum(one["mean"] for one in told["spent"].values()) == pytest.approx(cost["difference"])
        assert all(one["low"] <= one["mean"] <= one["high"] for one in told["spent"].values())


def test_headline_prices_and_chances_are_equal(last: dict[str, Any], comparison: Comparison) -> None:
    headline = comparison.headline.set_index(["alternative", "number"])
    prices = price_table(comparison.prices).set_index("alternative")
    columns = ["base", "alternative_value", "difference", "low", "high", "pairs", "same_sign"]
    for name, told in zip(comparison.alternatives, last["alternatives"], strict=True):
        for number, one in told["headline"].items():
            np.testing.assert_array_equal(
                list(one.values()), headline[columns].loc[[(name, number)]].to_numpy()[0]
            )
        price = dict(told["price"])
        assert price.pop("outcome") == prices.loc[name, "outcome"]
        expected = prices.drop(columns="outcome").loc[[name]].to_numpy(dtype=np.float64)[0]
        np.testing.assert_array_equal(list(price.values()), expected)
    for told, one in zip(last["pattern"], comparison.chances.values(), strict=True):
        fields = ("year", "runs", "met", "share", "low", "high", "first_year")
        assert [told[field] for field in fields] == [getattr(one, field) for field in fields]


def test_sentences_are_those_of_the_report(
    answer: tuple[list[dict[str, Any]], Comparison], comparison: Comparison
) -> None:
    said = next(line for line in answer[0] if line["kind"] == "said")
    assert said == {"kind": "said", "en": sentences(comparison, "en"), "zh": sentences(comparison, "zh")}


def test_the_comparison_is_that_of_the_command_line(
    answer: tuple[list[dict[str, Any]], Comparison], comparison: Comparison
) -> None:
    ours = answer[1]
    assert list(ours.alternatives) == list(comparison.alternatives) == ["twice", "no-subsidies"]
    for mine, theirs in zip(ours.results.values(), comparison.results.values(), strict=True):
        for field in dataclasses.fields(mine):
            if field.name in ("indicators", "chain"):
                assert getattr(mine, field.name).equals(getattr(theirs, field.name))
            elif field.name != "duration":
                assert getattr(mine, field.name) == getattr(theirs, field.name)


def test_pinned_assumptions_are_other_runs() -> None:
    """Two scenarios of one hash differ under a member where one gives what the other draws."""
    value = scenario_of(asked(1).baseline).assumptions["risk_aversion"]

    async def doing(work: Work) -> list[dict[str, Any]]:
        pinned = {"start": "jinhua", "changes": {**SHORT, "assumptions.risk_aversion": value}}
        return await lines(work, asked(2, alternatives=[pinned]))

    told = next(line for line in at_work(doing) if line["kind"] == "answer")
    assert told["scenarios"][0]["hash"] == told["scenarios"][1]["hash"]
    assert told["scenarios"][0]["levels"] != told["scenarios"][1]["levels"]


# -- how an answer comes -----------------------------------------------------------------


def kinds(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [
        (line["sketch"], line["scale"], line["pairs"], line["of"])
        for line in found
        if line["kind"] == "answer"
    ]


@pytest.mark.parametrize(
    ("replicates", "scale", "sketch", "full"),
    [
        (30, 0.25, [2, 4], [4, 8, 16, 30]),
        (30, 0.05, [], [2, 4, 8, 16, 30]),
        (3, 0.25, [2, 3], [3]),
        (1, 0.25, [1], [1]),
        (1, 0.02, [], [1]),
        (5, 0.02, [], [2, 4, 5]),
    ],
)
def test_schedule(replicates: int, scale: float, sketch: list[int], full: list[int]) -> None:
    found = schedule(replicates, scale)
    assert [[step.last for step in steps] for steps in found] == [sketch, full]
    assert {step.scale for step in found[1]} == {scale}
    assert {step.stage for step in found[0]} <= {0}
    assert [step.stage for step in found[1]] == list(range(bool(sketch), len(full) + bool(sketch)))
    for steps in found:
        assert all(after.first == before.last for before, after in pairwise(steps))


def sleeping(replicates: int, scale: float, fund: int = 1) -> AskedAnswer:
    other = [{"start": "jinhua", "changes": {**SHORT, FUND: fund}}]
    return asked(replicates, scale, alternatives=other)


@pytest.fixture
def unsaid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no sentences be made of stand-ins: they lack what sentences are about."""

    async def said(*_: Any) -> dict[str, Any]:
        return {"kind": "said", "en": [], "zh": []}

    monkeypatch.setattr(answers, "_said", said)


@pytest.mark.usefixtures("unsaid")
def test_a_sketch_comes_first_and_what_was_made_is_used() -> None:
    async def doing(work: Work) -> None:
        found = await lines(work, sleeping(9, 0.1))
        assert kinds(found) == [
            (True, 0.05, 2, 4),
            (True, 0.05, 4, 4),
            (False, 0.1, 4, 9),
            (False, 0.1, 8, 9),
            (False, 0.1, 9, 9),
        ]
        assert [line["kind"] for line in found[-2:]] == ["said", "done"]
        assert found[-1]["seconds"] > 0.3
        assert kinds(await lines(work, sleeping(9, 0.1))) == [(False, 0.1, 9, 9)]
        assert kinds(await lines(work, sleeping(20, 0.1)))[0] == (False, 0.1, 8, 20)

    at_work(doing, make=Sleeping)


@pytest.mark.usefixtures("unsaid")
def test_leaving_an_answer_gives_its_runs_up() -> None:
    async def doing(work: Work) -> None:
        answer = answering(work, "a", sleeping(30, 0.2))
        line = await anext(answer)
        while line["kind"] == "waiting":
            line = await anext(answer)
        assert line["sketch"]
        assert work.health()["waiting"] > 0
        await answer.aclose()
        assert work.health()["waiting"] == 0
        again = await lines(work, sleeping(2, 0.02, fund=2), "b")
        assert kinds(again) == [(False, 0.02, 2, 2)]

    at_work(doing, make=Sleeping)


@pytest.mark.usefixtures("unsaid")
def test_who_waits_for_a_better_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_SECONDS_TO_BETTER", 0.02)

    async def doing(work: Work) -> None:
        told = await lines(work, sleeping(4, 0.05))
        after = [line["kind"] for line in told[[line["kind"] for line in told].index("answer") :]]
        assert after[1] == "waiting"
        assert "answer" in after[2:]

    at_work(doing, make=Sleeping)


@pytest.mark.usefixtures("unsaid")
def test_who_waits_is_told() -> None:
    async def doing(work: Work) -> None:
        what = sleeping(2, 0.05)
        others = work.want("x", pairs_wanted([scenario_of(what.baseline)], range(9), 0.9)[0], FIRST)
        began, times = time.monotonic(), []
        async for line in answering(work, "a", what):
            if line["kind"] == "waiting":
                times.append(time.monotonic() - began)
                assert (line["ahead"], line["visitors"]) in ((0, 2), (1, 2), (0, 1))
        others.cancel()
        assert times
        assert times[0] >= 0.35
        assert all(after - before > 0.45 for before, after in pairwise(times))

    at_work(doing, make=Sleeping)


@pytest.mark.usefixtures("unsaid")
def test_subsidies_that_a_lever_does_not_allow_are_told() -> None:
    filing = "policy: {subsidies: {filing: {invention: 8000}}}"
    opened = {"text": f"extends: jinhua\n{filing}\n", "subsidies": 3}

    async def doing(work: Work) -> list[dict[str, Any]]:
        return await lines(work, asked(1, baseline={"start": "jinhua"}, alternatives=[opened]))

    clips = next(line for line in at_work(doing, make=Sleeping) if line["kind"] == "answer")["clipped"]
    key = "policy.subsidies.filing.invention"
    assert clips[0] == []
    (one,) = [one for one in clips[1] if one["key"] == key]
    assert (one["date"], one["wanted"], one["paid"]) == (2016, 24_000, 20_000)


def test_faults_are_raised() -> None:
    async def doing(work: Work) -> None:
        with pytest.raises(ScenarioError, match="compare within one city"):
            await lines(work, asked(1, alternatives=[{"start": "xiamen", "changes": SHORT}]))
        with pytest.raises(ScenarioError, match="out of bounds"):
            await lines(work, asked(1, baseline={"start": "jinhua", "changes": {FUND: -1}}))

    at_work(doing, make=Sleeping)


def test_an_answer_without_alternatives_and_with_one_run() -> None:
    async def doing(work: Work) -> list[dict[str, Any]]:
        return await lines(work, asked(1, alternatives=[], indicators=["revenue", "nothing"]))

    found = [line for line in at_work(doing) if line["kind"] != "waiting"]
    assert [line["kind"] for line in found] == ["answer", "done"]
    (scenario,) = found[0]["scenarios"]
    assert list(scenario["levels"]) == ["revenue"]
    assert scenario["levels"]["revenue"]["low"] == scenario["levels"]["revenue"]["median"]
    assert found[0]["drawn"] is False
    assert b"NaN" not in as_json(found[0])
