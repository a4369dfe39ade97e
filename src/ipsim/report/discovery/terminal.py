"""The boxes of a discovery, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from ipsim.report.discovery.sentences import condition_text, limit_text, numbers, quasi_p, share
from ipsim.report.phrases import language, phrase

if TYPE_CHECKING:
    from ipsim.study.sensitivity.discovery import Discovery


def table(discovery: Discovery, lang: str) -> Table:
    """Return a row for each factor that a box restricts."""
    lang = language(lang)
    title = phrase("discovery.table_title", lang, condition=condition_text(discovery, lang))
    made = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for name in ("number", "density", "coverage", "mass", "limits", "quasi_p", "reproduced"):
        made.add_column(
            phrase(f"discovery.{name}", lang), justify="left" if name in ("number", "limits") else "right"
        )
    for number, box in enumerate(discovery.boxes, start=1):
        texts = numbers(box, lang)
        first = [str(number), texts["density"], texts["coverage"], texts["mass"]]
        for limit in box.limits:
            again = share(limit.reproduced, lang)
            made.add_row(*first, limit_text(discovery, limit, lang), quasi_p(limit), again)
            first = [""] * 4
    if not discovery.boxes:
        made.caption = phrase("discovery.nothing", lang)
        made.caption_justify = "left"
    return made
