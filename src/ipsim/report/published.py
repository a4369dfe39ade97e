"""Published figures of a city, made comparable with a simulated year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ipsim.evidence import Observation, observations
from ipsim.indicators.catalogue import INDICATORS

SHORT = 6
"""Figures over fewer months than this say little about the year."""

_FLOW_GROUPS = frozenset({"applications", "grants"})
_FLOWS = frozenset(
    {
        "patent_pledge_amount",
        "patent_pledge_projects",
        "patent_infringement_admin_cases",
        "patent_civil_cases_first_instance_new",
        "mediation_cases",
        "university_patent_applications",
        "university_transfers",
    }
)


class Published(NamedTuple):
    """One published figure.

    Attributes
    ----------
    indicator, year, value
        The figure in the unit of the indicator, for the whole year.
    months
        Months it was published for; below 12 a flow was scaled to the year.
    raw
        The figure as published.
    sure
        False for low confidence, an inexact value or a short part of a year.
    period, source
        As in the evidence.
    """

    indicator: str
    year: int
    value: float
    months: int
    raw: float
    sure: bool
    period: str
    source: str

    @property
    def scaled(self) -> bool:
        """Whether a part of a year was scaled to the whole."""
        return self.value != self.raw


def _one(row: Observation) -> Published | None:
    """Return a figure that covers one year, part of one, or a date; None for all others."""
    known = INDICATORS.get(row.indicator)
    if known is None or row.value is None or row.unit != known.unit or row.months > 12:
        return None
    flow = known.group in _FLOW_GROUPS or row.indicator in _FLOWS
    to_date = ".." in row.period and row.period[5:7] == "01"
    if flow and row.months < 12 and not to_date:
        return None
    value = row.value * 12 / row.months if flow else row.value
    sure = row.confidence != "low" and not row.bound and not (flow and row.months < SHORT)
    return Published(
        row.indicator, row.year, value, row.months, row.value, sure, row.period, row.source
    )  # fmt: skip


def comparable(rows: Iterable[Observation], first: int, last: int) -> list[Published]:
    """Return the figures that can be laid beside the years ``first`` to ``last``.

    Sums over several years, figures in another unit and text are left out. Of
    several figures for one year sure ones win, then those over most months.
    """
    best: dict[tuple[str, int], Published] = {}
    for row in rows:
        one = _one(row)
        if one is None or not first <= one.year <= last:
            continue
        held = best.get((one.indicator, one.year))
        if held is None or (one.sure, one.months) > (held.sure, held.months):
            best[one.indicator, one.year] = one
    order = {name: place for place, name in enumerate(INDICATORS)}
    return sorted(best.values(), key=lambda one: (order[one.indicator], one.year))


def of_city(place: str, first: int, last: int) -> list[Published]:
    """Return the comparable published figures of a city, none when it has none.

    Parameters
    ----------
    place
        English name of the city, as in the evidence.
    first, last
        The years simulated.
    """
    return comparable(observations(place), first, last)
