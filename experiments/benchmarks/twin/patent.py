"""Patents of the twin as objects, and the office that decides on them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ipsim.city.bodies import CAREFUL
from ipsim.city.enterprise import ALIVE, SMALL
from ipsim.city.patent import DESIGN, FIRM, IN_FORCE, INVENTION, LAPSED, PENDING, REFUSED
from ipsim.engine.draws import normal, uniform
from ipsim.mechanisms.decisions import GRANT, LATER_VALUE, OBSOLETE, PENDENCY, TAKE_OVER
from ipsim.mechanisms.worth import RMB

from . import formulas

if TYPE_CHECKING:
    from .bodies import Agency, Industry
    from .model import TwinModel


class Patent:
    """One filing and what becomes of it."""

    def __init__(
        self,
        model: TwinModel,
        owner: Any,
        kind: int,
        quality: float,
        flow: float,
        industry: Industry,
        agency: Agency,
        *,
        trifle: bool = False,
        joint: bool = False,
    ) -> None:
        self.model = model
        self.owner = owner  #: an enterprise or a university
        self.owner_kind: int = owner.owner_kind
        self.key: int = owner.new_patent_key()
        self.kind = kind
        self.quality = quality
        self.flow = flow
        self.industry = industry
        self.agency = agency
        self.trifle = trifle
        self.joint = joint
        self.stage = PENDING
        self.filed = model.quarter
        self.granted = -32000
        self.due = model.quarter
        self.in_use = self.licensed = self.transferred = False
        self.pledged = self.high_value = self.abroad = self.rapid = False

    # -- examination ------------------------------------------------------------------

    def examine(self) -> None:
        """Let the office decide if the date has come."""
        model = self.model
        if self.stage != PENDING or self.due > model.quarter:
            return
        if self.owner_kind == FIRM and self.owner.status != ALIVE:
            self.refuse()
            return
        if not self.is_granted():
            self.refuse()
            return
        model.office.count_decision(self, True)
        self.stage = IN_FORCE
        self.granted = model.quarter
        self.due = model.quarter + 4
        subsidy = formulas.grant_subsidy(self.kind, model.policy)
        self.owner.cash += subsidy
        self.owner.in_subsidy += subsidy
        model.spending.subsidies_grant += subsidy
        self.in_use = self.owner.puts_to_use(self)
        self.owner.receive(self)
        self.recognise_high_value()

    def refuse(self) -> None:
        """End the procedure without a right."""
        self.stage = REFUSED
        self.model.office.count_decision(self, False)

    def is_granted(self) -> bool:
        """Draw the decision of the office."""
        model, p = self.model, self.model.parameters
        chance = formulas.chance_of_grant(self.kind, self.quality + self.agency.drafting, p)
        if self.trifle and self.kind != INVENTION:
            chance *= 1.0 - p.abnormal_found * model.policy.quality_agency_supervision
        return uniform(model.luck, GRANT, self.key, 0, 0) < chance

    def recognise_high_value(self) -> None:
        """Mark a patent that meets the high-value test; pay the award the first time."""
        if self.high_value or not self.is_high_value():
            return
        self.high_value = True
        award = self.model.policy.subsidies_high_value * RMB
        self.model.spending.subsidies_high_value += award
        self.owner.cash += award
        self.owner.in_subsidy += award

    def is_high_value(self) -> bool:
        """Apply the high-value test to an invention in force."""
        if self.kind != INVENTION:
            return False
        good = self.quality >= self.model.parameters.high_value_merit
        if self.industry.strategic and good:
            return True
        return self.model.quarter - self.filed > 40 or self.abroad or self.pledged

    # -- renewal ----------------------------------------------------------------------

    def renew(self) -> None:
        """Let the owner renew it or let it lapse, if the date has come."""
        model = self.model
        if self.stage != IN_FORCE or self.due > model.quarter:
            return
        year = (model.quarter - self.filed) // 4 + 1
        term = 20 if self.kind == INVENTION else 10
        alive = self.owner_kind != FIRM or self.owner.status == ALIVE
        if not alive:
            alive = self.taken_over()
        flow, fee = self.next_flow(year), self.annuity_due(year)
        if not alive or year > term or self.yearly_benefit(flow) < fee:
            self.stage = LAPSED
            model.tally.lapsed += 1.0
            self.owner.release(self)
            return
        self.owner.cash -= fee
        self.owner.out_fees += fee
        if self.owner_kind == FIRM:
            if self.in_use:
                self.owner.fade_flow(self.flow, flow)
            self.pledged = self.owner.debt > 0.0
        self.flow = flow
        self.due = model.quarter + 4
        if self.in_use and self.owner_kind == FIRM:
            self.owner.note_best(self)
        self.recognise_high_value()

    def next_flow(self, year: int) -> float:
        """Return the profit flow of the coming year: it fades, with luck, or ends."""
        model, p = self.model, self.model.parameters
        ends = uniform(model.luck, OBSOLETE, self.key, year, 0)
        if ends < formulas.obsolescence(self.kind, p):
            return 0.0
        luck = normal(model.luck, LATER_VALUE, self.key, year, 0)
        spread = p.value_drift
        return self.flow * math.exp(-p.value_decay + spread * luck - 0.5 * spread * spread)

    def annuity_due(self, year: int) -> float:
        """Return the annuity to pay, with the reduction of small owners."""
        model = self.model
        fee = formulas.annuity(self.kind, year)
        reduced = self.owner_kind != FIRM or self.owner.size_class <= SMALL
        since_grant = (model.quarter - self.granted) // 4
        if reduced and since_grant <= model.parameters.reduced_years:
            fee *= 1.0 - model.policy.national_fee_reduction
        return fee

    def yearly_benefit(self, flow: float) -> float:
        """Return what the right brings in a year."""
        p = self.model.parameters
        share = p.right_share_used if self.in_use else p.right_share_unused
        benefit = share * flow
        if self.owner_kind == FIRM:
            owner = self.owner
            if owner.high_tech and owner.patents_held <= 6:
                saving = (p.tax - p.tax_high_tech) * 4.0
                benefit += saving * max(0.0, owner.margin * owner.sales) / 6.0
        elif (self.model.quarter - self.granted) // 4 <= p.university_keeps:
            benefit += p.university_credit
        return benefit

    def taken_over(self) -> bool:
        """Go to another enterprise of the industry that can use it and has the money."""
        model, p = self.model, self.model.parameters
        members = self.industry.members
        value = self.flow / (p.discount + p.value_decay)
        price = 0.5 * (value - p.commercialisation_cost)
        if not members or price <= 0.0 or not self.in_use:
            return False
        for n in range(3):
            u = uniform(model.luck, TAKE_OVER, self.key, model.quarter, n)
            buyer = members[int(u * len(members))]
            if buyer.status == ALIVE and buyer.cash > 2.0 * price:
                buyer.cash -= price
                buyer.out_costs += price
                self.owner.release(self)
                self.owner = buyer
                self.transferred = True
                buyer.receive(self)
                return True
        return False


class Office:
    """Takes filings in and counts decisions; the rapid centre stands beside it."""

    def __init__(self, model: TwinModel, waiting: float) -> None:
        self.model = model
        self.waiting = waiting  #: filings in the rapid centre's queue

    def enter(self, patent: Patent) -> None:
        """Enter a filing in the ledger, with all that follows at once."""
        model, p = self.model, self.model.parameters
        patent.owner.charge_filing(patent)
        patent.agency.filings += 1
        patent.agency.trifles += patent.trifle
        usual = self.quarters_to_decision(patent)
        wait = self.by_rapid_centre(patent, usual)
        patent.rapid = wait < usual
        patent.due = model.quarter + wait
        model.patents.append(patent)
        if patent.owner.goes_abroad(patent):
            patent.owner.cash -= p.abroad_cost
            patent.owner.out_fees += p.abroad_cost
            patent.abroad = True
            model.tally.filed_abroad += 1.0
        self.count_filing(patent)
        model.tally.worth_filed += patent.flow / (p.discount + p.value_decay)

    def quarters_to_decision(self, patent: Patent) -> int:
        """Return the quarters to decision: the usual time, with a spread."""
        model = self.model
        usual = 4.0 * formulas.pendency_years(patent.kind, model.policy)
        spread = model.parameters.pendency_spread
        luck = normal(model.luck, PENDENCY, patent.key, model.quarter, 0)
        return max(1, int(usual * math.exp(spread * luck - 0.5 * spread * spread) + 0.5))

    def by_rapid_centre(self, patent: Patent, usual: int) -> int:
        """Return quarters to decision through the rapid centre, if that is sooner."""
        model = self.model
        per_quarter = model.policy.protection_rapid_centre_capacity * model.scale / 4.0
        if not patent.industry.rapid or per_quarter <= 0.0:
            return usual
        if patent.agency.style != CAREFUL or patent.quality < model.parameters.rapid_merit:
            return usual
        wait = 1 + int(self.waiting / per_quarter)
        if wait >= usual:
            return usual
        self.waiting += 1.0
        return wait

    def count_filing(self, patent: Patent) -> None:
        """Count a filing in the year's tally."""
        tally = self.model.tally
        if patent.kind == INVENTION:
            tally.filed_invention += 1.0
        elif patent.kind == DESIGN:
            tally.filed_design += 1.0
        else:
            tally.filed_utility_model += 1.0
        if patent.kind != DESIGN:
            tally.quality_filed += formulas.quality_score(patent.quality)
            tally.scored_filed += 1.0
        if patent.owner_kind != FIRM:
            tally.university_filed += 1.0
            tally.university_joint += patent.joint
        tally.joint_filed += patent.joint
        tally.trifles += patent.trifle

    def count_decision(self, patent: Patent, granted: bool) -> None:
        """Count a decision in the year's tally."""
        tally = self.model.tally
        if patent.kind == INVENTION:
            tally.pendency_quarters += self.model.quarter - patent.filed
            if granted:
                tally.granted_invention += 1.0
            else:
                tally.refused_invention += 1.0
        elif granted and patent.kind == DESIGN:
            tally.granted_design += 1.0
        elif granted:
            tally.granted_utility_model += 1.0
        if granted and patent.kind != DESIGN:
            tally.quality_granted += formulas.quality_score(patent.quality)
            tally.scored_granted += 1.0
