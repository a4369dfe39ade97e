"""The check of accounts: money and patents are conserved in every quarter of every run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ipsim.city.enterprise import FLOWS_IN, FLOWS_OUT
from ipsim.city.patent import IN_FORCE, LAPSED, PENDING, REFUSED
from ipsim.city.state import City
from ipsim.engine.rules import loop

TOLERANCE = 1e-6  #: largest relative error allowed


def block(table: Any, names: tuple[str, ...]) -> np.ndarray:
    """Return fields of floats that are declared one after the other as a view, a row an agent."""
    first = table.dtype.fields[names[0]][1]
    if [table.dtype.fields[name][1] for name in names] != [first + 8 * k for k in range(len(names))]:
        raise TypeError(f"not declared one after the other: {', '.join(names)}")
    shape, strides = (len(table), len(names)), (table.dtype.itemsize, 8)
    return np.ndarray(shape, np.float64, table, first, strides)


def totals(table: Any) -> dict[str, float]:
    """Return the sum of every field of a small table."""
    names = table.dtype.names
    rows = table.tolist() or [(0.0,) * len(names)]
    return dict(zip(names, map(sum, zip(*rows, strict=True)), strict=True))


@loop
def add_up_books(enterprises: Any, received: Any, paid: Any, before: Any, sums: Any) -> float:
    """Return the largest error of cash against flows, relative; ``before`` becomes cash now.

    ``sums`` takes the sums of all flows in and out, of debt, and of rights in force.
    """
    ins, outs = received.shape[1], paid.shape[1]
    worst = 0.0
    for i in range(len(enterprises)):
        enterprise = enterprises[i]
        flow, size = 0.0, 1.0
        for k in range(ins):
            flow += received[i, k]
            size += abs(received[i, k])
            sums[k] += received[i, k]
        for k in range(outs):
            flow -= paid[i, k]
            size += abs(paid[i, k])
            sums[ins + k] += paid[i, k]
        size += abs(before[i])
        error = abs(before[i] + flow - enterprise.cash) / size
        if not error <= worst:  # also when it is not a number
            worst = error
        before[i] = enterprise.cash
        sums[ins + outs] += enterprise.debt
        sums[ins + outs + 1] += enterprise.inventions + enterprise.utility_models + enterprise.designs
    return worst


@loop
def count_stages(patents: Any, used: int, stages: Any) -> None:
    """Count patents by stage."""
    for n in range(used):
        stages[patents[n].stage] += 1


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
        sums = self._check_enterprises(city)
        self._check_others(city, sums)
        self._check_patents(city, sums["rights"])
        broken = {k: v for k, v in self.worst.items() if not v <= TOLERANCE}
        if broken:
            quarter = int(city.clock[0].quarter)
            said = ", ".join(f"{name} by {error:.2g}" for name, error in broken.items())
            raise AccountsError(f"accounts do not close in quarter {quarter}: {said}")

    def _check_enterprises(self, city: City) -> dict[str, float]:
        """Check the cash of every enterprise; return the sums of their flows, debt and rights."""
        table = city.enterprises
        received, paid = block(table, FLOWS_IN), block(table, FLOWS_OUT)
        sums = np.zeros(len(FLOWS_IN) + len(FLOWS_OUT) + 2)
        worst = add_up_books(table, received, paid, self.cash, sums)
        name = "cash of every enterprise"
        self.worst[name] = max(self.worst.get(name, 0.0), float(worst))
        return dict(zip((*FLOWS_IN, *FLOWS_OUT, "debt", "rights"), sums.tolist(), strict=True))

    def _check_others(self, city: City, sums: dict[str, float]) -> None:
        bank, uni, agency = totals(city.banks), totals(city.universities), totals(city.agencies)
        got = bank["in_repaid"] + bank["in_recovered"] + bank["in_fund"] + bank["in_bonus"]
        then = self.bank_cash + got - bank["out_lent"] - bank["out_costs"]
        self._note("cash of banks", then, bank["cash"], bank["out_lent"])
        self.bank_cash = bank["cash"]
        got = uni["in_budget"] + uni["in_subsidy"] + uni["in_royalty"]
        then = self.university_cash + got - uni["out_research"] - uni["out_fees"] - uni["out_agency"]
        self._note("cash of universities", then, uni["cash"], 0.0)
        self.university_cash = uni["cash"]
        then = self.agency_cash + agency["in_fees"] - agency["out_costs"]
        self._note("cash of agencies", then, agency["cash"], 0.0)
        self.agency_cash = agency["cash"]
        self._note("agency fees", sums["out_agency"] + uni["out_agency"], agency["in_fees"], 0.0)
        got = sums["in_royalty"] + uni["in_royalty"]
        self._note("royalties and prices", sums["out_royalty"], got, 0.0)
        self._note("loans paid out", bank["out_lent"], sums["in_loan"], 0.0)
        self._note("loans repaid", sums["out_loan"], bank["in_repaid"], 0.0)
        self._note("debt equals loans", sums["debt"], bank["loans"], 0.0)
        fund = totals(city.fund)
        self._note("fund", fund["injected"] - fund["paid"], fund["balance"], fund["injected"])

    def _check_patents(self, city: City, rights: float) -> None:
        tally = city.tally[0]
        filed = float(tally.filed_invention + tally.filed_utility_model + tally.filed_design)
        new = filed - self.filed if filed >= self.filed else filed
        self.filed = filed
        self.patents += int(new)
        stages = np.zeros(5, np.int64)
        count_stages(city.patents, int(city.clock[0].patents), stages)
        counted = int(stages[[PENDING, IN_FORCE, REFUSED, LAPSED]].sum())
        self._note("patents filed are somewhere", float(self.patents - self.dropped), counted, 0.0)
        books = rights + float(city.universities.in_force.sum())
        self._note("patents in force are in books", books, float(stages[IN_FORCE]), 0.0)

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
