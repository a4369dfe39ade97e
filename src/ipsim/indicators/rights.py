"""Rights in force, counted in one pass over the ledger."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ipsim.city.patent import DESIGN, FIRM, IN_FORCE, UTILITY_MODEL
from ipsim.city.state import City
from ipsim.engine.rules import loop


class Rights(NamedTuple):
    """Counts of rights in force, in simulated units; all but the first three are of inventions."""

    inventions: int
    utility_models: int
    designs: int
    high_value: int
    over_five_years: int
    of_firms: int
    used_by_firms: int
    of_universities: int
    used_by_universities: int
    transferred: int


@loop
def count_rights(patents: Any, used: int, quarter: int, counts: Any) -> None:
    """Add what is in force to ``counts``, in the order of `Rights`."""
    for n in range(used):
        patent = patents[n]
        if patent.stage != IN_FORCE:
            continue
        if patent.kind == UTILITY_MODEL:
            counts[1] += 1
        elif patent.kind == DESIGN:
            counts[2] += 1
        else:
            counts[0] += 1
            counts[3] += patent.high_value
            counts[4] += quarter - patent.filed > 20
            owners = 5 if patent.owner_kind == FIRM else 7
            counts[owners] += 1
            counts[owners + 1] += patent.in_use
            counts[9] += patent.transferred


def rights_in_force(city: City) -> Rights:
    """Return the rights in force now."""
    counts = np.zeros(len(Rights._fields), np.int64)
    clock = city.clock[0]
    count_rights(city.patents, int(clock.patents), int(clock.quarter), counts)
    return Rights(*counts.tolist())
