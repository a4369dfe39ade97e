"""The chance of meeting the 2030 pattern: the share of runs in which all six indices are high enough."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from ipsim.study.effects import CONFIDENCE

CHANCE_COLUMNS = ["scenario", "year", "runs", "met", "share", "low", "high", "first_year"]


class Chance(NamedTuple):
    """How often the pattern is met.

    Attributes
    ----------
    year
        The last year, for which the chance is.
    runs, met
        All runs, and those in which the six indices reach the mark in that year.
    low, high
        90 % interval of the share (Wilson), 0 to 1; a single run has a wide one.
    first_year
        Over the runs that ever meet the pattern, the median of the first year; None where none does.
    """

    year: int
    runs: int
    met: int
    low: float
    high: float
    first_year: int | None

    @property
    def share(self) -> float:
        """Share of the runs that meet the pattern in the last year."""
        return self.met / self.runs


def chance(indicators: pd.DataFrame) -> Chance | None:
    """Return the chance of a scenario, or None where the six indices were not measured.

    Parameters
    ----------
    indicators
        Tidy indicators with ``replicate, year, indicator, value``, as in `Result.indicators`.
    """
    from ipsim.indicators.pattern import MET, PATTERN

    six = [definition.key for definition in PATTERN]
    rows = indicators[indicators["indicator"].isin(six)]
    if set(six) - set(rows["indicator"]):
        return None
    lowest = rows.groupby(["replicate", "year"])["value"].agg(lambda values: values.min(skipna=False))
    reached = (lowest >= MET).unstack("year")
    years = reached.columns.to_numpy(dtype=np.int64)
    met = int(reached.iloc[:, -1].sum())
    low, high = wilson(met, len(reached))
    ever = reached[reached.any(axis=1)].to_numpy(dtype=bool)
    first = int(np.median(years[ever.argmax(axis=1)])) if len(ever) else None
    return Chance(int(years[-1]), len(reached), met, low, high, first)


def wilson(met: int, runs: int) -> tuple[float, float]:
    """Return Wilson's 90 % interval of a share."""
    from scipy.stats import binomtest  # here, because it takes half a second to import

    interval = binomtest(met, runs).proportion_ci(CONFIDENCE, method="wilson")
    return float(interval.low), float(interval.high)


def chance_table(chances: dict[str, Chance]) -> pd.DataFrame:
    """Return the chances of all scenarios, with the columns of ``pattern.csv``."""
    rows = [
        (name, one.year, one.runs, one.met, one.share, one.low, one.high, one.first_year)
        for name, one in chances.items()
    ]
    table = pd.DataFrame(rows, columns=pd.Index(CHANCE_COLUMNS))
    return table.astype({"first_year": "Int64"})
