"""Loans against patents: how an enterprise wishes, applies, serves and defaults."""

from __future__ import annotations

import math

from ipsim.city.enterprise import ALIVE, MEDIUM
from ipsim.engine.draws import normal, uniform
from ipsim.mechanisms.decisions import APPRAISAL, CHANCE, CHANCE_SIZE, QUEUE, SCREEN

from . import formulas
from .copying import Copier


class Borrower(Copier):
    """Wishes to invest, borrows, repays or defaults."""

    def finance(self) -> None:
        """Serve debt, or wish, apply and invest."""
        if self.status != ALIVE:
            return
        if self.debt > 0.0:
            self.serve_debt()
            return
        wish = self.wish_to_invest()
        if wish <= 0.0:
            return
        if self.cash - self.model.parameters.buffer * self.sales >= wish:
            self.invest(wish)
            return
        had_cash = self.cash
        loan = self.apply_for_loan(wish)
        if loan > 0.0 and had_cash >= 0.0:
            self.invest(loan)

    def wish_to_invest(self) -> float:
        """Return what it would invest in this quarter, 0 for nothing."""
        model, p = self.model, self.model.parameters
        if self.cash < 0.0:
            return -self.cash + 0.25 * self.sales
        if uniform(model.luck, CHANCE, self.key, model.quarter, 0) > 0.25 * p.chances:
            return 0.0
        relief = model.policy.utilisation_pledge_fund_interest_subsidy
        if self.margin * p.turnover < model.lending_rate * (1.0 - relief):
            return 0.0
        u = uniform(model.luck, CHANCE_SIZE, self.key, model.quarter, 0)
        return (0.05 + 0.25 * u) * 4.0 * self.sales

    def invest(self, money: float) -> None:
        """Spend money on capacity: sales grow by its turnover."""
        self.cash -= money
        self.out_costs += money
        self.sales += 0.25 * self.model.parameters.turnover * money

    def appraised(self) -> float:
        """Return what an appraiser says its patents are worth."""
        model, p = self.model, self.model.parameters
        value = self.protected_flow / (p.discount + p.value_decay)
        luck = normal(model.luck, APPRAISAL, self.key, model.quarter, 0)
        return value * math.exp(p.appraisal_error * luck)

    def apply_for_loan(self, wish: float) -> float:
        """Return what its bank lends it against its patents, 0 if it declines."""
        model, p, bank = self.model, self.model.parameters, self.bank
        u = uniform(model.luck, QUEUE, self.key, model.quarter, 0)
        if self.protected_flow <= 0.0 or u > model.appetite:
            return 0.0
        loan = min(p.loan_to_value * self.appraised(), wish)
        loan = min(loan, p.largest_loan_large if self.size_class > MEDIUM else p.largest_loan)
        if loan < p.smallest_loan:
            return 0.0
        first = self.loans == 0
        covered = model.fund.share_covered(loan)
        default = bank.learned_default_rate(first)
        borne = loan * (1.0 - p.recovery) * (1.0 - covered * (1.0 - bank.burnt))
        screening = formulas.best_screening(default, borne, p)
        bank.screening += 0.1 * (screening - bank.screening)
        if not bank.accepts(loan, covered, first, screening):
            return 0.0
        bank.pay(bank.cost_of(screening))
        looked = uniform(model.luck, SCREEN, self.key, model.quarter, 0)
        if (self.cash < 0.0 or self.margin < p.weak_margin) and looked < screening:
            return 0.0
        self.borrow(loan, covered)
        return loan

    def borrow(self, loan: float, covered: float) -> None:
        """Take a loan out."""
        model, bank = self.model, self.bank
        if self.loans == 0:
            bonus = model.policy.utilisation_pledge_fund_first_loan_bonus * loan
            bank.cash += bonus
            bank.in_bonus += bonus
            model.spending.utilisation_pledge_fund += bonus
            model.tally.first_loans += 1.0
        bank.cash -= loan
        bank.out_lent += loan
        bank.loans += loan
        self.cash += loan
        self.in_loan += loan
        self.debt = loan
        self.covered = covered
        self.loan_rate = model.lending_rate
        self.loan_due = model.quarter + int(4.0 * model.parameters.loan_years)
        self.loans += 1
        model.fund.guaranteed += covered * loan
        model.tally.loans += 1.0
        model.tally.lent += loan

    def serve_debt(self) -> None:
        """Pay interest; at the due date repay, prolong or default."""
        model = self.model
        interest = 0.25 * self.loan_rate * self.debt
        self.cash -= interest
        self.out_loan += interest
        self.bank.cash += interest
        self.bank.in_repaid += interest
        self.claim_interest += model.policy.utilisation_pledge_fund_interest_subsidy * interest
        if self.loan_due > model.quarter:
            return
        if self.cash >= self.debt:
            self.repay()
        elif self.cash > 0.0 and self.margin > model.parameters.weak_margin:
            self.loan_due += 4
        else:
            self.default()

    def repay(self) -> None:
        """Repay the loan."""
        self.cash -= self.debt
        self.out_loan += self.debt
        self.bank.cash += self.debt
        self.bank.in_repaid += self.debt
        self.clear_loan(lost=False)

    def default(self) -> None:
        """Lose the loan: the bank sells the patents, the fund bears its share."""
        model, bank, loss = self.model, self.bank, self.debt
        recovered = model.parameters.recovery * loss
        bank.cash += recovered
        bank.in_recovered += recovered
        model.fund.pay_claim(bank, self.covered * (loss - recovered))
        model.tally.written_off += loss
        self.distress += 2
        self.clear_loan(lost=True)

    def clear_loan(self, *, lost: bool) -> None:
        """Take the loan off all books."""
        model, fund = self.model, self.model.fund
        self.bank.loans -= self.debt
        fund.guaranteed = max(0.0, fund.guaranteed - self.covered * self.debt)
        self.bank.learn_from_end(first=self.loans == 1, lost=lost)
        self.debt = 0.0
        self.covered = 0.0
        model.tally.loans_ended += 1.0
        if lost:
            model.tally.loans_lost += 1.0
