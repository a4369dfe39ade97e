"""Running blocks of runs over a pool of workers, each result written as it comes."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field
from typing import Any

from ipsim.study.batch.executors import Pool
from ipsim.study.batch.tasks import Failure, Finished, Job, Task, run_task
from ipsim.study.errors import ExecutorError

MOST_DEATHS = 3
"""Workers that a run may kill before it is recorded as failed."""


@dataclass
class Block:
    """A block of runs on its way.

    Attributes
    ----------
    number
        Its number in the study.
    jobs
        Its runs.
    finished
        Those that came to an end, by number.
    deaths
        Workers that died under each run.
    apart
        Whether its runs go out one by one, since a worker died under it.
    """

    number: int
    jobs: list[Job]
    finished: dict[int, Finished] = field(default_factory=dict[int, Finished])
    deaths: dict[int, int] = field(default_factory=dict[int, int])
    apart: bool = False
    seconds: float = 0.0

    @property
    def is_done(self) -> bool:
        """Whether every run came to an end."""
        return len(self.finished) == len(self.jobs)


MakeTask = Callable[[tuple[Job, ...]], Task]


class Driver:
    """Keeps a pool busy with blocks; knows nothing of disks.

    Parameters
    ----------
    pool
        Where tasks run.
    make_task
        Makes a task of runs.
    keep_block
        Called with each block when its last run is done.
    """

    def __init__(self, pool: Pool, make_task: MakeTask, keep_block: Callable[[Block], None]) -> None:
        self._pool = pool
        self._make_task = make_task
        self._keep = keep_block
        self._flying: dict[Future[Any], tuple[Block, tuple[Job, ...], float]] = {}
        self._suspects: deque[tuple[Block, Job]] = deque()
        self._again: deque[Block] = deque()
        self.deaths = 0
        self.stopping = False

    def run(self, blocks: Iterable[Block]) -> None:
        """Run all blocks.

        Once `stop` was called nothing new goes out, and it returns when what is in flight has come back.
        """
        coming = iter(blocks)
        self._fill(coming)
        while self._flying:
            self._take_back()
            self._fill(coming)

    def stop(self) -> None:
        """Send out nothing more."""
        self.stopping = True

    @property
    def flying(self) -> int:
        """How many runs are in flight."""
        return sum(len(jobs) for _, jobs, _ in list(self._flying.values()))

    # -- sending out ---------------------------------------------------------------------

    def _fill(self, coming: Iterator[Block]) -> None:
        """Send out work until the pool has enough."""
        while not self.stopping and len(self._flying) < self._room():
            if self._suspects:
                block, job = self._suspects.popleft()
                self._send(block, (job,))
                continue
            block = self._again.popleft() if self._again else next(coming, None)
            if block is None:
                return
            self._send(block, tuple(job for job in block.jobs if job.run not in block.finished))

    def _room(self) -> int:
        """One at a time while it has to be found out which run kills workers, unless the pool can tell."""
        suspected = self._suspects or any(block.apart for block, _, _ in self._flying.values())
        return 1 if suspected and not self._pool.isolates else max(1, self._pool.capacity)

    def _send(self, block: Block, jobs: tuple[Job, ...]) -> None:
        future = self._pool.submit(run_task, self._make_task(jobs))
        self._flying[future] = (block, jobs, time.perf_counter())

    # -- taking back ---------------------------------------------------------------------

    def _take_back(self) -> None:
        done, _ = wait(self._flying, return_when=FIRST_COMPLETED)
        lost, alone = False, len(self._flying) == 1
        for future in done:
            block, jobs, began = self._flying.pop(future)
            block.seconds += time.perf_counter() - began
            error = CancelledError() if future.cancelled() else future.exception()
            if error is None:
                block.finished |= {one.run: one for one in future.result()}
            elif self._pool.is_loss(error):
                lost = True
                blamed = self._pool.isolates or alone
                self._lose(block, jobs, self._pool.deaths(error), blamed)
            elif isinstance(error, ExecutorError):
                raise error
            elif isinstance(error, Exception):  # runs catch their own: the way to the workers is at fault
                raise ExecutorError(
                    f"a worker can't do its task: {type(error).__name__}: {error}; what was written stays"
                ) from error
            else:
                self._fail(block, jobs, Failure(type(error).__name__, str(error), ""))
            if block.is_done:
                self._keep(block)
        if lost:
            self._pool.renew()

    def _lose(self, block: Block, jobs: tuple[Job, ...], deaths: int, blamed: bool) -> None:
        """Let the runs of a lost task go out again one by one, or give a run up that killed too many.

        A worker's death counts against a run that was surely its cause, or one of a block that was;
        a task that was lost without a death just goes out again.
        """
        self.deaths += deaths
        if not deaths and not block.apart:
            self._again.append(block)
            return
        block.apart = True
        against = (deaths if len(jobs) == 1 else min(deaths, 1)) if blamed else 0
        for job in jobs:
            block.deaths[job.run] = block.deaths.get(job.run, 0) + against
            if len(jobs) == 1 and block.deaths[job.run] >= MOST_DEATHS:
                message = "its worker process died each time, as for want of memory"
                self._fail(block, jobs, Failure("WorkerDied", message, ""))
            else:
                self._suspects.append((block, job))

    def _fail(self, block: Block, jobs: tuple[Job, ...], failure: Failure) -> None:
        for job in jobs:
            block.finished[job.run] = Finished(job.run, None, failure, 0.0)
