"""Many visitors at the desk: shared, fair, bounded, given up, and whole after a worker's death."""

from __future__ import annotations

import asyncio
import functools
import multiprocessing
import os
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from ipsim.app.work import FIRST, LATER, SECOND, BusyError, Wanted, Work, desk, pairs_wanted
from ipsim.scenario import Scenario, load
from ipsim.study.errors import RunError
from tests.app.work.simulations import Deadly, Sleeping, die_at_once, doze, mark, raise_value_error

_LONG = 60.0
"""Seconds of a run that no test waits for."""

Doing = Callable[[Work], Awaitable[None]]


@functools.cache
def scenario(fund: int = 0) -> Scenario:
    changes: dict[str, object] = {"horizon.end": 2030, "policy.utilisation.pledge_fund.capital": fund}
    return load("jinhua").replace(changes)


def runs(seconds: float, *seeds: int, fund: int = 0) -> list[Wanted]:
    return pairs_wanted([scenario(fund)], seeds, seconds)[0]


def at_work(doing: Doing, workers: int = 2, make: Any = Sleeping, **more: Any) -> None:
    async def inside() -> None:
        async with Work(workers, make=make, warm=False, **more) as work, asyncio.timeout(60):
            await until(lambda: work.health()["state"] == "ready")
            await doing(work)

    asyncio.run(inside())
    assert not [one for one in multiprocessing.active_children() if one.name == "board worker"]


async def until(true: Callable[[], Any]) -> None:
    while not true():
        await asyncio.sleep(0.01)


def test_runs_come_in_the_order_asked_and_are_kept() -> None:
    async def doing(work: Work) -> None:
        wanted = runs(0.05, 3, 1, 2)
        assert [kept.seed for kept in await work.run("a", wanted)] == [3, 1, 2]
        assert work.kept(wanted[0])
        began = time.monotonic()
        again = await work.run("b", runs(0.05, 1, 2))
        assert time.monotonic() - began < 0.04
        assert [kept.numbers[0] for kept in again] == [3016.0, 4016.0]
        assert work.health()["kept"] == 3
        assert work.health()["state"] == "ready"

    at_work(doing)


def test_results_are_given_as_they_come() -> None:
    async def doing(work: Work) -> None:
        ask = work.want("a", [*runs(1.0, 1), *runs(0.01, 2), *runs(0.01, 3)])
        assert [place async for place, _ in ask.finished()] == [1, 2, 0]
        assert (await ask)[2].seed == 3

    at_work(doing)


def test_first_answers_pass_in_the_midst_of_a_long_run() -> None:
    async def doing(work: Work) -> None:
        long = work.want("a", runs(1.5, 1), LATER)
        await asyncio.sleep(0.1)
        soon = await work.run("b", runs(0.01, *range(2, 8)), FIRST)
        assert [kept.seed for kept in soon] == list(range(2, 8))
        assert not long.done
        assert (await long)[0].seed == 1

    at_work(doing, workers=1)


def test_a_run_cancelled_while_another_passes_inside_it() -> None:
    async def doing(work: Work) -> None:
        long = work.want("a", runs(_LONG, 1), LATER)
        await asyncio.sleep(0.1)
        inner = work.want("b", runs(0.3, 2), FIRST)
        await asyncio.sleep(0.1)
        long.cancel()
        assert (await inner)[0].seed == 2
        assert (await work.run("a", runs(0.01, 3), LATER))[0].seed == 3

    at_work(doing, workers=1)


def test_nobody_waits_for_a_worker_that_does_not_read() -> None:
    long = load({"extends": "jinhua", "description": "x" * 290_000})

    async def doing(work: Work) -> None:
        deaf = asyncio.create_task(work.call("a", doze, 1.0))
        await asyncio.sleep(0.2)
        began = time.monotonic()
        run = asyncio.create_task(work.run("b", pairs_wanted([long], [1], 0.01)[0], FIRST))
        await asyncio.sleep(0)
        assert time.monotonic() - began < 0.4
        await run
        await deaf

    at_work(doing, workers=1)


def test_leaving_frees_the_workers_within_a_quarter() -> None:
    async def doing(work: Work) -> None:
        await work.run("a", runs(0.01, 1, 2))
        ask = work.want("a", runs(_LONG, *range(1, 31)), LATER)
        await asyncio.sleep(0.1)
        ask.cancel()
        assert work.health()["waiting"] == 0
        await work.run("a", runs(0.01, 3, 4, 5), LATER)
        assert work.health()["visitors"] == 0
        with pytest.raises(asyncio.CancelledError):
            await ask

    at_work(doing)


def test_a_cancelled_task_gives_its_runs_up() -> None:
    async def doing(work: Work) -> None:
        task = asyncio.create_task(work.run("a", runs(_LONG, 1, 2, 3), LATER))
        await until(lambda: work.health()["waiting"] == 1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await work.run("b", runs(0.01, 4, 5), SECOND)

    at_work(doing)


def test_visitors_share_a_run_until_the_last_has_left() -> None:
    async def doing(work: Work) -> None:
        one, other = (work.want(visitor, runs(0.6, 1), LATER) for visitor in "ab")
        await asyncio.sleep(0.1)
        assert work.health()["waiting"] == 0
        one.cancel()
        assert (await other)[0].seed == 1
        assert work.health()["kept"] == 1
        one, other = (work.want(visitor, runs(_LONG, 2), LATER) for visitor in "ab")
        one.cancel()
        other.cancel()
        await work.run("c", runs(0.01, 3), LATER)

    at_work(doing, workers=1)


def test_what_one_wants_later_and_another_first_is_made_first() -> None:
    async def doing(work: Work) -> None:
        await work.run("a", runs(0.01, 99))
        many = work.want("a", runs(0.2, *range(1, 6)), LATER)
        assert (await work.run("b", runs(0.2, 5), FIRST))[0].seed == 5
        assert many.results[3] is None
        await many

    at_work(doing, workers=1)


def test_a_class_gets_first_answers_before_anybody_sharpens() -> None:
    async def doing(work: Work) -> None:
        await work.run("warm", runs(0.01, 1, 2))
        order: list[tuple[str, int]] = []

        async def visit(number: int) -> None:
            first = work.want(f"v{number}", runs(0.02, 1, 2, fund=number + 1), FIRST)
            later = work.want(f"v{number}", runs(0.02, 3, 4, 5, 6, fund=number + 1), LATER)
            await first
            order.append(("first", number))
            await later
            order.append(("later", number))

        await asyncio.gather(*(visit(number) for number in range(30)))
        kinds = [kind for kind, _ in order]
        # One turn of eight goes to those who wait longer: 8 of 60, which is enough for two of their answers.
        assert kinds[:30].count("first") >= 28
        # Nobody is forgotten.
        assert {number for _, number in order} == set(range(30))

    at_work(doing)


def test_the_queue_is_bounded() -> None:
    async def doing(work: Work) -> None:
        ask = work.want("a", runs(_LONG, *range(1, 9)), LATER)
        assert work.health()["waiting"] == 6
        with pytest.raises(BusyError):
            work.want("a", runs(_LONG, *range(11, 22)), LATER)
        shared = work.want("d", runs(_LONG, *range(1, 9)), LATER)
        assert work.health()["waiting"] == 6
        other = work.want("b", runs(_LONG, 21, 22, 23, 24), LATER)
        with pytest.raises(BusyError):
            await work.call("b", raise_value_error)
        with pytest.raises(BusyError):
            work.want("e", runs(_LONG, 8))
        under_way = work.want("e", runs(_LONG, 1, 2))  # nothing more waits for it
        assert work.ahead("b") == (2, 4)
        for one in (ask, shared, other, under_way):
            one.cancel()
        await work.run("b", runs(0.0, *range(30, 40)), LATER)

    at_work(doing, most_waiting=16)


def test_a_worker_killed_is_replaced_and_its_run_tried_again() -> None:
    async def doing(work: Work) -> None:
        ask = work.want("a", runs(0.5, 1, 2, 3))
        victim = next(one for one in multiprocessing.active_children() if one.name == "board worker")
        assert victim.pid
        os.kill(victim.pid, signal.SIGKILL)
        assert [kept.seed for kept in await ask] == [1, 2, 3]
        await until(lambda: len(multiprocessing.active_children()) == 2)

    at_work(doing)


@pytest.mark.parametrize(("deaths", "survives"), [(1, True), (2, False)])
def test_a_deadly_run_is_tried_twice(tmp_path: Path, deaths: int, survives: bool) -> None:
    for death in range(deaths):
        (tmp_path / str(death)).touch()

    async def doing(work: Work) -> None:
        harmless = work.want("b", runs(0.5, 1, 2, 3), LATER)
        await asyncio.sleep(0.1)
        if survives:
            assert (await work.run("a", runs(0.01, 13)))[0].seed == 13
        else:
            with pytest.raises(RunError, match="died twice"):
                await work.run("a", runs(0.01, 13))
        assert [kept.seed for kept in await harmless] == [1, 2, 3]

    at_work(doing, make=functools.partial(Deadly, tmp_path))


def test_a_run_that_fails_is_told_to_those_who_want_it() -> None:
    async def doing(work: Work) -> None:
        other = work.want("b", runs(0.05, 1, 2), LATER)
        with pytest.raises(RunError, match="failed with seed 666: as told"):
            await work.run("a", [*runs(0.01, 666), *runs(_LONG, 7)])
        await other
        assert work.health()["waiting"] == 0
        ask = work.want("a", runs(0.01, 666))
        with pytest.raises(RunError):
            _ = [place async for place, _ in ask.finished()]

    at_work(doing)


def test_other_work_is_called_with_progress(tmp_path: Path) -> None:
    async def doing(work: Work) -> None:
        told: list[tuple[int, int]] = []
        path = str(tmp_path / "done")
        pid = await work.call("a", mark, path, 0.3, progress=lambda *now: told.append(now))
        assert Path(path).exists()
        assert int(pid) in {one.pid for one in multiprocessing.active_children()}
        assert told[-1] == (30, 30)
        assert 2 <= len(told) <= 10
        with pytest.raises(ValueError, match="as told"):
            await work.call("a", raise_value_error)

    at_work(doing)


def test_other_work_is_given_up_and_leaves_a_worker_free(tmp_path: Path) -> None:
    async def doing(work: Work) -> None:
        calls = [
            asyncio.create_task(work.call(visitor, mark, str(tmp_path / visitor), _LONG)) for visitor in "abc"
        ]
        await until(lambda: work.health()["waiting"] == 2)
        await work.run("d", runs(0.01, 1, 2, 3), LATER)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        await work.call("e", mark, str(tmp_path / "e"), 0.01)
        assert [path.name for path in tmp_path.iterdir()] == ["e"]

    at_work(doing)


def test_runs_kept_are_bounded() -> None:
    async def doing(work: Work) -> None:
        kept = await work.run("a", runs(0.0, *range(1, 11)))
        assert len(kept) == 10
        assert work.health()["kept"] == 4
        assert work.health()["kept_bytes"] <= 4 * kept[0].nbytes

    async def size(work: Work) -> None:
        nonlocal most
        most = 4 * (await work.run("a", runs(0.0, 1)))[0].nbytes

    most = 0
    at_work(size)
    at_work(doing, most_kept=most)


def test_workers_that_never_start_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "warm_up", die_at_once)
    monkeypatch.setattr(desk, "baselines", list)

    async def inside() -> None:
        async with Work(2, make=Sleeping) as work, asyncio.timeout(60):
            with pytest.raises(RunError, match="no worker of the board could start"):
                await work.run("a", runs(0.01, 1))
            assert work.health()["state"] == "failed"

    asyncio.run(inside())


@pytest.mark.parametrize("seconds", [0, 0.1, 0.3])
def test_closing_at_once_leaves_no_process(seconds: float) -> None:
    async def inside() -> None:
        async with Work(2, make=Sleeping, warm=False) as work:
            ask = work.want("a", runs(_LONG, 1, 2, 3))
            await asyncio.sleep(seconds)
        with pytest.raises(RunError, match="has ended"):
            await ask

    asyncio.run(inside())
    assert not [one for one in multiprocessing.active_children() if one.name == "board worker"]
