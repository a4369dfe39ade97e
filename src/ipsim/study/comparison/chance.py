"""The chance of meeting the 2030 pattern: the share of runs in which all six indices are high enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ipsim.study.intervals import CONFIDENCE, wilson

CHANCE_COLUMNS = [
    "scenario",
    "year",
    "runs",
    "met",
    "share",
    "low",
    "high",
    "first_year",
    "gained",
    "lost",
    "p_value",
]


class Chance(NamedTuple):
    """How often the pattern is met.

    Attributes
    ----------
    year
        The last year, for which the chance is.
    each
        Run by run, whether the six indices reach the mark in that year.
    low, high
        90 % interval of the share (Wilson), 0 to 1; a single run has a wide one.
    first_year
        Over the runs that ever meet the pattern, the median of the first year; None where none does.
    """

    year: int
    each: tuple[bool, ...]
    low: float
    high: float
    first_year: int | None

    @property
    def runs(self) -> int:
        """Number of runs."""
        return len(self.each)

    @property
    def met(self) -> int:
        """Number of runs that meet the pattern in the last year."""
        return sum(self.each)

    @property
    def share(self) -> float:
        """Share of the runs that meet the pattern in the last year."""
        return self.met / self.runs


class Shift(NamedTuple):
    """What an alternative does to the chance, pair by pair.

    Attributes
    ----------
    gained, lost
        Pairs that meet the pattern with the alternative alone, and with the base alone.
    p_value
        McNemar's exact test: how likely so uneven a split, or a more uneven one, would be if the
        alternative changed nothing. 1 where no pair changes.
    """

    gained: int
    lost: int
    p_value: float

    @property
    def sure(self) -> bool:
        """Whether the split is too uneven for luck, at the confidence of all intervals."""
        return self.p_value < 1 - CONFIDENCE


def shift(base: Chance, alternative: Chance) -> Shift:
    """Return what an alternative changes, over pairs in the same order."""
    from scipy.stats import binomtest

    pairs = list(zip(base.each, alternative.each, strict=True))
    gained = sum(after and not before for before, after in pairs)
    lost = sum(before and not after for before, after in pairs)
    return Shift(gained, lost, float(binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0)


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
    return chance_of(reached.to_numpy(dtype=bool), [int(year) for year in reached.columns])


def chance_of(reached: NDArray[np.bool_], years: Sequence[int]) -> Chance:
    """Return the chance from whether the six indices reach the mark: shape (runs, years)."""
    each = tuple(bool(met) for met in reached[:, -1])
    low, high = wilson(sum(each), len(each))
    ever = reached[reached.any(axis=1)]
    first = int(np.median(np.array(years)[ever.argmax(axis=1)])) if len(ever) else None
    return Chance(int(years[-1]), each, low, high, first)


def chance_table(chances: dict[str, Chance]) -> pd.DataFrame:
    """Return the chances of all scenarios, the base first, with the columns of ``pattern.csv``."""
    rows = [
        (
            name,
            one.year,
            one.runs,
            one.met,
            one.share,
            one.low,
            one.high,
            one.first_year,
            *_against(chances, name),
        )
        for name, one in chances.items()
    ]
    table = pd.DataFrame(rows, columns=pd.Index(CHANCE_COLUMNS))
    return table.astype({"first_year": "Int64", "gained": "Int64", "lost": "Int64"})


def _against(chances: dict[str, Chance], name: str) -> tuple[int | None, int | None, float | None]:
    base = next(iter(chances))
    return (None, None, None) if name == base else shift(chances[base], chances[name])
