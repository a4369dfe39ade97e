"""Running the cities of an experiment, with and without treatment, over worker processes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipsim.study.executor import run_all
from ipsim.study.natural.measures import measured
from ipsim.study.simulations import PlannedRun

if TYPE_CHECKING:
    from ipsim.study.natural.treating import Twins
    from ipsim.study.simulations import MakesSimulation, Progress

Figures = dict[tuple[int, str], float]
"""Value by year and name, of one city in one world."""


def run_twins(
    twins: Sequence[Twins],
    workers: int = 1,
    progress: Progress | None = None,
    make: MakesSimulation | None = None,
) -> list[tuple[Figures, Figures]]:
    """Simulate every city without treatment, and those that are treated once more with it.

    Parameters
    ----------
    twins
        The cities; both of a pair have the same seed.
    workers
        Processes to use; they change nothing but the time.
    progress
        Told of the quarters done and of all.
    make
        Another simulation than the one of ipsim; with several workers, a class or function of a module.

    Returns
    -------
    list of tuple
        For each city what was measured without treatment, and what was measured as things went: with
        treatment if it is treated, else the same.

    Raises
    ------
    RunError
        When accounts don't close or a worker process dies.
    """
    plain = [PlannedRun(pair.city.scenario, pair.city.seed) for pair in twins]
    again = [PlannedRun(pair.treated, pair.city.seed) for pair in twins if pair.treated is not None]
    done = [one.indicators for one in run_all(plain + again, None, workers, progress, make or measured)]
    treated = iter(done[len(plain) :])
    return [
        (without, without if pair.treated is None else next(treated))
        for pair, without in zip(twins, done[: len(plain)], strict=True)
    ]
