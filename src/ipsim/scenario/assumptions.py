"""What the model takes as given: each parameter with its source or its range."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from ipsim.scenario.words import Words


@dataclass(frozen=True)
class Assumption:
    """One parameter of the model.

    Attributes
    ----------
    key
        Name in scenario files (``assumptions: {key: value}``) and in the code.
    value, low, high
        The value used, and the range within which it may lie.
    unit
        Unit of the three.
    meaning
        What it is, in both languages.
    source
        The published source, or the reason for the assumption.
    cited
        True when the value comes from a published source; otherwise it is an
        assumption that studies sweep from ``low`` to ``high``.
    """

    key: str
    value: float
    low: float
    high: float
    unit: str
    meaning: Words
    source: str
    cited: bool = False


def _read() -> dict[str, Assumption]:
    path = Path(__file__).with_name("assumptions.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["key"]: _made(row) for row in csv.DictReader(file)}


def _made(row: dict[str, str]) -> Assumption:
    return Assumption(
        key=row["key"],
        value=float(row["value"]),
        low=float(row["low"]),
        high=float(row["high"]),
        unit=row["unit"],
        meaning=Words(row["en"], row["zh"]),
        source=row["source"],
        cited=row["cited"] == "1",
    )


#: Every parameter of the model by key, in the order of the table.
ASSUMPTIONS: dict[str, Assumption] = _read()
