"""From figures as published to figures that can be laid beside a simulated year.

Grants are nowhere divided by filings: those of a year belong to filings of earlier ones,
and the national grant rate is granted over concluded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ipsim.evidence import Observation, observations
from ipsim.evidence.spans import Span, read_span
from ipsim.indicators.catalogue import INDICATORS, Indicator, spending_indicator, spending_lever
from ipsim.published import scopes
from ipsim.published.denominators import COUNTED, people, to_count
from ipsim.published.figures import Published
from ipsim.published.kinds import kind
from ipsim.published.places import same_place
from ipsim.published.units import factor
from ipsim.published.working import Working
from ipsim.scenario.words import Words

SHORT, SHORTEST = 6, 3
"""A flow over fewer months than the first says little about the year; than the second, nothing."""

_NO_NUMBER = Words("no number", "非数值")


def of_place(place: str, first: int, last: int, rows: Iterable[Observation] | None = None) -> list[Published]:
    """Return the published figures of a place for single years, made comparable; none when it has none.

    Parameters
    ----------
    place
        As in the evidence, in any case, or in Chinese: ``Jinhua``, ``厦门``.
    first, last
        Years from and to, both taken.
    rows
        Figures to take instead of the evidence that ships; the population that
        figures per 10,000 residents are multiplied with is looked for there first.

    Returns
    -------
    list of Published
        One for each indicator and year, in the order of the catalogue. Of several the
        sure ones win, then those over most months, then those with the least error.
        Sums over years are left out; see `sums`.
    """
    best: dict[tuple[str, int], Published] = {}
    for one in _comparable(place, rows):
        if one.months > 12 or not first <= one.year <= last:
            continue
        held = best.get((one.indicator, one.year))
        if held is None or _merit(one) > _merit(held):
            best[one.indicator, one.year] = one
    return sorted(best.values(), key=_order)


def sums(place: str, first: int, last: int, rows: Iterable[Observation] | None = None) -> list[Published]:
    """Return sums over several years that lie wholly within ``first`` to ``last``.

    Inside the simulated years they are targets for sums; before them they are history,
    fit for naive forecasts alone. ``year`` is the last of the years, ``first_year`` the
    first, ``value`` the sum of all. Parameters as those of `of_place`.
    """
    found = [
        one
        for one in _comparable(place, rows)
        if one.months > 12 and first <= one.first_year and one.year <= last
    ]
    return sorted(found, key=_order)


def lay(row: Observation, residents: dict[int, float] | None = None) -> Published | Words:
    """Return one figure made comparable, or in a few words of both languages why it can't be.

    Parameters
    ----------
    row
        The figure as published.
    residents
        Published residents of its place in million, by year.
    """
    lever = spending_lever(row.indicator)
    known = spending_indicator(lever) if lever else INDICATORS.get(row.indicator)
    span = read_span(row.period)
    apart = _apart(row, known, span)
    if apart or known is None or span is None or row.value is None:
        return apart or _NO_NUMBER
    work = Working(row, span, row.indicator, span.year, row.value, row.low, row.high)
    work.scale(factor(row.unit, known.unit) or 1.0)
    scopes.knowledge(work)
    scopes.pledge(work)
    scopes.filings(work)
    _months(work)
    if row.indicator in COUNTED:
        to_count(work, residents or {})
    scopes.applicants(work)
    scopes.surveys(work)
    return work.close()


def _apart(row: Observation, known: Indicator | None, span: Span | None) -> Words | None:
    """Return why a figure can't be laid beside a simulated one, None when it can."""
    if known is None:
        return Words("the model has no such indicator", "模型无此指标")
    if row.value is None:
        return _NO_NUMBER
    if factor(row.unit, known.unit) is None:
        return Words(f"in {row.unit}, not in {known.unit}", f"单位为{row.unit}，不能换算为{known.unit}")
    if span is None:
        return Words("the period has no stated length", "未注明时段长度")
    if kind(row.indicator) == "flow":
        return _apart_flow(span)
    if span.months > 12:
        return Words("one figure for several years", "多年合用一数")
    return None


def _apart_flow(span: Span) -> Words | None:
    if span.moment:
        return None if span.month == 12 else Words("over an unknown time to a date", "累计数，起始时间不详")
    if not span.to_date:
        return Words("over months that do not start in January", "非自1月起的累计数")
    if span.months < SHORTEST:
        return Words("over too short a time", "时段过短")
    if span.months > 12 and span.months % 12:
        return Words("over a part of several years", "跨年且非整年")
    return None


def _months(work: Working) -> None:
    """Scale a flow over part of a year; lay a stock of another date beside the nearest end of a year."""
    span, adds_up = work.span, kind(work.indicator)
    unseen = (12 - span.months) / 12.0
    if adds_up == "flow":
        if span.months < 12 and not span.moment:
            work.scale(12.0 / span.months)
            work.trap("part_of_year", times=unseen, months=span.months)
            work.sure = work.sure and span.months >= SHORT
    elif adds_up == "stock":
        off = 12 - span.month
        if off > SHORT:
            work.year, off = span.year - 1, span.month
        if off:
            work.trap("stock_date", times=off, when=work.row.period, year=work.year)
    elif span.months < 12 and not span.moment:
        work.trap("part_of_rate", times=unseen, months=span.months)


def _comparable(place: str, rows: Iterable[Observation] | None) -> list[Published]:
    given = observations() if rows is None else rows
    here = [row for row in given if same_place(row.place, place)]
    found = (lay(row, residents_of(place, here)) for row in here)
    return [one for one in found if isinstance(one, Published)]


def residents_of(place: str, rows: Sequence[Observation] = ()) -> dict[int, float]:
    """Return the residents of a place by year, in million: those in ``rows``, else of the evidence."""
    shipped = [row for row in observations() if same_place(row.place, place)]
    return people(shipped) | people(row for row in rows if same_place(row.place, place))


def _merit(one: Published) -> tuple[bool, int, float]:
    return one.sure, one.months, -one.error


def _order(one: Published) -> tuple[int, str, int]:
    order = {name: number for number, name in enumerate(INDICATORS)}
    return order.get(one.indicator, len(order)), one.indicator, one.year
