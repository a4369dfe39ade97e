"""The patent office decides on filings whose date has come."""

from __future__ import annotations

from typing import Any

from ipsim.city.enterprise import ALIVE
from ipsim.city.patent import DESIGN, FIRM, IN_FORCE, INVENTION, PENDING, REFUSED
from ipsim.engine.draws import uniform
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule
from ipsim.mechanisms.decisions import GRANT
from ipsim.mechanisms.ledger import quality_score
from ipsim.mechanisms.portfolio import comes_into_use, into_portfolio, recognise_high_value
from ipsim.mechanisms.worth import chance_of_grant, grant_subsidy


@rule
def is_granted(city: Any, patent: Any) -> bool:
    """Tell whether the office grants: inventions by merit, the others by form.

    Trifles among utility models and designs are refused where supervision points the
    office to them.
    """
    parameters = city.parameters[0]
    chance = chance_of_grant(patent.kind, patent.quality + city.agencies[patent.agency].drafting, parameters)
    if patent.trifle == 1 and patent.kind != INVENTION:
        supervision = city.policy[0].quality_agency_supervision
        chance *= 1.0 - parameters.abnormal_found * supervision
    clock = city.clock[0]
    return uniform(clock.seed, GRANT, patent.key, 0, 0) < chance


@rule
def pay_grant_subsidy(city: Any, patent: Any) -> None:
    """Pay the subsidy for a grant to its owner."""
    subsidy = grant_subsidy(patent.kind, city.policy[0])
    if patent.owner_kind == FIRM:
        enterprise = city.enterprises[patent.owner]
        enterprise.cash += subsidy
        enterprise.in_subsidy += subsidy
    else:
        university = city.universities[patent.owner]
        university.cash += subsidy
        university.in_subsidy += subsidy
    city.spending[0].subsidies_grant += subsidy


@rule
def count_decision(city: Any, patent: Any, granted: bool) -> None:
    """Count a decision in the year's tally."""
    tally = city.tally[0]
    if patent.kind == INVENTION:
        tally.pendency_quarters += city.clock[0].quarter - patent.filed
        if granted:
            tally.granted_invention += 1.0
        else:
            tally.refused_invention += 1.0
    elif granted and patent.kind == DESIGN:
        tally.granted_design += 1.0
    elif granted:
        tally.granted_utility_model += 1.0
    if granted and patent.kind != DESIGN:
        tally.quality_granted += quality_score(patent.quality)
        tally.scored_granted += 1.0


@act
def examine(city: Any, i: int) -> None:
    """Decide on filing ``i`` if its date has come."""
    patent = city.patents[i]
    clock = city.clock[0]
    if patent.stage != PENDING or patent.due > clock.quarter:
        return
    if patent.owner_kind == FIRM and city.enterprises[patent.owner].status != ALIVE:
        patent.stage = REFUSED  # nobody answers the office any more
        count_decision(city, patent, False)
        return
    granted = is_granted(city, patent)
    count_decision(city, patent, granted)
    if not granted:
        patent.stage = REFUSED
        return
    patent.stage = IN_FORCE
    patent.granted = clock.quarter
    patent.due = clock.quarter + 4
    pay_grant_subsidy(city, patent)
    comes_into_use(city, patent)
    into_portfolio(city, patent)
    recognise_high_value(city, patent)


@loop
def examine_all(city: Any) -> None:
    """Run it for all filings."""
    for i in range(city.clock[0].patents):
        examine(city, i)


EXAMINATION = Mechanism(
    "examination",
    "patents",
    examine,
    examine_all,
    order="index",
    why_order="by number of the ledger; sums over an owner's patents are taken in that order",
)
