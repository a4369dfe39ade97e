"""The yearly figures of a result as arrays, and their medians and ranges."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

LOW, HIGH = 0.05, 0.95
"""The range shown everywhere: 5th to 95th percentile of the replicates."""

Floats = NDArray[np.float64]


class Estimate(NamedTuple):
    """Median and 90 % range over replicates; the three are equal for one run."""

    median: float
    low: float
    high: float


def ranges(cube: Floats) -> Floats:
    """Return low, median and high over replicates.

    Parameters
    ----------
    cube
        Shape (replicates, ...).

    Returns
    -------
    numpy.ndarray
        Shape (3, ...); not a number where fewer than half of the replicates have a figure: a rate that one
        run of ten has, such as the defaults of the first year, is not that of the city.
    """
    values = cube.reshape(len(cube), -1)
    if len(values) == 1:
        return np.broadcast_to(cube, (3, *cube.shape[1:]))
    found = np.full((3, values.shape[1]), np.nan)
    counts = (~np.isnan(values)).sum(axis=0)
    for count in np.unique(counts[2 * counts >= len(values)]):
        columns = counts == count
        there = values[:, columns]
        if count < len(values):
            there = np.sort(there, axis=0)[:count]  # what is not a number is sorted to the end
        found[:, columns] = np.quantile(there, (LOW, 0.5, HIGH), axis=0)
    return found.reshape(3, *cube.shape[1:])


class Measured:
    """Indicators of one result, by name, as replicates x years.

    Parameters
    ----------
    frame
        Tidy table with the columns replicate, year, indicator and value.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        codes, names = pd.factorize(frame["indicator"])
        runs, replicates = pd.factorize(frame["replicate"], sort=True)
        years, ordered = pd.factorize(frame["year"], sort=True)
        cube = np.full((len(names), len(replicates), len(ordered)), np.nan)
        cube[codes, runs, years] = frame["value"].to_numpy(dtype=np.float64)
        self.years: NDArray[np.int64] = np.asarray(ordered, dtype=np.int64)
        self.replicates = len(replicates)
        self.names: list[str] = [str(name) for name in names]
        self._cube: dict[str, Floats] = {str(name): cube[i] for i, name in enumerate(names)}
        self._ranges: dict[str, tuple[Floats, Floats, Floats]] = {}

    @property
    def several(self) -> bool:
        """Whether there is more than one replicate, hence a range."""
        return self.replicates > 1

    def has(self, name: str) -> bool:
        """Whether the indicator was measured in any year."""
        return name in self._cube and not bool(np.isnan(self._cube[name]).all())

    def values(self, name: str) -> Floats:
        """Return replicates x years, all nan for an unknown indicator."""
        found = self._cube.get(name)
        return found if found is not None else np.full((self.replicates, len(self.years)), np.nan)

    def ranges(self, name: str) -> tuple[Floats, Floats, Floats]:
        """Return low, median and high for each year; nan where fewer than half of the runs have a figure."""
        if name not in self._ranges:
            low, mid, high = ranges(self.values(name))
            self._ranges[name] = low, mid, high
        return self._ranges[name]

    def at(self, name: str, year: int) -> Estimate | None:
        """Return the estimate for a year, or None when there is none."""
        index = self.index(year)
        if index is None:
            return None
        low, mid, high = self.ranges(name)
        if np.isnan(mid[index]):
            return None
        return Estimate(float(mid[index]), float(low[index]), float(high[index]))

    def total(self, name: str) -> Estimate | None:
        """Return the estimate of the sum over all years."""
        return self.estimate(np.nansum(self.values(name), axis=1)) if self.has(name) else None

    def estimate(self, each: Floats) -> Estimate:
        """Return the estimate over one value for each replicate."""
        low, mid, high = np.nanquantile(each, (LOW, 0.5, HIGH))
        return Estimate(float(mid), float(low), float(high))

    def index(self, year: int) -> int | None:
        """Return the place of a year, or None when it was not simulated."""
        found = np.flatnonzero(self.years == year)
        return int(found[0]) if found.size else None
