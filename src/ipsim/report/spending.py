"""Public money by lever, with the parts of one lever together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ipsim.indicators.catalogue import SPENDING, SPENDING_WORDS, spending_indicator
from ipsim.report.measured import Floats, Measured

TOGETHER = (
    "subsidies.filing",
    "subsidies.grant",
    "protection.rapid_centre",
    "utilisation.pledge_fund",
)
"""Levers whose parts are shown as one."""


class Spent(NamedTuple):
    """Spending on one lever.

    Attributes
    ----------
    lever
        Key without ``policy.``.
    values
        RMB million, replicates x years.
    """

    lever: str
    values: Floats

    def name(self, lang: str) -> str:
        """Return the short name of the lever."""
        words = SPENDING_WORDS.get(self.lever)
        return (words or spending_indicator(self.lever).words).of(lang)

    @property
    def total(self) -> float:
        """Mean over replicates of the sum over years, RMB million."""
        return float(np.nansum(self.values) / len(self.values))


def by_lever(measured: Measured) -> list[Spent]:
    """Return what was spent on each lever, largest first, levers without spending left out."""
    prefix = f"{SPENDING}."
    parts = [name.removeprefix(prefix) for name in measured.names if name.startswith(prefix)]
    found: dict[str, Floats] = {}
    for part in parts:
        if any(other.startswith(f"{part}.") for other in parts):
            continue  # a sum of parts that are there themselves
        lever = next((whole for whole in TOGETHER if part.startswith(f"{whole}.")), part)
        values = np.nan_to_num(measured.values(prefix + part))
        found[lever] = found[lever] + values if lever in found else values
    spent = [Spent(lever, values) for lever, values in found.items() if values.any()]
    return sorted(spent, key=lambda one: -one.total)
