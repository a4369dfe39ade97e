"""Goals and costs of a search as people read them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipsim.indicators.catalogue import INDICATORS, SPENDING, Indicator, indicator
from ipsim.report.numbers import decimals_of, factor, figure, unit_of, with_sign
from ipsim.report.phrases import phrase

if TYPE_CHECKING:
    from ipsim.study.search import Budget, Goal, SearchSettings
    from ipsim.study.search.rivals import Gain

_MOST_DECIMALS = 2


@dataclass(frozen=True)
class Measure:
    """One column of the result: a goal, or the cost that the budget limits.

    Attributes
    ----------
    words, unit
        What it is, and the unit in which it is shown.
    rate
        By what a value of the tables is multiplied to be shown.
    decimals
        Decimals worth showing.
    sign
        1 where more is better, else -1.
    place
        Its place among the outcomes.
    is_cost
        Whether it is the cost.
    """

    words: str
    unit: str
    rate: float
    decimals: int
    sign: float
    place: int
    is_cost: bool = False

    def labelled(self, lang: str) -> str:
        """Return the words with the unit, for a heading."""
        return phrase("search.axis", lang, words=self.words, unit=self.unit)

    def shown(self, value: float) -> str:
        """Return a value without its unit."""
        return figure(value * self.rate, self.decimals)

    def signed(self, value: float) -> str:
        """Return a difference with its sign."""
        return with_sign(self.shown(value))

    def with_unit(self, value: float, lang: str) -> str:
        """Return a value with its unit."""
        if self.is_cost:
            return phrase("search.money", lang, amount=self.shown(value))
        return phrase("search.amount", lang, amount=self.shown(value), unit=self.unit)

    def spread(self, value: float, low: float, high: float, lang: str) -> str:
        """Return a value with its range."""
        if math.isnan(low) or self.shown(low) == self.shown(high):
            return self.shown(value)
        return phrase(
            "search.interval", lang, mean=self.shown(value), low=self.shown(low), high=self.shown(high)
        )

    def gained(self, gain: Gain, lang: str) -> str:
        """Return a gain with its interval."""
        if math.isnan(gain.low):
            return self.signed(gain.mean)
        texts = {"mean": self.signed(gain.mean), "low": self.signed(gain.low), "high": self.signed(gain.high)}
        return phrase("search.interval", lang, **texts)


def measures(settings: SearchSettings, lang: str) -> list[Measure]:
    """Return the goals in order, then the cost."""
    goals = [_goal(goal, place, lang) for place, goal in enumerate(settings.goals)]
    return [*goals, cost_measure(settings.budget, len(goals), lang)]


def _cost_words(key: str, budget: Budget, lang: str) -> str:
    first, last = budget.years[0], budget.years[-1]
    return phrase(key, lang, years=f"{first}–{last}" if first < last else f"{last}")


def changed_words(measure: Measure, budget: Budget, lang: str) -> str:
    """Return the heading of what a policy changes against the scenario as it is."""
    if measure.is_cost:
        words = _cost_words("search.cost_extra", budget, lang)
        return phrase("search.axis", lang, words=words, unit=measure.unit)
    return phrase("search.gain", lang, words=measure.labelled(lang))


def cost_measure(budget: Budget, place: int, lang: str) -> Measure:
    """Return the cost that the budget limits."""
    words = _cost_words("search.cost_extra" if budget.extra else "search.cost", budget, lang)
    return _measure(words, INDICATORS[SPENDING], -1.0, place, lang, is_cost=True)


def _goal(goal: Goal, place: int, lang: str) -> Measure:
    return _measure(goal.outcome.title(lang), indicator(goal.outcome.indicator), goal.sign, place, lang)


def _measure(
    words: str, known: Indicator, sign: float, place: int, lang: str, *, is_cost: bool = False
) -> Measure:
    # A search compares policies that are near one another: a decimal more than elsewhere.
    decimals = 0 if is_cost else min(decimals_of(known, lang) + (known.decimals > 0), _MOST_DECIMALS)
    return Measure(words, unit_of(known, lang), factor(known.unit, lang), decimals, sign, place, is_cost)


def budget_words(budget: Budget, lang: str) -> str:
    """Return the sum that a policy may cost."""
    amount = cost_measure(budget, 0, lang).with_unit(budget.limit, lang)
    return phrase("search.budget_extra" if budget.extra else "search.budget", lang, amount=amount)


def counted_words(budget: Budget, lang: str) -> str:
    """Return what counts as cost."""
    key = "search.years_counted_extra" if budget.extra else "search.years_counted"
    return phrase(key, lang, first=budget.years[0], last=budget.years[-1])
