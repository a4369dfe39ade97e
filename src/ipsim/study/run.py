"""Run one scenario, once or in replicates."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipsim.study.drawing import members_of
from ipsim.study.executor import run_all
from ipsim.study.results import Result, gather
from ipsim.study.simulations import PlannedRun

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.scenario.calibrated import Ensemble
    from ipsim.study.simulations import MakesSimulation, Progress


def run(
    scenario: Scenario | str | Path | Mapping[str, Any],
    seed: int = 1,
    replicates: int = 1,
    scale: float | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    make: MakesSimulation | None = None,
    *,
    central: bool = False,
    ensemble: Ensemble | str | Path | None = None,
) -> Result:
    """Simulate a scenario.

    Parameters
    ----------
    scenario
        A scenario, or the name of one that ships, a path or a mapping to load one from.
    seed
        Seed of the first replicate; replicate ``r``, counted from 0, has ``seed + r``.
    replicates
        How often to repeat it with other luck.
    scale
        Share of the city's enterprises to simulate, above 0 and up to 1; the city's own if None.
    workers
        Processes to use. A script that asks for several has to guard its own start with
        ``if __name__ == "__main__":``.
    progress
        Told of the quarters done and the quarters in all.
    make
        Another simulation than the one of ipsim, as a class or a function of a module.
    central
        Use the single best set of parameters for every replicate. Else each has its own, drawn from the
        calibrated ensemble by its seed, so that bands hold doubt about parameters and luck.
    ensemble
        An ensemble to lay on the one that ships, or the folder that `ipsim calibrate` wrote it to.

    Returns
    -------
    Result
        The indicators of each replicate and year.

    Raises
    ------
    ScenarioError
        When the scenario is faulty.
    RunError
        When the run fails.
    ValueError
        When a number is out of bounds.
    """
    what = as_scenario(scenario, ensemble)
    check_numbers(seed, replicates, scale, workers)
    start = time.perf_counter()
    seeds = range(seed, seed + replicates)
    members = members_of(what, seeds, central)
    done = run_all(planned_runs(what, seeds, members), scale, workers, progress, make)
    used = float(what.city.default_scale if scale is None else scale)
    return gather(what, used, done, time.perf_counter() - start, members)


def planned_runs(scenario: Scenario, seeds: Sequence[int], members: Sequence[int]) -> list[PlannedRun]:
    """Return a run for each seed, with the member of the ensemble that goes with it if there are any."""
    drawn = members or [None] * len(seeds)
    return [PlannedRun(scenario, seed, member=one) for seed, one in zip(seeds, drawn, strict=True)]


def as_scenario(
    source: Scenario | str | Path | Mapping[str, Any], ensemble: Ensemble | str | Path | None = None
) -> Scenario:
    """Return a scenario as it is, or load it; with another ensemble laid on its own if one is given."""
    if isinstance(source, str | Path | Mapping):
        from ipsim.scenario import load

        source = load(source)
    if ensemble is None:
        return source
    from ipsim.scenario.calibrated import Ensemble, read_ensemble

    return source.calibrated(ensemble if isinstance(ensemble, Ensemble) else read_ensemble(ensemble))


def check_numbers(seed: int, replicates: int, scale: float | None, workers: int) -> None:
    """Raise ValueError when a number of a run is out of bounds."""
    if not 0 <= seed < 2**63 - replicates:
        raise ValueError(f"seed must be a whole number from 0, not {seed}")
    if replicates < 1:
        raise ValueError(f"replicates must be at least 1, not {replicates}")
    if scale is not None and not 0 < scale <= 1:
        raise ValueError(f"scale must be above 0 and at most 1, not {scale}")
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
