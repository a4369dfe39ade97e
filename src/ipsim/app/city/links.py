"""Supply links and copies as spans of time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ipsim.app.city.tables import Kind
from ipsim.city.enterprise import ALIVE
from ipsim.city.state import City

LINK = np.dtype([("from", "i4"), ("to", "i4"), ("first", "u1"), ("last", "u1")])
"""Supplier and customer, or copier and holder, with the first and last quarter of it."""


class Links:
    """Collects who supplied whom in each year."""

    def __init__(self) -> None:
        self._pairs: list[NDArray[np.int64]] = []

    def note_year(self, city: City, life_of_row: NDArray[np.int64], quarter: int) -> None:
        """Note the links of a year from its first quarter on."""
        suppliers = city.suppliers
        alive = city.enterprises.status == ALIVE
        rows, slots = np.nonzero(alive[:, None] & (suppliers >= 0))
        pairs = np.stack([life_of_row[suppliers[rows, slots]], life_of_row[rows]], axis=1)
        kept = (pairs >= 0).all(axis=1)
        year = np.full((int(kept.sum()), 1), quarter)
        self._pairs.append(np.hstack([pairs[kept], year]))

    def finished(self) -> NDArray[Any]:
        """Return rows of `LINK`, one for each stretch of years without a break."""
        found = np.unique(np.concatenate(self._pairs), axis=0)
        new = np.ones(len(found), bool)
        same = (found[1:, :2] == found[:-1, :2]).all(axis=1)
        new[1:] = ~(same & (found[1:, 2] - found[:-1, 2] == 4))
        begins = np.flatnonzero(new)
        ends = np.append(begins[1:], len(found)) - 1
        spans = np.zeros(len(begins), LINK)
        spans["from"], spans["to"] = found[begins, 0], found[begins, 1]
        spans["first"], spans["last"] = found[begins, 2], found[ends, 2] + 3
        return spans


_ENDS = (Kind.COPY_LICENSED, Kind.COPY_GIVEN_UP, Kind.COPY_STOPPED)


def copies(happenings: NDArray[Any], lives: NDArray[Any]) -> NDArray[Any]:
    """Return who copied whom from when to when, as rows of `LINK`: from copier to holder."""
    begun = happenings[happenings["kind"] == Kind.COPY_BEGUN]
    spans = np.zeros(len(begun), LINK)
    spans["from"], spans["to"], spans["first"] = begun["who"], begun["other"], begun["quarter"]
    spans["last"] = lives["last"][begun["who"]]
    ended = happenings[np.isin(happenings["kind"], _ENDS)]
    ended = ended[np.lexsort((ended["quarter"], ended["who"]))]
    places = np.searchsorted(ended["who"] * 256 + ended["quarter"], begun["who"] * 256 + begun["quarter"])
    there = places < len(ended)
    there[there] = ended["who"][places[there]] == begun["who"][there]
    spans["last"][there] = ended["quarter"][places[there]]
    return spans
