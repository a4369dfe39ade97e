"""Simulated figures beside published ones."""

from __future__ import annotations

from dataclasses import dataclass

from ipsim.indicators.catalogue import INDICATORS
from ipsim.published import Published
from ipsim.report.drawings.source import Source
from ipsim.report.numbers import MINUS, figure, percent, plain, shown, unit_of
from ipsim.report.phrases import phrase


@dataclass(frozen=True)
class Beside:
    """One published figure and what was simulated for it."""

    year: int
    indicator: str
    unit: str
    published: str
    note: str
    simulated: str
    range: str
    difference: str
    inside: bool | None
    source: str


def rows(source: Source) -> list[Beside]:
    """Return a row for each published figure that has a simulated one beside it."""
    found = [_row(source, one) for one in source.published]
    return [row for row in found if row is not None]


def _row(source: Source, one: Published) -> Beside | None:
    measured, lang = source.measured, source.lang
    simulated = measured.at(one.indicator, one.year)
    if simulated is None:
        return None
    known = INDICATORS[one.indicator]
    several = measured.several
    low, high = shown(simulated.low, known, lang), shown(simulated.high, known, lang)
    return Beside(
        year=one.year,
        indicator=known.words.of(lang),
        unit=unit_of(known, lang),
        published=shown(one.value, known, lang),
        note=_note(one, lang),
        simulated=shown(simulated.median, known, lang),
        range=f"{low}–{high}" if several else "",
        difference=_difference(simulated.median, one.value, lang),
        inside=simulated.low <= one.value <= simulated.high if several else None,
        source=one.source,
    )


def _note(one: Published, lang: str) -> str:
    notes = list(one.what_was_done(lang))
    if one.adjusted:
        notes.insert(0, phrase("page.raw_note", lang, raw=_raw(one, lang)))
    if one.confidence == "low" or not (one.sure or one.done):
        notes.append(phrase("page.unsure_note", lang))
    return phrase("page.list_gap", lang).join(notes)


def _raw(one: Published, lang: str) -> str:
    """Return the figure as it was published, with its unit where that is another one."""
    known = INDICATORS[one.indicator]
    if one.unit == known.unit:
        return shown(one.raw, known, lang)
    units = {other.unit: unit_of(other, lang) for other in INDICATORS.values()}
    return f"{plain(one.raw)} {units.get(one.unit, one.unit)}"


def _difference(simulated: float, published: float, lang: str) -> str:
    if published == 0:
        return "–"
    change = round(100 * (simulated / published - 1))
    sign = "+" if change > 0 else (MINUS if change < 0 else "±")
    return percent(f"{sign}{figure(abs(change))}", lang)
