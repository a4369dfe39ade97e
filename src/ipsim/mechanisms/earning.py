"""Enterprises sell, pay their costs, and enjoy or miss the profit of inventions."""

from __future__ import annotations

import math
from typing import Any

from ipsim.city.enterprise import ABSENT, ALIVE
from ipsim.engine.draws import normal
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule
from ipsim.mechanisms.decisions import SALES


@rule
def open_books(enterprise: Any) -> None:
    """Start the flows of the quarter at nought."""
    enterprise.in_sales = 0.0
    enterprise.in_subsidy = 0.0
    enterprise.in_award = 0.0
    enterprise.in_royalty = 0.0
    enterprise.in_loan = 0.0
    enterprise.in_equity = 0.0
    enterprise.out_costs = 0.0
    enterprise.out_research = 0.0
    enterprise.out_fees = 0.0
    enterprise.out_agency = 0.0
    enterprise.out_award = 0.0
    enterprise.out_royalty = 0.0
    enterprise.out_loan = 0.0
    enterprise.out_owners = 0.0
    enterprise.claim_research = 0.0
    enterprise.claim_interest = 0.0


@rule
def invention_profit(enterprise: Any) -> float:
    """Return the yearly profit of inventions in use, copies counted, in million RMB."""
    kept = enterprise.protected_flow + enterprise.secret_flow - enterprise.copy_loss
    return max(0.0, kept) + enterprise.copy_gain


@rule
def grow_sales(enterprise: Any, trend: float, shock: float, parameters: Any) -> None:
    """Let ordinary sales follow the industry, what was learned, and luck.

    ``shock`` is a standard normal number; growth has mean ``trend``.
    """
    deviation = parameters.sales_deviation * 0.5  # a quarter of a year's variance
    growth = trend + parameters.learning_growth * enterprise.learned
    factor = math.exp(deviation * shock - 0.5 * deviation * deviation)
    enterprise.growth = growth
    enterprise.sales *= (1.0 + growth) * factor


@rule
def sell(enterprise: Any, parameters: Any) -> None:
    """Book the quarter's sales, costs and tax."""
    profit_of_inventions = 0.25 * invention_profit(enterprise)
    sales = enterprise.sales + profit_of_inventions / parameters.invention_margin
    ordinary = enterprise.margin * enterprise.sales
    profit = ordinary + profit_of_inventions
    taxed = max(0.0, profit - enterprise.reported_research)
    rate = parameters.tax_high_tech if enterprise.high_tech == 1 else parameters.tax
    costs = sales - profit + rate * taxed
    enterprise.revenue = sales
    enterprise.in_sales = sales
    enterprise.out_costs += costs
    enterprise.cash += sales - costs


@rule
def age_secrets(enterprise: Any, parameters: Any) -> None:
    """Let secrets fade and leak for a quarter; the best invention and recent rights fade."""
    leak = parameters.copy_damage * parameters.leak_hazard
    enterprise.secret_flow *= math.exp(-0.25 * (parameters.value_decay + leak))
    enterprise.best_flow *= math.exp(-0.25 * parameters.value_decay)
    enterprise.recent *= math.exp(-0.25 / 3.0)


@act
def earn(city: Any, i: int) -> None:
    """Run a quarter's business of enterprise ``i``."""
    enterprise = city.enterprises[i]
    if enterprise.status == ABSENT:
        return
    open_books(enterprise)
    if enterprise.status != ALIVE:
        return
    clock = city.clock[0]
    parameters = city.parameters[0]
    shock = normal(clock.seed, SALES, enterprise.key, clock.quarter, 0)
    grow_sales(enterprise, city.industries[enterprise.industry].growth, shock, parameters)
    sell(enterprise, parameters)
    age_secrets(enterprise, parameters)


@loop
def earn_all(city: Any) -> None:
    """Run it for all enterprises."""
    for i in range(len(city.enterprises)):
        earn(city, i)


EARNING = Mechanism("earning", "enterprises", earn, earn_all)
