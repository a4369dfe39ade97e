"""Tables of a comparison for the terminal: the headline numbers, and the main indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from ipsim.report.alternatives import title_of
from ipsim.report.contrast.differences import last_year, main_differences
from ipsim.report.contrast.numbers import difference, over_unit
from ipsim.report.numbers import figure, percent
from ipsim.report.phrases import language, phrase
from ipsim.study.comparison.headline import HEADLINE

if TYPE_CHECKING:
    from ipsim.study import Comparison

HEADLINE_COLUMNS = ("indicator", "unit", "base", "value", "difference", "interval", "same_sign")
COLUMNS = ("indicator", "unit", "base", "value", "difference", "interval", "needed")


def table(comparison: Comparison, lang: str) -> Table:
    """Return the table; each alternative begins with a line of its own when there are several."""
    lang = language(lang)
    year = last_year(comparison)
    base = comparison.base.scenario.title.of(lang)
    title = phrase("contrast.table_title", lang, base=base, year=year, pairs=pairs(comparison, lang))
    made = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for place, column in enumerate(COLUMNS):
        made.add_column(phrase(f"contrast.{column}", lang), justify="left" if place < 2 else "right")
    before = None
    for one in main_differences(comparison, year):
        if one.alternative != before:
            before = one.alternative
            made.add_row(f"[bold]{title_of(comparison, before, lang)}[/bold]")
        made.add_row(*one.cells(lang))
    return made


def headline(comparison: Comparison, lang: str) -> Table:
    """Return the headline numbers; each alternative begins with a line of its own."""
    lang = language(lang)
    title = phrase("contrast.headline", lang)
    made = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for place, column in enumerate(HEADLINE_COLUMNS):
        made.add_column(phrase(f"contrast.{column}", lang), justify="left" if place < 2 else "right")
    for name, numbers in comparison.differences.items():
        made.add_row(f"[bold]{title_of(comparison, name, lang)}[/bold]")
        for number in HEADLINE:
            if number in numbers:
                found = numbers[number]
                one = difference(number, name, found, comparison)
                agree = percent(figure(100 * found.same_sign), lang) if found.pairs > 1 else "–"
                words, _, base, value, change, interval, _ = one.cells(lang)
                made.add_row(words, over_unit(number, comparison, lang), base, value, change, interval, agree)
    return made


def pairs(comparison: Comparison, lang: str) -> str:
    """Return how many pairs of runs there are, in words."""
    count = comparison.base.replicates
    return phrase("contrast.pairs_one", lang) if count == 1 else phrase("contrast.pairs_many", lang, n=count)
