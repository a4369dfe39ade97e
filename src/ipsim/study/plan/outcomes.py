"""Outcomes: one number a run, which analyses look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from ipsim.indicators.catalogue import INDICATORS, SPENDING, indicator

Statistic = Literal["mean", "sum", "last"]
STATISTICS: tuple[str, ...] = get_args(Statistic)

DEFAULT = (
    "high_value_inventions",
    "mean_quality_filed",
    "rd_intensity",
    "patent_pledge_amount",
    SPENDING,
    "pattern_2030",
)
"""Indicators that analyses look at when a study names none; public spending is summed over the years."""


@dataclass(frozen=True)
class Outcome:
    """One number a run.

    Attributes
    ----------
    name
        Header of its column.
    indicator
        Which yearly figure.
    years
        Calendar years it is taken over.
    statistic
        ``mean`` or ``sum`` over these years, or the value in the ``last`` of them. Years without a figure
        are left out.
    """

    name: str
    indicator: str
    years: tuple[int, ...]
    statistic: Statistic = "mean"

    @property
    def unit(self) -> str:
        """Unit of the indicator."""
        return indicator(self.indicator).unit

    def title(self, lang: str) -> str:
        """Return the indicator's name with the years."""
        first, last = min(self.years), max(self.years)
        years = f"{last}" if self.statistic == "last" or first == last else f"{first}–{last}"
        words = indicator(self.indicator).words.of(lang)
        return f"{words}（{years}）" if lang == "zh" else f"{words}, {years}"

    def of(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the outcome of each run.

        Parameters
        ----------
        values
            The indicator by run and year, shape (runs, years), the years in their order.
        """
        if self.statistic == "last":
            return values[:, -1]
        known = np.isfinite(values)
        total = np.where(known, values, 0.0).sum(axis=1)
        count = known.sum(axis=1)
        result = total / np.maximum(count, 1) if self.statistic == "mean" else total
        return np.where(count > 0, result, np.nan)


def default_outcomes(first: int, last: int, kept: frozenset[str] | None = None) -> tuple[Outcome, ...]:
    """Return the outcomes of a study that names none, as far as their indicators are kept."""
    names = [name for name in DEFAULT if name in INDICATORS and (kept is None or name in kept)]
    return tuple(
        Outcome(name, name, tuple(range(first, last + 1)), "sum")
        if name == SPENDING
        else Outcome(name, name, (last,))
        for name in names
    )
