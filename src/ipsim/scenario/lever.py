"""What a lever is: the one declaration from which schema, sliders and tables are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ipsim.scenario.timeline import Timeline, month_of
from ipsim.scenario.words import Words


@dataclass(frozen=True)
class Lever:
    """One thing that a policy can set.

    Attributes
    ----------
    key
        Name in scenario files, dotted.
    unit
        Unit of ``low``, ``high``, ``default`` and of every value.
    low, high
        Bounds, both allowed.
    default
        Value where neither the city nor the scenario gives one: a number, or a
        map of date (``2016``, ``2021-07``) to number.
    meaning
        What it is.
    cost
        What it costs the public purse, and how that is booked.
    source
        Where the default and the bounds come from.
    mechanism
        Row of the policy system, such as ``M18``.
    pathway
        Names of the mechanisms through which it acts.
    kind
        ``industries`` for a list of industry keys instead of a number.
    dial
        For a detailed key of the protection dial: how it follows from the dial.
    """

    key: str
    unit: str
    low: float
    high: float
    default: float | Mapping[str, float]
    meaning: Words
    cost: Words
    source: str
    mechanism: str
    pathway: tuple[str, ...]
    kind: Literal["number", "industries"] = "number"
    dial: Words | None = None

    @property
    def field(self) -> str:
        """Name of the lever in code: ``subsidies_filing_invention``."""
        return self.key.removeprefix("policy.").replace(".", "_")

    def default_timeline(self) -> Timeline:
        """Return the default over time."""
        if isinstance(self.default, Mapping):
            months = {month_of(date): value for date, value in self.default.items()}
            return Timeline.steps({m: v for m, v in months.items() if m is not None})
        return Timeline.constant(self.default)

    @property
    def allowed(self) -> str:
        """The values allowed, in words with the unit."""
        if self.kind == "industries":
            return "a list of industry keys of the city"
        unit = "" if self.unit == "0-1" else f" ({self.unit})"
        return f"{self.low:.10g} to {self.high:.10g}{unit}"
