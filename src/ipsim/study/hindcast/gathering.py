"""What there is to score: published figures after 2016, and those that can't be laid beside the model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ipsim.evidence import observations
from ipsim.published import lay, of_place, residents_of
from ipsim.published.places import english
from ipsim.scenario.timeline import LAST_YEAR
from ipsim.scenario.words import Words
from ipsim.study.hindcast.naive import KNOWN

if TYPE_CHECKING:
    from ipsim.evidence import Observation
    from ipsim.published import Published

LAST = 2019
"""Last year of the hindcast of what ships; a file of one's own may go on."""


class Gathered(NamedTuple):
    """Figures to score, in the order of places; and rows that can't be, each with its reason."""

    figures: list[Published]
    apart: list[tuple[object, ...]]


def shipped_rows() -> list[Observation]:
    """Return the evidence of 2017 to 2019."""
    return [row for row in observations() if KNOWN < row.year <= LAST]


def gather(rows: Iterable[Observation]) -> Gathered:
    """Make rows comparable with simulated years; what can't be is listed with the reason.

    Of several figures for one place, indicator and year the surest is taken, as everywhere.
    """
    by_place: dict[str, list[Observation]] = {}
    for row in rows:
        by_place.setdefault(english(row.place), []).append(row)
    figures: list[Published] = []
    apart: list[tuple[object, ...]] = []
    for place, here in by_place.items():
        best = of_place(place, 0, LAST_YEAR, here)
        figures += best
        residents = residents_of(place, here)
        for row in here:
            reason = _why_apart(row, lay(row, residents), best)
            if reason:
                values = (row.place, row.indicator, row.period, row.text, row.unit)
                apart.append((*values, row.source, row.line, *reason))
    return Gathered(figures, apart)


def _why_apart(
    row: Observation, laid: Published | Words, best: Sequence[Published]
) -> tuple[str, str] | None:
    """Return the kind of reason why a row is not among the figures, and the reason; None when it is."""
    if isinstance(laid, Words):
        return "not_comparable", laid.en
    if row.year > LAST_YEAR:
        return "not_simulated", f"after {LAST_YEAR}, the last year of the model"
    if laid.months > 12:
        return "not_comparable", "a sum over several years: single years are scored"
    return None if laid in best else ("another", "another figure of the same year is surer")
