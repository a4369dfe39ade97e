"""Running what an explanation needs: each run with each seed, in this process or spread over workers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import as_completed
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

from ipsim.study import simulations
from ipsim.study.executor import outcome_of, runs_to_compile, worker_pool
from ipsim.study.explain.change import Change
from ipsim.study.explain.design import Run
from ipsim.study.simulations import MakesSimulation, Replicate, Simulation, simulate

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.study.simulations import Progress

Task = tuple[Run, int]
"""A run and a seed."""


class MakesCutSimulation(Protocol):
    """The simulation class, or a function of the module level that stands in for it."""

    def __call__(
        self,
        scenario: Scenario,
        *,
        seed: int,
        scale: float | None,
        cut: Collection[str] = (),
        cut_policy: Scenario | None = None,
    ) -> Simulation:
        """Make a replicate in which the mechanisms named in ``cut`` see the policy of ``cut_policy``."""
        ...


def run_tasks(
    change: Change,
    tasks: Sequence[Task],
    scale: float | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    make: MakesCutSimulation | None = None,
) -> dict[Task, Replicate]:
    """Simulate each task.

    Parameters
    ----------
    change
        From what to what; it gives the scenario of each run.
    tasks
        Runs with their seeds.
    scale
        Share of the city's enterprises to simulate; the city's own if None.
    workers
        Processes to use; with 1 everything runs in this one.
    progress
        Told of the runs done and of the runs in all.
    make
        Another simulation than the one of ipsim; with several workers, a class or function of a module.

    Raises
    ------
    RunError
        When accounts don't close or a worker process dies.
    """
    scenarios = {members: change.scenario(members) for members in {run.members for run, _ in tasks}}
    calls = [(scenarios[run.members], seed, scale, run.cut, change.base, make) for run, seed in tasks]
    hook = cast("MakesSimulation | None", make)
    first = len(calls) if workers == 1 else min(len(calls), runs_to_compile(hook))
    done: dict[Task, Replicate] = {}
    for task, call in zip(tasks[:first], calls[:first], strict=True):
        done[task] = _simulate(*call)
        _tell(progress, len(done), len(tasks))
    if first == len(tasks):
        return done
    with worker_pool(min(workers, len(tasks) - first)) as pool:
        waiting = {
            pool.submit(_simulate, *call): task
            for task, call in zip(tasks[first:], calls[first:], strict=True)
        }
        for future in as_completed(waiting):
            done[waiting[future]] = outcome_of(future)
            _tell(progress, len(done), len(tasks))
    return done


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress:
        progress(done, total)


def _simulate(
    scenario: Scenario,
    seed: int,
    scale: float | None,
    cut: frozenset[str],
    cut_policy: Scenario,
    make: MakesCutSimulation | None,
) -> Replicate:
    if not cut:
        return simulate(scenario, seed, scale, None, cast("MakesSimulation | None", make))
    made: Any = partial(make or simulations.shipped_simulation(), cut=cut, cut_policy=cut_policy)
    return simulate(scenario, seed, scale, None, made)
