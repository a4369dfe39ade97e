"""The report of a sensitivity analysis: one page that needs no network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipsim.report import style
from ipsim.report.drawings import keep
from ipsim.report.frame import framed, picture
from ipsim.report.labels import span_of, words_of
from ipsim.report.numbers import figure
from ipsim.report.phrases import language, phrase
from ipsim.report.sensitivity import ranking
from ipsim.report.sensitivity.measures import (
    LEADING,
    MEASURES,
    cell,
    heading,
    kind_of,
    method_of,
    notes,
    sentence,
    title_of,
)
from ipsim.study.batch.manifest import MANIFEST

if TYPE_CHECKING:
    from ipsim.study.plan import Study
    from ipsim.study.sensitivity import Finding, Sensitivity

_MOST_PICTURES = 12
"""Findings shown in full on the page; the figures of the others lie beside it."""


def write(sensitivity: Sensitivity, folder: Path, lang: str) -> Path:
    """Write figures and page into ``folder``; return the page."""
    lang = language(lang)
    drawings: dict[str, str] = {}
    with style.styled():
        for finding in sensitivity.findings:
            if finding.indices is not None:
                drawn = ranking.draw(finding, sensitivity, lang)
                drawings[finding.name] = keep(drawn, folder / "figures", figure_name(finding.name))
    (folder / "figures").mkdir(parents=True, exist_ok=True)  # there where nothing was drawn, too
    page = folder / "report.html"
    page.write_text(render(sensitivity, drawings, lang), encoding="utf-8")
    return page


def figure_name(finding: str) -> str:
    """Return the name of a finding's figure, fit for a file and an id."""
    return "sensitivity-" + "".join(char if char.isalnum() or char in "_-" else "-" for char in finding)


def render(sensitivity: Sensitivity, drawings: dict[str, str], lang: str) -> str:
    """Return the page as HTML, with the drawing of each outcome as SVG text."""
    study, method = sensitivity.study, method_of(sensitivity)
    scenario = study.scenario
    drawn = [finding for finding in sensitivity.findings if finding.name in drawings][:_MOST_PICTURES]
    scale = study.scale if study.scale is not None else scenario.city.default_scale
    content = {
        "city": scenario.city.name.of(lang),
        "first": scenario.start_year,
        "last": scenario.end_year,
        "scenario": scenario.title.of(lang),
        "method": phrase(f"sensitivity.{method}", lang),
        "key": method,
        "factors": figure(len(sensitivity.factors)),
        "points": figure(len(study.points())),
        "runs": figure(sensitivity.planned),
        "scale": f"{scale:g}",
        "sentences": [sentence(finding, sensitivity, lang) for finding in sensitivity.findings],
        "missing": figure(sensitivity.missing) if sensitivity.missing else "",
        "outcomes": [_outcome(finding, sensitivity, drawings, lang) for finding in drawn],
        "more": len(drawings) > len(drawn),
        "command": f"ipsim sensitivity {_source(study)} --lang {lang}",
        "text": study.text,
    }
    return framed("sensitivity.html.j2", "sensitivity", lang, content)


def _source(study: Study) -> Path:
    """Return what to analyse again: the folder that the study was read from, or its file."""
    file = Path(study.file)
    return file.parent if file.name == MANIFEST else file


def _outcome(
    finding: Finding, sensitivity: Sensitivity, drawings: dict[str, str], lang: str
) -> dict[str, Any]:
    title = title_of(finding, lang)
    measures = MEASURES[kind_of(finding, sensitivity)]
    leader = words_of(sensitivity.factors[finding.order[0]], lang)
    alt = phrase("sensitivity.figure_alt", lang, outcome=title, factor=leader)
    rest = len(finding.order) - LEADING
    return {
        "title": title,
        "notes": phrase("page.sentence_gap", lang).join(notes(finding, sensitivity, lang)),
        "picture": picture(drawings[finding.name], figure_name(finding.name), alt),
        "columns": [heading(measure, finding.outcome, lang) for measure in measures],
        "rows": [
            {
                "words": words_of(sensitivity.factors[place], lang),
                "name": sensitivity.factors[place].key,
                "span": span_of(sensitivity.factors[place], lang),
                "cells": [cell(finding, place, measure, lang) for measure in measures],
            }
            for place in finding.order[:LEADING]
        ],
        "others": phrase("sensitivity.others", lang, n=rest) if rest > 0 else "",
    }
