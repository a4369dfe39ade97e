"""Published figures of a city that a calibration could not use, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ipsim.published import Published, lay, of_place, residents_of
from ipsim.published.denominators import POPULATION
from ipsim.published.places import same_place
from ipsim.scenario.words import Words
from ipsim.study.calibration.chosen_aims import FIRST_YEAR

if TYPE_CHECKING:
    from ipsim.evidence import Observation

BEFORE = Words("before the first simulated year", "早于模拟起始年份")
AFTER = Words("after the last simulated year", "晚于模拟结束年份")
SUM = Words("a sum over several years", "为多年合计数")
LESS_SURE = Words("another figure of the same year is surer", "同一年份另有更可靠的数据")
NOTHING = Words("nought or below: it has no relative distance", "数值为零或负数，无法计算相对偏差")


class Unused(NamedTuple):
    """One published figure that was left out.

    Attributes
    ----------
    indicator, period, text, unit
        As published.
    line
        Line in the file it was read from; None for the evidence that ships.
    reason
        Why, in a few words.
    """

    indicator: str
    period: str
    text: str
    unit: str
    line: int | None
    reason: Words


def unused(place: str, rows: Sequence[Observation], last: int) -> list[Unused]:
    """Return the figures of a place that no run is laid beside.

    Parameters
    ----------
    place
        Name of the city, in either language.
    rows
        Published figures, of other places too.
    last
        Last simulated year.
    """
    here = [row for row in rows if same_place(row.place, place)]
    laid_beside = [row for row in here if row.indicator != POPULATION]  # which divides others
    residents = residents_of(place, here)
    best = of_place(place, 0, 9999, here)
    found = [(row, _why(lay(row, residents), best, last)) for row in laid_beside]
    return [
        Unused(row.indicator, row.period, row.text, row.unit, row.line, reason)
        for row, reason in found
        if reason
    ]


def _why(laid: Published | Words, best: Sequence[Published], last: int) -> Words | None:
    """Return why a figure is not aimed at; None when it is."""
    if isinstance(laid, Words):
        return laid
    if laid.year < FIRST_YEAR or laid.first_year < FIRST_YEAR:
        return BEFORE
    if laid.year > last:
        return AFTER
    if laid.months > 12:
        return SUM
    if laid.value <= 0.0:
        return NOTHING
    return None if laid in best else LESS_SURE
