"""Entering a filing in the ledger: fees, subsidy, the office's date, the rapid centre."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from ipsim.city.bodies import CAREFUL
from ipsim.city.patent import DESIGN, FIRM, INVENTION, PENDING
from ipsim.engine.draws import normal
from ipsim.engine.rules import rule
from ipsim.mechanisms.decisions import PENDENCY
from ipsim.mechanisms.worth import filing_subsidy, official_fee, pendency_years


class Filing(NamedTuple):
    """What is filed, by whom it was drafted, and why."""

    kind: int
    merit: float
    flow: float
    agency: int
    owner_kind: int
    trifle: int
    joint: int


@rule
def quality_score(merit: float) -> float:
    """Return technical merit on a scale of 0 to 100 (50 = the nation's mean at the start).

    The logistic curve with slope 1.7 stands for the normal distribution function.
    """
    return 100.0 / (1.0 + math.exp(-1.7 * merit))


@rule
def quarters_to_decision(city: Any, key: int, kind: int) -> int:
    """Return the quarters from filing to decision: the usual time, with a spread."""
    clock = city.clock[0]
    usual = 4.0 * pendency_years(kind, city.policy[0])
    spread = city.parameters[0].pendency_spread
    luck = normal(clock.seed, PENDENCY, key, clock.quarter, 0)
    return max(1, int(usual * math.exp(spread * luck - 0.5 * spread * spread) + 0.5))


@rule
def by_rapid_centre(city: Any, industry: int, merit: float, agency: int, usual: int) -> int:
    """Return quarters to decision through the rapid centre, or ``usual`` if that is sooner.

    The centre takes well-drafted filings of its industries in the order of filing; over
    capacity they wait, and those who would wait too long go the usual way.
    """
    centre = city.centre[0]
    per_quarter = city.policy[0].protection_rapid_centre_capacity * city.clock[0].scale / 4.0
    if city.industries[industry].rapid == 0 or per_quarter <= 0.0:
        return usual
    if city.agencies[agency].style != CAREFUL or merit < city.parameters[0].rapid_merit:
        return usual
    wait = 1 + int(centre.waiting / per_quarter)
    if wait >= usual:
        return usual
    centre.waiting += 1.0
    return wait


@rule
def goes_abroad(city: Any, owner: int, filing: Filing) -> bool:
    """Tell whether an exporter extends an invention abroad: the gain there repays the cost."""
    if filing.kind != INVENTION or filing.owner_kind != FIRM:
        return False
    parameters = city.parameters[0]
    value = filing.flow / (parameters.discount + parameters.value_decay)
    exporter = city.enterprises[owner].exporter == 1
    return exporter and parameters.abroad_gain * value > parameters.abroad_cost


@rule
def count_filing(city: Any, filing: Filing, first: bool) -> None:
    """Count a filing in the year's tally."""
    tally = city.tally[0]
    if filing.kind == INVENTION:
        tally.filed_invention += 1.0
    elif filing.kind == DESIGN:
        tally.filed_design += 1.0
    else:
        tally.filed_utility_model += 1.0
    if filing.kind != DESIGN:
        tally.quality_filed += quality_score(filing.merit)
        tally.scored_filed += 1.0
    if filing.owner_kind == FIRM:
        if first:
            tally.first_filers += 1.0
    else:
        tally.university_filed += 1.0
        tally.university_joint += filing.joint
    tally.joint_filed += filing.joint
    tally.trifles += filing.trifle


@rule
def charge_firm(city: Any, i: int, filing: Filing) -> None:
    """Let enterprise ``i`` pay for a filing and receive the subsidy."""
    enterprise = city.enterprises[i]
    policy = city.policy[0]
    agency = city.agencies[filing.agency]
    fee = official_fee(filing.kind, enterprise.size_class, policy)
    paid = agency.fee_invention if filing.kind == INVENTION else agency.fee_other
    if filing.trifle == 1:
        paid += agency.trifle_price
    subsidy = filing_subsidy(filing.kind, policy)
    enterprise.cash += subsidy - fee - paid
    enterprise.in_subsidy += subsidy
    enterprise.out_fees += fee
    enterprise.out_agency += paid
    if enterprise.experience == 0:
        enterprise.cash -= city.parameters[0].first_filing_cost
        enterprise.out_costs += city.parameters[0].first_filing_cost
    enterprise.experience += 1
    city.spending[0].subsidies_filing += subsidy
    agency.cash += paid
    agency.in_fees += paid


@rule
def charge_university(city: Any, i: int, filing: Filing) -> None:
    """Let university ``i`` pay for a filing and receive the subsidy."""
    university = city.universities[i]
    policy = city.policy[0]
    agency = city.agencies[filing.agency]
    fee = official_fee(filing.kind, 0, policy)
    paid = agency.fee_invention if filing.kind == INVENTION else agency.fee_other
    subsidy = filing_subsidy(filing.kind, policy)
    university.cash += subsidy - fee - paid
    university.in_subsidy += subsidy
    university.out_fees += fee
    university.out_agency += paid
    city.spending[0].subsidies_filing += subsidy
    agency.cash += paid
    agency.in_fees += paid


@rule
def enter(city: Any, owner: int, filing: Filing, industry: int) -> None:
    """Enter a filing in the next row of the ledger, with all that follows at once."""
    clock = city.clock[0]
    row = clock.patents
    if row >= len(city.patents):
        clock.overflow = 1
        return
    clock.patents = row + 1
    first = False
    patent = city.patents[row]
    if filing.owner_kind == FIRM:
        enterprise = city.enterprises[owner]
        patent.key = enterprise.key * 1000003 + enterprise.experience
        first = enterprise.experience == 0
        charge_firm(city, owner, filing)
    else:
        university = city.universities[owner]
        patent.key = -1 - (university.key * 1000003 + university.filed)
        university.filed += 1
        charge_university(city, owner, filing)
    agency = city.agencies[filing.agency]
    agency.filings += 1
    agency.trifles += filing.trifle
    usual = quarters_to_decision(city, patent.key, filing.kind)
    wait = by_rapid_centre(city, industry, filing.merit, filing.agency, usual)
    patent.rapid = 1 if wait < usual else 0
    patent.quality = filing.merit
    patent.flow = filing.flow
    patent.owner = owner
    patent.filed = clock.quarter
    patent.granted = -32000
    patent.due = clock.quarter + wait
    patent.industry = industry
    patent.agency = filing.agency
    patent.kind = filing.kind
    patent.stage = PENDING
    patent.owner_kind = filing.owner_kind
    patent.trifle = filing.trifle
    patent.joint = filing.joint
    patent.in_use = 0
    patent.licensed = 0
    patent.transferred = 0
    patent.pledged = 0
    patent.high_value = 0
    patent.abroad = 0
    if goes_abroad(city, owner, filing):
        go_abroad(city, owner, row)
    count_filing(city, filing, first)
    rate = city.parameters[0].discount + city.parameters[0].value_decay
    city.tally[0].worth_filed += filing.flow / rate


@rule
def go_abroad(city: Any, owner: int, row: int) -> None:
    """File the invention of ``row`` abroad and pay for it."""
    enterprise = city.enterprises[owner]
    cost = city.parameters[0].abroad_cost
    enterprise.cash -= cost
    enterprise.out_fees += cost
    city.patents[row].abroad = 1
    city.tally[0].filed_abroad += 1.0
