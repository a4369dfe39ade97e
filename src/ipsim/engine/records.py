"""The state of one kind of agent: a table, a row an agent, a named field a property."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

#: Floats are always 64 bit: plain Python and compiled code then round alike.
FLOAT, KEY, INDEX, COUNT, QUARTER, FLAG = "f8", "i8", "i4", "i4", "i2", "i1"


@dataclass(frozen=True)
class Field:
    """One property of an agent: its type, unit, meaning and value at birth."""

    name: str
    dtype: str
    unit: str
    meaning: str
    initial: float = 0


def as_bytes(table: Any) -> np.ndarray:
    """Return a table's rows without their fields: NumPy moves and clears them far sooner."""
    return table.view(np.ndarray).view(f"V{table.dtype.itemsize}")


class Record:
    """The declaration of one kind of agent.

    Parameters
    ----------
    name
        What one row is, for example ``"enterprise"``.
    *fields
        The properties, each declared once.
    """

    def __init__(self, name: str, *fields: Field) -> None:
        names = [field.name for field in fields]
        twice = {n for n in names if names.count(n) > 1}
        if twice:
            raise ValueError(f"{name}: declared twice: {', '.join(sorted(twice))}")
        hidden = [n for n in names if hasattr(np.record, n) or hasattr(np.recarray, n)]
        if hidden:  # plain Python would read NumPy's attribute, compiled code the field
            raise ValueError(f"{name}: NumPy has attributes of that name: {', '.join(hidden)}")
        self.name = name
        self.fields = fields
        self.dtype = np.dtype([(f.name, f.dtype) for f in fields], align=True)

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def __getitem__(self, name: str) -> Field:
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no field {name!r}")

    @property
    def bytes_per_row(self) -> int:
        """Bytes of state of one agent."""
        return self.dtype.itemsize

    def table(self, rows: int) -> Any:
        """Return a fresh table of ``rows`` agents, every field at its initial value.

        The table is a ``np.recarray``; it is typed as ``Any`` since its attributes
        are the declared fields.
        """
        table = np.zeros(rows, self.dtype).view(np.recarray)
        for field in self.fields:
            if field.initial:
                table[field.name] = field.initial
        return table

    def grown(self, table: Any, rows: int) -> Any:
        """Return ``table`` lengthened to at least ``rows`` (at least doubled if it grows)."""
        if len(table) >= rows:
            return table
        longer = self.table(max(rows, 2 * len(table)))
        as_bytes(longer)[: len(table)] = as_bytes(table)
        return longer
