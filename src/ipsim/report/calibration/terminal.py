"""Fit, parameters and conflicts of a calibration, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from ipsim.report.calibration.cells import band, conflict_rows, published, simulated
from ipsim.report.calibration.names import aim_words, parameter_words, unit_words
from ipsim.report.calibration.sentences import own_parameters, rows_of
from ipsim.report.numbers import figure, percent, significant
from ipsim.report.phrases import language, phrase

if TYPE_CHECKING:
    from ipsim.study.calibration.keeping import Assessment

_LEADING = 10


def tables(assessed: Assessment, lang: str) -> list[Table]:
    """Return a table of figures, one of parameters and, if there are any, one of conflicts."""
    lang = language(lang)
    found = [_fit(assessed, lang), _parameters(assessed, lang)]
    return [*found, _conflicts(assessed, lang)] if len(assessed.conflicts) else found


def _made(title: str, lang: str, columns: tuple[str, ...], right: tuple[str, ...]) -> Table:
    made = Table(title=phrase(f"calibration.{title}", lang), title_justify="left", box=None, pad_edge=False)
    for name in columns:
        made.add_column(phrase(f"calibration.{name}", lang), justify="right" if name in right else "left")
    return made


def _fit(assessed: Assessment, lang: str) -> Table:
    right = ("published", "simulated", "band")
    made = _made("table_fit", lang, ("figure_column", *right, "inside", "use"), right)
    for row in rows_of(assessed.fit):
        words = aim_words(row, assessed.cities, lang)
        unit = unit_words(row, lang)
        made.add_row(
            f"{words} [dim]{unit}[/dim]" if unit else words,
            published(row, lang),
            simulated(row, lang),
            band(row, lang),
            phrase(f"calibration.{'yes' if row['inside'] else 'no'}", lang),
            phrase(f"calibration.use_{row['use']}", lang),
        )
    return made


def _parameters(assessed: Assessment, lang: str) -> Table:
    right = ("before", "after", "best", "narrowed")
    made = _made("table_ident", lang, ("parameter", *right), right)
    table = assessed.identifiability.head(_LEADING) if assessed.is_shared else own_parameters(assessed)
    for row in rows_of(table):
        spans = [
            phrase(
                "calibration.span",
                lang,
                low=significant(row[f"{part}_low"]),
                high=significant(row[f"{part}_high"]),
            )
            for part in ("prior", "posterior")
        ]
        share = percent(figure(100 * max(0.0, row["contraction"])), lang)
        words = parameter_words(row["parameter"], assessed.cities, lang)
        made.add_row(words, *spans, significant(row["central"]), share)
    return made


def _conflicts(assessed: Assessment, lang: str) -> Table:
    right = ("conflict_with", "conflict_without")
    made = _made("table_conflicts", lang, ("conflict_left_out", "conflict_other", *right), right)
    for cells in conflict_rows(assessed, lang)[:_LEADING]:
        made.add_row(*cells)
    return made
