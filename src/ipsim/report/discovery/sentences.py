"""Conditions and boxes as people read them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ipsim.indicators.catalogue import indicator
from ipsim.report.labels import words_of
from ipsim.report.numbers import factor as rate_of
from ipsim.report.numbers import figure, percent, plain, significant, unit_of
from ipsim.report.phrases import phrase, term

if TYPE_CHECKING:
    from ipsim.study.plan import Outcome
    from ipsim.study.sensitivity.discovery import Discovery
    from ipsim.study.sensitivity.prim import Box, Limit

_SIGNS = {">=": "≥", "<=": "≤", "==": "=", "!=": "≠", ">": ">", "<": "<"}


def condition_text(discovery: Discovery, lang: str) -> str:
    """Return the condition with the names and units of the language."""
    outcomes = {one.name: one for one in discovery.outcomes}
    parts: list[str] = []
    for clause in discovery.condition.clauses:
        outcome = outcomes[clause.name]
        known = indicator(outcome.indicator)
        parts.append(
            phrase(
                "discovery.clause",
                lang,
                outcome=_title(discovery, outcome, lang),
                sign=_SIGNS[clause.sign],
                bound=plain(clause.bound * rate_of(known.unit, lang)),
                unit=unit_of(known, lang),
            )
        )
    return phrase("discovery.clause_and", lang).join(parts)


def _title(discovery: Discovery, outcome: Outcome, lang: str) -> str:
    title, policy = outcome.title(lang), discovery.policy
    if discovery.against:
        against = discovery.against
        return phrase("sensitivity.against", lang, outcome=title, policy=policy, against=against)
    return phrase("sensitivity.under", lang, outcome=title, policy=policy) if policy else title


def box_sentences(discovery: Discovery, number: int, lang: str) -> tuple[str, list[str], str]:
    """Return what a box says: how often the condition holds where, its limits, and what it covers.

    Boxes count from nought.
    """
    box = discovery.boxes[number]
    each = phrase(f"discovery.each_word_{discovery.each}", lang)
    whole = share(discovery.met / discovery.cases, lang)
    density, coverage = share(box.density, lang), share(box.coverage, lang)
    lead = (
        phrase("discovery.found", lang, density=density, each=each, share=whole)
        if number == 0
        else phrase("discovery.found_more", lang, density=density, each=each)
    )
    limits = [limit_text(discovery, limit, lang) for limit in box.limits]
    return lead, limits, phrase("discovery.covers", lang, coverage=coverage, each=each)


def limit_text(discovery: Discovery, limit: Limit, lang: str) -> str:
    """Return what a box allows of a factor, in words."""
    factor = discovery.columns[limit.factor]
    words = words_of(factor, lang)
    if limit.levels:
        levels = phrase("page.list_gap", lang).join(limit.levels)
        return phrase("discovery.among", lang, words=words, levels=levels)
    plain_number = factor.unit in ("", "0-1")
    unit = "" if plain_number else phrase("page.in_unit", lang, unit=term(factor.unit, lang))
    values = {"words": words, "unit": unit}
    if math.isnan(limit.high):
        return phrase("discovery.above", lang, low=significant(limit.low), **values)
    if math.isnan(limit.low):
        return phrase("discovery.below", lang, high=significant(limit.high), **values)
    ends = {"low": significant(limit.low), "high": significant(limit.high)}
    return phrase("discovery.within", lang, **ends, **values)


def span_text(discovery: Discovery, limit: Limit, lang: str) -> str:
    """Return what a box allows of a factor, as numbers alone."""
    if limit.levels:
        return phrase("page.list_gap", lang).join(limit.levels)
    low, high = discovery.spans[limit.factor]
    ends = (low if math.isnan(limit.low) else limit.low, high if math.isnan(limit.high) else limit.high)
    return phrase("sensitivity.span", lang, low=significant(ends[0]), high=significant(ends[1]))


def quasi_p(limit: Limit) -> str:
    """Return the quasi-p values of a factor's limits."""
    known = [value for value in (limit.low_p, limit.high_p) if not math.isnan(value)]
    return ", ".join("<0.001" if value < 0.001 else f"{value:.3f}" for value in known)


def numbers(box: Box, lang: str) -> dict[str, str]:
    """Return density, coverage, mass, cases and how many of them meet the condition."""
    return {
        "density": share(box.density, lang),
        "coverage": share(box.coverage, lang),
        "mass": share(box.mass, lang),
        "cases": figure(box.cases),
        "met": figure(box.met),
    }


def share(value: float, lang: str) -> str:
    """Return a share in per cent."""
    return percent(figure(100 * value, 1 if value < 0.1 else 0), lang)
