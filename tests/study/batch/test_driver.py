"""The driver alone, with a pool whose workers die when they are told to."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, cast

import pytest

from ipsim.study.batch.driver import MOST_DEATHS, Block, Driver
from ipsim.study.batch.tasks import Finished, Job, Task
from ipsim.study.errors import ExecutorError


class LostError(Exception):
    """A worker died."""


class FakePool:
    """Runs a task when it is submitted: a run in ``deadly`` is lost so many times."""

    title = "nowhere"

    def __init__(
        self, capacity: int = 2, isolates: bool = True, deadly: dict[int, int] | None = None
    ) -> None:
        self.capacity, self.isolates, self.deadly = capacity, isolates, dict(deadly or {})
        self.sent: list[tuple[int, ...]] = []
        self.renewed = 0
        self.no_good = False

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        (task,) = args
        runs = tuple(job.run for job in task.jobs)
        self.sent.append(runs)
        future: Future[Any] = Future()
        killers = [run for run in runs if self.deadly.get(run, 0) > 0]
        if self.no_good:
            future.set_exception(ExecutorError("another model there"))
        elif killers:
            self.deadly[killers[0]] -= 1
            future.set_exception(LostError())
        else:
            future.set_result([Finished(run, None, None, 0.0) for run in runs])
        return future

    def is_loss(self, error: BaseException) -> bool:
        return isinstance(error, LostError)

    def deaths(self, error: BaseException) -> int:
        return 1

    def renew(self) -> None:
        self.renewed += 1

    def stop(self) -> None:
        pass

    def close(self) -> None:
        pass


def blocks(count: int, length: int) -> list[Block]:
    return [
        Block(number, [Job(number * length + place, 0, 1, 1, "{}") for place in range(length)])
        for number in range(count)
    ]


def task_of(jobs: tuple[Job, ...]) -> Task:
    return Task(cast(Any, None), None, cast(Any, None), jobs)


def drive(pool: FakePool, todo: list[Block]) -> list[Block]:
    kept: list[Block] = []
    Driver(pool, task_of, kept.append).run(todo)
    return kept


def failed(kept: list[Block]) -> list[int]:
    return sorted(run for block in kept for run, one in block.finished.items() if one.failure)


def test_every_block_is_kept_once() -> None:
    pool = FakePool()
    kept = drive(pool, blocks(5, 3))
    assert sorted(block.number for block in kept) == [0, 1, 2, 3, 4]
    assert len(pool.sent) == 5


@pytest.mark.parametrize("isolates", [True, False])
def test_a_worker_that_died_once_costs_its_block_alone(isolates: bool) -> None:
    pool = FakePool(isolates=isolates, deadly={4: 1})
    kept = drive(pool, blocks(3, 3))
    assert failed(kept) == []
    assert pool.renewed == 1
    assert sorted(pool.sent) == [(0, 1, 2), (3,), (3, 4, 5), (4,), (5,), (6, 7, 8)]


@pytest.mark.parametrize("isolates", [True, False])
def test_a_run_that_kills_three_workers_is_given_up_and_no_other(isolates: bool) -> None:
    pool = FakePool(capacity=1, isolates=isolates, deadly={4: 99})
    kept = drive(pool, blocks(3, 3))
    assert failed(kept) == [4]
    assert 99 - pool.deadly[4] == MOST_DEATHS
    (failure,) = [one.failure for block in kept for one in block.finished.values() if one.failure]
    assert failure.kind == "WorkerDied"


def test_two_killers_are_both_found_and_nobody_else_is_blamed() -> None:
    kept = drive(FakePool(isolates=False, deadly={1: 99, 8: 99}), blocks(4, 3))
    assert failed(kept) == [1, 8]
    assert len(kept) == 4


def test_nothing_new_goes_out_after_a_stop() -> None:
    pool = FakePool(capacity=1)
    kept: list[Block] = []

    def keep(block: Block) -> None:
        kept.append(block)
        driver.stop()

    driver = Driver(pool, task_of, keep)
    driver.run(blocks(9, 1))
    assert len(kept) == len(pool.sent) == 1


def test_workers_that_are_no_good_end_the_study() -> None:
    pool = FakePool()
    pool.no_good = True
    with pytest.raises(ExecutorError, match="another model"):
        drive(pool, blocks(1, 1))
