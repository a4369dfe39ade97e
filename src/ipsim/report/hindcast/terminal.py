"""The figures of a hindcast, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from ipsim.report.hindcast.rows import (
    band,
    inside,
    number,
    ordered,
    place_of,
    published,
    title_of,
    unit_words,
)
from ipsim.report.phrases import language, phrase

if TYPE_CHECKING:
    from ipsim.study.hindcast import Scores

_COLUMNS = ("place", "indicator", "unit", "published", "predicted", "band_90", "inside", "last", "growth")


def table(scores: Scores, lang: str) -> Table:
    """Return a row for each figure that was scored."""
    lang = language(lang)
    title = phrase("hindcast.table_title", lang, n=len(scores.table))
    made = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for name in _COLUMNS:
        made.add_column(
            phrase(f"hindcast.{name}", lang),
            justify="left" if name in ("place", "indicator", "unit") else "right",
        )
    place = ""
    for row in ordered(scores.table):
        shown = place_of(scores, row["place"], lang)
        cells = [published(row, lang), number(row, "median", lang), band(row, 90, lang), inside(row, lang)]
        naive = [number(row, name, lang) for name in ("last", "growth")]
        names = ["" if shown == place else shown, title_of(row, lang), unit_words(row, lang)]
        made.add_row(*names, *cells, *naive)
        place = shown
    if not scores.table["sure"].all():
        made.caption = phrase("hindcast.star", lang)
        made.caption_justify = "left"
    return made
