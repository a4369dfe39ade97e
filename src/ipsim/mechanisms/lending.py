"""Banks lend against patents; a compensation fund shares their losses while it lasts."""

from __future__ import annotations

import math
from typing import Any

from ipsim.city.enterprise import ALIVE, MEDIUM
from ipsim.engine.draws import normal, uniform
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule
from ipsim.mechanisms.decisions import APPRAISAL, CHANCE, CHANCE_SIZE, QUEUE, SCREEN
from ipsim.mechanisms.defaults import default_on_loan, end_loan


@rule
def wish_to_invest(city: Any, i: int) -> float:
    """Return what enterprise ``i`` would invest in this quarter, in million RMB, 0 for nothing.

    Chances come by luck; one is worth taking if sales from it earn more than the loan
    costs after the interest subsidy. In need of cash an enterprise wants money anyway.
    """
    enterprise = city.enterprises[i]
    clock = city.clock[0]
    parameters = city.parameters[0]
    if enterprise.cash < 0.0:
        return -enterprise.cash + 0.25 * enterprise.sales
    if uniform(clock.seed, CHANCE, enterprise.key, clock.quarter, 0) > 0.25 * parameters.chances:
        return 0.0
    price = clock.lending_rate * (1.0 - city.policy[0].utilisation_pledge_fund_interest_subsidy)
    if enterprise.margin * parameters.turnover < price:
        return 0.0
    u = uniform(clock.seed, CHANCE_SIZE, enterprise.key, clock.quarter, 0)
    return (0.05 + 0.25 * u) * 4.0 * enterprise.sales


@rule
def is_weak(enterprise: Any, parameters: Any) -> bool:
    """Tell whether a borrower is one that a bank, looking closely, would turn away."""
    return enterprise.cash < 0.0 or enterprise.margin < parameters.weak_margin


@rule
def learned_default_rate(bank: Any, first: bool, parameters: Any) -> float:
    """Return the default rate a bank expects, from its own losses and a prior."""
    weight = parameters.prior_loans
    if first:
        lost = bank.lost_first + weight * parameters.prior_default_first
        return lost / (bank.ended_first + weight)
    lost = bank.lost_known + weight * parameters.prior_default_known
    return lost / (bank.ended_known + weight)


@rule
def share_covered(city: Any, bank: Any, loan: float) -> float:
    """Return the share of a loss the fund would bear, as the bank believes it, 0 if it can't.

    The fund guarantees up to its leverage times its balance, and nothing below its floor.
    """
    policy = city.policy[0]
    fund = city.fund[0]
    share = policy.utilisation_pledge_fund_loss_share
    room = policy.utilisation_pledge_fund_leverage * fund.balance - fund.guaranteed
    if fund.balance <= city.parameters[0].fund_floor * fund.injected or share * loan > room:
        return 0.0
    return share


@rule
def best_screening(default: float, loss: float, parameters: Any) -> float:
    """Return how closely a bank looks: it minimises cost ``c e**2 / 2`` and loss not avoided.

    ``loss`` is the money it would lose itself, so a fund that bears more makes it look less.
    """
    return min(1.0, default * loss / parameters.screening_cost)


@rule
def bank_accepts(city: Any, bank: Any, loan: float, covered: float, first: bool, screening: float) -> bool:
    """Tell whether interest and bonus cover expected loss, cost of funds and screening."""
    clock = city.clock[0]
    parameters = city.parameters[0]
    default = learned_default_rate(bank, first, parameters) * (1.0 - screening)
    borne = 1.0 - covered * (1.0 - bank.burnt)
    years = parameters.loan_years
    earned = (1.0 - default) * (clock.lending_rate - clock.funding_cost) * years
    lost = default * (1.0 - parameters.recovery) * borne
    bonus = city.policy[0].utilisation_pledge_fund_first_loan_bonus if first else 0.0
    cost = 0.5 * parameters.screening_cost * screening * screening + parameters.loan_handling
    return loan * (earned - lost + bonus) > cost


@rule
def appraised(city: Any, i: int) -> float:
    """Return what an appraiser says the patents of ``i`` are worth, in million RMB."""
    enterprise = city.enterprises[i]
    clock = city.clock[0]
    parameters = city.parameters[0]
    value = enterprise.protected_flow / (parameters.discount + parameters.value_decay)
    spread = parameters.appraisal_error
    return value * math.exp(spread * normal(clock.seed, APPRAISAL, enterprise.key, clock.quarter, 0))


@rule
def grant_loan(city: Any, i: int, loan: float, covered: float) -> None:
    """Pay out a loan and note the fund's part."""
    enterprise = city.enterprises[i]
    bank = city.banks[enterprise.bank]
    clock = city.clock[0]
    tally = city.tally[0]
    if enterprise.loans == 0:
        bonus = city.policy[0].utilisation_pledge_fund_first_loan_bonus * loan
        bank.cash += bonus
        bank.in_bonus += bonus
        city.spending[0].utilisation_pledge_fund += bonus
        tally.first_loans += 1.0
    bank.cash -= loan
    bank.out_lent += loan
    bank.loans += loan
    enterprise.cash += loan
    enterprise.in_loan += loan
    enterprise.debt = loan
    enterprise.covered = covered
    enterprise.loan_rate = clock.lending_rate
    enterprise.loan_due = clock.quarter + int(4.0 * city.parameters[0].loan_years)
    enterprise.loans += 1
    city.fund[0].guaranteed += covered * loan
    tally.loans += 1.0
    tally.lent += loan


@rule
def invest(city: Any, i: int, money: float) -> None:
    """Spend money on capacity: sales grow by its turnover."""
    enterprise = city.enterprises[i]
    enterprise.cash -= money
    enterprise.out_costs += money
    enterprise.sales += 0.25 * city.parameters[0].turnover * money


@rule
def apply_for_loan(city: Any, i: int, wish: float) -> float:
    """Return what the bank lends enterprise ``i`` against its patents, 0 if it declines."""
    enterprise = city.enterprises[i]
    parameters = city.parameters[0]
    clock = city.clock[0]
    bank = city.banks[enterprise.bank]
    u = uniform(clock.seed, QUEUE, enterprise.key, clock.quarter, 0)
    if enterprise.protected_flow <= 0.0 or u > clock.appetite:
        return 0.0
    loan = min(parameters.loan_to_value * appraised(city, i), wish)
    big = enterprise.size_class > MEDIUM
    loan = min(loan, parameters.largest_loan_large if big else parameters.largest_loan)
    if loan < parameters.smallest_loan:
        return 0.0
    first = enterprise.loans == 0
    covered = share_covered(city, bank, loan)
    default = learned_default_rate(bank, first, parameters)
    borne = loan * (1.0 - parameters.recovery) * (1.0 - covered * (1.0 - bank.burnt))
    screening = best_screening(default, borne, parameters)
    bank.screening += 0.1 * (screening - bank.screening)
    if not bank_accepts(city, bank, loan, covered, first, screening):
        return 0.0
    cost = 0.5 * parameters.screening_cost * screening * screening + parameters.loan_handling
    bank.cash -= cost
    bank.out_costs += cost
    looked = uniform(clock.seed, SCREEN, enterprise.key, clock.quarter, 0)
    if is_weak(enterprise, parameters) and looked < screening:
        return 0.0
    grant_loan(city, i, loan, covered)
    return loan


@rule
def serve_debt(city: Any, i: int) -> None:
    """Pay interest; at the due date repay, prolong or default."""
    enterprise = city.enterprises[i]
    bank = city.banks[enterprise.bank]
    interest = 0.25 * enterprise.loan_rate * enterprise.debt
    enterprise.cash -= interest
    enterprise.out_loan += interest
    bank.cash += interest
    bank.in_repaid += interest
    share = city.policy[0].utilisation_pledge_fund_interest_subsidy
    enterprise.claim_interest += share * interest
    if enterprise.loan_due > city.clock[0].quarter:
        return
    if enterprise.cash >= enterprise.debt:
        end_loan(city, i, enterprise.debt)
    elif enterprise.cash > 0.0 and enterprise.margin > city.parameters[0].weak_margin:
        enterprise.loan_due += 4
    else:
        default_on_loan(city, i)


@act
def lend(city: Any, i: int) -> None:
    """Let enterprise ``i`` serve its debt, or wish, apply and invest."""
    enterprise = city.enterprises[i]
    if enterprise.status != ALIVE:
        return
    if enterprise.debt > 0.0:
        serve_debt(city, i)
        return
    wish = wish_to_invest(city, i)
    if wish <= 0.0:
        return
    own = enterprise.cash - city.parameters[0].buffer * enterprise.sales
    if own >= wish:
        invest(city, i, wish)
        return
    had_cash = enterprise.cash
    loan = apply_for_loan(city, i, wish)
    if loan > 0.0 and had_cash >= 0.0:
        invest(city, i, loan)


@loop
def lend_all(city: Any) -> None:
    """Run it for all enterprises."""
    for i in range(len(city.enterprises)):
        lend(city, i)


LENDING = Mechanism(
    "lending",
    "enterprises",
    lend,
    lend_all,
    order="index",
    why_order="the fund's room and the banks' lessons go to those who come first",
)
