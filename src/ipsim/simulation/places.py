"""How many enterprises there are, and how many rows founders may fill."""

from __future__ import annotations

from typing import Any

import numpy as np

from ipsim.city.enterprise import ALIVE
from ipsim.city.state import City
from ipsim.engine.rules import loop
from ipsim.mechanisms.survival import is_free


@loop
def count_places(enterprises: Any, quarter: int, counts: Any) -> None:
    """Count enterprises alive, and rows that can take a new one."""
    for i in range(len(enterprises)):
        if enterprises[i].status == ALIVE:
            counts[0] += 1
        elif is_free(enterprises[i], quarter):
            counts[1] += 1


def chance_of_founding(city: City) -> float:
    """Return the chance in a quarter that an empty row is considered by a founder."""
    counts = np.zeros(2, np.int64)
    count_places(city.enterprises, int(city.clock[0].quarter), counts)
    alive, free = counts.tolist()
    return min(1.0, 0.25 * city.clock[0].entry_rate * alive / max(1, free))
