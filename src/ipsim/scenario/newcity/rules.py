"""What is known of an ordinary city: rules of thumb with their spread, and which figures can be right.

``rules.csv`` has a ratio for each figure of a profile that a planner seldom has, with its range, and
where it was measured; ``figures.csv`` the published figures that can be given, and how such figures
grew, which brings those of other years to 2015; ``plausible.csv`` the ratios that cities have. Ranges
are wide on purpose: they hold what was measured and some more, and calibration narrows them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ipsim.scenario.words import Words


@dataclass(frozen=True)
class Rule:
    """A ratio that stands in for a figure.

    Attributes
    ----------
    key
        The figure: its path in a profile; ``university.X`` for the university of the template.
    basis
        The figure it is a multiple of: a published one, or the key of another rule.
    ratio, low, high
        The ratio and its range.
    meaning
        What the ratio says, read after the number.
    measured
        Where it was seen.
    """

    key: str
    basis: str
    ratio: float
    low: float
    high: float
    meaning: Words
    measured: Words

    def said(self, lang: str) -> str:
        """Return the rule as one line: ratio, range, meaning and where it was seen."""
        meaning, measured = self.meaning.of(lang), self.measured.of(lang)
        if lang == "zh":
            return f"经验比例：{self.ratio:g}（{self.low:g}—{self.high:g}），{meaning}；{measured}"
        return f"rule of thumb: {self.ratio:g} ({self.low:g} to {self.high:g}) {meaning}; {measured}"


@dataclass(frozen=True)
class Kind:
    """A published figure that can be given.

    Attributes
    ----------
    key, option
        Its name, and the option that gives it.
    unit
        Its unit, as in the catalogue of indicators.
    least, most
        What a Chinese city can have.
    growth, growth_low, growth_high
        Share a year by which such figures grew around 2015.
    growth_source
        Where that was seen.
    stock
        Whether it is counted at a date, the end of a year, and not over a year.
    required
        Whether a profile can't be made without it.
    name, hint
        What it is, and what is most often mistaken.
    """

    key: str
    option: str
    unit: str
    least: float
    most: float
    growth: float
    growth_low: float
    growth_high: float
    growth_source: Words
    stock: bool
    required: bool
    name: Words
    hint: Words


@dataclass(frozen=True)
class Plausible:
    """A ratio of two given figures that cities have."""

    key: str
    over: str
    least: float
    most: float
    meaning: Words


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("ipsim.scenario.newcity").joinpath(name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules of thumb; where a figure has two, the first whose basis is known counts."""
    return tuple(
        Rule(
            row["key"],
            row["basis"],
            float(row["ratio"]),
            float(row["low"]),
            float(row["high"]),
            Words(row["en"], row["zh"]),
            Words(row["measured_en"], row["measured_zh"]),
        )
        for row in _rows("rules.csv")
    )


@cache
def kinds() -> dict[str, Kind]:
    """Return the published figures that can be given, by key."""
    return {
        row["key"]: Kind(
            row["key"],
            row["option"],
            row["unit"],
            float(row["least"]),
            float(row["most"]),
            float(row["growth"]),
            float(row["growth_low"]),
            float(row["growth_high"]),
            Words(row["growth_source_en"], row["growth_source_zh"]),
            row["stock"] == "yes",
            row["required"] == "yes",
            Words(row["en"], row["zh"]),
            Words(row["hint_en"], row["hint_zh"]),
        )
        for row in _rows("figures.csv")
    }


@cache
def plausible() -> tuple[Plausible, ...]:
    """Return the ratios of given figures that cities have."""
    return tuple(
        Plausible(
            row["key"], row["over"], float(row["least"]), float(row["most"]), Words(row["en"], row["zh"])
        )
        for row in _rows("plausible.csv")
    )
