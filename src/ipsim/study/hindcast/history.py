"""What was known of a place at the end of 2016: figures of single years, and means of what was summed.

Sums over years are the only figures that many plans publish. They enter as a mean year in the middle of
their span, where no figure of a single year of that span is known. A plan that also says by how much
a sum grew ("+196.43% vs 2006-10", or "+189.04%" for the span of equal length before) gives the sum before as
well. Sums come before parts of a year scaled to twelve months.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ipsim.evidence import observations
from ipsim.published import of_place, sums
from ipsim.published.places import same_place
from ipsim.study.hindcast.naive import KNOWN

if TYPE_CHECKING:
    from ipsim.evidence import Observation
    from ipsim.published import Published

_FIRST = 1985
_GREW = re.compile(r"([+-]\d+(?:\.\d+)?)\s*%(?!\s*yoy)(?: vs (\d{4})-(\d\d(?:\d\d)?))?")


def history(place: str, rows: Iterable[Observation] = ()) -> list[Published]:
    """Return what was known of a place at the end of 2016, for naive forecasts.

    Parameters
    ----------
    place
        As in the evidence, in any case, or in Chinese.
    rows
        Figures beside the evidence that ships; they win over it.

    Returns
    -------
    list of Published
        Figures of single years, and means of sums (``months`` above 12, ``value`` a mean year).
    """
    shipped = observations()
    own = [row for row in rows if same_place(row.place, place)]
    here = [*own, *(row for row in shipped if same_place(row.place, place))]
    single = of_place(place, _FIRST, KNOWN, here)
    whole = [one for one in single if not one.scaled]
    summed = sums(place, _FIRST, KNOWN, here)
    means = [_mean_year(one) for one in summed]
    before = [found for one in summed for found in _sum_before(one, here)]
    parts = [one for one in single if one.scaled]
    return _apart([*whole, *sorted([*means, *before], key=lambda one: one.months), *parts])


def _apart(ranked: Sequence[Published]) -> list[Published]:
    """Return figures that share no year with one of the same indicator before them."""
    kept: list[Published] = []
    for one in ranked:
        if not any(one.indicator == other.indicator and _overlap(one, other) for other in kept):
            kept.append(one)
    return kept


def _overlap(one: Published, other: Published) -> bool:
    return one.first_year <= other.year and other.first_year <= one.year


def _mean_year(one: Published) -> Published:
    years = one.months / 12
    words = (*one.done, f"mean year of a sum over {years:.0f} years")
    return replace(one, value=one.value / years, done=words)


def _sum_before(one: Published, rows: Sequence[Observation]) -> list[Published]:
    """Return the sum over the years before that the same source compares a sum with, as a mean year."""
    for row in rows:
        same = (row.period, row.source, row.value) == (one.period, one.source, one.raw)
        found = _GREW.search(row.note) if same else None
        if found is None:
            continue
        years = one.months // 12
        first, last = one.first_year - years, one.first_year - 1
        if found[2]:
            first, last = int(found[2]), int(found[2][: 4 - len(found[3])] + found[3])
        grown = 1 + float(found[1]) / 100
        if grown <= 0 or last - first + 1 != years or last >= one.first_year:
            continue
        words = ("worked back from the growth of a sum", f"mean year of a sum over {years} years")
        mean = one.value / grown / years
        return [replace(one, year=last, value=mean, done=words, period=f"{first}-{last}")]
    return []
