"""Factors: what a study varies, and over which values."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.quantity import is_number


@dataclass(frozen=True)
class Factor:
    """One key of the scenario with the values it may take: a range or levels.

    Attributes
    ----------
    key
        Any key of `Scenario.replace`: a lever, an assumption, a figure of the city.
    levels
        The values to choose from; None for a range.
    low, high
        Ends of the range, both included; NaN for levels that are not numbers.
    log
        Whether equal steps of the unit interval are equal ratios.
    integer
        Whether only whole numbers count.
    start
        Date from which the value holds (``2021`` or ``2021-07``); None for all years.
    """

    key: str
    levels: tuple[object, ...] | None = None
    low: float = math.nan
    high: float = math.nan
    log: bool = False
    integer: bool = False
    start: int | str | None = None

    @property
    def name(self) -> str:
        """Short name, the header of its column: the key without its section, with the date if any."""
        short = self.key.removeprefix("policy.").removeprefix("assumptions.")
        return short if self.start is None else f"{short}@{self.start}"

    @property
    def unit(self) -> str:
        """Unit of the values, empty where the key has none of its own (figures of a city, groups)."""
        if self.key in LEVERS:
            return LEVERS[self.key].unit
        known = ASSUMPTIONS.get(self.key.removeprefix("assumptions."))
        return known.unit if known is not None and self.key.startswith("assumptions.") else ""

    @property
    def is_number(self) -> bool:
        """Whether every value is a number."""
        return self.levels is None or all(is_number(level) for level in self.levels)

    def value(self, unit: float) -> object:
        """Return the value at a place in the unit interval, ends included.

        Levels and whole numbers take equal shares of the interval each.
        """
        if not 0 <= unit <= 1:
            raise ValueError(f"a place in the unit interval is needed, not {unit}")
        if self.levels is not None:
            return self.levels[min(int(unit * len(self.levels)), len(self.levels) - 1)]
        if self.integer:
            return min(int(self.low + unit * (self.high - self.low + 1)), int(self.high))
        if self.log:
            return min(max(self.low * (self.high / self.low) ** unit, self.low), self.high)
        return min(max(self.low + unit * (self.high - self.low), self.low), self.high)

    def grid(self, count: int) -> list[object]:
        """Return all levels, or ``count`` values from end to end of a range, each once."""
        if self.levels is not None:
            return list(self.levels)
        places = [step / max(count - 1, 1) for step in range(count)]
        return list(dict.fromkeys(self.value(place) for place in places))

    def changes(self, value: object) -> dict[str, object]:
        """Return what `Scenario.replace` takes to give the factor a value."""
        return {self.key: value if self.start is None else {str(self.start): value}}
