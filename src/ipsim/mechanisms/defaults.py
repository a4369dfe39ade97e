"""How a pledge loan ends: repaid, or lost, with the fund bearing its part."""

from __future__ import annotations

from typing import Any

from ipsim.engine.rules import rule


@rule
def learn_from_end(bank: Any, first: bool, lost: bool, parameters: Any) -> None:
    """Let a bank count the end of a loan; old loans weigh less and less."""
    fade = parameters.bank_memory
    if first:
        bank.ended_first = fade * bank.ended_first + 1.0
        bank.lost_first = fade * bank.lost_first + (1.0 if lost else 0.0)
    else:
        bank.ended_known = fade * bank.ended_known + 1.0
        bank.lost_known = fade * bank.lost_known + (1.0 if lost else 0.0)


@rule
def clear_loan(city: Any, i: int, lost: bool) -> None:
    """Take a loan off the books of enterprise, bank and fund."""
    enterprise = city.enterprises[i]
    bank = city.banks[enterprise.bank]
    bank.loans -= enterprise.debt
    fund = city.fund[0]
    fund.guaranteed = max(0.0, fund.guaranteed - enterprise.covered * enterprise.debt)
    learn_from_end(bank, enterprise.loans == 1, lost, city.parameters[0])
    enterprise.debt = 0.0
    enterprise.covered = 0.0
    tally = city.tally[0]
    tally.loans_ended += 1.0
    if lost:
        tally.loans_lost += 1.0


@rule
def end_loan(city: Any, i: int, paid: float) -> None:
    """Repay a loan."""
    enterprise = city.enterprises[i]
    bank = city.banks[enterprise.bank]
    enterprise.cash -= paid
    enterprise.out_loan += paid
    bank.cash += paid
    bank.in_repaid += paid
    clear_loan(city, i, False)


@rule
def claim_on_fund(city: Any, bank: Any, claim: float) -> None:
    """Let the fund pay its part of a loss as far as it can; a bank let down remembers."""
    fund = city.fund[0]
    paid = min(claim, fund.balance)
    fund.balance -= paid
    fund.paid += paid
    bank.cash += paid
    bank.in_fund += paid
    city.tally[0].fund_paid += paid
    if paid < 0.999 * claim:
        fund.refused += 1
        bank.burnt += 0.5 * (1.0 - bank.burnt)


@rule
def default_on_loan(city: Any, i: int) -> None:
    """Lose a loan: the bank sells the patents, the fund bears its share, the rest is lost."""
    enterprise = city.enterprises[i]
    bank = city.banks[enterprise.bank]
    parameters = city.parameters[0]
    loss = enterprise.debt
    recovered = parameters.recovery * loss
    bank.cash += recovered
    bank.in_recovered += recovered
    claim_on_fund(city, bank, enterprise.covered * (loss - recovered))
    city.tally[0].written_off += loss
    enterprise.distress += 2
    clear_loan(city, i, True)
