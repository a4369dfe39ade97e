"""The headline numbers as people read them: names, units, and the grid on top of the page."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ipsim.indicators.catalogue import Indicator, indicator
from ipsim.report.contrast.differences import Difference
from ipsim.report.numbers import figure, percent, rounded, shown, unit_of, with_sign
from ipsim.report.phrases import phrase
from ipsim.scenario.words import LANGUAGES, Words
from ipsim.study.comparison.headline import HEADLINE, NUMBERS

if TYPE_CHECKING:
    from ipsim.study import Comparison
    from ipsim.study.comparison.paired import Paired

_GROWTH_DECIMALS = 2


@dataclass(frozen=True)
class Cell:
    """One headline number of one alternative.

    Attributes
    ----------
    difference, value, interval, agree
        The mean difference, the alternative's mean, the 90 % interval, the share of pairs with that sign.
    sure
        Whether the interval leaves out nothing happening.
    """

    difference: str
    value: str
    interval: str
    agree: str
    sure: bool


@dataclass(frozen=True)
class Row:
    """An alternative with its cells, one for each number that was measured."""

    title: str
    colour: str
    cells: list[Cell]


@dataclass(frozen=True)
class Grid:
    """The headline numbers of base and alternatives.

    Attributes
    ----------
    base
        Title of the base.
    heads
        Name, years and unit of each number.
    values
        The base's means.
    rows
        One for each alternative.
    """

    base: str
    colour: str
    heads: list[tuple[str, str, str]]
    values: list[str]
    rows: list[Row]


def known(name: str, comparison: Comparison) -> Indicator:
    """Return a headline number as an indicator: with its own name, unit and decimals."""
    return headline_indicator(name, comparison.base.scenario.start_year, comparison.base.scenario.end_year)


def headline_indicator(name: str, first: int, last: int) -> Indicator:
    """Return a headline number over some years as an indicator: with its own name, unit and decimals."""
    number = NUMBERS[name]
    one = indicator(number.indicator)
    words = Words(*(phrase(f"contrast.number_{name}", lang, first=first, last=last) for lang in LANGUAGES))
    if number.statistic == "sum" and one.unit == "RMB million":
        return replace(one, words=words, decimals=0)
    if number.statistic != "growth":
        return replace(one, words=words)
    unit = Words(*(phrase("contrast.unit_growth", lang) for lang in LANGUAGES))
    return replace(one, words=words, unit_words=unit, decimals=_GROWTH_DECIMALS)


def over(name: str, comparison: Comparison, lang: str) -> str:
    """Return over which years a headline number is."""
    scenario = comparison.base.scenario
    years = {"first": scenario.start_year, "last": scenario.end_year}
    return phrase(f"contrast.over_{NUMBERS[name].statistic}", lang, **years)


def over_unit(name: str, comparison: Comparison, lang: str) -> str:
    """Return over which years a headline number is, and its unit."""
    unit = unit_of(known(name, comparison), lang)
    return phrase("contrast.over_unit", lang, over=over(name, comparison, lang), unit=unit)


def difference(name: str, alternative: str, one: Paired, comparison: Comparison) -> Difference:
    """Return a paired difference of a headline number, ready to be shown."""
    return Difference(
        alternative, known(name, comparison), one.base, one.value, one.mean, one.low, one.high, None
    )


def told(name: str, one: Paired, comparison: Comparison, lang: str) -> str:
    """Return a headline difference as a part of a sentence, rounded."""
    kind = known(name, comparison)
    parts = {"difference": one.mean, "low": one.low, "high": one.high}
    values = {key: with_sign(rounded(value, kind, lang)) for key, value in parts.items()}
    return phrase(f"contrast.told_{name}", lang, **values)


def grid(comparison: Comparison, titles: Mapping[str, str], colours: Mapping[str, str], lang: str) -> Grid:
    """Return the headline numbers against the base of ``comparison``."""
    names = [name for name in HEADLINE if any(name in one for one in comparison.differences.values())]
    of_base = comparison.numbers[comparison.base_name].mean()
    kinds = {name: known(name, comparison) for name in names}
    rows = [
        Row(
            titles[alternative],
            colours[alternative],
            [
                _cell(difference(name, alternative, found[name], comparison), found[name], lang)
                for name in names
            ],
        )
        for alternative, found in comparison.differences.items()
    ]
    return Grid(
        titles[comparison.base_name],
        colours[comparison.base_name],
        [
            (one.words.of(lang), over(name, comparison, lang), unit_of(one, lang))
            for name, one in kinds.items()
        ],
        [shown(float(of_base[name]), one, lang) for name, one in kinds.items()],
        rows,
    )


def _cell(one: Difference, found: Paired, lang: str) -> Cell:
    several = found.pairs > 1 and not found.nothing
    share = percent(figure(100 * found.same_sign), lang)
    return Cell(
        one.signed(one.mean, lang),
        phrase("contrast.comes_to", lang, value=shown(one.value, one.indicator, lang)),
        one.interval(lang) if several else "",
        phrase("contrast.agree", lang, share=share) if several else "",
        one.sure,
    )


def pairing_text(comparison: Comparison, lang: str) -> str:
    """Return how many times as many runs it would take without pairing; empty where that can't be told."""
    found: dict[str, list[float]] = {}
    for numbers in comparison.differences.values():
        for name, one in numbers.items():
            if name in HEADLINE and one.pairs > 1 and not math.isnan(one.pairing_gain):
                found.setdefault(name, []).append(one.pairing_gain)
    if not found:
        return ""
    gains = [
        phrase("contrast.gain", lang, n=_times(ours), number=phrase(f"contrast.name_{name}", lang))
        for name, ours in found.items()
    ]
    return phrase("contrast.pairing", lang, gains=phrase("contrast.list_comma", lang).join(gains))


def _times(gains: list[float]) -> str:
    """Return one gain, or the least and the largest of several alternatives."""
    low, high = (figure(gain, 0 if gain >= 10 else 1) for gain in (min(gains), max(gains)))
    return low if low == high else f"{low}–{high}"
