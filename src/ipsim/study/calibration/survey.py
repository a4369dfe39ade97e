"""The surveyor of a run: looks at the city every quarter and sums up at the end of a year.

It keeps what the city itself puts away: grants by quarter, values at grant, filings and
R&D by enterprise and year, and the counts of loans and transfers since the start.
"""

from __future__ import annotations

from collections import deque
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipsim.city.enterprise import ALIVE, MEDIUM, MICRO, SMALL
from ipsim.city.patent import FIRM, IN_FORCE, INVENTION, KINDS
from ipsim.city.state import City
from ipsim.engine.rules import plain
from ipsim.mechanisms.worth import RMB, filing_subsidy, official_fee
from ipsim.study.calibration.distributions import (
    count_exponent,
    log_spread,
    network_figures,
    pareto_exponent,
    squared_correlations,
    top_share,
    top_tail_exponent,
)

Array = NDArray[np.float64]
Figures = dict[str, float]

WINDOW = 8  #: years over which patents and R&D are laid side by side, as Pakes & Griliches did
RECENT = 5  #: years over which filings per applicant are counted
LEAST_YEARS = 4  #: years that must have passed before either is
COHORTS = 12  #: quarters whose grants are followed: 2016 to 2018
FIVE_YEARS = 20  #: quarters
SINCE_START = ("filed_invention", "filed_abroad", "loans", "lent", "loans_ended", "loans_lost")
"""Yearly counts of the city that are summed from 2016 on."""


class BookYear(NamedTuple):
    """A year of every row of the table of enterprises."""

    keys: NDArray[np.int64]  #: who held the row at the end of the year
    filings: Array
    research: Array  #: million RMB


def rows_in_use(city: City) -> Any:
    """Return the ledger as plain rows: their fields are read sooner than a table's attributes."""
    return city.patents[: int(city.clock[0].patents)].view(np.ndarray)


def share(part: float, whole: float) -> float:
    """Return ``part / whole``, not a number of nothing."""
    return float(part) / float(whole) if whole else float("nan")


class Survey:
    """What a surveyor has noted so far of one run.

    Parameters
    ----------
    city
        The city as founded, before its first quarter.
    """

    def __init__(self, city: City) -> None:
        table = city.enterprises
        self._keys, self._experience = table.key.copy(), table.experience.copy()
        self._spent = np.zeros(len(table))
        self._books: deque[BookYear] = deque(maxlen=WINDOW)
        self._values: list[Array] = []
        self._granted = np.zeros((COHORTS, len(KINDS)))
        self._kept = np.full((COHORTS, len(KINDS)), np.nan)
        self._sums = dict.fromkeys(SINCE_START, 0.0)
        self._transfers = np.zeros(2)  # count, million RMB
        self._costs = np.zeros((3, len(KINDS)))  # filings, net cost and subsidy in RMB
        self._research_cost: list[float] = []

    # -- every quarter ------------------------------------------------------------

    def quarter_ends(self, city: City) -> None:
        """Note a quarter that was just run, before its year is put away."""
        quarter = int(city.clock[0].quarter)
        self._spent += city.enterprises.research
        ledger = rows_in_use(city)
        granted = ledger["granted"]
        self._note_grants(city, ledger[granted == quarter], quarter)
        if 0 <= quarter - FIVE_YEARS < COHORTS:
            old = granted == quarter - FIVE_YEARS
            kept = ledger["kind"][old & (ledger["stage"] == IN_FORCE)]
            self._kept[quarter - FIVE_YEARS] = np.bincount(kept, minlength=len(KINDS))
        self._note_costs(city, ledger[ledger["filed"] == quarter])
        self._research_cost.append(1.0 - float(city.policy["subsidies_research"][0]))
        self._transfers[1] += float(city.universities.in_royalty.sum())

    def _note_grants(self, city: City, granted: Any, quarter: int) -> None:
        if quarter < COHORTS:
            self._granted[quarter] = np.bincount(granted["kind"], minlength=len(KINDS))
        mine = (granted["kind"] == INVENTION) & (granted["owner_kind"] == FIRM) & (granted["flow"] > 0.0)
        rate = float(city.parameters["discount"][0] + city.parameters["value_decay"][0])
        self._values.append(np.asarray(granted["flow"][mine]) / rate)

    def _note_costs(self, city: City, filed: Any) -> None:
        """Add up what the quarter's filings cost: official fee and agency less the subsidy."""
        kinds, policy = filed["kind"], city.policy[0]
        fees, subsidies = fee_table(policy), subsidy_table(policy)
        of_firm = filed["owner_kind"] == FIRM
        large = of_firm & (city.enterprises.size_class[np.where(of_firm, filed["owner"], 0)] > SMALL)
        agencies = city.agencies
        cost = fees[kinds, large.astype(int)] - subsidies[kinds]
        fee = np.where(
            kinds == INVENTION, agencies.fee_invention[filed["agency"]], agencies.fee_other[filed["agency"]]
        )
        cost += (fee + filed["trifle"] * agencies.trifle_price[filed["agency"]]) / RMB
        self._costs[0] += np.bincount(kinds, minlength=len(KINDS))
        self._costs[1] += np.bincount(kinds, cost, minlength=len(KINDS))
        self._costs[2] += np.bincount(kinds, subsidies[kinds], minlength=len(KINDS))

    # -- every year ---------------------------------------------------------------

    def year_ends(self, city: City) -> Figures:
        """Return the moments of the year whose last quarter was noted, and begin the next."""
        for name in SINCE_START:
            self._sums[name] += float(city.tally[name][0])
        self._transfers[0] += float(city.tally["university_transfers"][0])
        self._books.append(self._book_year(city))
        quarter = int(city.clock[0].quarter)
        figures: Figures = {}
        figures.update(value_figures(np.concatenate(self._values)))
        if len(self._books) >= LEAST_YEARS:
            figures.update(applicant_figures(list(self._books)))
        figures.update(enterprise_figures(city, self._books[-1].filings))
        figures.update(use_figures(city))
        if quarter == COHORTS + FIVE_YEARS - 1:
            figures.update(self._lapse_figures())
        figures.update(self._money_figures(city))
        figures.update(self._cost_figures())
        self._costs[:] = 0.0
        self._research_cost.clear()
        return figures

    def _book_year(self, city: City) -> BookYear:
        table = city.enterprises
        same = table.key == self._keys
        filed = table.experience - np.where(same, self._experience, 0)
        book = BookYear(table.key.copy(), filed.astype(float), self._spent)
        self._keys, self._experience = book.keys, table.experience.copy()
        self._spent = np.zeros(len(table))
        return book

    def _lapse_figures(self) -> Figures:
        granted, kept = self._granted.sum(axis=0), self._kept.sum(axis=0)
        return {f"lapse5_{name}": 1.0 - share(kept[k], granted[k]) for k, name in enumerate(KINDS)}

    def _money_figures(self, city: City) -> Figures:
        sums, tally = self._sums, city.tally
        done, reported = float(tally["research"][0]), float(tally["reported_research"][0])
        count, paid = self._transfers
        return {
            "relabelled": 1.0 - share(done, reported),
            "research": done / float(city.clock[0].scale),
            "abroad": share(sums["filed_abroad"], sums["filed_invention"]),
            "university_price": share(paid, count),
            "pledge_default": share(sums["loans_lost"], sums["loans_ended"]),
            "pledge_loan": share(sums["lent"], sums["loans"]),
            "research_cost": float(np.mean(self._research_cost)),
        }

    def _cost_figures(self) -> Figures:
        number, cost, subsidy = self._costs
        figures = {f"filing_cost_{name}": share(cost[k], number[k]) for k, name in enumerate(KINDS)}
        return figures | {
            f"filing_subsidy_{name}": share(subsidy[k], number[k]) for k, name in enumerate(KINDS)
        }


def fee_table(policy: Any) -> Array:
    """Return official fees in RMB: (types, 2), for small and for larger applicants."""
    fee = plain(official_fee)
    return np.array([[fee(k, size, policy) / RMB for size in (SMALL, MEDIUM)] for k in range(len(KINDS))])


def subsidy_table(policy: Any) -> Array:
    """Return filing subsidies in RMB by type."""
    return np.array([plain(filing_subsidy)(k, policy) / RMB for k in range(len(KINDS))])


def value_figures(values: Array) -> Figures:
    """Return spread, top share and tail of values at grant."""
    return {
        "value_sigma": log_spread(values),
        "value_top5": top_share(values),
        "value_tail": top_tail_exponent(values),
    }


def applicant_figures(books: list[BookYear]) -> Figures:
    """Return the exponent of filings per applicant, and how patents go with R&D.

    An applicant is an enterprise by its key: a row that was founded anew counts twice. The
    correlations are over enterprises that were there in every year of up to eight.
    """
    filings = np.array([book.filings for book in books])
    research = np.array([book.research for book in books])
    keys = np.array([book.keys for book in books])
    stayed = (keys == keys[0]).all(axis=0)
    recent = filings_by_applicant(keys[-RECENT:], filings[-RECENT:])
    between, within = squared_correlations(research[:, stayed], filings[:, stayed])
    return {
        "applicant_exponent": 1.0 + count_exponent(recent, 3),
        "research_between": between,
        "research_within": within,
    }


def filings_by_applicant(keys: NDArray[np.int64], filings: Array) -> Array:
    """Return the filings of each applicant that filed, from rows (years, places)."""
    filed = filings > 0.0
    _, who = np.unique(keys[filed], return_inverse=True)
    return np.bincount(who, filings[filed]).astype(float)


def enterprise_figures(city: City, filings: Array) -> Figures:
    """Return research, filing and size of enterprises above scale, and the supply network."""
    table = city.enterprises
    alive = table.status == ALIVE
    bar = float(city.parameters["small_below"][0])  # 20 million RMB: above scale in the statistics too
    yearly = 4.0 * table.revenue
    above = alive & (yearly >= bar)
    customers, links = network_figures(city.suppliers, alive)
    count = int(above.sum())
    return {
        "share_researching": share(int((table.researches[above] == 1).sum()), count),
        "share_filing": share(int((filings[above] > 0.0).sum()), count),
        "firm_size_exponent": pareto_exponent(yearly[above], bar),
        "customers_exponent": customers,
        "links": links,
    }


def use_figures(city: City) -> Figures:
    """Return shares of inventions in force that are in use or licensed, by holder."""
    ledger = rows_in_use(city)
    held = ledger[(ledger["stage"] == IN_FORCE) & (ledger["kind"] == INVENTION)]
    of_firm = held["owner_kind"] == FIRM
    firm, university = held[of_firm], held[~of_firm]
    sizes = city.enterprises.size_class[firm["owner"]]
    joint = university["in_use"][university["joint"] == 1]
    figures = {"use_joint": share(joint.sum(), len(joint))}
    for name, size in (("micro", MICRO), ("medium", MEDIUM)):
        used = firm["in_use"][sizes == size]
        figures[f"use_{name}"] = share(used.sum(), len(used))
    licensed = (university["licensed"] == 1) | (university["transferred"] == 1)
    figures["university_licensed"] = share(licensed.sum(), len(university))
    return figures
