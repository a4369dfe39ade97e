"""Where a twin and the tables of ipsim differ: nowhere, it is hoped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ipsim.city.state import City
from ipsim.simulation import Simulation

from .model import TwinModel

Column = NDArray[Any]

#: Tables that the twin has as objects.
TABLES = (
    "enterprises", "patents", "universities", "banks", "agencies", "bodies", "cases",
    "industries", "fund", "news", "tally", "spending",
)  # fmt: skip


def in_use(city: City, name: str) -> Any:
    """Return the rows of a table that are in use."""
    table = getattr(city, name)
    ledgers = {"patents": city.clock[0].patents, "cases": city.clock[0].cases}
    return table[: ledgers.get(name, len(table))]


def objects_of(model: TwinModel, name: str) -> Sequence[Any]:
    """Return the objects that stand for the rows of a table."""
    if name == "enterprises":
        return model.register
    found = getattr(model, name)
    return found if isinstance(found, list) else [found]


def as_number(thing: Any) -> float | int:
    """Return a number for what a table holds as a row number: -1 for none."""
    if thing is None:
        return -1
    if isinstance(thing, int | float):
        return thing
    return thing.place if hasattr(thing, "place") else thing.number


def columns(simulation: Simulation) -> Iterator[tuple[str, Column]]:
    """Yield all columns of the tables that the twin has as objects."""
    for name in TABLES:
        table = in_use(simulation.city, name)
        for field in table.dtype.names:
            yield f"{name}.{field}", np.ascontiguousarray(table[field])


def columns_of_twin(model: TwinModel) -> Iterator[tuple[str, Column]]:
    """Yield the same columns, made from objects."""
    for name in TABLES:
        objects = objects_of(model, name)
        for field, dtype in model.columns_of[name]:
            values = [as_number(getattr(thing, field)) for thing in objects]
            yield f"{name}.{field}", np.array(values, dtype)


def differences(simulation: Simulation, model: TwinModel) -> list[str]:
    """Return the columns that differ in any bit, or in length."""
    mine, others = dict(columns(simulation)), dict(columns_of_twin(model))
    return [name for name in mine if mine[name].tobytes() != others[name].tobytes()]


def digest(found: Iterator[tuple[str, Column]]) -> str:
    """Return a hash of columns."""
    whole = hashlib.sha256()
    for name, column in found:
        whole.update(name.encode() + column.tobytes())
    return whole.hexdigest()[:12]
