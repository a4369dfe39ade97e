"""Inventions of an enterprise, and what becomes of each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from ipsim.city.enterprise import ALIVE
from ipsim.city.patent import DESIGN, INVENTION, UTILITY_MODEL
from ipsim.engine.draws import normal, poisson, uniform
from ipsim.mechanisms.decisions import BLOCK, FORM, IDEAS, MERIT, SEEN_MERIT, TRIFLES, VISIBLE, WORTH
from ipsim.mechanisms.worth import RMB

from . import formulas
from .patent import Patent
from .trading import Trader

if TYPE_CHECKING:
    from .bodies import Agency


class Choice(NamedTuple):
    """The best way to protect an invention."""

    worth: float
    kind: int  #: -1 for secrecy
    agency: Agency
    parts: int


class Inventor(Trader):
    """Invents, chooses for each invention, and files."""

    def invent_and_file(self) -> None:
        """Run the quarter's inventions and trifles."""
        if self.status != ALIVE:
            return
        if self.researches and self.research > 0.0:
            self.make_inventions()
        self.file_trifles()

    def make_inventions(self) -> None:
        """Turn the quarter's R&D into inventions."""
        model, p = self.model, self.model.parameters
        effort = math.exp(p.research_elasticity * math.log(self.research))
        mean = self.productivity() * effort
        count = poisson(mean, model.luck, IDEAS, self.key, model.quarter)
        self.knowledge += p.knowledge_gain * math.log(1.0 + count)
        for n in range(min(count, 400)):
            self.make_invention(n)

    def make_invention(self, n: int) -> None:
        """Make the ``n``-th invention of the quarter and decide what becomes of it."""
        model, p = self.model, self.model.parameters
        z = normal(model.luck, MERIT, self.key, model.quarter, n)
        other = normal(model.luck, WORTH, self.key, model.quarter, n)
        rho = p.value_merit
        spread = p.value_sigma * (rho * z + math.sqrt(1.0 - rho * rho) * other)
        merit = self.industry.merit + p.merit_knowledge * math.log(self.knowledge) + z
        value = self.industry.value * math.exp(spread)
        form = uniform(model.luck, FORM, self.key, model.quarter, n)
        is_design = form < self.industry.design_share
        model.tally.ideas += 1.0
        left = value if is_design else self.clear_claims(value, n)
        model.news.now_project_worth += value
        if left <= 0.0:
            model.tally.ideas_blocked += 1.0
            return
        model.tally.merit += formulas.quality_score(merit)
        seen = merit + p.perception * normal(model.luck, SEEN_MERIT, self.key, model.quarter, n)
        visible = uniform(model.luck, VISIBLE, self.key, model.quarter, n) < p.visible_share
        choice = self.best_choice(seen, left, is_design, visible)
        if choice.kind >= 0:
            self.file_in_parts(merit, left, choice)
            return
        model.tally.ideas_secret += 1.0
        if choice.worth > 0.0:
            self.secret_flow += left * (p.discount + p.value_decay)
            self.cash -= p.commercialisation_cost
            self.out_costs += p.commercialisation_cost

    # -- patents of others ------------------------------------------------------------

    def clear_claims(self, value: float, n: int) -> float:
        """Return what is left of a project after patents of others; pay for licences."""
        model, p = self.model, self.model.parameters
        enforced = 1.0 - math.exp(-self.punish * p.copy_lasts)
        mean = p.blocking * self.industry.complexity * self.industry.thicket * enforced
        claims = poisson(mean, model.luck, BLOCK, self.key, model.quarter * 4096 + n)
        if claims == 0:
            return value
        left = formulas.left_after_claims(value, claims, self.punish, model.policy, p)
        model.news.now_blocked_worth += value - left
        if left > 0.0 and formulas.takes_licence(value, claims, self.punish, model.policy, p):
            self.pay_royalties(value, claims)
        return left

    def pay_royalties(self, value: float, claims: int) -> None:
        """Pay royalties to the largest holder of the industry."""
        holder = self.industry.largest
        if holder is None or holder is self or holder.status != ALIVE:
            return
        model = self.model
        share = formulas.royalty_share(self.punish, model.policy, model.parameters)
        left = math.exp(claims * math.log(1.0 - share))
        paid = min(value * (1.0 - left), max(0.0, 0.2 * self.cash))
        self.cash -= paid
        self.out_royalty += paid
        holder.cash += paid
        holder.in_royalty += paid
        model.tally.royalties += paid
        model.tally.licences += 1.0

    # -- choice -----------------------------------------------------------------------

    def best_choice(self, merit: float, value: float, is_design: bool, visible: bool) -> Choice:
        """Return the best of secrecy and all ways to file."""
        p = self.model.parameters
        secret = formulas.kept_unpatented(visible or is_design, p)
        best = max(0.0, formulas.worth_in_use(value, secret, 0.0, p))
        best_kind, best_agency, parts = -1, self.careful_agency, 1
        threshold = p.first_filing_cost if self.experience == 0 else 0.0
        for kind in (DESIGN,) if is_design else (INVENTION, UTILITY_MODEL):
            for agency in (self.careful_agency, self.volume_agency):
                net = self.worth_of_filing(kind, merit, value, agency) - threshold
                if net > best:
                    best, best_kind, best_agency = net, kind, agency
        if best_kind >= 0:
            extra = self.gain_of_splitting(best_kind)
            if extra > 0.0:
                parts = 1 + min(2, int(extra * self.opportunism / (p.trifle_slope * RMB)))
        return Choice(best, best_kind, best_agency, parts)

    def worth_of_filing(self, kind: int, merit: float, value: float, agency: Agency) -> float:
        """Return the expected net worth of one filing."""
        p, policy = self.model.parameters, self.model.policy
        granted = formulas.chance_of_grant(kind, merit + agency.drafting, p)
        wait = formulas.pendency_years(kind, policy)
        strength = formulas.right_strength(kind, p)
        open_hazard = p.leak_hazard * p.disclosure
        hazard = strength * self.copy_hazard + (1.0 - strength) * open_hazard
        term = formulas.term_years(kind) - wait
        kept = formulas.kept_patented(hazard, self.redress * strength, wait, term, p)
        opened = formulas.kept_secret(open_hazard, p)
        worth = granted * formulas.worth_in_use(value, kept, p.unused_worth, p)
        worth += (1.0 - granted) * max(0.0, formulas.worth_in_use(value, opened, 0.0, p))
        fee = formulas.official_fee(kind, self.size_class, policy)
        upkeep = granted * formulas.annuity(kind, 1) / (p.discount + p.value_decay)
        upkeep *= fee / max(1e-9, formulas.official_fee(kind, 3, policy))
        reward = self.reward(kind, granted)
        if kind == INVENTION and merit >= p.high_value_merit:
            reward += granted * p.high_value_chance * policy.subsidies_high_value * RMB
        return worth - fee - agency.fee(kind) - upkeep + reward

    def reward(self, kind: int, granted: float) -> float:
        """Return subsidies and the tax saved that a filing brings, at a chance of grant."""
        policy = self.model.policy
        reward = formulas.filing_subsidy(kind, policy)
        reward += granted * formulas.grant_subsidy(kind, policy)
        return reward + granted * self.rights_bonus(kind)

    def rights_bonus(self, kind: int) -> float:
        """Return what one more right is worth towards recognition as high-tech."""
        p = self.model.parameters
        if not self.researches or self.has_enough_rights():
            return 0.0
        saving = (p.tax - p.tax_high_tech) * max(0.0, 4.0 * self.margin * self.sales)
        saving *= p.recognition_chance
        return saving if kind == INVENTION else saving / 6.0

    def gain_of_splitting(self, kind: int) -> float:
        """Return the net reward of one more filing split off."""
        p, policy, agency = self.model.parameters, self.model.policy, self.volume_agency
        reward = self.reward(kind, formulas.chance_of_grant(kind, -1.0, p))
        price = formulas.official_fee(kind, self.size_class, policy) + agency.fee(kind)
        price += agency.trifle_price + p.trifle_effort
        return reward - price - formulas.abnormal_risk(reward, policy, p)

    # -- filing -----------------------------------------------------------------------

    def file_in_parts(self, merit: float, value: float, choice: Choice) -> None:
        """File an invention, whole or in parts that share its merit and value."""
        p = self.model.parameters
        flow = value * (p.discount + p.value_decay)
        weaker = math.log(float(choice.parts))
        for part in range(choice.parts):
            self.file(choice.kind, merit - weaker, flow / choice.parts, choice.agency, part > 0)

    def file(self, kind: int, merit: float, flow: float, agency: Agency, trifle: bool) -> None:
        """Enter a filing of its own in the ledger."""
        patent = Patent(self.model, self, kind, merit, flow, self.industry, agency, trifle=trifle)
        self.model.office.enter(patent)

    def charge_filing(self, patent: Patent) -> None:
        """Pay for a filing and receive the subsidy."""
        model, agency = self.model, patent.agency
        fee = formulas.official_fee(patent.kind, self.size_class, model.policy)
        paid = agency.fee(patent.kind)
        if patent.trifle:
            paid += agency.trifle_price
        subsidy = formulas.filing_subsidy(patent.kind, model.policy)
        self.cash += subsidy - fee - paid
        self.in_subsidy += subsidy
        self.out_fees += fee
        self.out_agency += paid
        if self.experience == 0:
            self.cash -= model.parameters.first_filing_cost
            self.out_costs += model.parameters.first_filing_cost
            model.tally.first_filers += 1.0
        self.experience += 1
        model.spending.subsidies_filing += subsidy
        agency.cash += paid
        agency.in_fees += paid

    def new_patent_key(self) -> int:
        """Return the key of its next filing."""
        return self.key * 1000003 + self.experience

    def trifles_wanted(self, kind: int) -> float:
        """Return how many trifles of a type it would file in this quarter."""
        p = self.model.parameters
        gain = self.gain_of_splitting(kind)
        if gain <= 0.0:
            return 0.0
        number = gain / (p.trifle_slope * RMB) * self.opportunism
        number = min(number, p.trifle_limit)
        if self.experience == 0 and 4.0 * gain * number < p.first_filing_cost:
            return 0.0
        return number

    def file_trifles(self) -> None:
        """File the trifles that pay: of the type that earns most."""
        model = self.model
        best, best_kind = 0.0, -1
        for kind in (INVENTION, UTILITY_MODEL, DESIGN):
            number = self.trifles_wanted(kind)
            if number > best:
                best, best_kind = number, kind
        if best_kind < 0:
            return
        u = uniform(model.luck, TRIFLES, self.key, model.quarter, 0)
        for n in range(int(best + u)):
            merit = -1.0 - 2.0 * uniform(model.luck, TRIFLES, self.key, model.quarter, n + 1)
            self.file(best_kind, merit, 0.0, self.volume_agency, True)
