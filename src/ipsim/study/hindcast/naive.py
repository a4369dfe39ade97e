"""Two forecasts that anyone could have made at the end of 2016: the last value, and the last growth."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ipsim.published.places import same_place

if TYPE_CHECKING:
    from ipsim.published import Published

KNOWN = 2016
"""Last year that a forecast may have seen."""

_DATE = re.compile(r"(\d{4})-(\d\d)(?:-\d\d)?")
_APART = 0.9
"""Years between two figures from which a growth is taken, at least; monthly figures say nothing of it."""


class Naive(NamedTuple):
    """A naive forecast.

    Attributes
    ----------
    value
        The forecast in the unit of the indicator; NaN where there is none.
    made_from
        The figures it was made from, or why there is none.
    """

    value: float
    made_from: str


def last_value(target: Published, history: Sequence[Published]) -> Naive:
    """Return the last figure known at the end of 2016, carried forward."""
    known = comparable(target, history)
    if not known:
        return Naive(math.nan, f"no figure of {target.indicator} up to {KNOWN}")
    return Naive(known[-1].value, described(known[-1]))


def last_growth(target: Published, history: Sequence[Published]) -> Naive:
    """Return the last figure known at the end of 2016, grown on as it last grew.

    Growth is that between the last figure and the one before it that is a year older or more: with
    values v at times t, ``v2 * (v2 / v1) ** ((t - t2) / (t2 - t1))``.
    """
    known = comparable(target, history)
    if not known:
        return Naive(math.nan, f"no figure of {target.indicator} up to {KNOWN}")
    last = known[-1]
    older = [one for one in known if time_of(last) - time_of(one) >= _APART]
    if not older:
        return Naive(math.nan, f"one figure of {target.indicator} up to {KNOWN} only: no growth")
    before = older[-1]
    if before.value <= 0 or last.value <= 0:
        return Naive(math.nan, "growth from or to nought is not defined")
    rate = (last.value / before.value) ** (1 / (time_of(last) - time_of(before)))
    ahead = time_of(target) - time_of(last)
    words = f"{described(before)}; {described(last)}; {100 * (rate - 1):+.1f} % a year"
    return Naive(last.value * rate**ahead, words)


def comparable(target: Published, history: Sequence[Published]) -> list[Published]:
    """Return the figures of the same place and indicator that were known, oldest first.

    Sure ones alone where there are any.
    """
    same = [
        one
        for one in history
        if one.indicator == target.indicator and same_place(one.place, target.place) and one.year <= KNOWN
    ]
    return sorted([one for one in same if one.sure] or same, key=time_of)


def time_of(figure: Published) -> float:
    """Return when a figure holds, in years: the year itself for a whole year and for its end.

    A mean over several years holds in their middle (2013 for 2011-2015, 2014.5 for 2014-2015), a count
    at another date at that date (2014.75 less 1 for the end of September 2014).
    """
    date = _DATE.fullmatch(figure.period)
    if date:
        return int(date[1]) - 1 + int(date[2]) / 12
    if figure.months > 12:
        return figure.year - (figure.months / 12 - 1) / 2
    return float(figure.year)


def described(figure: Published) -> str:
    """Return a figure with its period, and what was done to it."""
    notes = [*figure.done, *([] if figure.sure else ["not sure"])]
    more = f" ({', '.join(notes)})" if notes else ""
    return f"{figure.value:.6g} in {figure.period}{more}"
