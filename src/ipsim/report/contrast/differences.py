"""The differences that a comparison shows, as numbers and as people read them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ipsim.indicators.catalogue import INDICATORS, Indicator
from ipsim.report.numbers import figure, shown, unit_of, with_sign
from ipsim.report.phrases import phrase
from ipsim.report.terminal import MAIN

if TYPE_CHECKING:
    from ipsim.study import Comparison


@dataclass(frozen=True)
class Difference:
    """One indicator in one year: base, alternative and what lies between them.

    Attributes
    ----------
    alternative
        Name of the alternative.
    indicator
        What was measured; the values are in its unit.
    base, value
        Medians of base and alternative.
    mean, low, high
        Mean paired difference and its 90 % interval, NaN with one pair.
    needed
        Pairs that would give the mean to within 10 %; None where that can't be told.
    """

    alternative: str
    indicator: Indicator
    base: float
    value: float
    mean: float
    low: float
    high: float
    needed: int | None

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out nothing happening."""
        return self.low > 0 or self.high < 0

    @property
    def nothing(self) -> bool:
        """Whether no pair differs at all."""
        return self.mean == self.low == self.high == 0

    @property
    def relative(self) -> float:
        """Mean difference as a share of the base, NaN where the base is nothing."""
        return self.mean / abs(self.base) if self.base else math.nan

    def signed(self, value: float, lang: str) -> str:
        """Return a difference with its sign, as it is shown in ``lang``."""
        return with_sign(shown(value, self.indicator, lang))

    def interval(self, lang: str) -> str:
        """Return the interval in words."""
        if math.isnan(self.low) or self.nothing:
            return "–"
        low, high = self.signed(self.low, lang), self.signed(self.high, lang)
        return phrase("contrast.interval_text", lang, low=low, high=high)

    def told(self, lang: str) -> str:
        """Return name, difference, unit and interval as a part of a sentence."""
        return phrase(
            "contrast.change",
            lang,
            words=self.indicator.words.of(lang),
            difference=self.signed(self.mean, lang),
            unit=unit_of(self.indicator, lang),
            low=self.signed(self.low, lang),
            high=self.signed(self.high, lang),
        )

    def cells(self, lang: str) -> list[str]:
        """Return name, unit, base, alternative, difference, interval and pairs needed as texts."""
        known = self.indicator
        return [
            known.words.of(lang),
            unit_of(known, lang),
            shown(self.base, known, lang),
            shown(self.value, known, lang),
            self.signed(self.mean, lang),
            self.interval(lang),
            "–" if self.needed is None or self.nothing else figure(self.needed),
        ]


def last_year(comparison: Comparison) -> int:
    """Return the last year of which there are effects."""
    return int(comparison.effects["year"].max())


def main_differences(comparison: Comparison, year: int) -> list[Difference]:
    """Return the differences of the main indicators in a year, alternative by alternative."""
    effects = comparison.effects
    rows = effects[(effects["year"] == year) & effects["indicator"].isin(MAIN)]
    found = [_difference(row) for _, row in rows.iterrows()]
    order = {name: place for place, name in enumerate(MAIN)}
    names = list(comparison.alternatives)
    return sorted(found, key=lambda one: (names.index(one.alternative), order[one.indicator.name]))


def _difference(row: pd.Series) -> Difference:
    needed = row["pairs_needed"]
    return Difference(
        str(row["alternative"]),
        INDICATORS[str(row["indicator"])],
        float(row["base"]),
        float(row["alternative_value"]),
        float(row["difference"]),
        float(row["low"]),
        float(row["high"]),
        None if pd.isna(needed) else int(needed),
    )


def percent(one: Difference) -> tuple[float, float, float]:
    """Return low, mean and high in percent of the base."""
    scale = 100 / abs(one.base)
    return one.low * scale, one.mean * scale, one.high * scale
