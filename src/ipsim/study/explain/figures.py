"""The yearly figures of many runs with many seeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ipsim.study.explain.design import Measured, Run
from ipsim.study.plan.outcomes import Outcome

if TYPE_CHECKING:
    from ipsim.study.results import Result
    from ipsim.study.simulations import Replicate

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Figures:
    """Every indicator of every run, seed and year.

    Attributes
    ----------
    seeds, years, names
        Seeds, calendar years and indicators, in the order of the axes.
    values
        By run: shape (seeds, years, indicators); not a number where there is no figure.
    """

    seeds: tuple[int, ...]
    years: tuple[int, ...]
    names: tuple[str, ...]
    values: Mapping[Run, Floats]

    @property
    def each(self) -> Measured:
        """Every yearly figure: (seeds, years, indicators)."""
        return self.values.__getitem__

    def of(self, outcome: Outcome) -> Measured:
        """Return one outcome of each run, by seed.

        Raises
        ------
        KeyError
            When a year was not simulated or there is no such indicator.
        """
        places = [self.years.index(year) for year in outcome.years]
        column = self.names.index(outcome.indicator)
        return lambda run: outcome.of(self.values[run][:, places, column])

    def table(self, runs: Sequence[tuple[Run, int]]) -> pd.DataFrame:
        """Return the figures of runs, tidy: ``scenario, replicate, year, indicator, value``.

        ``scenario`` is the label of the run.
        """
        years, names = np.meshgrid(self.years, self.names, indexing="ij")
        count = years.size
        values = [self.values[run][self.seeds.index(seed)].ravel() for run, seed in runs]
        labels = pd.Categorical([run.label for run, _ in runs])
        return pd.DataFrame(
            {
                "scenario": labels.repeat(count),
                "replicate": np.repeat([self.seeds.index(seed) + 1 for _, seed in runs], count),
                "year": np.tile(years.ravel(), len(runs)),
                "indicator": pd.Categorical(np.tile(names.ravel(), len(runs))),
                "value": np.concatenate(values),
            }
        )


def gathered(
    seeds: Sequence[int],
    years: Sequence[int],
    replicates: Mapping[tuple[Run, int], Replicate],
    results: Mapping[Run, Result],
) -> Figures:
    """Put the figures of runs together.

    Parameters
    ----------
    seeds, years
        Which to hold.
    replicates
        What was run, by run and seed.
    results
        Runs that were there before, with the same seeds.
    """
    names = _names(replicates, results)
    index = pd.MultiIndex.from_product([years, names])
    shape = len(seeds), len(years), len(names)
    values = {run: _of_result(result, seeds, index).reshape(shape) for run, result in results.items()}
    for run in dict.fromkeys(run for run, _ in replicates):
        rows = np.full((len(seeds), len(index)), np.nan)
        for place, seed in enumerate(seeds):
            done = replicates.get((run, seed))
            if done is not None:
                rows[place] = [done.indicators.get(key, np.nan) for key in index]
        values[run] = rows.reshape(shape)
    return Figures(tuple(seeds), tuple(years), names, values)


def _names(replicates: Mapping[tuple[Run, int], Replicate], results: Mapping[Run, Result]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for done in replicates.values():
        found |= dict.fromkeys(name for _, name in done.indicators)
    for result in results.values():
        found |= dict.fromkeys(result.indicators["indicator"].unique())
    return tuple(found)


def _of_result(result: Result, seeds: Sequence[int], index: pd.MultiIndex) -> Floats:
    table = result.indicators.pivot_table(
        index="replicate", columns=["year", "indicator"], values="value", dropna=False
    )
    rows = [result.seeds.index(seed) + 1 for seed in seeds]
    return table.reindex(index=rows, columns=index).to_numpy(dtype=np.float64)
