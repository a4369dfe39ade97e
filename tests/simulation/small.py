"""Small cities for tests, and the comparison of all their tables to the last bit."""

from __future__ import annotations

import gc
import hashlib
import tracemalloc
from functools import lru_cache
from typing import Any

import numpy as np

from ipsim.city.state import City
from ipsim.scenario import Scenario, load
from ipsim.simulation import Simulation

SCALE = 0.01
CITIES = ("jinhua", "xiamen")


@lru_cache
def small(city: str = "jinhua", end: int = 2018) -> Scenario:
    """Return the baseline of a city up to a year."""
    return load(city).replace({"horizon.end": end})


def columns(city: City) -> dict[tuple[str, str], np.ndarray]:
    """Return every column of every table; bytes between fields are left out."""
    found: dict[tuple[str, str], np.ndarray] = {}
    for name, table in zip(city._fields, city, strict=True):
        for field in table.dtype.names or ("",):
            found[(name, field)] = np.array(table[field] if field else table)
    return found


def differences(one: City, other: City, *tables: str) -> list[str]:
    """Return the columns that differ in any bit, of all tables or those named."""
    left, right = columns(one), columns(other)
    return [
        ".".join(key)
        for key in left
        if (not tables or key[0] in tables) and left[key].tobytes() != right[key].tobytes()
    ]


def digest(city: City) -> str:
    """Return a hash of all tables."""
    whole = hashlib.sha256()
    for key, column in columns(city).items():
        whole.update(".".join(key).encode() + column.tobytes())
    return whole.hexdigest()


def switched(scenario: Scenario, key: str, value: float) -> Scenario:
    """Return a scenario with a lever at ``value`` from 2017 on; 2016, which founds the city, stays."""
    return scenario.replace({key: {2016: float(scenario.path(key)[0]), 2017: value}})


def ran(scenario: Scenario, quarters: int | None = None, scale: float = SCALE, **options: Any) -> Simulation:
    """Return a city after some quarters (None: all of the scenario's)."""
    simulation = Simulation(scenario, 1, scale, **options)
    for _ in range(scenario.quarters if quarters is None else quarters):
        simulation.step()
    return simulation


def growth_over_runs() -> int:
    """Return by how many bytes a process grows over twelve runs, when it has made some before."""
    scenario = small()
    for _ in range(3):
        ran(scenario, 1)
    gc.collect()
    tracemalloc.start()
    try:
        ran(scenario, 1)
        gc.collect()
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(12):
            ran(scenario, 1)
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return after - before
