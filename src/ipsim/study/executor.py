"""Running many replicates, in this process or spread over worker processes.

Each worker gets a scenario and seeds, never a model. Replicates come back in the order of their
seeds whatever finished first, so the number of workers changes nothing but the time.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from ipsim.study.errors import RunError
from ipsim.study.processes import kill_all, prepare_worker, worker_context
from ipsim.study.simulations import MakesSimulation, Progress, Replicate, simulate

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

_Outcome = TypeVar("_Outcome")

_LARGEST_CHUNK = 25
_CHUNKS_PER_WORKER = 4


def run_replicates(
    scenario: Scenario,
    seeds: Sequence[int],
    scale: float | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    make: MakesSimulation | None = None,
) -> list[Replicate]:
    """Run a replicate for each seed.

    Parameters
    ----------
    scenario
        What to simulate.
    seeds
        One seed for each replicate.
    scale
        Share of the city's enterprises to simulate; the city's own if None.
    workers
        Processes to use; with 1 everything runs in this one.
    progress
        Told of the quarters done, over all replicates.
    make
        Another simulation than the one of ipsim; with several workers, a class or function of a module.

    Raises
    ------
    RunError
        When accounts don't close or a worker process dies.
    """
    total = len(seeds) * scenario.quarters
    first = len(seeds) if workers == 1 else runs_to_compile(make)
    done: list[Replicate] = []
    for number, seed in enumerate(seeds[:first]):
        done.append(simulate(scenario, seed, scale, _from(number * scenario.quarters, total, progress), make))
    rest = seeds[first:]
    if rest:
        told = _from(len(done) * scenario.quarters, total, progress)
        done += _in_workers(scenario, rest, scale, min(workers, len(rest)), told, make)
    return done


def runs_to_compile(make: MakesSimulation | None) -> int:
    """Return how many replicates to run here first: one, when each worker would have to compile the model."""
    if make is not None:
        return 0
    from ipsim.engine.compiling import is_warm

    return 0 if is_warm() else 1


def _from(start: int, total: int, progress: Progress | None) -> Progress | None:
    """Let one replicate of several report as a part of all of them."""
    if progress is None:
        return None
    return lambda quarter, _: progress(start + quarter, total)


def _in_workers(
    scenario: Scenario,
    seeds: Sequence[int],
    scale: float | None,
    workers: int,
    progress: Progress | None,
    make: MakesSimulation | None,
) -> list[Replicate]:
    found: dict[int, Replicate] = {}
    with worker_pool(workers) as pool:
        tasks = [pool.submit(_run_chunk, scenario, chunk, scale, make) for chunk in chunks(seeds, workers)]
        for task in as_completed(tasks):
            found.update(outcome_of(task))
            if progress:
                progress(len(found) * scenario.quarters, len(seeds) * scenario.quarters)
    return [found[seed] for seed in seeds]


def outcome_of(task: Future[_Outcome]) -> _Outcome:
    """Return what a task of `worker_pool` gave.

    Raises
    ------
    RunError
        When its process died.
    """
    try:
        return task.result()
    except BrokenProcessPool:
        raise RunError(
            "a worker process died, most likely for want of memory; try fewer --workers or a smaller --scale"
        ) from None


def _run_chunk(
    scenario: Scenario, seeds: Sequence[int], scale: float | None, make: MakesSimulation | None
) -> dict[int, Replicate]:
    return {seed: simulate(scenario, seed, scale, None, make) for seed in seeds}


def chunks(seeds: Sequence[int], workers: int) -> list[Sequence[int]]:
    """Cut seeds into consecutive pieces of about equal size, a few for each worker."""
    pieces = max(min(len(seeds), workers * _CHUNKS_PER_WORKER), -(-len(seeds) // _LARGEST_CHUNK))
    bounds = [round(piece * len(seeds) / pieces) for piece in range(pieces + 1)]
    return [seeds[first:last] for first, last in pairwise(bounds)]


@contextmanager
def worker_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool whose processes are gone when it is left, even in the middle of a run."""
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, worker_context(), prepare_worker)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        kill_all(set(multiprocessing.active_children()) - before)
        raise
    pool.shutdown()
