"""Business, knowledge and research of an enterprise."""

from __future__ import annotations

import math

from ipsim.city.enterprise import ABSENT, ALIVE
from ipsim.engine.draws import normal, uniform
from ipsim.mechanisms.decisions import SALES, SUPPLIER, TURNOVER

from . import formulas
from .firm import Firm


class Trader(Firm):
    """Renews its links, sells, learns, and does research."""

    # -- the chain --------------------------------------------------------------------

    def renew_links(self) -> None:
        """Let links end or go on, and fill the gaps."""
        model = self.model
        if self.status != ALIVE:
            return
        for slot in range(self.wanted_links()):
            supplier = self.suppliers[slot]
            u = uniform(model.luck, TURNOVER, self.key, model.quarter, slot)
            if supplier is None or supplier.status != ALIVE or u > model.parameters.link_survival:
                self.suppliers[slot] = self.choose_supplier(slot)

    def wanted_links(self) -> int:
        """Return how many suppliers it looks for."""
        u = uniform(0, SUPPLIER, self.key, 0, 999)
        if u < 0.65:
            return 2
        return 3 if u < 0.85 else 4

    def choose_supplier(self, slot: int) -> Firm | None:
        """Return a new supplier: the more upstream of two drawn by size."""
        model = self.model
        options = self.industry.buys_from
        u = uniform(model.luck, SUPPLIER, self.key, model.quarter, 16 * slot)
        industry = options[int(u * len(options))]
        best = None
        for n in (1, 2):
            u = uniform(model.luck, SUPPLIER, self.key, model.quarter, 16 * slot + n)
            other = industry.drawn_by_size(u)
            if other is None or other is self or other.status != ALIVE or other in self.suppliers:
                continue
            if best is None or other.stage < best.stage:
                best = other
        return best

    # -- business ---------------------------------------------------------------------

    def earn(self) -> None:
        """Run the quarter's business."""
        if self.status == ABSENT:
            return
        self.open_books()
        if self.status != ALIVE:
            return
        self.grow_sales()
        self.sell()
        self.age_secrets()

    def open_books(self) -> None:
        """Start the flows of the quarter at nought."""
        self.in_sales = self.in_subsidy = self.in_award = self.in_royalty = 0.0
        self.in_loan = self.in_equity = 0.0
        self.out_costs = self.out_research = self.out_fees = self.out_agency = 0.0
        self.out_award = self.out_royalty = self.out_loan = self.out_owners = 0.0
        self.claim_research = self.claim_interest = 0.0

    def grow_sales(self) -> None:
        """Let sales follow the industry, what was learned, and luck."""
        model = self.model
        shock = normal(model.luck, SALES, self.key, model.quarter, 0)
        deviation = model.parameters.sales_deviation * 0.5
        self.growth = self.industry.growth + model.parameters.learning_growth * self.learned
        factor = math.exp(deviation * shock - 0.5 * deviation * deviation)
        self.sales *= (1.0 + self.growth) * factor

    def sell(self) -> None:
        """Book sales, costs and tax."""
        p = self.model.parameters
        kept = self.protected_flow + self.secret_flow - self.copy_loss
        of_inventions = 0.25 * (max(0.0, kept) + self.copy_gain)
        sales = self.sales + of_inventions / p.invention_margin
        profit = self.margin * self.sales + of_inventions
        taxed = max(0.0, profit - self.reported_research)
        costs = sales - profit + (p.tax_high_tech if self.high_tech else p.tax) * taxed
        self.revenue = sales
        self.in_sales = sales
        self.out_costs += costs
        self.cash += sales - costs

    def age_secrets(self) -> None:
        """Let secrets fade and leak; the best invention and recent rights fade."""
        p = self.model.parameters
        leak = p.copy_damage * p.leak_hazard
        self.secret_flow *= math.exp(-0.25 * (p.value_decay + leak))
        self.best_flow *= math.exp(-0.25 * p.value_decay)
        self.recent *= math.exp(-0.25 / 3.0)

    # -- knowledge --------------------------------------------------------------------

    def learn(self) -> None:
        """Once a year, in a quarter of its own, look around."""
        if self.status != ALIVE or (self.key + self.model.quarter) % 4 != 0:
            return
        self.revise_beliefs()
        self.learned = self.take_up() if self.researches else 0.0

    def revise_beliefs(self) -> None:
        """Move beliefs towards what the city saw and what it met itself."""
        news = self.model.news
        weight = self.model.parameters.belief_speed
        self.copy_hazard += weight * (news.hazard() - self.copy_hazard)
        self.redress += weight * (news.redress() - self.redress)
        self.punish += weight * (news.punish() - self.punish)
        self.blocked += weight * (news.blocked() - self.blocked)
        if self.seen_copied > 0.0:
            own = min(1.0, self.seen_redress / self.seen_copied)
            self.redress += weight * (own - self.redress)
            hit = min(1.0, self.best_flow / max(1e-9, self.protected_flow))
            self.copy_hazard += weight * (hit - self.copy_hazard)
            self.seen_copied *= 0.5
            self.seen_redress *= 0.5

    def take_up(self) -> float:
        """Return the knowledge taken up from suppliers and a few customers."""
        best = 0.0
        for partner in [*self.suppliers, *self.customers[:6]]:
            if partner is not None:
                best = max(best, self.gap_to(partner))
        return self.model.parameters.absorption * best

    def gap_to(self, partner: Firm) -> float:
        """Return what a partner knows and it could use."""
        gap = partner.knowledge - self.knowledge
        if partner.status != ALIVE or gap <= 0.0:
            return 0.0
        return gap * formulas.similarity(self.industry, partner.industry, self.model.parameters)

    # -- research ---------------------------------------------------------------------

    def do_research(self) -> None:
        """Choose and pay R&D."""
        if self.status != ALIVE:
            return
        model, p = self.model, self.model.parameters
        subsidy = model.policy.subsidies_research
        effort = formulas.best_effort(self.productivity(), self.worth_of_invention(), subsidy, p)
        if not self.begins_or_goes_on(effort):
            self.researches = False
        elif not self.researches and self.cash > 4.0 * effort:
            self.researches = True
            start = (p.research_start_ratio - 1.0) * p.research_fixed_cost
            self.cash -= start
            self.out_research += start
        if self.researches:
            self.spend(effort, subsidy)
        else:
            self.research = 0.0
            self.reported_research = 0.0
            self.high_tech = False

    def worth_of_invention(self) -> float:
        """Return the expected worth of one invention, after what blocks it."""
        p = self.model.parameters
        mean = self.industry.value * math.exp(0.5 * p.value_sigma * p.value_sigma)
        shown = formulas.kept_unpatented(True, p)
        hidden = formulas.kept_unpatented(False, p)
        wait = formulas.pendency_years(0, self.model.policy)
        patented = formulas.kept_patented(self.copy_hazard, self.redress, wait, 20.0 - wait, p)
        share = p.visible_share
        kept = share * max(shown, patented) + (1.0 - share) * max(hidden, patented)
        return mean * kept * (1.0 - self.blocked)

    def productivity(self) -> float:
        """Return inventions a quarter from an effort of one million RMB."""
        model, p = self.model, self.model.parameters
        market = math.log(self.sales / model.mean_sales)
        gained = p.knowledge_elasticity * math.log(self.knowledge) + p.capability_scaling * market
        return model.capability * self.capability * math.exp(gained)

    def begins_or_goes_on(self, effort: float) -> bool:
        """Tell whether the gain from research repays its fixed cost, or that of beginning."""
        p = self.model.parameters
        g = p.research_elasticity
        gain = effort * (1.0 - g) / g
        if self.researches:
            return gain > p.research_fixed_cost
        start = p.research_start_ratio * p.research_fixed_cost
        return (gain - p.research_fixed_cost) * (4.0 * p.research_horizon) > start

    def has_enough_rights(self) -> bool:
        """Tell whether its patents suffice for recognition as high-tech."""
        return self.inventions > 0 or self.recent >= 3.8

    def spend(self, effort: float, subsidy: float) -> None:
        """Move R&D towards the best effort, pay it, report it, and gain knowledge."""
        p = self.model.parameters
        step = p.research_adjustment * (effort - self.research)
        affordable = max(0.0, p.cash_for_research * self.cash)
        self.research = min(self.research + step, affordable)
        paid = self.research + p.research_fixed_cost
        self.cash -= paid
        self.out_research += paid
        self.reported_research = self.report(subsidy)
        self.claim_research = subsidy * self.reported_research
        threshold = formulas.high_tech_threshold(self.size_class, p) * self.revenue
        reaches = self.reported_research >= 0.999999 * threshold
        self.high_tech = reaches and self.has_enough_rights()
        fade = 0.25 * p.knowledge_decay
        self.knowledge += fade * (1.0 - self.knowledge) + 0.25 * self.learned

    def report(self, subsidy: float) -> float:
        """Return the R&D reported: real R&D, and expense called so where that pays."""
        p = self.model.parameters
        risk = p.relabel_risk / self.revenue
        padded = subsidy / (2.0 * risk)
        gap = formulas.high_tech_threshold(self.size_class, p) * self.revenue
        gap -= self.research
        if gap > padded and self.has_enough_rights():
            saving = (p.tax - p.tax_high_tech) * max(0.0, self.margin * self.sales)
            if risk * gap * gap < saving + subsidy * gap:
                padded = gap
        return self.research + min(padded, p.relabel_limit * self.research)
