"""A natural experiment from end to end."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ipsim.scenario.errors import Fault, ScenarioError
from ipsim.study.natural.country import country
from ipsim.study.natural.estimating import estimates, placebo, true_effect
from ipsim.study.natural.panels import panel_of
from ipsim.study.natural.result import Finding
from ipsim.study.natural.running import Figures, run_twins
from ipsim.study.natural.treating import Twins, too_few, treat

if TYPE_CHECKING:
    from ipsim.study.natural.experiment import Experiment
    from ipsim.study.simulations import MakesSimulation, Progress

PLACEBOS = 100
"""How often labels are given anew, unless another number is asked for."""


@dataclass(frozen=True)
class World:
    """The cities of an experiment, simulated with and without treatment.

    Attributes
    ----------
    twins
        The cities.
    figures
        For each city everything measured without treatment, and as things went.
    seconds
        How long it took.
    """

    twins: list[Twins]
    figures: list[tuple[Figures, Figures]]
    seconds: float

    @property
    def runs(self) -> int:
        """How many cities were simulated, treated twins counted."""
        return len(self.twins) + sum(pair.treated is not None for pair in self.twins)


def run_experiment(
    experiment: Experiment,
    workers: int = 1,
    placebos: int = PLACEBOS,
    progress: Progress | None = None,
    make: MakesSimulation | None = None,
) -> Finding:
    """Run a natural experiment and lay what its estimators find beside what was published.

    Parameters
    ----------
    experiment
        What `ipsim.study.natural.reading.read_experiment` returns.
    workers
        Processes to use; they change nothing but the time.
    placebos
        How often labels are given by luck in the untreated world, to see what estimators find there.
    progress
        Told of the quarters done and of all.
    make
        Another simulation than the one of ipsim.

    Raises
    ------
    ScenarioError
        When the treatment takes a lever of some city out of its bounds.
    RunError
        When a run fails, or the panel leaves nothing to estimate.
    """
    return found_in(simulate_world(experiment, workers, progress, make), experiment, placebos)


def simulate_world(
    experiment: Experiment,
    workers: int = 1,
    progress: Progress | None = None,
    make: MakesSimulation | None = None,
) -> World:
    """Simulate the cities of an experiment; the parameters are those of `run_experiment`."""
    started = time.perf_counter()
    twins = twins_of(experiment)
    figures = run_twins(twins, workers, progress, make)
    return World(twins, figures, time.perf_counter() - started)


def key_of_world(experiment: Experiment) -> str:
    """Return what decides the cities and their treatment: experiments that share it share their runs."""
    treatment = experiment.treatment
    plain = treatment and (
        treatment.share,
        treatment.dates,
        [(change.key, change.how, change.value) for change in treatment.changes],
    )
    return repr((experiment.cities, plain, experiment.window[1]))


def found_in(world: World, experiment: Experiment, placebos: int = PLACEBOS) -> Finding:
    """Estimate an experiment in its world.

    Raises
    ------
    RunError
        When the panel leaves nothing to estimate.
    """
    from ipsim.study.errors import RunError
    from ipsim.study.natural.estimators import verdict

    started = time.perf_counter()
    panel = panel_of(world.twins, world.figures, experiment.outcome, experiment.window)
    first = experiment.estimators[0]
    treated = experiment.treatment is not None
    try:
        found = estimates(panel, experiment.estimators)
        truth = true_effect(panel, first.options) if treated else None
        empty = {one.kind: placebo(panel, experiment, one, placebos) for one in experiment.estimators}
    except ValueError as error:
        raise RunError(f"{experiment.name}: {error}") from error
    return Finding(
        experiment=experiment,
        estimates=found,
        truth=truth,
        placebos=empty if treated else {},
        verdict=verdict(found[first.kind], experiment.published.claim),
        verdict_of_truth=None if truth is None else verdict(truth, experiment.published.claim),
        panel=panel,
        runs=world.runs,
        seconds=world.seconds + time.perf_counter() - started,
    )


def twins_of(experiment: Experiment) -> list[Twins]:
    """Return the cities of an experiment, each with its treated twin.

    Raises
    ------
    ScenarioError
        At the line of the change that some city can't take.
    """
    asked = experiment.cities
    cities = country(asked.number, asked.seed, asked.simulated, experiment.window[1], asked.policies)
    try:
        return treat(cities, experiment.treatment, asked.seed)
    except ScenarioError as error:
        raise ScenarioError(_placed(experiment, fault) for fault in error.faults) from None


def _placed(experiment: Experiment, fault: Fault) -> Fault:
    changes = experiment.treatment.changes if experiment.treatment else ()
    lines = [one.line for one in changes if f"{fault.key}.".startswith(f"{one.key}.")]
    line = lines[0] if lines else 0
    return Fault(experiment.file, line, f"treatment.changes.{fault.key}", fault.message)


def with_cities(experiment: Experiment, number: int) -> Experiment:
    """Return an experiment with another number of cities.

    Raises
    ------
    ScenarioError
        When they are too few for an interval.
    """
    treatment = experiment.treatment
    if treatment is not None and too_few(number, treatment.share):
        message = f"{number} cities with a share of {treatment.share:g} leave fewer than 2 on one side"
        raise ScenarioError([Fault(experiment.file, 0, "cities.number", message)])
    return replace(experiment, cities=replace(experiment.cities, number=number))
