"""Industries, banks, the fund, agencies and enforcement bodies."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import mesa

from ipsim.city.bodies import COURT, MEDIATION
from ipsim.city.patent import INVENTION

from . import formulas

if TYPE_CHECKING:
    from .model import TwinModel


class Industry:
    """An industry of the city, and who is in it."""

    growth: float
    value: float
    merit: float
    design_share: float
    complexity: float
    strategic: bool
    rapid: bool
    thicket: float
    thicket_start: float

    def __init__(self, number: int, state: Mapping[str, Any]) -> None:
        self.number = number
        vars(self).update(state)
        self.members: list[Any] = []  #: enterprises alive in January
        self.running_sales: list[float] = []
        self.largest: Any = None  #: the enterprise with the largest portfolio
        self.buys_from: list[Industry] = []
        self.stage_shares: list[float] = []
        self.export_share = 0.0

    def drawn_by_size(self, u: float) -> Any:
        """Return the member at share ``u`` of the sum of sales, or None."""
        if not self.members:
            return None
        at = bisect_left(self.running_sales, u * self.running_sales[-1])
        return self.members[min(at, len(self.members) - 1)]

    def stage_at(self, u: float) -> int:
        """Return the stage of the chain at share ``u``."""
        stage = 0
        while stage < 3 and u > self.stage_shares[stage]:
            stage += 1
        return stage


class Bank(mesa.Agent):
    """Lends against patents and learns from its losses."""

    model: Any  #: the `TwinModel`
    cash: float
    loans: float
    ended_first: float
    lost_first: float
    ended_known: float
    lost_known: float
    screening: float
    burnt: float
    in_repaid: float
    in_recovered: float
    in_fund: float
    in_bonus: float
    out_lent: float
    out_costs: float

    def __init__(self, model: TwinModel, place: int, state: Mapping[str, Any]) -> None:
        super().__init__(model)
        self.place = place
        vars(self).update(state)

    def open_books(self) -> None:
        """Start the flows of the quarter at nought; forget a part of a disappointment."""
        self.burnt *= 1.0 - 0.25 * self.model.parameters.bank_forgets
        self.in_repaid = self.in_recovered = self.in_fund = self.in_bonus = 0.0
        self.out_lent = self.out_costs = 0.0

    def learned_default_rate(self, first: bool) -> float:
        """Return the default rate it expects, from its own losses and a prior."""
        p = self.model.parameters
        weight = p.prior_loans
        if first:
            return (self.lost_first + weight * p.prior_default_first) / (self.ended_first + weight)
        return (self.lost_known + weight * p.prior_default_known) / (self.ended_known + weight)

    def accepts(self, loan: float, covered: float, first: bool, screening: float) -> bool:
        """Tell whether interest and bonus cover expected loss and costs."""
        model, p = self.model, self.model.parameters
        default = self.learned_default_rate(first) * (1.0 - screening)
        borne = 1.0 - covered * (1.0 - self.burnt)
        earned = (1.0 - default) * (model.lending_rate - model.funding_cost) * p.loan_years
        lost = default * (1.0 - p.recovery) * borne
        bonus = model.policy.utilisation_pledge_fund_first_loan_bonus if first else 0.0
        return loan * (earned - lost + bonus) > self.cost_of(screening)

    def cost_of(self, screening: float) -> float:
        """Return the cost of screening and handling an application."""
        p = self.model.parameters
        return 0.5 * p.screening_cost * screening * screening + p.loan_handling

    def pay(self, cost: float) -> None:
        """Pay costs."""
        self.cash -= cost
        self.out_costs += cost

    def learn_from_end(self, *, first: bool, lost: bool) -> None:
        """Count the end of a loan; old loans weigh less and less."""
        fade = self.model.parameters.bank_memory
        if first:
            self.ended_first = fade * self.ended_first + 1.0
            self.lost_first = fade * self.lost_first + (1.0 if lost else 0.0)
        else:
            self.ended_known = fade * self.ended_known + 1.0
            self.lost_known = fade * self.lost_known + (1.0 if lost else 0.0)


class Fund:
    """The compensation fund."""

    balance: float
    injected: float
    paid: float
    guaranteed: float
    refused: int

    def __init__(self, model: TwinModel, state: Mapping[str, Any]) -> None:
        self.model = model
        vars(self).update(state)

    def fill(self) -> None:
        """Take in what policy adds to its capital."""
        wanted = self.model.policy.utilisation_pledge_fund_capital * self.model.scale
        added = max(0.0, wanted - self.injected)
        self.injected += added
        self.balance += added
        self.model.spending.utilisation_pledge_fund += added

    def share_covered(self, loan: float) -> float:
        """Return the share of a loss on ``loan`` that it would bear, 0 if it can't."""
        policy = self.model.policy
        share = policy.utilisation_pledge_fund_loss_share
        room = policy.utilisation_pledge_fund_leverage * self.balance - self.guaranteed
        floor = self.model.parameters.fund_floor * self.injected
        return 0.0 if self.balance <= floor or share * loan > room else share

    def pay_claim(self, bank: Bank, claim: float) -> None:
        """Pay a bank as far as it can; a bank let down remembers."""
        paid = min(claim, self.balance)
        self.balance -= paid
        self.paid += paid
        bank.cash += paid
        bank.in_fund += paid
        self.model.tally.fund_paid += paid
        if paid < 0.999 * claim:
            self.refused += 1
            bank.burnt += 0.5 * (1.0 - bank.burnt)


class Agency(mesa.Agent):
    """A service agency: careful, or volume-minded."""

    model: Any  #: the `TwinModel`
    style: int
    drafting: float
    fee_invention: float
    fee_other: float
    trifle_price: float
    filings: int
    trifles: int
    cash: float
    in_fees: float
    out_costs: float

    def __init__(self, model: TwinModel, place: int, state: Mapping[str, Any]) -> None:
        super().__init__(model)
        self.place = place
        vars(self).update(state)

    def fee(self, kind: int) -> float:
        """Return what it asks for a filing."""
        return self.fee_invention if kind == INVENTION else self.fee_other

    def run(self) -> None:
        """Pay out what it earned, then set price and care."""
        policy, p = self.model.policy, self.model.parameters
        self.out_costs = self.in_fees
        self.cash -= self.in_fees
        self.in_fees = 0.0
        self.filings = self.trifles = 0
        self.trifle_price = formulas.price_of_trifle(self.style, policy, p)
        self.drafting = formulas.best_drafting(self.style, policy, p)


class Body(mesa.Agent):
    """An enforcement body: administrative, court, or mediation."""

    model: Any  #: the `TwinModel`
    kind: int
    posts: float
    capacity: float
    carried: float
    backlog: int
    months: float
    error: float
    cost: float

    def __init__(self, model: TwinModel, place: int, state: Mapping[str, Any]) -> None:
        super().__init__(model)
        self.place = place
        vars(self).update(state)

    def speed(self) -> float:
        """Return its speed relative to normal."""
        return self.model.policy.protection_speed if self.kind != MEDIATION else 1.0

    def staff(self) -> None:
        """Set posts, capacity and usual time for the quarter."""
        model, p = self.model, self.model.parameters
        if self.kind == MEDIATION:
            yearly = 4.0 * p.cases_per_post_mediation
            self.posts = model.policy.protection_mediation / yearly * model.scale
        elif self.kind != COURT:
            self.posts = model.policy.protection_enforcement_staff * model.scale
        added = self.posts * formulas.cases_per_post(self.kind, p) * self.speed()
        self.capacity = min(self.carried, 1.0) + added
        queue = 3.0 * self.backlog / added if added > 0.0 else 120.0
        self.months = max(queue, formulas.least_months(self.kind, p) / self.speed())

    def quarters_needed(self) -> int:
        """Return quarters of procedure without a queue."""
        months = formulas.least_months(self.kind, self.model.parameters)
        return math.ceil(months / self.speed() / 3.0 - 0.5)
