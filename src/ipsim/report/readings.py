"""One sentence on what each figure shows."""

from __future__ import annotations

from collections.abc import Callable

from ipsim.indicators.catalogue import INDICATORS
from ipsim.report import goal
from ipsim.report.drawings.source import Source
from ipsim.report.measured import Estimate
from ipsim.report.numbers import direction, ranged, rounded

_FROM_TO: dict[str, tuple[str, str]] = {
    "patents": ("patent_applications_total", "invention_applications"),
    "quality": ("mean_quality_filed", "high_value_inventions"),
    "protection": ("share_patentees_infringed", "case_months"),
    "economy": ("rd_expenditure", "rd_intensity"),
}
"""Figures whose sentence takes two indicators from the first year to the last."""


def reading(source: Source, name: str) -> str:
    """Return the sentence below the figure ``name``."""
    own: dict[str, Callable[[Source], str]] = {"money": _money, "pattern": _pattern, "chain": _chain}
    if name in own:
        return own[name](source)
    one, other = _FROM_TO[name]
    return _from_to(source, name, one, other)


def _ends(source: Source) -> tuple[int, int]:
    return int(source.measured.years[0]), int(source.measured.years[-1])


def _text(source: Source, name: str, found: Estimate | None) -> str:
    return ranged(found, INDICATORS[name], source.lang) if found else "–"


def _start(source: Source, name: str) -> str:
    """Return the median of the first year; its range says little."""
    found = source.measured.at(name, _ends(source)[0])
    return rounded(found.median, INDICATORS[name], source.lang) if found else "–"


def _verb(source: Source, name: str) -> str:
    before, after = (source.measured.at(name, year) for year in _ends(source))
    return direction(before, after, source.lang)


def _from_to(source: Source, figure: str, one: str, other: str) -> str:
    first, last = _ends(source)
    if not source.measured.has(one):
        return source.say("reading_none")
    gaps = {
        gap: _text(source, name, source.measured.at(name, last)) for gap, name in (("b", one), ("d", other))
    }
    gaps |= {"a": _start(source, one), "c": _start(source, other)}
    gaps |= {"v": _verb(source, one), "w": _verb(source, other)}
    return source.say(f"reading_{figure}", first=first, last=last, **gaps)


def _money(source: Source) -> str:
    first, last = _ends(source)
    name = "patent_pledge_amount"
    if not source.measured.has(name):
        return source.say("reading_none")
    return source.say(
        "reading_money",
        first=first,
        last=last,
        v=_verb(source, name),
        a=_start(source, name),
        b=_text(source, name, source.measured.at(name, last)),
        c=_text(source, "fund_payout", source.measured.total("fund_payout")),
    )


def _pattern(source: Source) -> str:
    first, last = _ends(source)
    found = {name: source.measured.at(name, last) for name in goal.SIX}
    known = {name: one.median for name, one in found.items() if one}
    if not known:
        return source.say("reading_none")
    whole = "pattern_2030"
    return source.say(
        "reading_pattern",
        first=first,
        last=last,
        v=_verb(source, whole),
        a=_start(source, whole),
        b=_text(source, whole, source.measured.at(whole, last)),
        best=source.say(max(known, key=lambda name: known[name])),
        worst=source.say(min(known, key=lambda name: known[name])),
    )


def _chain(source: Source) -> str:
    chain = source.result.chain
    if not len(chain):
        return source.say("reading_none")
    sums = chain.groupby("industry", sort=False)[["enterprises", "inventions"]].sum()
    return source.say(
        "reading_chain",
        a=source.industry(str(sums["enterprises"].idxmax())),
        b=source.industry(str(sums["inventions"].idxmax())),
    )
