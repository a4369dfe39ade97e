"""Before the first visitor: compiled, warm, baselines made."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from ipsim.app.asked import DEFAULT_REPLICATES, DEFAULT_SCALE, SKETCH_PAIRS, SKETCH_SCALE
from ipsim.app.work import FIRST, LATER, Kept, Wanted, Work, desk, pairs_wanted, warming
from ipsim.engine import compiling
from ipsim.scenario import city_names, load
from ipsim.study.simulations import PlannedRun, simulate
from tests.app.work.simulations import Sleeping


@pytest.mark.parametrize(("warm", "state"), [(True, "warming"), (False, "compiling")])
def test_a_worker_says_when_it_has_to_compile(
    monkeypatch: pytest.MonkeyPatch, warm: bool, state: str
) -> None:
    monkeypatch.setattr(compiling, "is_warm", lambda: warm)
    told: list[str] = []
    warming.warm_up(told.append)
    assert told == [state]


def test_baselines_are_those_of_the_first_answers() -> None:
    found = warming.baselines()
    sketches = found[: SKETCH_PAIRS * len(city_names())]
    assert {one.scale for one in sketches} == {SKETCH_SCALE}
    full = found[len(sketches) :]
    assert {one.scale for one in full} == {DEFAULT_SCALE}
    for city in city_names():
        wanted = pairs_wanted([load(city)], range(1, DEFAULT_REPLICATES + 1), DEFAULT_SCALE)[0]
        assert [one.key for one in full if one.run.scenario.city.key == city] == [one.key for one in wanted]


def test_baselines_wait_for_visitors_and_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    small = load("jinhua").replace({"horizon.end": 2016})
    monkeypatch.setattr(desk, "warm_up", None)
    monkeypatch.setattr(desk, "baselines", lambda: pairs_wanted([small], range(1, 7), 0.3)[0])

    async def inside() -> None:
        async with Work(1, make=Sleeping) as work, asyncio.timeout(60):
            await work.run("a", pairs_wanted([small], [99], 0.01)[0])
            assert work.health()["state"] == "warming"
            assert work.health()["visitors"] == 0
            while work.health()["state"] != "ready":
                await asyncio.sleep(0.02)
            assert work.health()["kept"] == 7

    asyncio.run(inside())


def test_the_model_gives_the_same_when_one_run_passes_inside_another() -> None:
    scenario = load("jinhua").replace({"horizon.end": 2018})
    long = Wanted(PlannedRun(scenario, 1, member=1), 0.25)
    short = [Wanted(PlannedRun(scenario, seed, member=seed), 0.02) for seed in (2, 3, 4)]

    async def inside() -> tuple[list[Kept], list[Kept]]:
        async with Work(1, warm=False) as work, asyncio.timeout(120):
            while work.health()["state"] != "ready":
                await asyncio.sleep(0.02)
            ask = work.want("a", [long], LATER)
            within = work.want("b", short, FIRST)
            await anext(within.finished())
            assert not ask.done
            return await ask, await within

    outer, inner = asyncio.run(inside())
    for wanted, kept in zip([long, *short], [*outer, *inner], strict=True):
        assert wanted.run.member is not None
        alone = simulate(scenario.drawn(wanted.run.member), wanted.run.seed, wanted.scale)
        np.testing.assert_array_equal(kept.values, list(alone.indicators.values()))
