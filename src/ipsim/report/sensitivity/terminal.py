"""The leading factors of each outcome, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from ipsim.report.labels import words_of
from ipsim.report.phrases import language, phrase
from ipsim.report.sensitivity.measures import MEASURES, cell, heading, kind_of, sentence, title_of

if TYPE_CHECKING:
    from ipsim.study.sensitivity import Finding, Sensitivity

_LEADING = 5


def tables(sensitivity: Sensitivity, lang: str) -> list[Table]:
    """Return a table for each outcome; where indices are not defined, its title says why."""
    lang = language(lang)
    return [_table(finding, sensitivity, lang) for finding in sensitivity.findings]


def _table(finding: Finding, sensitivity: Sensitivity, lang: str) -> Table:
    if finding.indices is None:
        return Table(title=sentence(finding, sensitivity, lang), box=None, pad_edge=False)
    title = phrase("sensitivity.table_title", lang, outcome=title_of(finding, lang))
    made = Table(title=title, title_justify="left", box=None, pad_edge=False)
    measures = MEASURES[kind_of(finding, sensitivity)]
    made.add_column(phrase("sensitivity.factor", lang), no_wrap=True)
    made.add_column("")
    for measure in measures:
        made.add_column(heading(measure, finding.outcome, lang), justify="right")
    for place in finding.order[:_LEADING]:
        factor = sensitivity.factors[place]
        cells = [cell(finding, place, measure, lang) for measure in measures]
        made.add_row(factor.name, f"[dim]{words_of(factor, lang)}[/dim]", *cells)
    rest = len(finding.order) - _LEADING
    if rest > 0:
        made.caption = phrase("sensitivity.others", lang, n=rest)
        made.caption_justify = "left"
    return made
