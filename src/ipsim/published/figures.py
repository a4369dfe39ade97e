"""A published figure made comparable with a simulated year."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose

from ipsim.published.kinds import kind


@dataclass(frozen=True)
class Published:
    """One published figure, as a measure of what the model calls by the same name.

    Attributes
    ----------
    place, indicator, year
        What was measured, where, and the simulated year to lay it beside. The indicator
        is one of the catalogue; it may differ from the published one (a figure per
        10,000 residents becomes a count).
    value
        The figure in the unit of the catalogue, for the whole year.
    low, high
        What it lies between, when it was published as a range or a bound; a bound
        leaves the other one None.
    error
        Relative standard deviation of the figure as a measure of the model's quantity:
        measurement, scope, scaling of months (see ``traps.csv``).
    months
        Months it was published for: 12 for a year and for a stock, more for a sum over
        years, less for a part of a year.
    raw, unit
        The figure and its unit as published.
    sure
        False for low confidence, an inexact or contradicted value, or a short part of a year.
    done
        What was done to it, as short phrases; empty when nothing was.
    period, source, confidence
        As published.
    line
        Line in the file that it was read from; None for the evidence that ships.
    done_zh
        The phrases of ``done`` in Chinese.
    """

    place: str
    indicator: str
    year: int
    value: float
    low: float | None = None
    high: float | None = None
    error: float = 0.0
    months: int = 12
    raw: float = float("nan")
    unit: str = ""
    sure: bool = True
    done: tuple[str, ...] = ()
    period: str = ""
    source: str = ""
    confidence: str = "medium"
    line: int | None = None
    done_zh: tuple[str, ...] = ()

    @property
    def scaled(self) -> bool:
        """Whether a part of a year was scaled to the whole."""
        return self.months < 12 and kind(self.indicator) == "flow"

    @property
    def adjusted(self) -> bool:
        """Whether the figure is another one than was published."""
        return not isclose(self.value, self.raw, rel_tol=1e-9)

    @property
    def first_year(self) -> int:
        """The first year of a sum over years; ``year`` for all others."""
        return self.year - max(0, (self.months - 1) // 12)

    def what_was_done(self, language: str) -> tuple[str, ...]:
        """Return ``done`` in a language, ``en`` or ``zh``."""
        return self.done_zh if language == "zh" else self.done
