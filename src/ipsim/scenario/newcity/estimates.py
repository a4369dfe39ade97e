"""From the figures that were given to those that a profile asks for, each with its range.

Figures of another year than 2015 are brought to 2015 by the growth of such figures; what is not given
is a multiple of what is (see `rules`). Errors of growth and of rules are taken as independent: the
distances of ends from the middle, as logarithms, add up in squares.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ipsim.scenario.newcity.rules import Kind, rules

BASE_YEAR = 2015
"""Profiles describe the end of this year, and filings in it."""


@dataclass(frozen=True)
class Given:
    """A published figure as it was given.

    Attributes
    ----------
    kind
        What it is.
    value
        In the unit of its kind.
    year, month
        When it is of; the month counts for stocks alone, 12 is the end of the year.
    written
        As the person wrote it.
    """

    kind: Kind
    value: float
    year: int = BASE_YEAR
    month: int = 12
    written: str = ""

    @property
    def years(self) -> float:
        """Years from the figure to that of the profile; below 0 where the figure is later."""
        part = (12 - self.month) / 12 if self.kind.stock else 0.0
        return BASE_YEAR - self.year + part


@dataclass(frozen=True)
class Estimate:
    """A figure of a profile: cited when low and high are its value, else an assumption with its range."""

    value: float
    low: float
    high: float
    note: str

    @property
    def cited(self) -> bool:
        """Whether it is a published figure as it stands."""
        return self.low == self.value == self.high

    def times(self, ratio: float, low: float, high: float, note: str) -> Estimate:
        """Return a multiple of it, with the errors of both."""
        down = math.hypot(math.log(self.value / self.low), math.log(ratio / low))
        up = math.hypot(math.log(self.high / self.value), math.log(high / ratio))
        value = self.value * ratio
        return Estimate(value, value * math.exp(-down), value * math.exp(up), note)


def brought(given: Given, source: str, lang: str) -> Estimate:
    """Return a given figure as of 2015.

    Parameters
    ----------
    given
        The figure.
    source
        Where it was published.
    lang
        Language of the note.
    """
    known = Estimate(given.value, given.value, given.value, source)
    if not given.years:
        return known
    kind, years = given.kind, given.years
    low, high = sorted((1 + growth) ** years for growth in (kind.growth_low, kind.growth_high))
    when = str(given.year) if given.month == 12 else f"{given.year}-{given.month:02d}"
    percents = [f"{100 * growth:g}" for growth in (kind.growth, kind.growth_low, kind.growth_high)]
    if lang == "zh":
        note = (
            f"{when}年为{given.value:,g}（{source}），按年均增长{percents[0]}%（{percents[1]}%—{percents[2]}%）"
            f"折算至{BASE_YEAR}年；{kind.growth_source.zh}"
        )
    else:
        note = (
            f"{given.value:,g} of {when} ({source}), brought to {BASE_YEAR} at a growth of {percents[0]} % a "
            f"year ({percents[1]} to {percents[2]}); {kind.growth_source.en}"
        )
    return known.times((1 + kind.growth) ** years, low, high, note)


def estimates(figures: Mapping[str, Given], source: str, lang: str = "en") -> dict[str, Estimate]:
    """Return every figure that can be worked out, by its key in `rules`.

    Parameters
    ----------
    figures
        What was given, by the key of its kind.
    source
        Where it was published.
    lang
        Language of the notes, ``en`` or ``zh``.

    Returns
    -------
    dict
        Given figures as of 2015, and those of the profile that rules give.
    """
    known = {key: brought(given, source, lang) for key, given in figures.items()}
    if "filings" not in known and "grants" in known:
        _apply_rules(known, lang, only="filings")
    known["patents.invention_applications"] = known["invention_filings"]
    if "inventions_in_force" in known:
        known["patents.inventions_in_force"] = known["inventions_in_force"]
    if "filings" in known:
        known["small_rights"] = _small_rights(known["filings"], known["invention_filings"])
    _apply_rules(known, lang)
    if "rd" in known:
        known["rd_over_revenue"] = _rd_over_revenue(known)
        _apply_rules(known, lang, only="rd_intensity")
    return known


def _apply_rules(known: dict[str, Estimate], lang: str, only: str | None = None) -> None:
    """Add what rules give for figures that are not known yet."""
    for rule in rules():
        wanted = only is None or rule.key == only
        if wanted and rule.key not in known and rule.basis in known:
            basis = known[rule.basis]
            known[rule.key] = basis.times(rule.ratio, rule.low, rule.high, rule.said(lang))


def _small_rights(filings: Estimate, inventions: Estimate) -> Estimate:
    """Return utility models and designs filed in a year: all filings less inventions."""
    value = max(filings.value - inventions.value, 1.0)
    least = 0.3 * value  # a range may not reach nought
    low, high = max(filings.low - inventions.high, least), max(filings.high - inventions.low, value)
    return Estimate(value, low, high, filings.note)


def _rd_over_revenue(known: Mapping[str, Estimate]) -> Estimate:
    """Return R&D of the city over the revenue of its firms: percent of GDP, over revenue of GDP."""
    rd, revenue, gdp = known["rd"], known["revenue_billion_rmb"], known["gdp"]
    ratio = gdp.value / revenue.value
    return Estimate(rd.value / 100, rd.low / 100, rd.high / 100, rd.note).times(
        ratio, gdp.value / revenue.high, gdp.value / revenue.low, ""
    )
