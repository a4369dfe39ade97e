"""Aims: published figures as a calibration sees them, each a number of the simulated cities.

An aim's *gap* is the logarithm of simulated over published, and its spread the relative error of the
published figure and of the model together. Effects measured by twins may come near nought by the luck of
runs; their gap is the relative difference itself, which is the same to first order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]

DISCREPANCY = 0.10
"""Relative standard deviation of a city's figure about what the best model of it would say in that year.

An assumption: shocks of single years (the filing surge of 2018, examiners hired in 2015) moved national
counts by 10 to 50 %, and a city's in some years by more.
"""

TWIN = "twin."
"""How the names of effects measured by twins begin."""

_LEAST = 0.02  # simulated values below this part of the published one count as this part


@dataclass(frozen=True)
class Aim:
    """One published figure to be met, or to be tested against.

    Attributes
    ----------
    key
        Names it: place, indicator and year.
    cities
        Keys of the cities whose figures it speaks of; of several the mean of logarithms is compared.
    indicator, year
        Which figure of a run.
    value
        As published, made comparable.
    low, high
        A published range: anything within is equally good. Equal to ``value`` where there is none.
    error, discrepancy
        Relative standard deviations: of the published figure, and of the model about it.
    known
        Year by which it was known.
    use
        ``fit`` or ``test``.
    source
        Where it comes from.
    """

    key: str
    cities: tuple[str, ...]
    indicator: str
    year: int
    value: float
    low: float
    high: float
    error: float
    discrepancy: float
    known: int
    use: str
    source: str

    @property
    def spread(self) -> float:
        """Standard deviation of the gap when all is well, without the emulator's."""
        return math.hypot(self.error, self.discrepancy)

    @property
    def bounds(self) -> tuple[float, float]:
        """The range as gaps: from minus something, or 0, to plus something, or 0."""
        low, high = sorted(float(self.gap(np.array(end))) for end in (self.low, self.high))
        return low, high

    def gap(self, simulated: Array) -> Array:
        """Return the gap of simulated figures, any shape; NaN stays."""
        ratio = simulated / self.value
        return ratio - 1.0 if self.indicator.startswith(TWIN) else np.log(np.maximum(ratio, _LEAST))

    def figure(self, gap: Array) -> Array:
        """Return the simulated figures that have these gaps, any shape."""
        return self.value * (1.0 + gap if self.indicator.startswith(TWIN) else np.exp(gap))

    def distance(self, gap: Array) -> Array:
        """Return how far a gap is outside the published range, with its sign; NaN stays."""
        return gap - np.clip(gap, *self.bounds)

    def aimed_at(self, simulated: float) -> Aim:
        """Return this aim with another figure in place of the published one, as synthetic data need it."""
        factor = simulated / self.value
        return replace(self, value=simulated, low=self.low * factor, high=self.high * factor)


def gaps(aims: Sequence[Aim], tables: Mapping[str, pd.DataFrame]) -> Array:
    """Return the gap of each aim in each draw.

    Parameters
    ----------
    aims
        What is looked at.
    tables
        By city a table with a row a draw and columns ``(year, indicator)``.

    Returns
    -------
    numpy.ndarray
        Shape (draws, aims); NaN where a run has no such figure.
    """
    columns: list[Array] = []
    for aim in aims:
        found = []
        for city in aim.cities:
            table = tables[city]
            name = (aim.year, aim.indicator)
            empty = np.full(len(table), np.nan)
            found.append(aim.gap(np.asarray(table[name], np.float64)) if name in table else empty)
        columns.append(np.mean(found, axis=0))
    return np.column_stack(columns)
