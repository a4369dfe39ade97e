"""The twin as a Mesa model: a quarter in the same order."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import mesa

from ipsim.city.enterprise import ALIVE
from ipsim.city.government import SPENDING_NAMES, TALLY_NAMES
from ipsim.city.patent import FIRM, IN_FORCE, INVENTION, PENDING, UNIVERSITY, UTILITY_MODEL
from ipsim.city.yearly import UTILITY_MODEL_WEIGHT
from ipsim.scenario import Scenario

from .bodies import Agency, Bank, Body, Fund, Industry
from .cases import Case
from .enterprise import Enterprise
from .patent import Office, Patent
from .public import News, counts, pay_programmes
from .university import University


class TwinModel(mesa.Model):
    """A city of plain Mesa agents; `twin.start.twin_of` makes it from a founded one."""

    parameters: SimpleNamespace
    policy: SimpleNamespace
    industries: list[Industry]
    register: list[Enterprise]  #: enterprises, and shells that founders may fill
    universities: list[University]
    banks: list[Bank]
    agencies: list[Agency]
    bodies: list[Body]
    patents: list[Patent]
    cases: list[Case]
    fund: Fund
    office: Office
    news: News
    mean_sales: float
    capability: float
    entry_rate: float
    exit_rate: float
    funding_cost: float
    appetite: float
    firm_shares: list[float]
    columns_of: dict[str, list[tuple[str, Any]]]  #: names and types of what it can be compared by

    def __init__(self, scenario: Scenario, luck: int, scale: float) -> None:
        super().__init__(rng=luck)
        self.described = scenario
        self.luck = luck
        self.scale = scale
        self.quarter = 0
        self.lending_rate = self.entrants = 0.0
        self.tally: Any = counts(TALLY_NAMES)
        self.spending: Any = counts(SPENDING_NAMES)
        self._levers = {name: path.tolist() for name, path in scenario.lever_table().items()}
        self._rapid = scenario.rapid_industries()

    # -- the quarter ------------------------------------------------------------------

    def step(self) -> None:
        """Run one quarter."""
        january = self.quarter % 4 == 0
        if january:
            self.list_members()
        self.begin_quarter()
        enterprises = self.agents_by_type[Enterprise]
        self.govern()
        for body in self.bodies:
            body.staff()
        for agency in self.agencies:
            agency.run()
        if january:
            enterprises.do("renew_links")
            self.list_customers()
        enterprises.do("earn").do("learn").do("do_research").do("invent_and_file")
        for university in self.universities:
            university.run()
        self.decide_on_patents()
        enterprises.do("consider_market").do("go_on_copying")
        for case in self.cases:
            case.decide()
        enterprises.do("finance").do("settle").do("consider_founding")
        self.news.publish(self.parameters)
        self.quarter += 1
        if self.quarter % 4 == 0:
            self.end_year()

    def begin_quarter(self) -> None:
        """Set policy and environment of the quarter."""
        last = self.described.quarters - 1
        now = min(self.quarter, last)
        self.policy = SimpleNamespace(**{name: path[now] for name, path in self._levers.items()})
        profile, p = self.described.city, self.parameters
        when = self.described.start_year + self.quarter / 4.0
        growth = profile.revenue_growth.at(when) - p.growth_from_within
        for industry, about in zip(self.industries, profile.industries, strict=True):
            industry.rapid = bool(self._rapid[now][industry.number])
            industry.growth = (1.0 + (growth + about.growth_premium.value)) ** 0.25 - 1.0
        if self.quarter > 0:
            self.capability *= (1.0 + p.opportunity_growth) ** 0.25
        self.lending_rate = profile.banks.lending_rate.at(when)
        alive = sum(enterprise.status == ALIVE for enterprise in self.register)
        free = sum(enterprise.is_free() for enterprise in self.register)
        self.entrants = min(1.0, 0.25 * self.entry_rate * alive / max(1, free))

    def govern(self) -> None:
        """Run the government: fund, programmes, the rapid centre's queue."""
        self.fund.fill()
        pay_programmes(self)
        capacity = self.policy.protection_rapid_centre_capacity * self.scale / 4.0
        self.office.waiting = max(0.0, self.office.waiting - capacity)
        for bank in self.banks:
            bank.open_books()

    def decide_on_patents(self) -> None:
        """Examine, renew, and offer what universities do not use."""
        for patent in self.patents:
            patent.examine()
        for patent in self.patents:
            patent.renew()
        for patent in self.patents:
            if patent.owner_kind == UNIVERSITY:
                patent.owner.offer(patent)

    # -- once a year ------------------------------------------------------------------

    def list_members(self) -> None:
        """List enterprises alive by industry, with running sums of sales."""
        for industry in self.industries:
            industry.members, industry.running_sales = [], []
        for enterprise in self.register:
            if enterprise.status == ALIVE:
                industry = enterprise.industry
                before = industry.running_sales[-1] if industry.running_sales else 0.0
                industry.members.append(enterprise)
                industry.running_sales.append(before + enterprise.sales)

    def list_customers(self) -> None:
        """Turn links round: from suppliers to customers."""
        for enterprise in self.register:
            enterprise.customers = []
        for enterprise in self.register:
            for supplier in enterprise.suppliers:
                if supplier is not None:
                    supplier.customers.append(enterprise)

    def end_year(self) -> None:
        """Drop what has ended, bring crowding of fields up to date, start new counts."""
        self.patents = [p for p in self.patents if p.stage in (PENDING, IN_FORCE)]
        self.cases = [case for case in self.cases if case.open]
        self.crowd_fields()
        self.tally = counts(TALLY_NAMES)
        self.spending = counts(SPENDING_NAMES)

    def crowd_fields(self) -> None:
        """Bring each industry's thicket and largest holder up to date."""
        held = dict.fromkeys(self.industries, 0.0)
        weights = {INVENTION: 1.0, UTILITY_MODEL: UTILITY_MODEL_WEIGHT}
        for patent in self.patents:
            if patent.stage == IN_FORCE and patent.owner_kind == FIRM:
                held[patent.industry] += weights.get(patent.kind, 0.0)
        research = dict.fromkeys(self.industries, 0.0)
        largest: dict[Industry, tuple[float, Enterprise | None]] = dict.fromkeys(
            self.industries, (-1.0, None)
        )
        for enterprise in self.register:
            if enterprise.status == ALIVE:
                industry = enterprise.industry
                research[industry] += enterprise.research
                size = enterprise.inventions + 0.001 * enterprise.utility_models
                if size > largest[industry][0]:
                    largest[industry] = (size, enterprise)
        for industry in self.industries:
            density = held[industry] / max(research[industry], 1e-9)
            if industry.thicket_start == 0.0:
                industry.thicket_start = max(density, 1e-9)
            industry.thicket = min(5.0, density / industry.thicket_start)
            industry.largest = largest[industry][1]

    # -- looking round ----------------------------------------------------------------

    def researcher_near(self, u: float) -> Enterprise | None:
        """Return the first that does research among eight on the register, from share ``u`` on."""
        start = int(u * len(self.register))
        for step in range(8):
            enterprise = self.register[(start + step) % len(self.register)]
            if enterprise.status == ALIVE and enterprise.researches:
                return enterprise
        return None

    def industry_at(self, u: float) -> Industry:
        """Return the industry at share ``u`` of enterprises."""
        number = 0
        while number < len(self.industries) - 1 and u > self.firm_shares[number]:
            number += 1
        return self.industries[number]
