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
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from ipsim.study.errors import RunError
from ipsim.study.processes import kill_all, prepare_worker, worker_context
from ipsim.study.simulations import MakesSimulation, Progress, Replicate, simulate

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

_Item = TypeVar("_Item")
_Outcome = TypeVar("_Outcome")
_Run: TypeAlias = "tuple[Scenario, int]"

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
    return run_scenarios([scenario], seeds, scale, workers, progress, make)[0]


def run_scenarios(
    scenarios: Sequence[Scenario],
    seeds: Sequence[int],
    scale: float | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    make: MakesSimulation | None = None,
) -> list[list[Replicate]]:
    """Run every scenario with every seed, in one set of worker processes.

    The parameters are those of `run_replicates`.

    Returns
    -------
    list of list of Replicate
        For each scenario its replicates, in the order of the seeds.
    """
    runs = [(scenario, seed) for scenario in scenarios for seed in seeds]
    quarters = [0, *accumulate(scenario.quarters for scenario, _ in runs)]
    first = len(runs) if workers == 1 else min(runs_to_compile(make), len(runs))
    done: list[Replicate] = []
    for number, (scenario, seed) in enumerate(runs[:first]):
        done.append(simulate(scenario, seed, scale, _from(quarters[number], quarters[-1], progress), make))
    if runs[first:]:
        told = _from(quarters[first], quarters[-1], progress)
        pieces = chunks(runs[first:], workers, len(scenarios))
        done += _in_workers(pieces, scale, min(workers, len(runs) - first), told, make)
    width = len(seeds)
    return [done[place * width : (place + 1) * width] for place in range(len(scenarios))]


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
    pieces: Sequence[Sequence[_Run]],
    scale: float | None,
    workers: int,
    progress: Progress | None,
    make: MakesSimulation | None,
) -> list[Replicate]:
    done = 0
    with worker_pool(workers) as pool:
        tasks = {pool.submit(_run_piece, piece, scale, make): piece for piece in pieces}
        for task in as_completed(tasks):
            outcome_of(task)
            done += sum(scenario.quarters for scenario, _ in tasks[task])
            if progress:
                progress(done, done)
    return [replicate for task in tasks for replicate in task.result()]


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


def _run_piece(piece: Sequence[_Run], scale: float | None, make: MakesSimulation | None) -> list[Replicate]:
    return [simulate(scenario, seed, scale, None, make) for scenario, seed in piece]


def chunks(runs: Sequence[_Item], workers: int, scenarios: int = 1) -> list[Sequence[_Item]]:
    """Cut runs into consecutive pieces of about equal size: a few for each worker, one for each scenario."""
    wanted = min(len(runs), max(workers * _CHUNKS_PER_WORKER, scenarios))
    pieces = max(wanted, -(-len(runs) // _LARGEST_CHUNK))
    bounds = [round(piece * len(runs) / pieces) for piece in range(pieces + 1)]
    return [runs[first:last] for first, last in pairwise(bounds)]


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
