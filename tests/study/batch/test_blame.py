"""What the driver makes of lost tasks, where the pool can't tell which task was to blame."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any

import pytest

from ipsim.study.batch.driver import Block, Driver
from ipsim.study.batch.tasks import Finished
from ipsim.study.errors import ExecutorError
from tests.study.batch.test_driver import LostError, blocks, failed, task_of


class Cluster:
    """Ends tasks when two are in flight, or one later on; a deadly run takes the others along."""

    title, isolates, capacity = "a cluster", False, 2

    def __init__(self, deadly: int | None = None, deaths: int = 4) -> None:
        self.sent: list[tuple[int, ...]] = []
        self._deadly, self._deaths = deadly, deaths
        self._flying: deque[tuple[tuple[int, ...], Future[Any]]] = deque()

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        runs = tuple(job.run for job in args[0].jobs)
        future: Future[Any] = Future()
        self.sent.append(runs)
        self._flying.append((runs, future))
        if len(self._flying) == self.capacity or self._is_alone(runs):
            self._end_all()
        return future

    def _is_alone(self, runs: tuple[int, ...]) -> bool:
        return len(self.sent) > 2 and len(self._flying) == 1

    def _end_all(self) -> None:
        flying, self._flying = self._flying, deque()
        dead = any(self._deadly in runs for runs, _ in flying)
        for runs, future in flying:
            if dead:
                future.set_exception(LostError())
            else:
                future.set_result([Finished(run, None, None, 0.0) for run in runs])

    def is_loss(self, error: BaseException) -> bool:
        return isinstance(error, LostError | CancelledError)

    def deaths(self, error: BaseException) -> int:
        return self._deaths if isinstance(error, LostError) else 0

    def renew(self) -> None:
        pass

    def stop(self) -> None:
        pass

    def close(self) -> None:
        pass


def drive(pool: Any, todo: list[Block]) -> list[Block]:
    kept: list[Block] = []
    Driver(pool, task_of, kept.append).run(todo)
    return kept


@pytest.mark.parametrize("length", [1, 3])
@pytest.mark.parametrize("deaths", [1, 4])
def test_what_was_lost_beside_a_deadly_run_is_not_blamed(length: int, deaths: int) -> None:
    pool = Cluster(deadly=0, deaths=deaths)
    kept = drive(pool, blocks(2, length))
    assert failed(kept) == [0]
    assert len(kept) == 2
    assert all(len(runs) == 1 for runs in pool.sent[2:])


class Forgetful(Cluster):
    """A scheduler that loses the first tasks, and then comes back."""

    def _end_all(self) -> None:
        if len(self.sent) > 2:
            super()._end_all()
            return
        for _, future in self._flying:
            future.cancel()
            future.set_running_or_notify_cancel()
        self._flying.clear()


def test_what_a_scheduler_lost_goes_out_again_whole_and_nobody_is_blamed() -> None:
    pool = Forgetful()
    kept = drive(pool, blocks(2, 3))
    assert failed(kept) == []
    assert sorted(pool.sent) == [(0, 1, 2), (0, 1, 2), (3, 4, 5), (3, 4, 5)]


class Broken(Cluster):
    """Gives back an error that is no run's."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def _end_all(self) -> None:
        for _, future in self._flying:
            future.set_exception(self._error)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ModuleNotFoundError("No module named 'ipsim'"), "ModuleNotFoundError: No module named 'ipsim'"),
        (TypeError("cannot pickle a lock"), "TypeError: cannot pickle a lock"),
    ],
)
def test_an_error_that_is_no_runs_ends_the_study(error: Exception, message: str) -> None:
    with pytest.raises(ExecutorError, match=f"a worker can't do its task: {message}; what was written stays"):
        drive(Broken(error), blocks(2, 1))
