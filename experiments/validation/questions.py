"""Headline questions: what is compared with what, and the numbers that an answer consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ipsim.indicators.catalogue import indicator
from ipsim.scenario import Scenario, load
from ipsim.scenario.words import Words


@dataclass(frozen=True)
class Question:
    """A base and an alternative.

    Attributes
    ----------
    name
        Of the scenario that ships, or of the city with what changes.
    base, alternative
        Names that `ipsim.load` takes.
    changes
        What the alternative changes on top.
    words
        What a person reads.
    short
        The same for the head of a panel.
    """

    name: str
    base: str
    alternative: str
    words: Words
    short: str
    changes: Mapping[str, Any] | None = None

    def scenarios(self) -> tuple[Scenario, Scenario]:
        """Return base and alternative."""
        other = load(self.alternative)
        return load(self.base), other.replace(self.changes) if self.changes else other


QUESTIONS = (
    Question(
        "end-filing-2021-risk-fund-200",
        "jinhua",
        "end-filing-2021-risk-fund-200",
        Words(
            "Jinhua: no filing subsidies from 2021, a fund of 200 million",
            "金华：2021年起取消申请资助并设2亿元风险补偿资金",
        ),
        "Jinhua: filing subsidies end",
    ),
    Question(
        "double-filing-subsidies",
        "jinhua",
        "double-filing-subsidies",
        Words("Jinhua: filing subsidies doubled until mid-2021", "金华：2021年年中以前申请资助加倍"),
        "Jinhua: filing subsidies doubled",
    ),
    Question(
        "strict-2020",
        "jinhua",
        "strict-2020",
        Words(
            "Jinhua: strict protection from 2020, a fund of 200 million",
            "金华：2020年起严格保护并设2亿元资金",
        ),
        "Jinhua: strict protection",
    ),
    Question(
        "xiamen-strict-2021",
        "xiamen",
        "xiamen",
        Words("Xiamen: strict protection from 2021 (0.9)", "厦门：2021年起严格保护（强度0.9）"),
        "Xiamen: strict protection",
        {"policy.protection.strength": {2021: 0.9}},
    ),
)

Statistic = Literal["sum", "mean", "last"]


@dataclass(frozen=True)
class Number:
    """A yearly indicator summed up to one number a run.

    Attributes
    ----------
    name, indicator
        Of the number, and of what it is made from.
    statistic
        ``sum`` or ``mean`` over all years, or ``last`` for the value of the last year.
    """

    name: str
    indicator: str
    statistic: Statistic

    @property
    def unit(self) -> str:
        """Unit of the number."""
        return indicator(self.indicator).unit_words.en

    def title(self, lang: str) -> str:
        """Return its name with the years."""
        span = {
            "sum": Words("2016–2030", "2016—2030年合计"),
            "mean": Words("mean 2016–2030", "2016—2030年平均"),
            "last": Words("2030", "2030年"),
        }[self.statistic].of(lang)
        words = indicator(self.indicator).words.of(lang)
        return f"{words}（{span}）" if lang == "zh" else f"{words}, {span}"

    def of_run(self, indicators: Mapping[tuple[int, str], float]) -> float:
        """Return the number of one run; years without a figure are left out of a mean."""
        years = sorted(year for year, name in indicators if name == self.indicator)
        values = np.array([indicators[year, self.indicator] for year in years])
        if self.statistic == "last":
            return float(values[-1])
        known = values[np.isfinite(values)]
        return float(known.sum() if self.statistic == "sum" else known.mean())


NUMBERS = (
    Number("cost", "public_spending", "sum"),
    Number("high_value", "high_value_inventions", "last"),
    Number("quality", "mean_quality_filed", "mean"),
    Number("research", "rd_expenditure", "sum"),
    Number("lending", "patent_pledge_amount", "sum"),
    Number("infringed", "share_patentees_infringed", "mean"),
    Number("pattern", "pattern_2030", "last"),
)
