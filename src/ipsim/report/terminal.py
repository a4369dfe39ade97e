"""A short table for the terminal: the main indicators in four years, with units."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from ipsim.indicators.catalogue import INDICATORS
from ipsim.report.measured import Measured
from ipsim.report.numbers import shown, unit_of
from ipsim.report.phrases import language, phrase

YEARS = (2016, 2019, 2025, 2030)
MAIN = (
    "patent_applications_total",
    "invention_applications",
    "patent_grants_total",
    "invention_grants",
    "high_value_inventions_per_10k",
    "mean_quality_filed",
    "quality_weighted_patents",
    "share_patentees_infringed",
    "case_months",
    "patent_pledge_amount",
    "pledge_default_rate",
    "rd_intensity",
    "public_spending",
    "pattern_2030",
)


def table(result: Any, lang: str) -> Table:
    """Return the table of a result, with 90 % ranges below the medians of several runs."""
    lang = language(lang)
    result = getattr(result, "base", result)
    measured = Measured(result.indicators)
    years = [year for year in YEARS if measured.index(year) is not None]
    runs = (
        phrase("page.many_runs", lang, n=measured.replicates)
        if measured.several
        else phrase("page.one_run", lang)
    )
    made = Table(
        title=f"{result.scenario.title.of(lang)} · {runs}", title_justify="left", box=None, pad_edge=False
    )
    made.add_column(phrase("page.indicator", lang))
    made.add_column(phrase("page.unit", lang), style="dim")
    for year in years:
        made.add_column(str(year), justify="right")
    for name in MAIN:
        if measured.has(name):
            known = INDICATORS[name]
            cells = [_cell(measured, name, year, lang) for year in years]
            made.add_row(known.words.of(lang), unit_of(known, lang), *cells)
    return made


def _cell(measured: Measured, name: str, year: int, lang: str) -> str:
    found = measured.at(name, year)
    if found is None:
        return "–"
    known = INDICATORS[name]
    middle = shown(found.median, known, lang)
    if not measured.several:
        return middle
    low, high = shown(found.low, known, lang), shown(found.high, known, lang)
    return f"{middle}\n[dim]{low}–{high}[/dim]"
