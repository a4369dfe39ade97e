"""Where order matters, it is a rule: the queue of a body, the fund that runs dry, closed books."""

import numpy as np

from ipsim.city.bodies import COURT
from ipsim.city.enterprise import ALIVE, CLOSED
from ipsim.engine.rules import interpreted
from ipsim.mechanisms import defaults, survival
from ipsim.mechanisms.enforcement import ENFORCEMENT, STAFFING
from ipsim.simulation import Simulation
from tests.simulation.small import ran, small


def test_a_body_takes_cases_in_the_order_of_filing() -> None:
    city = ran(small(), 1).city
    city.clock.quarter[:] = 30
    city.clock.cases[:] = 10
    firms = np.flatnonzero(city.enterprises.status == ALIVE)[:20]
    for n in range(10):
        case = city.cases[n]
        case.plaintiff, case.defendant = firms[2 * n], firms[2 * n + 1]
        case.body, case.open, case.filed, case.key = COURT, 1, 2, n
    city.enterprises.disputes[firms] = 1
    city.bodies.backlog[:] = 0
    city.bodies.backlog[COURT] = 10
    STAFFING.loop(city)
    city.bodies.capacity[COURT] = 3.2
    ENFORCEMENT.loop(city)
    assert city.cases.open[:10].tolist() == [0] * 3 + [1] * 7
    assert city.bodies.backlog[COURT] == 7


def test_a_fund_that_runs_dry_pays_what_is_left_and_is_remembered() -> None:
    city = ran(small(), 0).city
    city.fund.injected[:] = city.fund.balance[:] = 1.0
    bank = city.banks[0]
    cash = float(bank.cash)
    interpreted(defaults.claim_on_fund)(city, bank, 0.75)
    assert (float(city.fund[0].balance), float(bank.burnt)) == (0.25, 0.0)
    interpreted(defaults.claim_on_fund)(city, bank, 0.75)
    assert float(city.fund[0].balance) == 0.0
    assert float(bank.cash) - cash == 1.0
    assert bank.burnt > 0.0 and city.fund[0].refused == 1


def test_a_closed_enterprise_leaves_no_money_and_no_debt() -> None:
    simulation: Simulation = ran(small(), 4)
    city = simulation.city
    row = int(np.flatnonzero(city.enterprises.status == ALIVE)[3])
    enterprise = city.enterprises[row]
    bank = city.banks[enterprise.bank]
    loans = float(bank.loans)
    enterprise.debt, enterprise.cash = 2.0, 5.0
    bank.loans += 2.0
    enterprise.out_owners = 0.0
    interpreted(survival.close)(city, row, CLOSED)
    assert (enterprise.status, enterprise.cash, enterprise.debt) == (CLOSED, 0.0, 0.0)
    assert bank.loans == loans
    assert enterprise.out_owners == 5.0
