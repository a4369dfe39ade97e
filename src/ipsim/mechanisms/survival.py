"""Enterprises settle their year, close or fail; founders fill their places."""

from __future__ import annotations

from typing import Any

from ipsim.city.enterprise import ABSENT, ALIVE, CLOSED, FAILED, MEDIUM
from ipsim.engine.draws import uniform
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule
from ipsim.mechanisms.decisions import CLOSE
from ipsim.mechanisms.defaults import default_on_loan
from ipsim.mechanisms.disputes import stop_copying


@rule
def pay_claims(city: Any, enterprise: Any) -> None:
    """Let the treasury pay what the enterprise claimed in the quarter."""
    paid = enterprise.claim_research + enterprise.claim_interest
    enterprise.cash += paid
    enterprise.in_subsidy += paid
    spending = city.spending[0]
    spending.subsidies_research += enterprise.claim_research
    spending.utilisation_pledge_fund += enterprise.claim_interest


@rule
def distribute(enterprise: Any, parameters: Any) -> None:
    """Pay owners what exceeds a reserve of some quarters' sales and research."""
    reserve = parameters.reserve * (enterprise.sales + 4.0 * enterprise.research)
    surplus = enterprise.cash - reserve
    if surplus > 0.0:
        enterprise.cash -= parameters.payout * surplus
        enterprise.out_owners += parameters.payout * surplus


@rule
def fails(enterprise: Any, parameters: Any) -> bool:
    """Tell whether an enterprise can't go on: cash below nought for too long or too deep."""
    if enterprise.cash >= 0.0:
        enterprise.distress = 0
        return False
    enterprise.distress += 1
    deep = enterprise.cash < -parameters.deepest_hole * enterprise.sales
    return deep or enterprise.distress > parameters.patience


@rule
def close(city: Any, i: int, status: int) -> None:
    """Close enterprise ``i``: a loan is lost, what is left goes to owners or is forgiven."""
    enterprise = city.enterprises[i]
    if enterprise.debt > 0.0:
        default_on_loan(city, i)
    if enterprise.cash >= 0.0:
        enterprise.out_owners += enterprise.cash
    else:
        enterprise.in_equity -= enterprise.cash
    enterprise.cash = 0.0
    enterprise.status = status
    enterprise.closed = city.clock[0].quarter
    enterprise.researches = 0
    enterprise.research = 0.0
    enterprise.reported_research = 0.0
    enterprise.high_tech = 0
    enterprise.revenue = 0.0
    enterprise.secret_flow = 0.0
    stop_copying(enterprise)
    city.tally[0].exits += 1.0
    if status == FAILED:
        city.tally[0].failures += 1.0


@rule
def sum_up(city: Any, enterprise: Any) -> None:
    """Add the quarter's business to the year's tally."""
    tally = city.tally[0]
    tally.revenue += enterprise.revenue
    tally.research += enterprise.research
    tally.reported_research += enterprise.reported_research


@act
def settle(city: Any, i: int) -> None:
    """Settle the quarter of enterprise ``i``: claims, owners, and whether it goes on."""
    enterprise = city.enterprises[i]
    if enterprise.status != ALIVE:
        return
    parameters = city.parameters[0]
    clock = city.clock[0]
    pay_claims(city, enterprise)
    sum_up(city, enterprise)
    distribute(enterprise, parameters)
    if fails(enterprise, parameters):
        close(city, i, FAILED)
        return
    small = 1.0 if enterprise.size_class < MEDIUM else parameters.exit_of_large
    u = uniform(clock.seed, CLOSE, enterprise.key, clock.quarter, 0)
    if u < 0.25 * clock.exit_rate * small:
        close(city, i, CLOSED)


@loop
def settle_all(city: Any) -> None:
    """Run it for all enterprises."""
    for i in range(len(city.enterprises)):
        settle(city, i)


SETTLEMENT = Mechanism(
    "settlement",
    "enterprises",
    settle,
    settle_all,
    order="index",
    why_order="the fund pays those who come first; sums of money are taken by row",
)


@rule
def is_free(enterprise: Any, quarter: int) -> bool:
    """Tell whether a row can take a new enterprise: never used, or its past is settled."""
    if enterprise.status == ABSENT:
        return True
    held = enterprise.inventions + enterprise.utility_models + enterprise.designs
    settled = held == 0 and enterprise.disputes == 0 and quarter - enterprise.closed > 16
    return enterprise.status != ALIVE and settled
