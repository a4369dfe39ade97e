"""The report of a hindcast: one page that needs no network."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipsim.report import style
from ipsim.report.drawings import keep
from ipsim.report.frame import framed, picture
from ipsim.report.hindcast import picture as drawing
from ipsim.report.hindcast.groups import group_rows
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
from ipsim.report.hindcast.sentences import sentences
from ipsim.report.numbers import figure
from ipsim.report.phrases import language, phrase
from ipsim.study.hindcast.scores import KINDS

if TYPE_CHECKING:
    from ipsim.study.hindcast import Scores

_PICTURE = "hindcast"
_MOST_PLACES = 8


def write(scores: Scores, folder: Path, lang: str) -> Path:
    """Write figure and page into ``folder``; return the page."""
    lang = language(lang)
    with style.styled():
        text = keep(drawing.draw(scores, lang), folder / "figures", _PICTURE)
    page = folder / "report.html"
    page.write_text(render(scores, text, lang), encoding="utf-8")
    return page


def render(scores: Scores, drawn: str, lang: str) -> str:
    """Return the page as HTML, with the drawing as SVG text."""
    facts = scores.facts
    first, last = facts["years"]
    alt = phrase("hindcast.figure_alt", lang, n=len(scores.table))
    source = facts["observations"]["file"]
    ensemble = facts["ensemble"]
    cities = [city["name"][lang] for city in facts["cities"].values()]
    content = {
        "title": phrase(
            f"hindcast.{'title_one' if first == last else 'title'}",
            lang,
            first=first,
            last=last,
            known=facts["known"],
        ),
        "cities": phrase("hindcast.list_gap", lang).join(cities),
        "draws": figure(facts["draws"]),
        "parameters": phrase(f"hindcast.{ensemble['kind']}", lang, members=figure(ensemble["members"])),
        "source": source or phrase("hindcast.shipped", lang),
        "known": facts["known"],
        "assumed": ensemble["kind"] == "assumed",
        "sentences": sentences(scores, lang),
        "picture": picture(drawn, _PICTURE, alt),
        "rows": _rows(scores, lang),
        "groups": group_rows(scores, lang),
        "any_unsure": not scores.table["sure"].all(),
        "missing": _missing(scores, lang),
        "command": _command(scores, lang),
    }
    return framed("hindcast.html.j2", "hindcast", lang, content)


def _rows(scores: Scores, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "place": place_of(scores, row["place"], lang),
            "title": title_of(row, lang),
            "unit": unit_words(row, lang),
            "cells": [
                published(row, lang),
                number(row, "median", lang),
                band(row, 90, lang),
                inside(row, lang),
                number(row, "last", lang),
                number(row, "growth", lang),
            ],
        }
        for row in ordered(scores.table)
    ]


def _missing(scores: Scores, lang: str) -> list[str]:
    """Return how many figures were not scored for each kind of reason."""
    said: list[str] = []
    for kind in KINDS:
        rows = scores.missing[scores.missing["kind"] == kind]
        if len(rows):
            names = list(dict.fromkeys(rows["place"].astype(str)))
            more = "…" if len(names) > _MOST_PLACES else ""
            places = phrase("hindcast.list_gap", lang).join(names[:_MOST_PLACES]) + more
            words = phrase(f"hindcast.{kind}", lang, places=places, known=scores.facts["known"])
            said.append(phrase("hindcast.of_kind", lang, n=figure(len(rows)), words=words))
    return said


def _command(scores: Scores, lang: str) -> str:
    facts = scores.facts
    words = ["ipsim", "hindcast"]
    if facts["observations"]["file"]:
        words += ["--observations", facts["observations"]["file"]]
    for city in facts.get("asked", []):
        words += ["--city", city]
    if facts["ensemble"].get("source") and facts["ensemble"]["kind"] == "later":
        words += ["--ensemble", facts["ensemble"]["source"]]
    return shlex.join([*words, "--draws", str(facts["draws"]), "--lang", lang])
