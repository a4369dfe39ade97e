"""Many runs of one city, spread over processes, and means with intervals.

Runs use the central set of the calibrated ensemble, so that what differs is what the experiment changes;
only a job that is ``drawn`` has the parameters of a member.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ipsim.scenario import Scenario, load
from ipsim.scenario.calibrated import shipped_ensemble
from ipsim.simulation import Simulation

Indicators = dict[tuple[int, str], float]

DRAWN = ("published",)
"""Experiments whose runs each draw a member of the ensemble, as those of `ipsim run` do."""


@dataclass(frozen=True)
class Job:
    """One run: a city, changes to it, a seed, and mechanisms that see the base policy.

    A run that is ``drawn`` has the member of the ensemble that `ipsim run` gives its seed, so that a band
    over seeds holds doubt about parameters as well as luck; others have the central set.
    """

    city: str
    seed: int
    changes: tuple[tuple[str, object], ...] = ()
    base: tuple[tuple[str, object], ...] = ()
    scale: float | None = None
    cut: tuple[str, ...] = field(default=())
    drawn: bool = False


@lru_cache(maxsize=64)
def _scenario(city: str, changes: str) -> Scenario:
    scenario = load(city)
    return scenario.replace(json.loads(changes)) if changes != "{}" else scenario


def run_job(job: Job) -> Indicators:
    """Run one job and return its yearly figures."""
    base = _scenario(job.city, json.dumps(dict(job.base)))
    scenario = _scenario(job.city, json.dumps(dict(job.base + job.changes)))
    if job.drawn:
        base, scenario = base.drawn(job.seed), scenario.drawn(job.seed)
    simulation = Simulation(scenario, seed=job.seed, scale=job.scale, cut=job.cut, cut_policy=base)
    return simulation.run().indicators


def run_jobs(jobs: Iterable[Job], workers: int) -> Iterator[Indicators]:
    """Run jobs in their order of listing; say every fifty how far it is."""
    todo = list(jobs)
    if workers <= 1:
        yield from map(run_job, todo)
        return
    run_job(todo[0])  # compile once before the workers start
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        for done, result in enumerate(pool.map(run_job, todo, chunksize=4), 1):
            if done % 50 == 0 or done == len(todo):
                sys.stdout.write(f"  {done} of {len(todo)} runs\n")
                sys.stdout.flush()
            yield result


def mean_over(indicators: Indicators, name: str, years: Iterable[int]) -> float:
    """Return the mean of an indicator over years, leaving out years without a figure."""
    values = np.array([indicators[(year, name)] for year in years])
    return float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")


def interval(values: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return the mean and its 90 % interval (normal; 1.645 standard errors)."""
    kept = values[np.isfinite(values)]
    if len(kept) < 2:
        return float("nan"), float("nan"), float("nan")
    mean = float(kept.mean())
    half = 1.645 * float(kept.std(ddof=1)) / np.sqrt(len(kept))
    return mean, mean - half, mean + half


def parameters_of(experiment: str) -> str:
    """Return the sentence that says which parameters the runs of an experiment have."""
    short = shipped_ensemble().short
    if experiment in DRAWN:
        draws = f"Each run draws its own set of the calibrated ensemble {short}"
        return f"{draws}: bands hold luck and doubt about parameters."
    central = f"All runs have the central set of the calibrated ensemble {short}"
    return f"{central}: intervals hold luck alone, and doubt about parameters comes on top."


def markdown(rows: list[Mapping[str, object]]) -> str:
    """Return rows as a Markdown table."""
    if not rows:
        return ""
    head = list(rows[0])
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(row[name]) for name in head) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def short(value: float) -> str:
    """Return a number with four significant digits."""
    if not np.isfinite(value):
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
