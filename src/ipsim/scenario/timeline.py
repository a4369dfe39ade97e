"""A value over time: constant, in steps, or along a ramp.

Time is counted in months from January of year 0. A step counts from the quarter
whose middle month it has reached: 2019-04 and 2019-05 from the second quarter of
2019, 2019-06 from the third. A ramp is read at the start of each quarter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FIRST_YEAR = 2000
START_YEAR = 2016
LAST_YEAR = 2030
_ALWAYS = 0
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?")

Written = float | dict[int | str, float] | dict[str, dict[int | str, float]]


class Point(NamedTuple):
    """From ``month`` on the value is ``value``; ``linear`` when it moves to the next point."""

    month: int
    value: float
    linear: bool


def month_of(text: object) -> int | None:
    """Return the month number of ``2016`` or ``2021-07``, or None if it is no date."""
    if isinstance(text, bool) or not isinstance(text, (int, str)):
        return None
    match = _DATE.fullmatch(str(text))
    if match is None:
        return None
    year, month = int(match[1]), int(match[2] or 1)
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    return year * 12 + month - 1


def date_of(month: int) -> int | str:
    """Return the date as written in a file: ``2016``, or ``2021-07`` within a year."""
    year, rest = divmod(month, 12)
    return year if rest == 0 else f"{year}-{rest + 1:02d}"


@dataclass(frozen=True)
class Timeline:
    """A value over time, as points in order of time.

    Attributes
    ----------
    points
        At least one; before the first its value holds, after the last its value.
    """

    points: tuple[Point, ...]

    @classmethod
    def constant(cls, value: float) -> Timeline:
        """Return the timeline that is always ``value``."""
        return cls((Point(_ALWAYS, float(value), False),))

    @classmethod
    def steps(cls, values: dict[int, float]) -> Timeline:
        """Return steps, from a map of month number to value."""
        return cls(tuple(Point(m, float(v), False) for m, v in sorted(values.items())))

    @classmethod
    def ramp(cls, values: dict[int, float]) -> Timeline:
        """Return a line through the points of a map of month number to value."""
        ordered = sorted(values.items())
        last = ordered[-1][0]
        return cls(tuple(Point(m, float(v), m != last) for m, v in ordered))

    def over(self, base: Timeline) -> Timeline:
        """Return this timeline with ``base`` before its first step.

        A constant, a ramp, and steps that begin by the start of 2016 replace it whole.
        """
        first = self.points[0]
        if first.month <= START_YEAR * 12 or first.linear:
            return self
        earlier = [p for p in base.points if p.month < first.month]
        if not earlier:
            return self
        if earlier[-1].linear:
            earlier.append(Point(first.month, base._value_at(first.month), False))
        return Timeline((*earlier, *self.points))

    def scaled(self, factor: float, offset: float, low: float, high: float) -> Timeline:
        """Return ``offset + factor * value``, held within ``low`` and ``high``."""
        return Timeline(
            tuple(p._replace(value=min(high, max(low, offset + factor * p.value))) for p in self.points)
        )

    def at(self, year: int, quarter: int = 1) -> float:
        """Return the value in ``quarter`` (1-4) of ``year``."""
        start = year * 12 + (quarter - 1) * 3
        index = self._index(start + 1)
        if index >= 0 and self.points[index].linear:
            return self._value_at(max(start, self.points[index].month))
        return self.points[max(index, 0)].value

    def path(self, quarters: int, start_year: int = START_YEAR) -> NDArray[np.float64]:
        """Return the value in each of ``quarters`` quarters from ``start_year`` on."""
        values = [self.at(start_year + q // 4, q % 4 + 1) for q in range(quarters)]
        return np.array(values, dtype=np.float64)

    def written(self) -> Written:
        """Return the timeline as a file would hold it; it reads back to the same values."""
        if len(self.points) == 1:
            return self.points[0].value
        if all(p.linear for p in self.points[:-1]):
            return {"ramp": {date_of(p.month): p.value for p in self.points}}
        if any(p.linear for p in self.points):
            return self._by_quarter()
        return {_first_date(p.month): p.value for p in self.points}

    def _by_quarter(self) -> dict[int | str, float]:
        """Return steps that give the same value in every quarter, from the first year to the last.

        They begin with the first year, so that nothing below them shows through.
        """
        dates: dict[int | str, float] = {}
        previous = None
        for year in range(START_YEAR, LAST_YEAR + 1):
            for quarter in range(1, 5):
                value = self.at(year, quarter)
                if value != previous:
                    dates[date_of(year * 12 + 3 * quarter - 3)] = value
                previous = value
        return dates

    def _index(self, month: int) -> int:
        return bisect_right(self.points, month, key=lambda p: p.month) - 1

    def _value_at(self, month: int) -> float:
        """Return the value at a month, with ramps read at that month itself."""
        index = self._index(month)
        point = self.points[max(index, 0)]
        if index < 0 or not point.linear:
            return point.value
        following = self.points[index + 1]
        share = (month - point.month) / (following.month - point.month)
        return point.value + share * (following.value - point.value)


def _first_date(month: int) -> int | str:
    """Return a date, with all before the first quarter drawn together at its start."""
    return date_of(max(month, START_YEAR * 12))
