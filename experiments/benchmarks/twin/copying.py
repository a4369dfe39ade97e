"""Copies of others' inventions, and how holders deal with them."""

from __future__ import annotations

import math
from typing import Any

from ipsim.city.bodies import ADMINISTRATIVE, COURT, MEDIATION
from ipsim.city.enterprise import ALIVE
from ipsim.engine.draws import uniform
from ipsim.mechanisms.decisions import COPY, DETECT, TARGET

from . import formulas
from .bodies import Body
from .cases import Case
from .inventing import Inventor

NEGOTIATE = "negotiate"


class Copier(Inventor):
    """Copies what sells; finds its own copiers and acts."""

    def consider_market(self) -> None:
        """Start the count of who copies it; consider copying itself."""
        if self.status != ALIVE:
            return
        self.copied_by = 0
        self.copy_loss = 0.0
        if self.best_flow > 0.0:
            self.model.news.now_used += 1.0
        if self.copies is None:
            self.consider_copying()

    def consider_copying(self) -> None:
        """Copy the best it meets, if that pays and its scruples allow."""
        model, p = self.model, self.model.parameters
        if uniform(model.luck, COPY, self.key, model.quarter, 0) > 0.25 * p.copy_meeting:
            return
        target = self.most_profitable_met()
        if target is None:
            return
        gain = p.copy_share * target.best_flow
        cost = formulas.imitation_cost(self.industry, p)
        worth = formulas.worth_of_copying(gain, self.punish, cost, model.policy, p)
        if worth <= p.copy_scruple * -math.log(self.scruple) or self.cash < cost:
            return
        self.cash -= cost
        self.out_costs += cost
        self.copies = target
        self.copy_gain = gain
        self.copy_since = model.quarter
        self.copy_known = False
        self.learned += p.copy_teaches * max(0.0, target.knowledge - self.knowledge)
        model.tally.copies_begun += 1.0
        model.news.now_begun += 1.0

    def most_profitable_met(self) -> Any:
        """Return the most profitable of four enterprises of its industry, or None."""
        model, members = self.model, self.industry.members
        best, found = 0.0, None
        for n in range(4 if members else 0):
            u = uniform(model.luck, TARGET, self.key, model.quarter, n)
            other = members[int(u * len(members))]
            if other is not self and other.status == ALIVE and other.best_flow > best:
                best, found = other.best_flow, other
        return found

    def stop_copying(self) -> None:
        """End a copy."""
        self.copies = None
        self.copy_gain = 0.0
        self.copy_known = False

    # -- disputes ---------------------------------------------------------------------

    def go_on_copying(self) -> None:
        """Take from the holder; be found, or not."""
        if self.status != ALIVE or self.copies is None:
            return
        model, p, holder = self.model, self.model.parameters, self.copies
        age = model.quarter - self.copy_since
        if holder.status != ALIVE or holder.best_flow <= 0.0 or age > 4.0 * p.copy_lasts:
            if self.disputes == 0:
                self.stop_copying()
            return
        if holder.copied_by == 0:
            model.tally.copied_patentees += 1.0
        holder.copied_by += 1
        holder.copy_loss += self.copy_gain * p.loss_per_gain
        model.news.now_copies += 1.0
        found = uniform(model.luck, DETECT, self.key, model.quarter, 0)
        if self.copy_known or found > formulas.chance_found(model.policy, p):
            return
        self.copy_known = True
        holder.seen_copied += 1.0
        model.tally.copies_found += 1.0
        way = holder.best_channel(self)
        if way == NEGOTIATE:
            holder.license_to(self)
        elif way is not None:
            holder.complain(self, way)

    def best_channel(self, copier: Copier) -> Body | str | None:
        """Return how to deal with a copy: a body, a licence, or not at all."""
        model, p, policy = self.model, self.model.parameters, self.model.policy
        loss = copier.copy_gain * p.loss_per_gain
        past = loss * p.case_years
        award = formulas.expected_damages(past, policy, p)
        court, strength = model.bodies[COURT], self.best_strength
        best, way = 0.0, None
        worth = formulas.worth_of_case(court, loss, strength, award, p)
        if worth > best:
            best, way = worth, court
        administrative = model.bodies[ADMINISTRATIVE]
        worth = formulas.worth_of_case(administrative, loss, strength, 0.0, p)
        if administrative.posts > 0.0 and worth > best:
            best, way = worth, administrative
        mediation = model.bodies[MEDIATION]
        part = formulas.settlement(past, policy, p)
        worth = formulas.kept_settlements(policy, p)
        worth *= formulas.worth_of_case(mediation, loss, 1.0, part, p)
        if mediation.posts > 0.0 and worth > best and copier.fears_court(part, award):
            best, way = worth, mediation
        worth = self.royalty_for_copy(copier) - p.licence_cost
        if worth > best and copier.cash > worth:
            return NEGOTIATE
        return way

    def fears_court(self, part: float, award: float) -> bool:
        """Tell whether it would rather settle for ``part`` than risk ``award``."""
        court, rate = self.model.bodies[COURT], self.model.parameters.discount
        return self.punish / (self.punish + rate) * award + court.cost > part

    def royalty_for_copy(self, copier: Copier) -> float:
        """Return what a copier would pay once to go on with a licence."""
        model, p = self.model, self.model.parameters
        past = copier.copy_gain * p.loss_per_gain * p.case_years
        award = formulas.expected_damages(past, model.policy, p)
        court = model.bodies[COURT]
        fear = formulas.worth_of_case(court, copier.copy_gain, self.best_strength, award, p)
        return p.bargaining * (fear + 2.0 * court.cost)

    def complain(self, copier: Copier, body: Body) -> None:
        """File a case with a body and pay its cost."""
        model = self.model
        model.cases.append(Case(model, self, copier, body))
        body.backlog += 1
        self.cash -= body.cost
        self.out_award += body.cost
        self.disputes += 1
        copier.disputes += 1
        if body.kind == COURT:
            model.tally.court_cases += 1.0
        elif body.kind == ADMINISTRATIVE:
            model.tally.admin_cases += 1.0
        else:
            model.tally.mediation_cases += 1.0

    def license_to(self, copier: Copier) -> None:
        """Turn a copy into a licence: the copier pays once and goes on as of right."""
        model, p = self.model, self.model.parameters
        paid = self.royalty_for_copy(copier)
        copier.cash -= paid
        copier.out_royalty += paid
        self.cash += paid
        self.in_royalty += paid
        lost = copier.copy_gain * p.loss_per_gain * p.copy_lasts
        good = min(1.0, paid / max(1e-9, lost))
        copier.secret_flow += copier.copy_gain
        copier.stop_copying()
        self.seen_redress += good
        model.news.now_redressed += good
        model.news.now_punished += min(1.0, good * p.loss_per_gain)
        model.tally.royalties += paid
        model.tally.licences += 1.0
