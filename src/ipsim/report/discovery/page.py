"""The report of a discovery: one page that needs no network."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipsim.report import style
from ipsim.report.discovery import peeling
from ipsim.report.discovery.sentences import (
    box_sentences,
    condition_text,
    numbers,
    quasi_p,
    share,
    span_text,
)
from ipsim.report.drawings import keep
from ipsim.report.frame import framed, picture
from ipsim.report.labels import span_of, words_of
from ipsim.report.numbers import figure
from ipsim.report.phrases import language, phrase

if TYPE_CHECKING:
    from ipsim.study.sensitivity.discovery import Discovery


def write(discovery: Discovery, folder: Path, lang: str) -> Path:
    """Write figures and page into ``folder``; return the page."""
    lang = language(lang)
    with style.styled():
        drawings = [
            keep(peeling.draw(discovery, number, lang), folder / "figures", f"discovery-{number + 1}")
            for number in range(len(discovery.boxes))
        ]
    (folder / "figures").mkdir(parents=True, exist_ok=True)  # there where nothing was drawn, too
    page = folder / "discovery.html"
    page.write_text(render(discovery, drawings, lang), encoding="utf-8")
    return page


def render(discovery: Discovery, drawings: list[str], lang: str) -> str:
    """Return the page as HTML, with the drawing of each box as SVG text."""
    study = discovery.study
    scenario = study.scenario
    each = phrase(f"discovery.each_{discovery.each}", lang)
    density = share(discovery.density, lang)
    content = {
        "city": scenario.city.name.of(lang),
        "first": scenario.start_year,
        "last": scenario.end_year,
        "scenario": scenario.title.of(lang),
        "condition": condition_text(discovery, lang),
        "cases": figure(discovery.cases),
        "met": figure(discovery.met),
        "each": each,
        "share": share(discovery.met / discovery.cases, lang),
        "missing": figure(discovery.missing) if discovery.missing else "",
        "sentences": [box_sentences(discovery, number, lang) for number in range(len(discovery.boxes))],
        "short_of": density if discovery.boxes and discovery.boxes[0].density < discovery.density else "",
        "boxes": [_box(discovery, number, drawings[number], each, lang) for number in range(len(drawings))],
        "command": _command(discovery, lang),
    }
    return framed("discovery.html.j2", "discovery", lang, content)


def _box(discovery: Discovery, number: int, drawing: str, each: str, lang: str) -> dict[str, Any]:
    box = discovery.boxes[number]
    alt = phrase("discovery.figure_alt", lang, n=number + 1)
    return {
        "title": phrase("discovery.box", lang, n=number + 1),
        "text": phrase("discovery.box_text", lang, each=each, **numbers(box, lang)),
        "picture": picture(drawing, f"discovery-{number + 1}", alt),
        "rows": [
            {
                "words": words_of(discovery.columns[limit.factor], lang),
                "key": discovery.columns[limit.factor].key,
                "range": span_of(discovery.columns[limit.factor], lang)
                if limit.factor in {factor.name for factor in discovery.study.factors}
                else "",
                "limits": span_text(discovery, limit, lang),
                "quasi_p": quasi_p(limit),
                "reproduced": share(limit.reproduced, lang),
            }
            for limit in box.limits
        ],
    }


def _command(discovery: Discovery, lang: str) -> str:
    words = ["ipsim", "discover", str(Path(discovery.study.file).parent), "--where", str(discovery.condition)]
    words += ["--each", discovery.each, "--density", f"{discovery.density:g}"]
    for option, name in (("--policy", discovery.policy), ("--against", discovery.against)):
        words += [option, name] if name else []
    return shlex.join([*words, "--lang", lang])
