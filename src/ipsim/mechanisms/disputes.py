"""Holders find copies and choose: negotiate, mediate, complain, sue, or bear it."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from ipsim.city.bodies import ADMINISTRATIVE, COURT, MEDIATION
from ipsim.city.enterprise import ALIVE
from ipsim.engine.draws import uniform
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule
from ipsim.mechanisms.copying import expected_damages
from ipsim.mechanisms.decisions import DETECT

BEAR, NEGOTIATE = -1, 3  #: besides the rows of the three bodies


class Channel(NamedTuple):
    """A way to deal with a copy and what it is worth to the holder, in million RMB."""

    way: int
    worth: float


@rule
def chance_found(policy: Any, parameters: Any) -> float:
    """Return the chance in a quarter that a copy is found: by the holder, or by monitoring."""
    seen = parameters.found_by_holder
    return seen + (1.0 - seen) * parameters.found_by_monitoring * policy.protection_monitoring


@rule
def worth_of_case(body: Any, loss: float, strength: float, award: float, parameters: Any) -> float:
    """Return what a case before ``body`` is worth: future loss stopped, damages, less cost.

    The right holds with chance ``strength``; the body errs; all comes after its usual
    time, and a copy that is out of fashion by then needs no stopping.
    """
    wins = strength * (1.0 - body.error) + (1.0 - strength) * body.error
    rate = parameters.discount + parameters.value_decay
    years = body.months / 12.0
    left = max(0.0, parameters.copy_lasts - 1.0 - years)  # found after a year or so
    stopped = loss * (1.0 - math.exp(-rate * left)) / rate
    return wins * (stopped + award) * math.exp(-rate * years) - body.cost


@rule
def settlement(loss: float, policy: Any, parameters: Any) -> float:
    """Return what mediation brings a holder in damages: a part of what a court awards."""
    return parameters.settlement_share * expected_damages(loss, policy, parameters)


@rule
def kept_settlements(policy: Any, parameters: Any) -> float:
    """Return the share of settlements that are kept; a court's confirmation binds the rest."""
    free = parameters.settlement_kept
    return free + (1.0 - free) * policy.protection_judicial_confirmation


@rule
def best_channel(city: Any, holder: int, copier: int) -> Channel:
    """Return the best channel for a holder that found a copy, by expected worth."""
    policy = city.policy[0]
    parameters = city.parameters[0]
    gain = city.enterprises[copier].copy_gain
    loss = gain * parameters.loss_per_gain
    strength = city.enterprises[holder].best_strength
    past = loss * parameters.case_years
    award = expected_damages(past, policy, parameters)
    best, way = 0.0, BEAR
    court = city.bodies[COURT]
    worth = worth_of_case(court, loss, strength, award, parameters)
    if worth > best:
        best, way = worth, COURT
    administrative = city.bodies[ADMINISTRATIVE]
    worth = worth_of_case(administrative, loss, strength, 0.0, parameters)
    if administrative.posts > 0.0 and worth > best:
        best, way = worth, ADMINISTRATIVE
    mediation = city.bodies[MEDIATION]
    part = settlement(past, policy, parameters)
    worth = kept_settlements(policy, parameters)
    worth *= worth_of_case(mediation, loss, 1.0, part, parameters)
    if mediation.posts > 0.0 and worth > best and fears_court(city, copier, part, award):
        best, way = worth, MEDIATION
    worth = royalty_for_copy(city, holder, copier) - parameters.licence_cost
    if worth > best and city.enterprises[copier].cash > worth:
        best, way = worth, NEGOTIATE
    return Channel(way, best)


@rule
def fears_court(city: Any, copier: int, part: float, award: float) -> bool:
    """Tell whether a copier would rather settle for ``part`` than risk a court's ``award``."""
    punish = city.enterprises[copier].punish
    rate = city.parameters[0].discount
    return punish / (punish + rate) * award + city.bodies[COURT].cost > part


@rule
def royalty_for_copy(city: Any, holder: int, copier: int) -> float:
    """Return what a copier would pay once to go on with a licence: a part of its fear.

    Found out, it fears what a court would take: its further gain, damages and costs.
    """
    enterprise = city.enterprises[copier]
    parameters = city.parameters[0]
    strength = city.enterprises[holder].best_strength
    past = enterprise.copy_gain * parameters.loss_per_gain * parameters.case_years
    award = expected_damages(past, city.policy[0], parameters)
    court = city.bodies[COURT]
    fear = worth_of_case(court, enterprise.copy_gain, strength, award, parameters)
    return parameters.bargaining * (fear + 2.0 * court.cost)


@rule
def open_case(city: Any, holder: int, copier: int, way: int) -> None:
    """File a case with a body and pay its cost."""
    clock = city.clock[0]
    if clock.cases >= len(city.cases):
        clock.overflow = 2
        return
    case = city.cases[clock.cases]
    clock.cases += 1
    plaintiff = city.enterprises[holder]
    defendant = city.enterprises[copier]
    case.key = plaintiff.key * 1000003 + defendant.key % 1000003
    case.plaintiff = holder
    case.defendant = copier
    case.loss = defendant.copy_gain * city.parameters[0].loss_per_gain
    case.strength = plaintiff.best_strength
    case.filed = clock.quarter
    case.copy_since = defendant.copy_since
    case.body = way
    case.open = 1
    body = city.bodies[way]
    body.backlog += 1
    plaintiff.cash -= body.cost
    plaintiff.out_award += body.cost
    plaintiff.disputes += 1
    defendant.disputes += 1
    tally = city.tally[0]
    if way == COURT:
        tally.court_cases += 1.0
    elif way == ADMINISTRATIVE:
        tally.admin_cases += 1.0
    else:
        tally.mediation_cases += 1.0


@rule
def license_copy(city: Any, holder: int, copier: int) -> None:
    """Turn a copy into a licence: the copier pays once and goes on as of right."""
    paid = royalty_for_copy(city, holder, copier)
    licensee = city.enterprises[copier]
    owner = city.enterprises[holder]
    licensee.cash -= paid
    licensee.out_royalty += paid
    owner.cash += paid
    owner.in_royalty += paid
    parameters = city.parameters[0]
    lost = licensee.copy_gain * parameters.loss_per_gain * parameters.copy_lasts
    good = min(1.0, paid / max(1e-9, lost))
    licensee.secret_flow += licensee.copy_gain
    stop_copying(licensee)
    owner.seen_redress += good
    city.news[0].now_redressed += good
    city.news[0].now_punished += min(1.0, good * parameters.loss_per_gain)
    city.tally[0].royalties += paid
    city.tally[0].licences += 1.0


@rule
def stop_copying(enterprise: Any) -> None:
    """End a copy."""
    enterprise.copies = -1
    enterprise.copy_gain = 0.0
    enterprise.copy_known = 0


@act
def dispute(city: Any, i: int) -> None:
    """Count what enterprise ``i`` copies, and let the holder find it and act."""
    copier = city.enterprises[i]
    if copier.status != ALIVE or copier.copies < 0:
        return
    clock = city.clock[0]
    parameters = city.parameters[0]
    holder = city.enterprises[copier.copies]
    age = clock.quarter - copier.copy_since
    if holder.status != ALIVE or holder.best_flow <= 0.0 or age > 4.0 * parameters.copy_lasts:
        if copier.disputes == 0:
            stop_copying(copier)
        return
    if holder.copied_by == 0:
        city.tally[0].copied_patentees += 1.0
    holder.copied_by += 1
    holder.copy_loss += copier.copy_gain * parameters.loss_per_gain
    news = city.news[0]
    news.now_copies += 1.0
    found = uniform(clock.seed, DETECT, copier.key, clock.quarter, 0)
    if copier.copy_known == 1 or found > chance_found(city.policy[0], parameters):
        return
    copier.copy_known = 1
    holder.seen_copied += 1.0
    city.tally[0].copies_found += 1.0
    channel = best_channel(city, copier.copies, i)
    if channel.way == NEGOTIATE:
        license_copy(city, copier.copies, i)
    elif channel.way != BEAR:
        open_case(city, copier.copies, i, channel.way)


@loop
def dispute_all(city: Any) -> None:
    """Run it for all enterprises."""
    for i in range(len(city.enterprises)):
        dispute(city, i)


DISPUTES = Mechanism(
    "disputes",
    "enterprises",
    dispute,
    dispute_all,
    order="index",
    why_order="places in the queues of the bodies; sums over a holder's copiers",
)
