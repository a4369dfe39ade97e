"""The check of accounts: money and patents are conserved in every quarter of every run."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ipsim.city.enterprise import FLOWS_IN, FLOWS_OUT
from ipsim.city.patent import IN_FORCE, LAPSED, PENDING, REFUSED
from ipsim.city.state import City

TOLERANCE = 1e-6  #: largest relative error allowed


class AccountsError(RuntimeError):
    """Money or patents were made or lost."""


@dataclass
class Accounts:
    """What the books said at the end of the last quarter, and the worst errors so far."""

    cash: np.ndarray
    bank_cash: float
    university_cash: float
    agency_cash: float
    loans: float
    worst: dict[str, float] = field(default_factory=dict)
    lent: float = 0.0
    ended: float = 0.0
    lost: float = 0.0
    filed: float = 0.0
    patents: int = 0
    dropped: int = 0

    @classmethod
    def opened(cls, city: City) -> Accounts:
        """Return the opening balances of a city."""
        return cls(
            cash=city.enterprises.cash.copy(),
            bank_cash=float(city.banks.cash.sum()),
            university_cash=float(city.universities.cash.sum()),
            agency_cash=float(city.agencies.cash.sum()),
            loans=float(city.banks.loans.sum()),
            patents=int(city.clock[0].patents),
        )

    def _note(self, name: str, left: float, right: float, size: float) -> None:
        error = abs(left - right) / max(abs(left), abs(right), size, 1.0)
        self.worst[name] = max(self.worst.get(name, 0.0), error)

    def check_quarter(self, city: City) -> None:
        """Compare the books after a quarter with those before it.

        Raises
        ------
        AccountsError
            If an identity fails by more than `TOLERANCE`, relative.
        """
        self._check_enterprises(city)
        self._check_others(city)
        self._check_loans(city)
        self._check_patents(city)
        broken = {k: v for k, v in self.worst.items() if not v <= TOLERANCE}
        if broken:
            quarter = int(city.clock[0].quarter)
            said = ", ".join(f"{name} by {error:.2g}" for name, error in broken.items())
            raise AccountsError(f"accounts do not close in quarter {quarter}: {said}")

    def _check_enterprises(self, city: City) -> None:
        table = city.enterprises
        flows = np.zeros(len(table))
        size = np.ones(len(table))
        for name in FLOWS_IN:
            flows += table[name]
            size += np.abs(table[name])
        for name in FLOWS_OUT:
            flows -= table[name]
            size += np.abs(table[name])
        size += np.abs(self.cash)
        error = np.abs(self.cash + flows - table.cash) / size
        self.worst["cash of every enterprise"] = max(
            self.worst.get("cash of every enterprise", 0.0), float(error.max())
        )
        self.cash = table.cash.copy()

    def _check_others(self, city: City) -> None:
        bank, uni, agency = city.banks, city.universities, city.agencies
        got = bank.in_repaid + bank.in_recovered + bank.in_fund + bank.in_bonus
        change = float((got - bank.out_lent - bank.out_costs).sum())
        now = float(bank.cash.sum())
        self._note("cash of banks", self.bank_cash + change, now, float(bank.out_lent.sum()))
        self.bank_cash = now
        got = uni.in_budget + uni.in_subsidy + uni.in_royalty
        change = float((got - uni.out_research - uni.out_fees - uni.out_agency).sum())
        now = float(uni.cash.sum())
        self._note("cash of universities", self.university_cash + change, now, 0.0)
        self.university_cash = now
        now = float(agency.cash.sum())
        change = float(agency.in_fees.sum() - agency.out_costs.sum())
        self._note("cash of agencies", self.agency_cash + change, now, 0.0)
        self.agency_cash = now
        table = city.enterprises
        paid = float(table.out_agency.sum() + uni.out_agency.sum())
        self._note("agency fees", paid, float(agency.in_fees.sum()), 0.0)
        paid = float(table.out_royalty.sum())
        got_royalties = float(table.in_royalty.sum() + uni.in_royalty.sum())
        self._note("royalties and prices", paid, got_royalties, 0.0)
        self._note("loans paid out", float(bank.out_lent.sum()), float(table.in_loan.sum()), 0.0)
        repaid = float(table.out_loan.sum())
        self._note("loans repaid", repaid, float(bank.in_repaid.sum()), 0.0)

    def _check_loans(self, city: City) -> None:
        loans = float(city.banks.loans.sum())
        debt = float(city.enterprises.debt.sum())
        self._note("debt equals loans", debt, loans, 0.0)
        fund = city.fund[0]
        expected = float(fund.injected - fund.paid)
        self._note("fund", expected, float(fund.balance), float(fund.injected))

    def _check_patents(self, city: City) -> None:
        tally = city.tally[0]
        filed = float(tally.filed_invention + tally.filed_utility_model + tally.filed_design)
        new = filed - self.filed if filed >= self.filed else filed
        self.filed = filed
        self.patents += int(new)
        used = city.patents[: city.clock[0].patents]
        stages = np.bincount(used.stage, minlength=5)
        counted = int(stages[[PENDING, IN_FORCE, REFUSED, LAPSED]].sum())
        self._note("patents filed are somewhere", float(self.patents - self.dropped), counted, 0.0)
        held = city.enterprises
        books = int(held.inventions.sum() + held.utility_models.sum() + held.designs.sum())
        books += int(city.universities.in_force.sum())
        self._note("patents in force are in books", float(books), float(stages[IN_FORCE]), 0.0)

    def year_ends(self, city: City, dropped: int) -> None:
        """Note that the year's tally is reset and ended patents left the ledger."""
        self.filed = 0.0
        self.dropped += dropped

    def result(self) -> dict[str, dict[str, float | bool]]:
        """Return the largest relative error of each identity over the run."""
        return {
            name: {"relative_error": error, "ok": bool(error <= TOLERANCE)}
            for name, error in self.worst.items()
        }
