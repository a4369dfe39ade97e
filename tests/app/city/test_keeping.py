"""Runs that are kept are shared, and few enough."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from ipsim.app.city.keeping import KeptCities, KeptCity, kept_city, key_of
from ipsim.app.city.recording import Recording
from ipsim.scenario import Scenario
from tests.app.city.conftest import SCALE, SEED


@pytest.fixture(scope="module")
def kept(scenario: Scenario, recording: Recording) -> KeptCity:
    return kept_city(key_of(scenario, SEED, SCALE), scenario, recording)


def test_who_asks_at_the_same_time_shares(kept: KeptCity) -> None:
    made: list[str] = []

    async def make() -> KeptCity:
        made.append(kept.key)
        await asyncio.sleep(0.01)
        return kept

    async def ask_thrice() -> None:
        cities = KeptCities()
        first = asyncio.ensure_future(cities.made("a", make))
        second = asyncio.ensure_future(cities.made("a", make))
        await asyncio.sleep(0)
        first.cancel()  # whoever goes away takes nothing from the others
        assert await second is kept
        assert await cities.made("a", make) is kept

    asyncio.run(ask_thrice())
    assert len(made) == 1


def test_of_runs_that_nobody_waits_for_few_go_on(kept: KeptCity) -> None:
    ended: list[str] = []

    async def make(key: str) -> KeptCity:
        try:
            await asyncio.sleep(0.05)
        finally:
            ended.append(key)
        return kept

    async def ask_and_leave() -> None:
        cities = KeptCities(100 * kept.bytes_held)
        asked = [asyncio.ensure_future(cities.made(key, lambda key=key: make(key))) for key in "abcdefgh"]
        await asyncio.sleep(0.01)
        for one in asked[:-1]:
            one.cancel()
        await asyncio.sleep(0.01)
        assert ended == ["a", "b", "c"]
        assert await cities.made("a", lambda: make("a")) is kept
        assert await asked[-1] is kept
        assert sorted(key for key in "abcdefgh" if cities.get(key)) == ["a", *"defgh"]

    asyncio.run(ask_and_leave())


def test_a_failure_is_not_kept(kept: KeptCity) -> None:
    async def fail() -> KeptCity:
        raise RuntimeError("no")

    async def make() -> KeptCity:
        return kept

    async def ask() -> None:
        cities = KeptCities()
        with pytest.raises(RuntimeError):
            await cities.made("a", fail)
        assert await cities.made("a", make) is kept

    asyncio.run(ask())


def test_the_longest_unseen_goes_first(kept: KeptCity) -> None:
    async def ask() -> None:
        cities = KeptCities(2 * kept.bytes_held + 1000)
        for key in ("a", "b"):
            await cities.made(key, lambda key=key: _given(replace(kept, key=key)))
        assert cities.get("a")
        await cities.made("c", lambda: _given(replace(kept, key="c")))
        assert [key for key in "abc" if cities.get(key)] == ["a", "c"]

    asyncio.run(ask())


async def _given(one: KeptCity) -> KeptCity:
    return one


def test_keys_tell_runs_apart(scenario: Scenario) -> None:
    other = scenario.replace({"policy.protection.strength": 0.8})
    keys = {
        key_of(scenario, 1, 0.1),
        key_of(scenario, 2, 0.1),
        key_of(scenario, 1, 0.2),
        key_of(other, 1, 0.1),
    }
    assert len(keys) == 4
    assert key_of(scenario, 1, 0.1) == key_of(scenario.replace({}), 1, 0.1)
