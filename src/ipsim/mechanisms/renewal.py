"""Owners decide each year whether a patent is worth its annuity."""

from __future__ import annotations

import math
from typing import Any

from ipsim.city.enterprise import ALIVE, SMALL
from ipsim.city.patent import FIRM, IN_FORCE, INVENTION, LAPSED
from ipsim.engine.draws import normal, uniform
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule
from ipsim.mechanisms.decisions import LATER_VALUE, OBSOLETE, TAKE_OVER
from ipsim.mechanisms.portfolio import (
    fade_flow,
    into_portfolio,
    note_best,
    out_of_portfolio,
    recognise_high_value,
)
from ipsim.mechanisms.worth import annuity, by_kind


@rule
def obsolescence(kind: int, parameters: Any) -> float:
    """Return the chance a year that the product or process behind a patent ends."""
    return by_kind(
        kind,
        parameters.obsolete_invention,
        parameters.obsolete_utility_model,
        parameters.obsolete_design,
    )


@rule
def next_flow(city: Any, patent: Any, year: int) -> float:
    """Return the profit flow of the coming year: it fades, with luck, or ends."""
    clock = city.clock[0]
    parameters = city.parameters[0]
    ends = uniform(clock.seed, OBSOLETE, patent.key, year, 0)
    if ends < obsolescence(patent.kind, parameters):
        return 0.0
    luck = normal(clock.seed, LATER_VALUE, patent.key, year, 0)
    spread = parameters.value_drift
    return patent.flow * math.exp(-parameters.value_decay + spread * luck - 0.5 * spread * spread)


@rule
def annuity_due(city: Any, patent: Any, year: int) -> float:
    """Return the annuity to pay, with the reduction that small owners have at first."""
    fee = annuity(patent.kind, year)
    policy = city.policy[0]
    reduced = patent.owner_kind != FIRM or city.enterprises[patent.owner].size_class <= SMALL
    since_grant = (city.clock[0].quarter - patent.granted) // 4
    if reduced and since_grant <= city.parameters[0].reduced_years:
        fee *= 1.0 - policy.national_fee_reduction
    return fee


@rule
def yearly_benefit(city: Any, patent: Any, flow: float) -> float:
    """Return what the right brings in a year: more kept of what is used, some if unused.

    An enterprise that needs the right for its recognition as high-tech keeps it for the
    tax it saves, shared over the rights it holds.
    """
    parameters = city.parameters[0]
    share = parameters.right_share_used if patent.in_use == 1 else parameters.right_share_unused
    benefit = share * flow
    if patent.owner_kind == FIRM:
        enterprise = city.enterprises[patent.owner]
        held = enterprise.inventions + enterprise.utility_models + enterprise.designs
        if enterprise.high_tech == 1 and held <= 6:
            saving = (parameters.tax - parameters.tax_high_tech) * 4.0
            benefit += saving * max(0.0, enterprise.margin * enterprise.sales) / 6.0
    else:
        since_grant = (city.clock[0].quarter - patent.granted) // 4
        if since_grant <= parameters.university_keeps:  # it counts in the evaluation
            benefit += parameters.university_credit
    return benefit


@rule
def pay_annuity(city: Any, patent: Any, fee: float) -> None:
    """Pay the annuity from the owner's account."""
    if patent.owner_kind == FIRM:
        enterprise = city.enterprises[patent.owner]
        enterprise.cash -= fee
        enterprise.out_fees += fee
    else:
        university = city.universities[patent.owner]
        university.cash -= fee
        university.out_fees += fee


@rule
def lapse(city: Any, patent: Any) -> None:
    """End a patent."""
    patent.stage = LAPSED
    city.tally[0].lapsed += 1.0
    out_of_portfolio(city, patent)


@rule
def taken_over(city: Any, patent: Any) -> bool:
    """Let a patent of a closed enterprise go to another of its chain that can use it.

    The first of a few that has the money pays half of what it is worth to the estate.
    """
    clock = city.clock[0]
    parameters = city.parameters[0]
    first = city.member_starts[patent.industry]
    members = city.member_starts[patent.industry + 1] - first
    value = patent.flow / (parameters.discount + parameters.value_decay)
    price = 0.5 * (value - parameters.commercialisation_cost)
    if members == 0 or price <= 0.0 or patent.in_use == 0:
        return False
    for n in range(3):
        u = uniform(clock.seed, TAKE_OVER, patent.key, clock.quarter, n)
        j = city.members[first + int(u * members)]
        buyer = city.enterprises[j]
        if buyer.status == ALIVE and buyer.cash > 2.0 * price:
            buyer.cash -= price
            buyer.out_costs += price
            out_of_portfolio(city, patent)
            patent.owner = j
            patent.transferred = 1
            into_portfolio(city, patent)
            return True
    return False


@act
def renew(city: Any, i: int) -> None:
    """Let the owner of patent ``i`` renew it or let it lapse, if its date has come."""
    patent = city.patents[i]
    clock = city.clock[0]
    if patent.stage != IN_FORCE or patent.due > clock.quarter:
        return
    year = (clock.quarter - patent.filed) // 4 + 1
    term = 20 if patent.kind == INVENTION else 10
    alive = patent.owner_kind != FIRM or city.enterprises[patent.owner].status == ALIVE
    if not alive:
        alive = taken_over(city, patent)
    flow = next_flow(city, patent, year)
    fee = annuity_due(city, patent, year)
    if not alive or year > term or yearly_benefit(city, patent, flow) < fee:
        lapse(city, patent)
        return
    pay_annuity(city, patent, fee)
    if patent.owner_kind == FIRM:
        if patent.in_use == 1:
            fade_flow(city.enterprises[patent.owner], patent.flow, flow)
        patent.pledged = 1 if city.enterprises[patent.owner].debt > 0.0 else 0
    patent.flow = flow
    patent.due = clock.quarter + 4
    if patent.in_use == 1 and patent.owner_kind == FIRM:
        note_best(city.enterprises[patent.owner], patent, city.parameters[0])
    recognise_high_value(city, patent)


@loop
def renew_all(city: Any) -> None:
    """Run it for all patents."""
    for i in range(city.clock[0].patents):
        renew(city, i)


RENEWAL = Mechanism(
    "renewal",
    "patents",
    renew,
    renew_all,
    order="index",
    why_order="by number of the ledger; sums over an owner's patents are taken in that order",
)
