"""Enterprises of the twin: portfolio, closing, founding."""

from __future__ import annotations

import math

from ipsim.city.enterprise import ABSENT, ALIVE, CLOSED, FAILED, MEDIUM, MICRO, SMALL
from ipsim.city.patent import DESIGN, FIRM, INVENTION
from ipsim.engine.draws import normal, uniform
from ipsim.mechanisms.decisions import CLOSE, FOUND, NEWBORN
from ipsim.mechanisms.entry import GENERATION

from . import formulas
from .borrowing import Borrower
from .patent import Patent


class Enterprise(Borrower):
    """An enterprise, or the shell of one that founders may fill."""

    owner_kind = FIRM

    # -- portfolio --------------------------------------------------------------------

    def goes_abroad(self, patent: Patent) -> bool:
        """Tell whether it extends an invention abroad."""
        p = self.model.parameters
        if patent.kind != INVENTION or not self.exporter:
            return False
        return p.abroad_gain * (patent.flow / (p.discount + p.value_decay)) > p.abroad_cost

    def puts_to_use(self, patent: Patent) -> bool:
        """Put a granted patent into production, if that repays and there is the money."""
        p = self.model.parameters
        cost = p.commercialisation_cost
        value = patent.flow / (p.discount + p.value_decay)
        gain = value * (1.0 - p.unused_worth) - cost
        if self.status != ALIVE or gain <= 0.0 or self.cash < cost:
            return False
        self.cash -= cost
        self.out_costs += cost
        return True

    def receive(self, patent: Patent) -> None:
        """Add a patent to what it holds."""
        if patent.kind == INVENTION:
            self.inventions += 1
        elif patent.kind == DESIGN:
            self.designs += 1
            self.recent += 1.0
        else:
            self.utility_models += 1
            self.recent += 1.0
        if patent.in_use:
            self.protected_flow += patent.flow
            self.note_best(patent)

    def release(self, patent: Patent) -> None:
        """Take a patent out of what it holds."""
        if patent.kind == INVENTION:
            self.inventions -= 1
        elif patent.kind == DESIGN:
            self.designs -= 1
        else:
            self.utility_models -= 1
        if patent.in_use:
            self.fade_flow(patent.flow, 0.0)

    def note_best(self, patent: Patent) -> None:
        """Remember its best patent in use."""
        if patent.flow > self.best_flow:
            self.best_flow = patent.flow
            self.best_strength = formulas.strength_of(patent.kind, self.model.parameters)

    def fade_flow(self, old: float, new: float) -> None:
        """Replace ``old`` by ``new`` in the sum of flows."""
        self.protected_flow = max(0.0, self.protected_flow - old + new)
        if self.patents_held == 0:
            self.protected_flow = 0.0
            self.best_flow = 0.0
        elif old >= self.best_flow:
            self.best_flow = new

    # -- closing ----------------------------------------------------------------------

    def settle(self) -> None:
        """Settle the quarter: claims, owners, and whether it goes on."""
        if self.status != ALIVE:
            return
        model, p = self.model, self.model.parameters
        self.receive_claims()
        model.tally.revenue += self.revenue
        model.tally.research += self.research
        model.tally.reported_research += self.reported_research
        surplus = self.cash - p.reserve * (self.sales + 4.0 * self.research)
        if surplus > 0.0:
            self.cash -= p.payout * surplus
            self.out_owners += p.payout * surplus
        if self.fails():
            self.close(FAILED)
            return
        small = 1.0 if self.size_class < MEDIUM else p.exit_of_large
        u = uniform(model.luck, CLOSE, self.key, model.quarter, 0)
        if u < 0.25 * model.exit_rate * small:
            self.close(CLOSED)

    def receive_claims(self) -> None:
        """Receive from the treasury what it claimed in the quarter."""
        paid = self.claim_research + self.claim_interest
        self.cash += paid
        self.in_subsidy += paid
        self.model.spending.subsidies_research += self.claim_research
        self.model.spending.utilisation_pledge_fund += self.claim_interest

    def fails(self) -> bool:
        """Tell whether it can't go on: cash below nought for too long or too deep."""
        if self.cash >= 0.0:
            self.distress = 0
            return False
        p = self.model.parameters
        self.distress += 1
        return self.cash < -p.deepest_hole * self.sales or self.distress > p.patience

    def close(self, status: int) -> None:
        """Close: a loan is lost, what is left goes to owners or is forgiven."""
        if self.debt > 0.0:
            self.default()
        if self.cash >= 0.0:
            self.out_owners += self.cash
        else:
            self.in_equity -= self.cash
        self.cash = 0.0
        self.status = status
        self.closed = self.model.quarter
        self.researches = self.high_tech = False
        self.research = self.reported_research = self.revenue = self.secret_flow = 0.0
        self.stop_copying()
        self.model.tally.exits += 1.0
        if status == FAILED:
            self.model.tally.failures += 1.0

    # -- founding ---------------------------------------------------------------------

    def is_free(self) -> bool:
        """Tell whether founders may fill this shell."""
        if self.status == ABSENT:
            return True
        settled = self.patents_held == 0 and self.disputes == 0
        return self.status != ALIVE and settled and self.model.quarter - self.closed > 16

    def consider_founding(self) -> None:
        """Let a founder consider this shell and, if prospects repay founding, begin."""
        model = self.model
        if not self.is_free():
            return
        if uniform(model.luck, FOUND, self.key, model.quarter, 0) > model.entrants:
            return
        self.key += GENERATION
        self.draw_traits()
        self.forget()
        news = model.news
        self.copy_hazard, self.redress = news.hazard(), news.redress()
        self.punish, self.blocked = news.punish(), news.blocked()
        self.settle_down()
        cost = model.parameters.founding_cost * self.sales
        if self.prospects() < cost:
            self.status = ABSENT
            return
        self.status = ALIVE
        self.born = model.quarter
        self.in_equity += cost
        self.cash += cost
        model.tally.entries += 1.0

    def draw_traits(self) -> None:
        """Draw what the new enterprise is like."""
        model, p = self.model, self.model.parameters

        def u(n: int) -> float:
            return uniform(model.luck, NEWBORN, self.key, model.quarter, n)

        def z(n: int) -> float:
            return normal(model.luck, NEWBORN, self.key, model.quarter, n)

        self.industry = model.industry_at(u(100))
        self.stage = self.industry.stage_at(u(101))
        self.sales = p.newborn_size * model.mean_sales * math.exp(p.newborn_spread * z(1))
        self.margin = p.margin + p.margin_spread * z(2)
        spread = p.capability_spread
        self.capability = math.exp(spread * z(3) - 0.5 * spread * spread)
        self.opportunism = p.opportunism_mean * math.exp(p.opportunism_spread * z(4))
        self.exporter = u(102) < self.industry.export_share
        self.size_class = MICRO if 4.0 * self.sales < p.micro_below else SMALL
        self.bank = model.banks[int(u(103) * len(model.banks))]
        self.knowledge = 1.0

    def forget(self) -> None:
        """Forget what the shell held before."""
        self.growth = self.revenue = self.cash = self.learned = 0.0
        self.research = self.reported_research = self.recent = 0.0
        self.protected_flow = self.secret_flow = self.best_flow = 0.0
        self.copy_gain = self.copy_loss = self.seen_copied = self.seen_redress = 0.0
        self.debt = self.covered = self.claim_research = self.claim_interest = 0.0
        self.distress = self.experience = self.copied_by = self.loans = 0
        self.researches = self.high_tech = self.copy_known = False
        self.copies = None

    def prospects(self) -> float:
        """Return the present value of what it would earn, research included."""
        model, p = self.model, self.model.parameters
        g = p.research_elasticity
        subsidy = model.policy.subsidies_research
        effort = formulas.best_effort(self.productivity(), self.worth_of_invention(), subsidy, p)
        research = max(0.0, effort * (1.0 - g) / g - p.research_fixed_cost)
        ordinary = self.margin * self.sales * (1.0 - p.tax)
        return 4.0 * (ordinary + research) / p.founders_rate
