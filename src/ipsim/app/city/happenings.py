"""What enterprises met in a quarter, read off the tables before and after each mechanism."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ipsim.app.city.growing import Growing
from ipsim.app.city.tables import HAPPENING, Kind
from ipsim.city.enterprise import ALIVE, FAILED
from ipsim.city.state import City


class Diary:
    """Collects what happened.

    Parameters
    ----------
    life_of_row
        The life that each row of the model's table holds; kept up to date by its owner.

    Attributes
    ----------
    happenings
        Rows of `HAPPENING`, by quarter.
    """

    def __init__(self, life_of_row: NDArray[np.int64]) -> None:
        self.happenings = Growing(HAPPENING, 8192)
        self._life = life_of_row

    def note(
        self,
        quarter: int,
        kind: Kind,
        rows: NDArray[np.int64],
        other: ArrayLike = -1,
        amount: ArrayLike = 0.0,
    ) -> None:
        """Note one happening for each of ``rows`` of the model's table."""
        columns = {"quarter": quarter, "kind": int(kind), "who": self._life[rows]}
        self.happenings.add(len(rows), {**columns, "other": other, "amount": amount})

    def after_research(self, quarter: int, before: Any, now: Any) -> None:
        """Note who began or gave up research, and who was recognised as high-tech."""
        for name, begun, ended in (
            ("researches", Kind.RESEARCH_BEGUN, Kind.RESEARCH_ENDED),
            ("high_tech", Kind.RECOGNISED, Kind.NO_LONGER_RECOGNISED),
        ):
            change = now[name].astype(int) - before[name]
            self.note(quarter, begun, np.flatnonzero(change > 0))
            self.note(quarter, ended, np.flatnonzero(change < 0))

    def after_copying(self, quarter: int, before: Any, now: Any) -> None:
        """Note who began to copy whom, and what it will earn by it."""
        begun = np.flatnonzero((before.copies < 0) & (now.copies >= 0))
        self.note(quarter, Kind.COPY_BEGUN, begun, self._life[now.copies[begun]], now.copy_gain[begun])

    def after_disputes(self, quarter: int, before: Any, now: Any) -> None:
        """Note which copies were found, which became licences, and which ended by themselves."""
        copying = before.copies >= 0
        found = np.flatnonzero(copying & (now.copy_known == 1) & (before.copy_known == 0))
        self.note(quarter, Kind.COPY_FOUND, found, self._life[before.copies[found]])
        ended = np.flatnonzero(copying & (now.copies < 0))
        paid = now.out_royalty[ended] - before.out_royalty[ended]
        for kind, mine in ((Kind.COPY_LICENSED, paid > 0.0), (Kind.COPY_GIVEN_UP, paid <= 0.0)):
            rows = ended[mine]
            self.note(quarter, kind, rows, self._life[before.copies[rows]], paid[mine])

    def after_enforcement(self, quarter: int, before: Any, now: Any) -> None:
        """Note which copies were stopped."""
        stopped = np.flatnonzero((before.copies >= 0) & (now.copies < 0))
        paid = now.out_award[stopped] - before.out_award[stopped]
        self.note(quarter, Kind.COPY_STOPPED, stopped, self._life[before.copies[stopped]], paid)

    def after_lending(self, quarter: int, before: Any, now: Any) -> None:
        """Note loans that were made, repaid, prolonged or lost."""
        lent = np.flatnonzero(now.loans > before.loans)
        self.note(quarter, Kind.LOAN, lent, now.bank[lent], now.debt[lent])
        owed = before.debt > 0.0
        later = np.flatnonzero(owed & (now.debt > 0.0) & (now.loan_due > before.loan_due))
        self.note(quarter, Kind.PROLONGED, later, now.bank[later], now.debt[later])
        ended = owed & (now.debt == 0.0)
        lost = now.distress > before.distress
        for kind, mine in ((Kind.REPAID, ended & ~lost), (Kind.DEFAULTED, ended & lost)):
            rows = np.flatnonzero(mine)
            self.note(quarter, kind, rows, now.bank[rows], before.debt[rows])

    def after_settlement(self, quarter: int, before: Any, now: Any) -> None:
        """Note who closed or failed, and what loans were lost by it."""
        gone = np.flatnonzero((before.status == ALIVE) & (now.status != ALIVE))
        owing = gone[before.debt[gone] > 0.0]
        self.note(quarter, Kind.DEFAULTED, owing, now.bank[owing], before.debt[owing])
        failed = now.status[gone] == FAILED
        self.note(quarter, Kind.FAILED, gone[failed])
        self.note(quarter, Kind.CLOSED, gone[~failed])

    def after_transfer(self, quarter: int, city: City, before: Any, sold: NDArray[np.int64]) -> None:
        """Note which enterprises bought the university patents ``sold`` (rows of the ledger).

        The ledger keeps the university as owner; the buyer is the one that paid.
        """
        now = city.enterprises
        paid = now.out_royalty - before.out_royalty
        buyers = np.flatnonzero(paid > 0.0)
        universities = city.patents.owner[sold]
        prices = _prices(city, sold, before.knowledge[buyers])
        for n, university in enumerate(universities):
            fits = np.abs(prices[n] - paid[buyers])
            best = buyers[int(np.argmin(fits))] if len(buyers) else None
            if best is not None:
                amount = prices[n, int(np.argmin(fits))]
                self.note(quarter, Kind.BOUGHT, np.array([best]), int(university), float(amount))
                paid[best] -= amount


def _prices(city: City, sold: NDArray[np.int64], knowledge: NDArray[Any]) -> NDArray[np.float64]:
    """Return what each of the patents ``sold`` would cost a buyer of that ``knowledge``."""
    p = city.parameters[0]
    worth = city.patents.flow[sold] / (p.discount + p.value_decay) * p.transfer_gain
    return 0.5 * (worth[:, None] * np.minimum(2.0, knowledge)[None, :] - p.commercialisation_cost)
