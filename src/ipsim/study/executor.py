"""Running many replicates, in this process or spread over worker processes.

Each worker gets scenarios and seeds, never a model. Replicates come back in the order of the runs
asked for, whatever finished first, so the number of workers changes nothing but the time.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from ipsim.study.errors import RunError
from ipsim.study.processes import kill_all, prepare_worker, worker_context
from ipsim.study.simulations import MakesSimulation, PlannedRun, Progress, Replicate, simulate

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event

_Item = TypeVar("_Item")
_Runs: TypeAlias = "Sequence[PlannedRun]"

_LARGEST_CHUNK = 25
_CHUNKS_PER_WORKER = 4


def run_all(
    runs: Sequence[PlannedRun],
    scale: float | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    make: MakesSimulation | None = None,
) -> list[Replicate]:
    """Make runs, all in one set of worker processes.

    Parameters
    ----------
    runs
        Which, by scenario and seed.
    scale
        Share of the city's enterprises to simulate; the city's own if None.
    workers
        Processes to use; with 1 everything runs in this one.
    progress
        Told of the quarters done, over all runs.
    make
        Another simulation than the one of ipsim; with several workers, a class or function of a module.

    Returns
    -------
    list of Replicate
        One for each run, in the same order.

    Raises
    ------
    RunError
        When accounts don't close, or a worker process dies or can't start.
    """
    quarters = [0, *accumulate(run.scenario.quarters for run in runs)]
    first = len(runs) if workers == 1 else min(_runs_to_compile(make), len(runs))
    done: list[Replicate] = []
    for number, run in enumerate(runs[:first]):
        done.append(simulate_planned(run, scale, _from(quarters[number], quarters[-1], progress), make))
    if runs[first:]:
        told = _from(quarters[first], quarters[-1], progress)
        done += _in_workers(runs[first:], scale, min(workers, len(runs) - first), told, make)
    return done


def _runs_to_compile(make: MakesSimulation | None) -> int:
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
    runs: _Runs, scale: float | None, workers: int, progress: Progress | None, make: MakesSimulation | None
) -> list[Replicate]:
    kinds = len({(id(run.scenario), run.cut) for run in runs})
    done = 0
    with worker_pool(workers) as pool:
        tasks = {pool.submit(_run_piece, piece, scale, make): piece for piece in chunks(runs, workers, kinds)}
        for task in as_completed(tasks):
            task.result()
            done += sum(run.scenario.quarters for run in tasks[task])
            if progress:
                progress(done, done)
    return [replicate for task in tasks for replicate in task.result()]


def _run_piece(piece: _Runs, scale: float | None, make: MakesSimulation | None) -> list[Replicate]:
    return [simulate_planned(run, scale, None, make) for run in piece]


def simulate_planned(
    run: PlannedRun, scale: float | None, progress: Progress | None, make: MakesSimulation | None
) -> Replicate:
    """Run one replicate with its own member of the ensemble; see `simulations.simulate`."""
    scenario, other = run.scenario, run.cut_policy
    if run.member is not None:
        # Here and not before, so that a scenario goes to a worker once for all its replicates.
        scenario, other = scenario.drawn(run.member), other and other.drawn(run.member)
    return simulate(scenario, run.seed, scale, progress, make, run.cut, other)


def chunks(runs: Sequence[_Item], workers: int, kinds: int = 1) -> list[Sequence[_Item]]:
    """Cut runs into consecutive pieces of about equal size: a few for each worker, one for each kind."""
    wanted = min(len(runs), max(workers * _CHUNKS_PER_WORKER, kinds))
    pieces = max(wanted, -(-len(runs) // _LARGEST_CHUNK))
    bounds = [round(piece * len(runs) / pieces) for piece in range(pieces + 1)]
    return [runs[first:last] for first, last in pairwise(bounds)]


@contextmanager
def worker_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool whose processes are gone when it is left, even in the middle of a run.

    Raises
    ------
    RunError
        When a process of it died, or none could start.
    """
    before = set(multiprocessing.active_children())
    context = worker_context()
    started = context.Event()
    pool = ProcessPoolExecutor(workers, context, _start_worker, (started,))
    try:
        yield pool
    except BaseException as error:
        pool.shutdown(wait=False, cancel_futures=True)
        kill_all(set(multiprocessing.active_children()) - before)
        if isinstance(error, BrokenProcessPool):
            raise RunError(_DIED if started.is_set() else _NEVER_STARTED) from None
        raise
    pool.shutdown()


_DIED = "a worker process died, most likely for want of memory; try fewer --workers or a smaller --scale"
_NEVER_STARTED = (
    "no worker process could start. Each one imports the script that asks for it: this has to be a file, "
    'with what it runs under `if __name__ == "__main__":`; or use workers=1'
)


def _start_worker(started: Event) -> None:
    """Say that a process got as far as this: it has imported the script that runs it."""
    started.set()
    prepare_worker()
