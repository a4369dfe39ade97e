"""The numbers that a comparison is decided on: one value for each run, summed up over its years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from ipsim.indicators.catalogue import SPENDING, indicator
from ipsim.study.comparison.paired import Paired, paired

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADLINE_COLUMNS = [
    "alternative",
    "number",
    "unit",
    "base",
    "alternative_value",
    "difference",
    "low",
    "high",
    "pairs",
    "same_sign",
    "pairing_gain",
]

Statistic = Literal["sum", "last", "growth"]


@dataclass(frozen=True)
class HeadlineNumber:
    """A yearly indicator summed up to one number a run.

    Attributes
    ----------
    name
        Name in files and code.
    indicator
        The yearly indicator that it is made from.
    statistic
        ``sum`` over all years; ``last``, the value of the last year; ``growth``, the mean of yearly
        growth rates in percent (geometric: what compounds to the growth of the whole time).
    """

    name: str
    indicator: str
    statistic: Statistic

    @property
    def unit(self) -> str:
        """Unit of the number: that of the indicator."""
        return indicator(self.indicator).unit

    def of_run(self, values: Mapping[int, float]) -> float:
        """Return the number of one run from the indicator's values by year; not a number without any."""
        if not values:
            return float("nan")
        ordered = np.array([values[year] for year in sorted(values)], dtype=np.float64)
        if self.statistic == "sum":
            return float(ordered.sum())
        if self.statistic == "last":
            return float(ordered[-1])
        return float(100.0 * np.expm1(np.log1p(ordered / 100.0).mean()))


HEADLINE: dict[str, HeadlineNumber] = {
    one.name: one
    for one in (
        HeadlineNumber("patents", "quality_weighted_patents", "sum"),
        HeadlineNumber("growth", "revenue_growth", "growth"),
        HeadlineNumber("lending", "patent_pledge_amount", "sum"),
        HeadlineNumber("public_cost", SPENDING, "sum"),
    )
}
"""The four headline numbers, by name."""

SUPPORTING: dict[str, HeadlineNumber] = {
    one.name: one
    for one in (
        HeadlineNumber("patents_last_year", "quality_weighted_patents", "last"),
        HeadlineNumber("high_value", "high_value_inventions", "last"),
    )
}
"""Numbers that stand beside them: weighted patents of the last year, high-value inventions then in force."""

NUMBERS: dict[str, HeadlineNumber] = HEADLINE | SUPPORTING


def numbers_of_runs(indicators: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of each run.

    Parameters
    ----------
    indicators
        Tidy indicators with ``replicate, year, indicator, value``, as in `Result.indicators`.

    Returns
    -------
    pandas.DataFrame
        A row a replicate, a column for each of `NUMBERS`; not a number where the indicator is missing.
    """
    replicates = indicators["replicate"].drop_duplicates().sort_values()
    found = pd.DataFrame(index=pd.Index(replicates, name="replicate"))
    for name, number in NUMBERS.items():
        rows = indicators[indicators["indicator"] == number.indicator]
        runs = {
            replicate: number.of_run(dict(zip(run["year"], run["value"], strict=True)))
            for replicate, run in rows.groupby("replicate")
        }
        found[name] = pd.Series(runs, dtype="float64")
    return found


def paired_numbers(base: pd.DataFrame, alternative: pd.DataFrame) -> dict[str, Paired]:
    """Return the difference of each number between two tables of `numbers_of_runs`, absent ones left out."""
    both = [name for name in base if name in alternative]
    there = [name for name in both if (base[name].notna() & alternative[name].notna()).any()]
    return {str(name): paired(base[name].to_numpy(), alternative[name].to_numpy()) for name in there}


def headline_table(effects: Mapping[str, Mapping[str, Paired]]) -> pd.DataFrame:
    """Return the differences of all alternatives, with the columns of ``headline.csv``."""
    rows = [
        (alternative, name, NUMBERS[name].unit, *one)
        for alternative, numbers in effects.items()
        for name, one in numbers.items()
    ]
    return pd.DataFrame(rows, columns=pd.Index(HEADLINE_COLUMNS))
