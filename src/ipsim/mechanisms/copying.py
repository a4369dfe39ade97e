"""Enterprises consider copying what sells, and learn from what they copy."""

from __future__ import annotations

import math
from typing import Any

from ipsim.city.enterprise import ALIVE
from ipsim.engine.draws import uniform
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule
from ipsim.mechanisms.decisions import COPY, SCRUPLE, TARGET
from ipsim.mechanisms.worth import RMB


@rule
def candidate(city: Any, i: int) -> int:
    """Return the row of the best invention that enterprise ``i`` meets, -1 for none.

    It looks at a few enterprises of its industry and takes the most profitable.
    """
    enterprise = city.enterprises[i]
    clock = city.clock[0]
    first = city.member_starts[enterprise.industry]
    members = city.member_starts[enterprise.industry + 1] - first
    best, best_row = 0.0, -1
    for n in range(4):
        if members == 0:
            break
        u = uniform(clock.seed, TARGET, enterprise.key, clock.quarter, n)
        j = city.members[first + int(u * members)]
        other = city.enterprises[j]
        if j != i and other.status == ALIVE and other.best_flow > best:
            best, best_row = other.best_flow, j
    return best_row


@rule
def expected_damages(loss: float, policy: Any, parameters: Any) -> float:
    """Return the damages a court would award for a year's ``loss``, in million RMB.

    The multiple that policy sets (at most the punitive cap) of the loss that can be
    proved, at least the statutory floor.
    """
    multiple = min(policy.protection_damages, policy.national_punitive_cap)
    return max(policy.national_damages_floor * RMB, multiple * parameters.proof * loss)


@rule
def worth_of_copying(gain: float, punish: float, cost: float, policy: Any, parameters: Any) -> float:
    """Return the expected worth of a copy with a yearly ``gain``, in million RMB.

    It runs until fashion ends or the copier is made to pay (``punish`` a year).
    """
    rate = parameters.discount + parameters.value_decay
    lasts = gain / (rate + punish)
    pays = punish / (rate + punish) * expected_damages(gain * parameters.case_years, policy, parameters)
    return lasts - pays - cost


@rule
def imitation_cost(industry: Any, parameters: Any) -> float:
    """Return the cost of copying a patented invention: a share of what inventing costs.

    At the best effort an invention costs its worth times the elasticity of research.
    """
    spread = parameters.value_sigma
    mean = industry.value * math.exp(0.5 * spread * spread)
    return parameters.imitation_cost_ratio * parameters.research_elasticity * mean


@rule
def consider_copying(city: Any, i: int) -> None:
    """Let enterprise ``i`` copy the best it meets, if that pays and its scruples allow."""
    enterprise = city.enterprises[i]
    clock = city.clock[0]
    parameters = city.parameters[0]
    meets = uniform(clock.seed, COPY, enterprise.key, clock.quarter, 0)
    if meets > 0.25 * parameters.copy_meeting:
        return
    j = candidate(city, i)
    if j < 0:
        return
    policy = city.policy[0]
    gain = parameters.copy_share * city.enterprises[j].best_flow
    cost = imitation_cost(city.industries[enterprise.industry], parameters)
    worth = worth_of_copying(gain, enterprise.punish, cost, policy, parameters)
    scruple = parameters.copy_scruple * -math.log(uniform(clock.seed, SCRUPLE, enterprise.key, 0, 0))
    if worth <= scruple or enterprise.cash < cost:
        return
    enterprise.cash -= cost
    enterprise.out_costs += cost
    enterprise.copies = j
    enterprise.copy_gain = gain
    enterprise.copy_since = clock.quarter
    enterprise.copy_known = 0
    gap = max(0.0, city.enterprises[j].knowledge - enterprise.knowledge)
    enterprise.learned += parameters.copy_teaches * gap
    city.tally[0].copies_begun += 1.0
    city.news[0].now_begun += 1.0


@act
def copy(city: Any, i: int) -> None:
    """Start the count of who copies enterprise ``i``; let it consider copying itself."""
    enterprise = city.enterprises[i]
    if enterprise.status != ALIVE:
        return
    enterprise.copied_by = 0
    enterprise.copy_loss = 0.0
    if enterprise.best_flow > 0.0:
        city.news[0].now_used += 1.0
    if enterprise.copies < 0:
        consider_copying(city, i)


@loop
def copy_all(city: Any) -> None:
    """Run it for all enterprises."""
    for i in range(len(city.enterprises)):
        copy(city, i)


COPYING = Mechanism("copying", "enterprises", copy, copy_all)
