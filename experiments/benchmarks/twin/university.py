"""Universities of the twin."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import mesa

from ipsim.city.bodies import CAREFUL
from ipsim.city.patent import IN_FORCE, INVENTION, UNIVERSITY, UTILITY_MODEL
from ipsim.engine.draws import normal, poisson, uniform
from ipsim.mechanisms.decisions import AGENT, MERIT, PARTNER, TRANSFER, UNIVERSITY_IDEAS, WORTH

from . import formulas
from .patent import Patent

if TYPE_CHECKING:
    from .enterprise import Enterprise
    from .model import TwinModel


class University(mesa.Agent):
    """Invents, files because filings count, and transfers through an office."""

    model: Any  #: the `TwinModel`
    owner_kind = UNIVERSITY
    key: int
    research: float
    ideas: float
    cash: float
    in_force: int
    filed: int
    transfers: int
    in_budget: float
    in_subsidy: float
    in_royalty: float
    out_research: float
    out_fees: float
    out_agency: float

    def __init__(self, model: TwinModel, place: int, state: Mapping[str, Any]) -> None:
        super().__init__(model)
        self.place = place
        vars(self).update(state)
        careful = [agency for agency in model.agencies if agency.style == CAREFUL]
        self.agency = careful[int(uniform(model.luck, AGENT, self.key, 0, CAREFUL) * len(careful))]

    def run(self) -> None:
        """Run a quarter: budget, research, filings."""
        model = self.model
        self.in_subsidy = self.in_royalty = self.out_fees = self.out_agency = 0.0
        growth = math.exp(0.25 * model.parameters.university_growth)
        self.research *= growth
        self.ideas *= growth
        self.out_research = self.research
        self.in_budget = 1.02 * self.research
        self.cash += self.in_budget - self.out_research
        mean = self.ideas * model.scale
        for n in range(poisson(mean, model.luck, UNIVERSITY_IDEAS, self.key, model.quarter)):
            self.file_project(n)

    def file_project(self, n: int) -> None:
        """File the ``n``-th invention in the way that is worth most to it."""
        model, p = self.model, self.model.parameters
        merit = p.university_merit + normal(model.luck, MERIT, self.key, model.quarter, n)
        spread = p.value_sigma * normal(model.luck, WORTH, self.key, model.quarter, n)
        partner = self.find_partner(n)
        if partner is None:
            u = uniform(model.luck, WORTH, self.key, model.quarter, -1 - n)
            industry = model.industries[int(u * len(model.industries))]
        else:
            industry = partner.industry
        value = industry.value * math.exp(spread)
        value *= p.university_value if partner is None else p.joint_value
        best, kind = 0.0, -1
        for option in (INVENTION, UTILITY_MODEL):
            net = formulas.worth_to_university(option, merit, self.agency, model.policy, p)
            if net > best:
                best, kind = net, option
        if kind >= 0:
            flow, joint = value * (p.discount + p.value_decay), partner is not None
            patent = Patent(model, self, kind, merit, flow, industry, self.agency, joint=joint)
            model.office.enter(patent)

    def find_partner(self, n: int) -> Enterprise | None:
        """Return the enterprise that takes part in the ``n``-th project, or None."""
        model, p = self.model, self.model.parameters
        strength = model.policy.utilisation_university_transfer
        chance = p.joint_base + p.joint_office * strength
        if uniform(model.luck, PARTNER, self.key, model.quarter, 2 * n) > chance:
            return None
        return model.researcher_near(uniform(model.luck, PARTNER, self.key, model.quarter, 2 * n + 1))

    def new_patent_key(self) -> int:
        """Return the key of its next filing."""
        return -1 - (self.key * 1000003 + self.filed)

    def charge_filing(self, patent: Patent) -> None:
        """Pay for a filing and receive the subsidy."""
        model, agency = self.model, patent.agency
        self.filed += 1
        fee = formulas.official_fee(patent.kind, 0, model.policy)
        paid = agency.fee(patent.kind)
        subsidy = formulas.filing_subsidy(patent.kind, model.policy)
        self.cash += subsidy - fee - paid
        self.in_subsidy += subsidy
        self.out_fees += fee
        self.out_agency += paid
        model.spending.subsidies_filing += subsidy
        agency.cash += paid
        agency.in_fees += paid

    def goes_abroad(self, patent: Patent) -> bool:
        """Tell whether it extends an invention abroad: never."""
        return False

    def puts_to_use(self, patent: Patent) -> bool:
        """Tell whether it puts a patent into production: never by itself."""
        return False

    def receive(self, patent: Patent) -> None:
        """Add a patent to what it holds."""
        self.in_force += 1

    def release(self, patent: Patent) -> None:
        """Take a patent out of what it holds."""
        self.in_force -= 1

    def offer(self, patent: Patent) -> None:
        """Look for a user of a patent that lies idle."""
        model = self.model
        if patent.stage != IN_FORCE or patent.in_use:
            return
        strength = model.policy.utilisation_university_transfer
        u = uniform(model.luck, TRANSFER, patent.key, model.quarter, 0)
        if u > formulas.chance_of_match(patent, strength, model.parameters):
            return
        buyer = model.researcher_near(uniform(model.luck, TRANSFER, patent.key, model.quarter, 1))
        if buyer is not None:
            self.sell(patent, buyer)

    def sell(self, patent: Patent, buyer: Enterprise) -> None:
        """Let an enterprise use a patent if that repays price and cost."""
        model, p = self.model, self.model.parameters
        value = patent.flow / (p.discount + p.value_decay)
        developed = value * p.transfer_gain * min(2.0, buyer.knowledge)
        surplus = developed - p.commercialisation_cost
        price = 0.5 * surplus
        if surplus <= p.transfer_least or buyer.cash < price:
            return
        buyer.cash -= price + p.commercialisation_cost
        buyer.out_royalty += price
        buyer.out_costs += p.commercialisation_cost
        self.cash += price
        self.in_royalty += price
        self.transfers += 1
        patent.transferred = patent.licensed = patent.in_use = True
        buyer.secret_flow += developed * (p.discount + p.value_decay)
        model.tally.university_transfers += 1.0
