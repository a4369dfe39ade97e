"""A figure on its way from the evidence to a `Published`."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import hypot

from ipsim.evidence import Observation
from ipsim.evidence.spans import Span
from ipsim.published.figures import Published
from ipsim.published.traps import TRAPS, spread
from ipsim.scenario.words import Words


@dataclass
class Working:
    """What is known of a figure while its traps are dealt with one after another.

    Attributes
    ----------
    row, span
        The figure as published, and the months it covers.
    indicator, year
        What it will be laid beside.
    value, low, high
        In the unit of the catalogue.
    sure
        See `Published`.
    errors, done
        What was added so far.
    """

    row: Observation
    span: Span
    indicator: str
    year: int
    value: float
    low: float | None
    high: float | None
    sure: bool = True
    errors: list[float] = field(default_factory=list[float])
    done: list[Words] = field(default_factory=list[Words])

    def scale(self, factor: float) -> None:
        """Multiply the figure and its bounds."""
        self.value *= factor
        self.low = None if self.low is None else self.low * factor
        self.high = None if self.high is None else self.high * factor

    def trap(self, key: str, times: float = 1.0, **words: object) -> None:
        """Note that a trap was met: ``times`` its error, and what was done about it."""
        found = TRAPS[key]
        self.errors.append(times * found.error)
        if found.done.en:
            self.done.append(Words(found.done.en.format(**words), found.done.zh.format(**words)))

    def says(self, *marks: str) -> bool:
        """Tell whether the definition of the figure holds one of ``marks``."""
        text = self.row.definition.casefold()
        return any(mark in text for mark in marks)

    def notes(self, *marks: str) -> bool:
        """Tell whether definition or note holds one of ``marks``."""
        text = f"{self.row.definition} {self.row.note}".casefold()
        return any(mark in text for mark in marks)

    def close(self) -> Published:
        """Settle ranges and bounds, and return the figure."""
        if self.low is not None and self.high is not None:
            self.value = (self.low + self.high) / 2.0
            self.errors.append(spread(self.value, self.low, self.high))
            self.sure = False
        elif self.low is not None or self.high is not None:
            self.trap("bound")
            self.sure = False
        row = self.row
        return Published(
            place=row.place,
            indicator=self.indicator,
            year=self.year,
            value=self.value,
            low=self.low,
            high=self.high,
            error=hypot(*self.errors),
            months=12 if self.span.moment else self.span.months,
            raw=self.row.value if self.row.value is not None else float("nan"),
            unit=row.unit,
            sure=self.sure,
            done=tuple(one.en for one in self.done),
            period=row.period,
            source=row.source,
            confidence=row.confidence,
            line=row.line,
            done_zh=tuple(one.zh for one in self.done),
        )
