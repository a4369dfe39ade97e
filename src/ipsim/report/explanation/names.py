"""Levers, mechanisms and outcomes as people read them."""

from __future__ import annotations

from ipsim.indicators.catalogue import SPENDING_WORDS, indicator
from ipsim.report.phrases import catalogue, phrase
from ipsim.scenario.levers import LEVERS
from ipsim.study.explain.account import JOINT, LEFT, OUTSIDE
from ipsim.study.explain.outcomes import GROWTH
from ipsim.study.plan.outcomes import Outcome

_REST = {JOINT: "joint", LEFT: "left_row", OUTSIDE: "outside_row"}


def lever_name(key: str, lang: str) -> str:
    """Return the short name of a lever, a family of levers, or what is no policy."""
    short = key.removeprefix("policy.")
    own = catalogue().get(f"explanation.lever_{short.replace('.', '_')}")
    words = own or SPENDING_WORDS.get(short) or (LEVERS[key].meaning if key in LEVERS else None)
    return words.of(lang) if words else short.replace("_", " ")


def mechanism_name(name: str, lang: str) -> str:
    """Return the name of a mechanism, or of what is left when mechanisms are cut, for a label."""
    words = phrase(f"explanation.{_REST[name]}" if name in _REST else f"mechanisms.{name}", lang)
    return words[:1].upper() + words[1:]


def within(words: str) -> str:
    """Return a name as it stands inside a sentence: no capital, unless it is an abbreviation."""
    return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] == "'" else words


def outcome_name(outcome: Outcome, lang: str) -> str:
    """Return an outcome with its years."""
    words = indicator(outcome.indicator).words.of(lang)
    if len(outcome.years) == 1:
        return phrase("explanation.outcome_last", lang, words=words, last=outcome.years[0])
    kind = "growth" if outcome.indicator == GROWTH else outcome.statistic
    return phrase(f"explanation.outcome_{kind}", lang, words=words, years=_years(outcome.years, lang))


def _years(years: tuple[int, ...], lang: str) -> str:
    first, last = min(years), max(years)
    if len(years) == last - first + 1:
        return phrase("explanation.years_range", lang, first=first, last=last)
    return phrase("explanation.comma", lang).join(str(year) for year in years)
