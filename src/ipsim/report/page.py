"""The report: one page that needs no network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ipsim.indicators.catalogue import INDICATORS, SPENDING
from ipsim.report import comparison, doubt, drawings, goal, policy
from ipsim.report.command import command
from ipsim.report.drawings.source import Source
from ipsim.report.frame import framed, picture
from ipsim.report.headline import Headline
from ipsim.report.numbers import figure, percent, ranged, significant, unit_of
from ipsim.report.phrases import phrase, term
from ipsim.report.readings import reading
from ipsim.report.spending import by_lever
from ipsim.study.manifest import versions

FILE = "report.html"
LIMITS = ("forecast", "data", "luck", "quality", "money", "city", "levers")


def write(source: Source, folder: Path) -> Path:
    """Write the report into ``folder``; return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / FILE
    file.write_text(render(source), encoding="utf-8")
    return file


def render(source: Source) -> str:
    """Return the report as HTML."""
    return framed("report.html.j2", "page", source.lang, _content(source))


def _content(source: Source) -> dict[str, Any]:
    scenario, lang = source.result.scenario, source.lang
    headline = Headline(source)
    levers = policy.rows(source)
    first, last = int(source.measured.years[0]), int(source.measured.years[-1])
    return {
        "city": scenario.city.name.of(lang),
        "first": first,
        "last": last,
        "scenario": scenario,
        "scenario_title": scenario.title.of(lang),
        "description": scenario.description.of(lang),
        "runs": _runs(source),
        "several": source.measured.several,
        "headline": headline,
        "levers_used": [row for row in levers if row.used and not row.national],
        "levers_unused": [row for row in levers if not row.used and not row.national],
        "levers_national": [row for row in levers if row.national],
        "pictures": _pictures(source),
        "beside": comparison.rows(source),
        "sources": list(dict.fromkeys(one.source for one in source.published)),
        "scale_text": f"{source.result.scale:g}",
        "money": _money(source),
        "all": percent("100", lang),
        "money_total": _total(source),
        "money_unit": phrase("page.in_unit", lang, unit=unit_of(INDICATORS[SPENDING], lang)),
        "pattern": _pattern(source),
        "effects": doubt.effects(source),
        "widest": doubt.widest(source),
        "accounts": _accounts(source),
        "limits": [phrase(f"page.limit_{name}", lang) for name in _limits(source)],
        "facts": _facts(source),
    }


def _limits(source: Source) -> list[str]:
    drawn = source.result.is_drawn
    return ["drawn" if name == "luck" and drawn else name for name in LIMITS]


def _runs(source: Source) -> str:
    if not source.measured.several:
        return phrase("page.one_run", source.lang)
    return phrase("page.many_runs", source.lang, n=source.measured.replicates)


def _pictures(source: Source) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name, svg in drawings.svgs(source).items():
        heading = source.say(f"heading_{name}")
        text = reading(source, name)
        alt = phrase("page.figure_alt", source.lang, heading=heading, reading=text)
        found.append({"name": name, "heading": heading, "reading": text, "svg": picture(svg, name, alt)})
    return found


def _money(source: Source) -> list[tuple[str, str, str, float]]:
    """Return name, sum with range, share in words and as a number, for each lever."""
    money, measured, lang = INDICATORS[SPENDING], source.measured, source.lang
    spent = by_lever(measured)
    whole = sum(one.total for one in spent)
    return [
        (
            one.name(lang),
            ranged(measured.estimate(one.values.sum(axis=1)), money, lang),
            percent(figure(100 * one.total / whole, 1), lang),
            100 * one.total / whole,
        )
        for one in spent
    ]


def _total(source: Source) -> str:
    total = source.measured.total(SPENDING)
    return ranged(total, INDICATORS[SPENDING], source.lang) if total else "–"


def _pattern(source: Source) -> dict[str, Any]:
    """Return the indices with their definitions, and when the pattern is met."""
    measured, lang = source.measured, source.lang
    shown = [year for year in (2016, 2020, 2025, 2030) if measured.index(year) is not None]
    reached = goal.met(measured)
    shares: list[str] = []
    for year in shown:
        share = float(np.mean(reached[:, measured.index(year) or 0]))
        one_run = phrase("page.met" if share else "page.not_met", lang)
        shares.append(percent(figure(100 * share), lang) if measured.several else one_run)
    rows: list[dict[str, Any]] = []
    for name in (*goal.SIX, "pattern_2030", *goal.STANDARDS):
        estimates = [measured.at(name, year) for year in shown]
        values = [ranged(one, INDICATORS[name], lang) if one else "–" for one in estimates]
        rows.append({"values": values, **_definition(name, lang)})
    formulas = any(row["formula"] for row in rows)
    return {"formulas": formulas, "years": shown, "shares": shares, "rows": rows, "bar": figure(goal.bar())}


def _definition(name: str, lang: str) -> dict[str, str]:
    """Return how an index is made, from its own documentation or else from the catalogue."""
    known, own = INDICATORS[name], goal.definitions().get(name)
    found = {
        "name": known.words.of(lang),
        "words": known.definition.of(lang),
        "source": term(known.source, lang),
    }
    if own is None:
        return found | {"formula": "", "reference": ""}
    return found | {
        "words": _text(own.words, lang) if hasattr(own, "words") else found["words"],
        "formula": _text(own.formula, lang),
        "reference": _text(own.reference, lang),
        "source": _text(own.source, lang),
    }


def _text(value: Any, lang: str) -> str:
    return str(value.of(lang)) if hasattr(value, "of") else str(value)


def _accounts(source: Source) -> tuple[bool, str]:
    checks: dict[str, Any] = source.result.accounts
    lang = source.lang
    if not checks:
        return False, phrase("page.accounts_none", lang)
    bad = [name for name, check in checks.items() if not check["ok"]]
    if bad:
        return False, phrase("page.accounts_bad", lang, names=", ".join(bad))
    worst = max(float(check["relative_error"]) for check in checks.values())
    return True, phrase("page.accounts_ok", lang, error=f"{worst:.0e}" if worst else "0")


def _facts(source: Source) -> list[tuple[str, str, bool]]:
    """Return label, text and whether it is code, of what is needed to repeat the run."""
    result, lang = source.result, source.lang
    seeds = list(result.seeds)
    listed = ", ".join(map(str, seeds)) if len(seeds) <= 6 else f"{seeds[0]}–{seeds[-1]}"
    line = command("run", [result], lang)
    installed = ", ".join(f"{name} {number}" for name, number in versions().items())
    seconds = phrase("page.seconds", lang, n=significant(float(result.duration)))
    facts = (
        ("command", line or phrase("page.command_none", lang), line is not None),
        ("seeds", listed, False),
        ("scale", f"{result.scale:g}", False),
        ("hash", result.scenario.hash, True),
        ("versions", installed, False),
        ("duration", seconds, False),
    )
    return [(phrase(f"page.{key}", lang), text, code) for key, text, code in facts]
