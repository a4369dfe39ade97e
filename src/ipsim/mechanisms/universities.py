"""Universities invent more than they use, and file because filings count."""

from __future__ import annotations

import math
from typing import Any

from ipsim.city.bodies import CAREFUL
from ipsim.city.enterprise import ALIVE
from ipsim.city.patent import IN_FORCE, INVENTION, UNIVERSITY, UTILITY_MODEL
from ipsim.engine.draws import normal, poisson, uniform
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule
from ipsim.mechanisms.decisions import (
    AGENT,
    MERIT,
    PARTNER,
    TRANSFER,
    UNIVERSITY_IDEAS,
    WORTH,
)
from ipsim.mechanisms.ledger import Filing, enter
from ipsim.mechanisms.worth import (
    chance_of_grant,
    filing_subsidy,
    grant_subsidy,
    official_fee,
)


@rule
def worth_to_university(kind: int, merit: float, agency: Any, policy: Any, parameters: Any) -> float:
    """Return what a filing is worth to a university: credit in its evaluation, and subsidy."""
    granted = chance_of_grant(kind, merit + agency.drafting, parameters)
    credit = parameters.university_credit * (1.0 if kind == INVENTION else 0.3)
    fee = agency.fee_invention if kind == INVENTION else agency.fee_other
    worth = granted * (credit * parameters.university_keeps + grant_subsidy(kind, policy))
    worth += parameters.university_filing_credit + filing_subsidy(kind, policy)
    return worth - fee - official_fee(kind, 0, policy)


@rule
def partner_of(city: Any, i: int, n: int) -> int:
    """Return the enterprise that takes part in the ``n``-th project of university ``i``, or -1.

    An office looks for partners: the chance rises with the operation agency's strength.
    The firm drawn takes part if it does research itself.
    """
    clock = city.clock[0]
    parameters = city.parameters[0]
    strength = city.policy[0].utilisation_university_transfer
    chance = parameters.joint_base + parameters.joint_office * strength
    university = city.universities[i]
    if uniform(clock.seed, PARTNER, university.key, clock.quarter, 2 * n) > chance:
        return -1
    u = uniform(clock.seed, PARTNER, university.key, clock.quarter, 2 * n + 1)
    j = int(u * len(city.enterprises))
    for step in range(8):  # ask a few neighbours on the list
        k = (j + step) % len(city.enterprises)
        if city.enterprises[k].status == ALIVE and city.enterprises[k].researches == 1:
            return k
    return -1


@rule
def file_project(city: Any, i: int, n: int) -> None:
    """File the ``n``-th invention of university ``i`` in the way that is worth most to it."""
    clock = city.clock[0]
    parameters = city.parameters[0]
    policy = city.policy[0]
    university = city.universities[i]
    key = university.key
    merit = parameters.university_merit + normal(clock.seed, MERIT, key, clock.quarter, n)
    spread = parameters.value_sigma * normal(clock.seed, WORTH, key, clock.quarter, n)
    partner = partner_of(city, i, n)
    industry = int(uniform(clock.seed, WORTH, key, clock.quarter, -1 - n) * len(city.industries))
    if partner >= 0:
        industry = city.enterprises[partner].industry
    value = city.industries[industry].value * math.exp(spread)
    value *= parameters.university_value if partner < 0 else parameters.joint_value
    agency = int(uniform(clock.seed, AGENT, key, 0, CAREFUL) * city.careful[0])
    best, kind = 0.0, -1
    for option in range(INVENTION, UTILITY_MODEL + 1):
        net = worth_to_university(option, merit, city.agencies[agency], policy, parameters)
        if net > best:
            best, kind = net, option
    if kind >= 0:
        flow = value * (parameters.discount + parameters.value_decay)
        joint = 1 if partner >= 0 else 0
        enter(city, i, Filing(kind, merit, flow, agency, UNIVERSITY, 0, joint), industry)


@act
def run_university(city: Any, i: int) -> None:
    """Run a quarter of university ``i``: budget, research, filings."""
    university = city.universities[i]
    clock = city.clock[0]
    university.in_subsidy = 0.0
    university.in_royalty = 0.0
    university.out_fees = 0.0
    university.out_agency = 0.0
    growth = math.exp(0.25 * city.parameters[0].university_growth)
    university.research *= growth
    university.ideas *= growth
    university.out_research = university.research
    university.in_budget = 1.02 * university.research  # the margin pays for fees
    university.cash += university.in_budget - university.out_research
    ideas = university.ideas * clock.scale
    count = poisson(ideas, clock.seed, UNIVERSITY_IDEAS, university.key, clock.quarter)
    for n in range(count):
        file_project(city, i, n)


@loop
def run_universities(city: Any) -> None:
    """Run it for all universities."""
    for i in range(len(city.universities)):
        run_university(city, i)


UNIVERSITIES = Mechanism(
    "universities",
    "universities",
    run_university,
    run_universities,
    order="index",
    why_order="numbers of the ledger and the queue of the rapid centre",
)


@rule
def chance_of_match(patent: Any, strength: float, parameters: Any) -> float:
    """Return the chance in a quarter that an office finds a firm for a patent."""
    chance = parameters.match_base + parameters.match_office * strength
    return chance * (parameters.match_joint if patent.joint == 1 else 1.0)


@rule
def sell_to(city: Any, patent: Any, j: int) -> None:
    """Let enterprise ``j`` take over a university patent if its use there repays price and cost."""
    buyer = city.enterprises[j]
    parameters = city.parameters[0]
    university = city.universities[patent.owner]
    value = patent.flow / (parameters.discount + parameters.value_decay)
    developed = value * parameters.transfer_gain * min(2.0, buyer.knowledge)
    surplus = developed - parameters.commercialisation_cost
    price = 0.5 * surplus  # the two share the surplus
    if surplus <= parameters.transfer_least or buyer.cash < price:
        return
    buyer.cash -= price + parameters.commercialisation_cost
    buyer.out_royalty += price
    buyer.out_costs += parameters.commercialisation_cost
    university.cash += price
    university.in_royalty += price
    university.transfers += 1
    patent.transferred = 1
    patent.licensed = 1
    patent.in_use = 1
    buyer.secret_flow += developed * (parameters.discount + parameters.value_decay)
    city.tally[0].university_transfers += 1.0


@act
def transfer(city: Any, i: int) -> None:
    """Let the office of its university look for a user of patent ``i``."""
    patent = city.patents[i]
    if patent.stage != IN_FORCE or patent.owner_kind != UNIVERSITY or patent.in_use == 1:
        return
    clock = city.clock[0]
    parameters = city.parameters[0]
    strength = city.policy[0].utilisation_university_transfer
    u = uniform(clock.seed, TRANSFER, patent.key, clock.quarter, 0)
    if u > chance_of_match(patent, strength, parameters):
        return
    j = int(uniform(clock.seed, TRANSFER, patent.key, clock.quarter, 1) * len(city.enterprises))
    for step in range(8):
        k = (j + step) % len(city.enterprises)
        if city.enterprises[k].status == ALIVE and city.enterprises[k].researches == 1:
            sell_to(city, patent, k)
            return


@loop
def transfer_all(city: Any) -> None:
    """Run it for all patents."""
    for i in range(city.clock[0].patents):
        transfer(city, i)


TRANSFERS = Mechanism(
    "transfer",
    "patents",
    transfer,
    transfer_all,
    order="index",
    why_order="by number of the ledger: an enterprise buys while its money lasts",
)
