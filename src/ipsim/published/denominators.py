"""Figures per 10,000 residents turned back into counts.

The office divides by the resident population of the year before, as it was known then:
before the census of 2020 corrected it. The model divides by its own population, so that
only the count can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable

from ipsim.evidence import Observation
from ipsim.evidence.spans import read_span
from ipsim.published.units import factor
from ipsim.published.working import Working

COUNTED = {
    "inventions_in_force_per_10k": "inventions_in_force",
    "high_value_inventions_per_10k": "high_value_inventions",
}
"""The count behind each figure per 10,000 residents."""

POPULATION = "resident_population"
"""What the evidence calls the number of residents."""

CENSUS = 2020
_REACH = 3  #: years between two published populations, at most, for one between them


def people(rows: Iterable[Observation]) -> dict[int, float]:
    """Return the published residents of one place by year, in million; the surest of several."""
    rank = {"high": 0, "medium": 1, "low": 2}
    found: dict[int, tuple[int, float]] = {}
    for row in rows:
        times = factor(row.unit, "million")
        if row.indicator != POPULATION or row.value is None or times is None:
            continue
        span = read_span(row.period)
        new = (rank.get(row.confidence, 2), row.value * times)
        year = row.year if span is None else span.year
        found[year] = min(found.get(year, new), new)
    return {year: residents for year, (_, residents) in sorted(found.items())}


def to_count(work: Working, residents: dict[int, float]) -> None:
    """Turn a figure per 10,000 residents into a count, where the population allows it.

    Parameters
    ----------
    work
        A figure of one of ``COUNTED``; ``work.year`` is the year at whose end it stands.
    residents
        Published residents in million, by year.
    """
    year = work.span.year - 1
    then = {y: n for y, n in residents.items() if (y < CENSUS) == (year < CENSUS)}
    before = max((y for y in then if y < year), default=None)
    after = min((y for y in then if y > year), default=None)
    if year in then:
        _times(work, "people_published", year, then[year])
    elif before is not None and after is not None and after - before <= _REACH:
        part = (year - before) / (after - before)
        _times(work, "people_between", year, then[before] + part * (then[after] - then[before]))
    elif before == year - 1 or after == year + 1:
        near = year - 1 if before == year - 1 else year + 1
        _times(work, "people_near", near, then[near])
    else:
        work.trap("people_kept")


def _times(work: Working, key: str, year: int, millions: float) -> None:
    work.indicator = COUNTED[work.indicator]
    work.scale(100.0 * millions)
    work.trap(key, year=year, people=f"{millions:.4g}", people_10k=f"{100.0 * millions:.4g}")
