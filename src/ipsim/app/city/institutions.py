"""Banks, universities, bodies, agencies and the fund: their figures by quarter."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ipsim.city.state import City

FIELDS: dict[str, tuple[str, ...]] = {
    "banks": ("loans", "out_lent", "in_repaid", "in_recovered", "in_fund", "screening", "burnt", "cash"),
    "universities": ("research", "in_force", "filed", "transfers", "in_royalty", "in_subsidy"),
    "bodies": ("posts", "backlog", "months"),
    "agencies": ("filings", "trifles", "drafting", "in_fees", "trifle_price"),
    "fund": ("balance", "paid", "guaranteed", "refused"),
}
"""What is kept of each table, by the names of the model's fields."""


class Institutions:
    """Collects the figures of all institutions, quarter by quarter."""

    def __init__(self) -> None:
        self._kept: dict[str, list[NDArray[np.float32]]] = {f"{t}.{f}": [] for t in FIELDS for f in FIELDS[t]}
        self._kept["banks.expected_first"] = []
        self._kept["banks.expected_known"] = []

    def note(self, city: City) -> None:
        """Note a quarter."""
        for table, fields in FIELDS.items():
            for field in fields:
                values: Any = getattr(city, table)[field]
                self._kept[f"{table}.{field}"].append(np.array(values, np.float32))
        for what, rate in zip(("first", "known"), expected_defaults(city), strict=True):
            self._kept[f"banks.expected_{what}"].append(rate.astype(np.float32))

    def finished(self) -> dict[str, NDArray[np.float32]]:
        """Return each figure as an array, a row a quarter and a column an institution."""
        return {name: np.array(rows) for name, rows in self._kept.items()}


def expected_defaults(city: City) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the default rates that banks expect, of first-time and of known borrowers."""
    banks, p = city.banks, city.parameters[0]
    weight = p.prior_loans
    first = (banks.lost_first + weight * p.prior_default_first) / (banks.ended_first + weight)
    known = (banks.lost_known + weight * p.prior_default_known) / (banks.ended_known + weight)
    return first, known
