"""The report of a search: one page that needs no network."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipsim.report import style
from ipsim.report.drawings import keep
from ipsim.report.frame import framed, picture
from ipsim.report.frontier import effort, plane, sentences, settings
from ipsim.report.frontier.amounts import budget_words, changed_words, measures
from ipsim.report.frontier.chosen import spread_along
from ipsim.report.labels import span_of, text_of, words_of
from ipsim.report.phrases import language, phrase
from ipsim.study.search.rivals import gains
from ipsim.study.search.tables import band

if TYPE_CHECKING:
    from ipsim.study.search import SearchResult

_FIGURES = (plane, settings, effort)
_WORDS = {plane.NAME: "figure", settings.NAME: "levers", effort.NAME: "effort"}


def write(result: SearchResult, folder: Path, lang: str) -> Path:
    """Write figures and page into ``folder``; return the page."""
    lang = language(lang)
    with style.styled():
        drawings = {
            module.NAME: keep(module.draw(result, lang), folder / "figures", module.NAME)
            for module in (_FIGURES if len(result.frontier) else ())
        }
    (folder / "figures").mkdir(parents=True, exist_ok=True)  # there where nothing was drawn, too
    page = folder / "report.html"
    page.write_text(render(result, drawings, folder, lang), encoding="utf-8")
    return page


def render(result: SearchResult, drawings: dict[str, str], folder: Path, lang: str) -> str:
    """Return the page as HTML."""
    study, scenario = result.study, result.study.scenario
    pictures = {
        name: {
            "title": phrase(f"search.{_WORDS[name]}", lang),
            "reading": phrase(f"search.{_WORDS[name]}_reading", lang),
            "picture": picture(drawing, name, phrase(f"search.{_WORDS[name]}_reading", lang)),
        }
        for name, drawing in drawings.items()
    }
    content = {
        "budget": budget_words(result.settings.budget, lang),
        "city": scenario.city.name.of(lang),
        "first": scenario.start_year,
        "last": scenario.end_year,
        "scenario": scenario.title.of(lang),
        "levers": len(study.factors),
        "policies_tried": len(result.searched.every) + len(result.random.every),
        "worlds": len(result.worlds),
        "runs": f"{result.runs:,}",
        "scale": f"{study.scale if study.scale is not None else scenario.city.default_scale:g}",
        "sentences": sentences.in_short(result, lang),
        "how": sentences.how(result, lang),
        "pictures": pictures,
        **_policies(result, lang),
        "commands": _commands(result, lang),
    }
    return framed("search.html.j2", "search", lang, content)


def _policies(result: SearchResult, lang: str) -> dict[str, Any]:
    """Return the tables of the frontier: goals and cost, and the levers."""
    columns = measures(result.settings, lang)
    shown = spread_along(result)
    front, checked = result.frontier, gains(result, checked=True)
    again = result.checked_frontier
    within = again.within(result.settings.budget) if again is not None else None
    note = "policies_note" if checked else "policies_note_plain"
    values = {"check": result.settings.check_worlds} if checked else {}
    notes = [phrase(f"search.{note}", lang, **values)]
    if len(shown) < len(front):
        notes.append(phrase("search.policies_some", lang, shown=len(shown), n=len(front)))
    rows = [
        {
            "number": place + 1,
            "cells": _cells(result, "frontier", place, lang),
            "gains": [one.gained(checked[place][one.place], lang) for one in columns if checked],
            "within": "" if within is None else phrase("search.yes" if within[place] else "search.no", lang),
        }
        for place in shown
    ]
    levers = [
        {
            "words": words_of(factor, lang),
            "name": factor.name,
            "span": span_of(factor, lang),
            "values": [_value(result, place, factor.name) for place in shown],
        }
        for factor in result.study.factors
    ]
    return {
        "columns": [one.labelled(lang) for one in columns],
        "gain_columns": [changed_words(one, result.settings.budget, lang) for one in columns if checked],
        "base_cells": _cells(result, "base", 0, lang),
        "rows": rows,
        "notes": ("" if lang == "zh" else " ").join(notes),
        "lever_rows": levers,
        "numbers": [place + 1 for place in shown],
    }


def _cells(result: SearchResult, side: str, place: int, lang: str) -> list[str]:
    judged = result.frontier if side == "frontier" else result.final_base
    goals, costs = judged.goals(result.settings), judged.cost(result.settings.budget)
    numbers = [*goals[place], costs[place]]
    cells: list[str] = []
    for one, number in zip(measures(result.settings, lang), numbers, strict=True):
        low, high = band(judged.values[place : place + 1, :, one.place])[0]
        cells.append(one.spread(float(number), float(low), float(high), lang))
    return cells


def _value(result: SearchResult, place: int, name: str) -> str:
    policy = result.frontier.policies[place]
    return "" if policy is None else text_of(policy.values[name])


def _commands(result: SearchResult, lang: str) -> list[str]:
    """Return what to do next with the best policy; paths are seen from the study folder."""
    if not len(result.frontier):
        return []
    digits = max(2, len(str(len(result.frontier))))
    file = f"frontier/policy-{1:0{digits}}.yaml"
    layers = result.study.scenario.layers
    base = next(
        (layer.name for layer in reversed(layers) if layer.tree.file.startswith("scenarios/")),
        "scenario.yaml",
    )
    language_option = "" if lang == "en" else f" --lang {lang}"
    return [
        f"ipsim run {file}{language_option}",
        f"ipsim compare {shlex.quote(base)} {file} --replicates 30{language_option}",
    ]
