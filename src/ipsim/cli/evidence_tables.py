"""The tables that ``evidence`` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from rich.table import Table

from ipsim import evidence
from ipsim.cli.listing import made
from ipsim.evidence import Observation
from ipsim.published import Published, lay, residents_of

_FIGURES = ("period", "value", "unit", "confidence", "as the model counts it", "what was done", "source")


def places() -> Table:
    """Return the places of which figures were published, with how many."""
    counts = Counter(one.place for one in evidence.observations())
    rows = [(name, str(n)) for name, n in counts.most_common()]
    return made("Published figures", ("place", "figures"), rows)


def of_place(found: Sequence[Observation], lang: str) -> Table:
    """Return published figures of one place, by indicator and time."""
    ordered = sorted(found, key=lambda one: (one.indicator, one.year, one.period))
    rows = [(one.indicator, *_figure(one, lang)) for one in ordered]
    return made(found[0].place, ("indicator", *_FIGURES), rows)


def of_indicator(found: Sequence[Observation], lang: str) -> Table:
    """Return published figures of one indicator, by place and time."""
    ordered = sorted(found, key=lambda one: (one.place, one.year, one.period))
    rows = [(one.place, *_figure(one, lang)) for one in ordered]
    return made(found[0].indicator, ("place", *_FIGURES), rows)


def _figure(row: Observation, lang: str) -> tuple[str, ...]:
    one = lay(row, _residents(row.place))
    if isinstance(one, Published):
        counted, done = _counted(one, row.indicator), "; ".join((*_sum(one, lang), *one.what_was_done(lang)))
    else:
        counted, done = "", one.of(lang) if row.indicator in _comparable() else ""
    return row.period, row.text, row.unit, row.confidence, counted, done, row.source


def _counted(one: Published, published: str) -> str:
    """Return the figure as it is compared: indicator where that changed, year, value or range, error."""
    if one.low is not None and one.high is not None:
        value = f"{_short(one.low)}–{_short(one.high)}"
    elif one.low is not None or one.high is not None:
        value = f"{'≥' if one.low is not None else '≤'} {_short(one.value)}"
    else:
        value = f"{_short(one.value)} ± {100 * one.error:.0f} %"
    years = f"{one.first_year}-{one.year}" if one.months > 12 else str(one.year)
    name = "" if one.indicator == published else f"{one.indicator} "
    return f"{name}{years}: {value}"


def _sum(one: Published, lang: str) -> tuple[str, ...]:
    if one.months <= 12:
        return ()
    years = one.months // 12
    return (f"{years}年合计" if lang == "zh" else f"a sum over {years} years",)


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


@cache
def _residents(place: str) -> dict[int, float]:
    return residents_of(place)


@cache
def _comparable() -> frozenset[str]:
    from ipsim.indicators.catalogue import INDICATORS

    return frozenset(INDICATORS)


def effects() -> Table:
    """Return published effects of policies."""
    what = ("id", "lever", "outcome", "estimate", "unit", "interval")
    columns = (*what, "design", "place", "confidence", "study")
    rows = [tuple(str(getattr(one, column)) for column in columns) for one in evidence.effects()]
    return made("Published effects", columns, rows)


def parameters() -> Table:
    """Return published numbers of behaviour and law, with their ranges as far as these are known."""
    rows = [
        (
            one.parameter,
            one.text,
            *("" if end is None else f"{end:g}" for end in (one.low, one.high)),
            one.unit,
            one.meaning,
            one.confidence,
            one.study,
            one.note,
        )
        for one in evidence.parameters()
    ]
    columns = ("parameter", "value", "low", "high", "unit", "meaning", "confidence", "study", "note")
    return made("Published parameters", columns, rows)


def facts() -> Table:
    """Return the patterns that a model has to show, each with its test."""
    rows = [(one.id, one.fact, one.test, one.confidence, one.study) for one in evidence.stylised_facts()]
    return made("Stylised facts", ("id", "fact", "test", "confidence", "study"), rows)
