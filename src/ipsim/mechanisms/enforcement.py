"""Enforcement bodies take the cases of the quarter, in the order of filing."""

from __future__ import annotations

import math
from typing import Any

from ipsim.city.bodies import ADMINISTRATIVE, COURT, MEDIATION
from ipsim.city.enterprise import ALIVE
from ipsim.engine.draws import uniform
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule
from ipsim.mechanisms.copying import expected_damages
from ipsim.mechanisms.decisions import HOLDS, SETTLE, VERDICT
from ipsim.mechanisms.disputes import kept_settlements, settlement, stop_copying


@rule
def posts_of(body: Any, policy: Any, scale: float, parameters: Any) -> float:
    """Return a body's posts in the run: policy sets the administrative ones and mediation."""
    if body.kind == ADMINISTRATIVE:
        return policy.protection_enforcement_staff * scale
    if body.kind == MEDIATION:
        yearly = 4.0 * parameters.cases_per_post_mediation
        return policy.protection_mediation / yearly * scale
    return body.posts


@rule
def cases_per_post(kind: int, parameters: Any) -> float:
    """Return cases that one post decides in a quarter at normal speed."""
    if kind == ADMINISTRATIVE:
        return parameters.cases_per_post_administrative
    if kind == COURT:
        return parameters.cases_per_post_court
    return parameters.cases_per_post_mediation


@rule
def least_months(kind: int, parameters: Any) -> float:
    """Return months of procedure at normal speed, without a queue."""
    if kind == ADMINISTRATIVE:
        return parameters.months_administrative
    return parameters.months_court if kind == COURT else parameters.months_mediation


@act
def staff(city: Any, i: int) -> None:
    """Set posts, capacity and usual time of body ``i`` for the quarter."""
    body = city.bodies[i]
    policy = city.policy[0]
    parameters = city.parameters[0]
    body.posts = posts_of(body, policy, city.clock[0].scale, parameters)
    speed = policy.protection_speed if body.kind != MEDIATION else 1.0
    added = body.posts * cases_per_post(body.kind, parameters) * speed
    body.capacity = min(body.carried, 1.0) + added
    queue = 3.0 * body.backlog / added if added > 0.0 else 120.0
    body.months = max(queue, least_months(body.kind, parameters) / speed)


@loop
def staff_all(city: Any) -> None:
    """Run it for all bodies."""
    for i in range(len(city.bodies)):
        staff(city, i)


STAFFING = Mechanism("staffing", "bodies", staff, staff_all)


@rule
def holder_wins(city: Any, case: Any, body: Any) -> bool:
    """Draw whether the right holds, and whether the body sees it rightly."""
    clock = city.clock[0]
    holds = uniform(clock.seed, HOLDS, case.key, case.filed, 0) < case.strength
    errs = uniform(clock.seed, VERDICT, case.key, case.filed, 0) < body.error
    return holds != errs


@rule
def damages_of(city: Any, case: Any) -> float:
    """Return what the copier has to pay: nothing before an administrative body."""
    years = min(0.25 * (city.clock[0].quarter - case.copy_since + 1), 3.0)
    if case.body == COURT:
        return expected_damages(case.loss * years, city.policy[0], city.parameters[0])
    if case.body == MEDIATION:
        return settlement(case.loss * years, city.policy[0], city.parameters[0])
    return 0.0


@rule
def made_good(city: Any, case: Any, paid: float) -> float:
    """Return the share of a copy's whole loss that is made good: what stops, what is paid."""
    lasts = city.parameters[0].copy_lasts
    years = min(0.25 * (city.clock[0].quarter - case.copy_since + 1), lasts)
    stopped = 1.0 - years / lasts
    compensated = min(1.0, paid / max(1e-9, case.loss * years))
    return stopped + (1.0 - stopped) * compensated


@rule
def redress(city: Any, case: Any) -> None:
    """Make the copier stop and pay the holder, as far as its means go."""
    holder = city.enterprises[case.plaintiff]
    copier = city.enterprises[case.defendant]
    means = max(0.0, copier.cash) + 0.5 * copier.sales
    paid = min(damages_of(city, case), means)
    copier.cash -= paid
    copier.out_award += paid
    holder.cash += paid
    holder.in_award += paid
    stop_copying(copier)
    good = made_good(city, case, paid)
    holder.seen_redress += good
    city.news[0].now_redressed += good
    city.news[0].now_punished += 1.0
    city.tally[0].awards += paid


@rule
def is_kept(city: Any, case: Any) -> bool:
    """Tell whether the outcome is kept: always but for settlements, which may be broken."""
    if case.body != MEDIATION:
        return True
    u = uniform(city.clock[0].seed, SETTLE, case.key, case.filed, 0)
    return u < kept_settlements(city.policy[0], city.parameters[0])


@rule
def close_case(city: Any, case: Any) -> None:
    """Take a case off the docket."""
    case.open = 0
    city.bodies[case.body].backlog -= 1
    city.enterprises[case.plaintiff].disputes -= 1
    city.enterprises[case.defendant].disputes -= 1
    tally = city.tally[0]
    tally.decided += 1.0
    tally.case_quarters += city.clock[0].quarter - case.filed + 0.5


@act
def decide(city: Any, i: int) -> None:
    """Decide case ``i`` if its procedure is over and the body has the capacity."""
    case = city.cases[i]
    if case.open == 0:
        return
    clock = city.clock[0]
    body = city.bodies[case.body]
    speed = city.policy[0].protection_speed if case.body != MEDIATION else 1.0
    needed = math.ceil(least_months(case.body, city.parameters[0]) / speed / 3.0 - 0.5)
    if clock.quarter - case.filed < needed or body.capacity < 1.0:
        return
    body.capacity -= 1.0
    body.carried = body.capacity
    holder = city.enterprises[case.plaintiff]
    copier = city.enterprises[case.defendant]
    live = holder.status == ALIVE and copier.status == ALIVE
    if live and copier.copies == case.plaintiff and holder_wins(city, case, body) and is_kept(city, case):
        redress(city, case)
    close_case(city, case)


@loop
def decide_all(city: Any) -> None:
    """Run it for all cases."""
    for i in range(city.clock[0].cases):
        decide(city, i)


ENFORCEMENT = Mechanism(
    "enforcement",
    "cases",
    decide,
    decide_all,
    order="index",
    why_order="cases are taken in the order of filing while capacity lasts",
)
