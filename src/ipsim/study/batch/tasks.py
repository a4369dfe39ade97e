"""What a worker does: a block of runs, each on its own, and what it sends back."""

from __future__ import annotations

import json
import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipsim.study.simulations import MakesSimulation, Replicate, simulate

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.study.plan import Keep

_SMALL = 0.01
"""Scale of a run that is made for its compilation alone."""


class Job(NamedTuple):
    """One run as a worker gets it.

    Attributes
    ----------
    run
        Its number in the study.
    point, replicate
        Where it stands in the design.
    seed
        Seed of its luck.
    changes
        What it changes in the scenario, as JSON.
    """

    run: int
    point: int
    replicate: int
    seed: int
    changes: str


@dataclass(frozen=True)
class Task:
    """Runs for one worker: scenario and seeds, never a model."""

    scenario: Scenario
    scale: float | None
    keep: Keep
    jobs: tuple[Job, ...]
    make: MakesSimulation | None = None


@dataclass(frozen=True)
class Figures:
    """The kept indicators of a run: parallel columns.

    Attributes
    ----------
    names
        The indicators that occur, once each.
    codes
        Place of each value's indicator in ``names``.
    years
        Calendar year of each value.
    values
        The values, in the unit of the catalogue.
    """

    names: tuple[str, ...]
    codes: NDArray[np.int16]
    years: NDArray[np.int16]
    values: NDArray[np.float64]


class Failure(NamedTuple):
    """Why a run failed: the kind of error, its message, and where it came from."""

    kind: str
    message: str
    traceback: str


class Finished(NamedTuple):
    """A run that came to an end, one way or the other."""

    run: int
    figures: Figures | None
    failure: Failure | None
    seconds: float


def run_task(task: Task) -> list[Finished]:
    """Run each job of a task; one that fails does not stop the others."""
    return [_run(task, job) for job in task.jobs]


def compile_model(scenario: Scenario) -> None:
    """Run the scenario once, as small and short as can be, so that all rules are compiled and kept."""
    simulate(scenario.replace({"horizon.end": scenario.start_year}), 1, _SMALL)


def _run(task: Task, job: Job) -> Finished:
    began = time.perf_counter()
    try:
        scenario = task.scenario.replace(json.loads(job.changes)) if job.changes != "{}" else task.scenario
        done = simulate(scenario, job.seed, task.scale, None, task.make)
        figures, failure = kept_figures(done, task.keep), None
    except Exception as error:
        figures = None
        failure = Failure(type(error).__name__, str(error), traceback.format_exc())
    return Finished(job.run, figures, failure, time.perf_counter() - began)


def kept_figures(done: Replicate, keep: Keep) -> Figures:
    """Return the indicators and years of a run that the study keeps."""
    names, years = keep
    items = [
        (year, name, value)
        for (year, name), value in done.indicators.items()
        if (names is None or name in names) and (years is None or year in years)
    ]
    found = tuple(dict.fromkeys(name for _, name, _ in items))
    place = {name: number for number, name in enumerate(found)}
    return Figures(
        found,
        np.array([place[name] for _, name, _ in items], dtype=np.int16),
        np.array([year for year, _, _ in items], dtype=np.int16),
        np.array([value for _, _, value in items], dtype=np.float64),
    )
