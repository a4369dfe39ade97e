"""The runs of a calibration: each draw in every city, kept on disk and found again on resuming.

A city is a study folder of its own (`ipsim.study.batch`), so runs are spread over processes, an
interruption loses a block of runs at most, and a draw that is there is not run again. The first city
also runs *twins*: the same draw and luck with one lever changed, from which effects are measured.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ipsim.study.batch.batch import Batch
from ipsim.study.calibration.moments import Surveyed
from ipsim.study.calibration.parameters import Parameters
from ipsim.study.calibration.twins import FIGURES, PREFIX, TWINS, YEARS
from ipsim.study.plan import Design, Outcome, Point, Study
from ipsim.study.plan.study import Keep

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.study.batch.progress import Told
    from ipsim.study.simulations import MakesSimulation

Array = NDArray[np.float64]
Tables = dict[str, pd.DataFrame]
"""By city a row a draw, with columns ``(year, indicator)``."""

TWIN_FIGURES = tuple((year, name) for year in YEARS for name in FIGURES)
"""Figures of a run that twins are compared by."""

FIRST_SEED = 1_000_001
"""Seed of the first draw's luck; far from those of ordinary runs."""


class CalibrationRuns:
    """Runs draws in all cities; use it as a context.

    Parameters
    ----------
    folder
        Where runs are kept, a folder a city.
    cities
        Scenario by key; the first one has the twins.
    parameters
        What is moved.
    scale
        Share of each city's enterprises to simulate.
    figures
        The ``(year, indicator)`` that are wanted of a run.
    twins
        Whether to run twins.
    workers, resume, progress
        As in `run_batch`.
    make
        Another simulation than the surveyed one.
    """

    def __init__(
        self,
        folder: Path,
        cities: Mapping[str, Scenario],
        parameters: Parameters,
        scale: float,
        figures: Sequence[tuple[int, str]],
        *,
        twins: bool = True,
        workers: int | None = None,
        resume: bool = False,
        progress: Callable[[str], Told | None] | None = None,
        make: MakesSimulation = Surveyed,
    ) -> None:
        self.parameters = parameters
        self.figures = list(figures)
        self._cities = dict(cities)
        self._worlds = {
            city: tuple(TWINS) if twins and not place else () for place, city in enumerate(cities)
        }
        self._batches = {
            city: Batch(
                folder / city,
                _study(city, scenario, scale, self.figures),
                workers=workers,
                resume=resume and (folder / city / "study.json").exists(),
                progress=progress(city) if progress else None,
                make=make,
            )
            for city, scenario in cities.items()
        }
        self._open = ExitStack()
        self._entered: set[str] = set()
        self.draws = 0

    def __enter__(self) -> Self:
        """Enter; the folder of a city is locked when its first run begins."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers and free the folders that were locked."""
        self._open.__exit__(kind, error, trace)

    def run(self, values: Array) -> Tables:
        """Run draws and return what they gave.

        Parameters
        ----------
        values
            Of all parameters, shape (draws, parameters).

        Returns
        -------
        dict of str to pandas.DataFrame
            By city a row a draw. Effects that twins measure have columns ``(0, name of the twin)``.
        """
        seeds = range(FIRST_SEED + self.draws, FIRST_SEED + self.draws + len(values))
        self.draws += len(values)
        return {city: self._run_city(city, values, seeds) for city in self._batches}

    def _run_city(self, city: str, values: Array, seeds: Sequence[int]) -> pd.DataFrame:
        """Return what draws gave in one city, twins included."""
        batch, twins = self._batches[city], self._worlds[city]
        if city not in self._entered:
            self._open.enter_context(batch)
            self._entered.add(city)
        worlds = ({}, *(_dated_in_text(TWINS[name].changes(self._cities[city])) for name in twins))
        points = [
            Point({**self.parameters.changes(city, row), **changes}, {}, seeds=(seed,))
            for changes in worlds
            for row, seed in zip(values, seeds, strict=True)
        ]
        table = batch.evaluate(points)
        every = table[[_name(*figure) for figure in self.figures]].to_numpy(np.float64)
        base, *others = np.split(every, len(worlds))
        found = pd.DataFrame(
            base, columns=pd.MultiIndex.from_tuples(self.figures, names=["year", "indicator"])
        )
        for name, other in zip(twins, others, strict=True):
            found[(0, f"{PREFIX}{name}")] = self._elasticities(name, base, other)
        return found

    def _elasticities(self, twin: str, base: Array, other: Array) -> list[float]:
        """Return an effect for each draw, from the figures of runs and of their twins: (draws, figures)."""
        return [
            TWINS[twin].elasticity(
                dict(zip(self.figures, one, strict=True)), dict(zip(self.figures, two, strict=True))
            )
            for one, two in zip(base, other, strict=True)
        ]


def _dated_in_text(changes: Mapping[str, object]) -> dict[str, object]:
    """Return changes whose dates are texts, as JSON wants them."""
    return {
        key: {str(date): step for date, step in value.items()} if isinstance(value, dict) else value
        for key, value in changes.items()
    }


def _name(year: int, indicator: str) -> str:
    return f"{indicator} {year}"


def _study(city: str, scenario: Scenario, scale: float, figures: Sequence[tuple[int, str]]) -> Study:
    """Return the study of one city; its points come wave by wave."""
    return Study(
        name=f"calibration-{city}",
        scenario=scenario,
        factors=(),
        design=Design("search"),
        replicates=1,
        seed=FIRST_SEED,
        distinct=True,
        scale=scale,
        keep=Keep(),
        outcomes=tuple(Outcome(_name(*figure), figure[1], (figure[0],), "last") for figure in figures),
        search=None,
        text=f"# Runs of a calibration; `ipsim calibrate` plans them.\nscenario: {city}\n",
        file="calibration",
    )
