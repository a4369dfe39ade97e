"""Targets: published shares, distributions and effects that runs of any city are laid beside.

The rows are in ``targets.csv`` beside this file, each with its source in the evidence and the
reason for its use. Figures of single cities are not here: they come from `ipsim.published`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Use = Literal["fit", "test"]

BOTH = "both"
"""The place of a target that any city should meet."""


@dataclass(frozen=True)
class Target:
    """One published figure that is not of a city, and how a run is held against it.

    Attributes
    ----------
    key
        Names it.
    indicator
        Of the catalogue, ``moment.NAME`` (see `MOMENTS`) or ``twin.NAME`` (see `TWINS`).
    year
        Simulated year that is compared; twins give one figure for 2017 to 2019.
    value
        As published, in the unit of the indicator.
    low, high
        The range that is published or said by several sources, None where there is none.
    error
        Relative standard deviation of the figure as a measure of the nation.
    discrepancy
        Relative standard deviation allowed since a city is not the nation and the model is not
        the world.
    known
        Year in which it was published, or to which it refers.
    use
        ``fit`` or ``test``; tests are inputs, doubles of what is fitted, or out of reach of any
        assumption.
    places
        ``both``, or the key of the one city whose runs are compared.
    source
        Names of parameters, ids of effects, or ``PLACE/INDICATOR/PERIOD`` of an observation in the
        evidence, the first one that of the value; separated by semicolons.
    reason
        Why this use, error and discrepancy.
    """

    key: str
    indicator: str
    year: int
    value: float
    low: float | None
    high: float | None
    error: float
    discrepancy: float
    known: int
    use: Use
    places: str
    source: str
    reason: str

    def within(self, simulated: float) -> bool:
        """Tell whether a simulated figure is in the published range, or equals it where there is none."""
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        return low <= simulated <= high


@cache
def _targets() -> tuple[Target, ...]:
    with Path(__file__).with_name("targets.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(_made(row) for row in csv.DictReader(lines))


def _made(row: dict[str, str]) -> Target:
    if row["use"] not in ("fit", "test"):
        raise ValueError(f"{row['key']}: use is {row['use']!r}, not fit or test")
    return Target(
        key=row["key"],
        indicator=row["indicator"],
        year=int(row["year"]),
        value=float(row["value"]),
        low=float(row["low"]) if row["low"] else None,
        high=float(row["high"]) if row["high"] else None,
        error=float(row["error"]),
        discrepancy=float(row["discrepancy"]),
        known=int(row["known"]),
        use="fit" if row["use"] == "fit" else "test",
        places=row["places"],
        source=row["source"],
        reason=row["reason"],
    )


def targets(use: Use | None = None, known_by: int | None = None) -> list[Target]:
    """Return the targets in the order of the file.

    Parameters
    ----------
    use
        Only those for ``fit``, or only those for ``test``.
    known_by
        Only those known by the end of this year.
    """
    return [
        one for one in _targets() if use in (None, one.use) and (known_by is None or one.known <= known_by)
    ]
