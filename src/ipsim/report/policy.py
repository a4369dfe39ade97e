"""The policy in force, as a person reads it: each lever with its path, meaning and cost."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ipsim.report.drawings.source import Source
from ipsim.report.numbers import plain
from ipsim.report.phrases import phrase, term
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.timeline import Timeline


@dataclass(frozen=True)
class LeverRow:
    """One row of the table of levers."""

    key: str
    meaning: str
    value: str
    unit: str
    cost: str
    given: bool
    used: bool
    national: bool


def rows(source: Source) -> list[LeverRow]:
    """Return a row for each lever, in the order in which levers are declared."""
    scenario, lang = source.result.scenario, source.lang
    found: list[LeverRow] = []
    for key, lever in LEVERS.items():
        if lever.kind == "industries":
            value, used = _industries(source)
        elif key in scenario.policy:
            timeline = scenario.policy[key]
            value, used = path(timeline, lang), any(point.value != 0 for point in timeline.points)
        else:
            continue
        found.append(
            LeverRow(
                key=key,
                meaning=lever.meaning.of(lang),
                value=value,
                unit=term(lever.unit, lang),
                cost=lever.cost.of(lang),
                given=key in scenario.given,
                used=used,
                national=key.startswith("national."),
            )
        )
    return found


def path(timeline: Timeline, lang: str) -> str:
    """Return a timeline in words: ``3,000 from 2016; 0 from 2021-07``."""
    written = timeline.written()
    if isinstance(written, (int, float)):
        return plain(float(written))
    gap = phrase("page.list_gap", lang)
    ramp: Any = written.get("ramp")
    if isinstance(ramp, dict):
        points = list(ramp.items())
        parts = [
            _say(
                "ramp", lang, a=plain(a), b=plain(b), **{"from": date_text(d, lang), "to": date_text(e, lang)}
            )
            for (d, a), (e, b) in pairwise(points)
        ]
        return gap.join(parts)
    steps: list[tuple[Any, Any]] = list(written.items())
    return gap.join(_step(date, float(value), lang) for date, value in steps)


def _step(date: int | str, value: float, lang: str) -> str:
    if isinstance(date, int) and date <= 2000:
        return _say("start_value", lang, value=plain(value))
    return _say("from", lang, value=plain(value), date=date_text(date, lang))


def date_text(date: int | str, lang: str) -> str:
    """Return a date such as ``2021`` or ``2021-07`` as the language writes it."""
    if lang != "zh":
        return str(date)
    year, _, month = str(date).partition("-")
    return f"{year}年{int(month)}月" if month else f"{year}年"


def _industries(source: Source) -> tuple[str, bool]:
    """Return the industries that the rapid centre ever covers."""
    steps = getattr(source.result.scenario, "industry_steps", ())
    keys = list(dict.fromkeys(key for _, names in steps for key in names))
    if not keys:
        return phrase("page.none", source.lang), False
    return phrase("page.list_gap", source.lang).join(source.industry(key) for key in keys), True


def _say(key: str, lang: str, **values: object) -> str:
    return phrase(f"page.{key}", lang, **values)
