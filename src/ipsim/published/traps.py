"""What is wrong with published figures as they are printed, and how sure each repair is.

The table is ``traps.csv`` beside this file: one row for each trap, with the factor that
repairs it, its range, the error that is left, and the reason. Nothing else in the
package holds such a number.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from ipsim.scenario.words import Words


@dataclass(frozen=True)
class Trap:
    """One trap.

    Attributes
    ----------
    key
        Name in the table.
    value, low, high
        Factor of the repair with its range, where there is one.
    error
        Relative standard deviation that is left after the repair.
    done
        What was done, in both languages; may hold ``{names}``.
    trap, reason
        What is wrong, and where the numbers come from.
    """

    key: str
    value: float | None
    low: float | None
    high: float | None
    error: float
    done: Words
    trap: str
    reason: str


def spread(value: float, low: float, high: float) -> float:
    """Return the relative standard deviation of a value that lies anywhere from ``low`` to ``high``.

    The range is taken as evenly filled: its width over the root of twelve.
    """
    return (high - low) / sqrt(12.0) / abs(value) if value else 0.0


def _number(text: str) -> float | None:
    return float(text) if text else None


def _trap(row: dict[str, str]) -> Trap:
    value, low, high = (_number(row[name]) for name in ("value", "low", "high"))
    if value is not None and low is not None and high is not None:
        error = spread(value, low, high)
    else:
        error = _number(row["error"]) or 0.0
    return Trap(row["key"], value, low, high, error, Words(row["en"], row["zh"]), row["trap"], row["reason"])


def _read() -> dict[str, Trap]:
    path = Path(__file__).with_name("traps.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["key"]: _trap(row) for row in csv.DictReader(lines, strict=True)}


TRAPS: dict[str, Trap] = _read()
"""Every trap by its key."""
