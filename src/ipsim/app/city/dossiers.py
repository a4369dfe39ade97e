"""Filings and cases followed from quarter to quarter.

The model keeps a patent or a case until it ends and drops it at the turn of the year; here each has a row for
good. Between two turns of the year rows of the ledger and of the docket stay where they are.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ipsim.app.city.growing import Growing
from ipsim.app.city.tables import CASE, FILING, NEVER
from ipsim.city.patent import FIRM, IN_FORCE, LAPSED, PENDING, REFUSED
from ipsim.city.state import City


class Ledger:
    """Every filing of a run.

    Attributes
    ----------
    filings
        Rows of `FILING`.
    """

    def __init__(self) -> None:
        self.filings = Growing(FILING, 65536)
        self._of_row = np.zeros(0, np.int64)

    def numbers(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the filings that rows of the model's ledger hold."""
        return self._of_row[rows]

    def enter(self, city: City, life_of_row: NDArray[np.int64]) -> None:
        """Add the filings that are in the model's ledger and not yet here."""
        known, used = len(self._of_row), int(city.clock[0].patents)
        new = city.patents[known:used]
        firm = new.owner_kind == FIRM
        owner = np.where(firm, life_of_row[np.where(firm, new.owner, 0)], new.owner)
        copied = (
            "key",
            "agency",
            "industry",
            "filed",
            "kind",
            "trifle",
            "joint",
            "rapid",
            "abroad",
            "in_use",
            "licensed",
        )
        columns: dict[str, Any] = {name: new[name] for name in copied}
        columns |= {"quality": new.quality, "worth": new.flow, "university": ~firm}
        columns |= {"owner": owner, "first_owner": owner, "ended": NEVER}
        columns |= {"granted": new.stage == IN_FORCE, "decided": new.granted}
        numbers = self.filings.add(used - known, columns)
        self._of_row = np.concatenate([self._of_row, numbers])

    def note(self, city: City, before: Any, quarter: int) -> NDArray[np.int64]:
        """Note what was decided on or lapsed since ``before``; return rows that changed hands."""
        now = city.patents[: len(before)]
        filings = self.filings.rows
        changed = np.flatnonzero(before.stage != now.stage)
        granted = changed[now.stage[changed] == IN_FORCE]
        refused = changed[now.stage[changed] == REFUSED]
        lapsed = changed[now.stage[changed] == LAPSED]
        filings["granted"][self._of_row[granted]] = 1
        filings["decided"][self._of_row[granted]] = quarter
        filings["in_use"][self._of_row[granted]] = now.in_use[granted]
        filings["decided"][self._of_row[refused]] = quarter
        filings["ended"][self._of_row[lapsed]] = quarter
        return np.flatnonzero((before.owner != now.owner) & (now.owner_kind == FIRM))

    def turn_year(self, kept: NDArray[np.bool_]) -> None:
        """Forget the rows that the model has dropped."""
        self._of_row = self._of_row[kept]


def still_in_ledger(city: City) -> NDArray[np.bool_]:
    """Return which rows of the ledger the turn of the year keeps."""
    stage = city.patents.stage[: int(city.clock[0].patents)]
    return (stage == PENDING) | (stage == IN_FORCE)


class Docket:
    """Every case of a run.

    Attributes
    ----------
    cases
        Rows of `CASE`.
    """

    def __init__(self) -> None:
        self.cases = Growing(CASE)
        self._of_row = np.zeros(0, np.int64)

    def enter(self, city: City, life_of_row: NDArray[np.int64]) -> None:
        """Add the cases filed since the last call."""
        known, used = len(self._of_row), int(city.clock[0].cases)
        new = city.cases[known:used]
        columns: dict[str, Any] = {
            "plaintiff": life_of_row[new.plaintiff],
            "defendant": life_of_row[new.defendant],
            "body": new.body,
            "filed": new.filed,
            "decided": NEVER,
            "loss": new.loss,
        }
        self._of_row = np.concatenate([self._of_row, self.cases.add(used - known, columns)])

    def decide(self, city: City, before: Any, open_before: NDArray[Any], quarter: int) -> NDArray[np.int64]:
        """Note the cases decided since ``before`` (enterprises), and return those won.

        A case is won where the defendant had to stop copying the plaintiff.
        """
        now = city.cases[: len(open_before)]
        closed = np.flatnonzero((open_before == 1) & (now.open == 0))
        cases, numbers = self.cases.rows, self._of_row[closed]
        cases["decided"][numbers] = quarter
        defendants = now.defendant[closed]
        copied = before.copies[defendants] == now.plaintiff[closed]
        won = copied & (city.enterprises.copies[defendants] < 0)
        cases["won"][numbers] = won
        paid = city.enterprises.out_award[defendants] - before.out_award[defendants]
        cases["damages"][numbers] = np.where(won, paid, 0.0)
        return numbers[won]

    def turn_year(self, kept: NDArray[np.bool_]) -> None:
        """Forget the rows that the model has dropped."""
        self._of_row = self._of_row[kept]
