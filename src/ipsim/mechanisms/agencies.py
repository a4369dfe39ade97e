"""Service agencies set what they ask for trifles and how carefully they draft."""

from __future__ import annotations

from typing import Any

from ipsim.city.bodies import CAREFUL
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule
from ipsim.mechanisms.worth import RMB


@rule
def price_of_trifle(style: int, policy: Any, parameters: Any) -> float:
    """Return what an agency asks besides its fee for a trifle, in million RMB.

    A volume agency passes on the penalty that it expects; a careful one asks for its name.
    """
    if style == CAREFUL:
        return parameters.careful_refusal * RMB
    found = parameters.abnormal_found * policy.quality_agency_supervision
    return found * parameters.agency_penalty * RMB


@rule
def best_drafting(style: int, policy: Any, parameters: Any) -> float:
    """Return the care in drafting that is best for an agency, in log points of merit.

    It minimises ``c x**2 / 2 - (reputation + supervision * sanction) x``: careful ones
    have a reputation to lose, volume-minded ones drafts for supervision alone.
    """
    pressure = policy.quality_agency_supervision * parameters.drafting_sanction
    if style == CAREFUL:
        pressure += parameters.drafting_reputation
    return pressure / parameters.drafting_cost


@act
def run_agency(city: Any, i: int) -> None:
    """Run a quarter of agency ``i``: pay out what it earned, then set price and care."""
    agency = city.agencies[i]
    policy = city.policy[0]
    parameters = city.parameters[0]
    agency.out_costs = agency.in_fees
    agency.cash -= agency.in_fees
    agency.in_fees = 0.0
    agency.filings = 0
    agency.trifles = 0
    agency.trifle_price = price_of_trifle(agency.style, policy, parameters)
    agency.drafting = best_drafting(agency.style, policy, parameters)


@loop
def run_agencies(city: Any) -> None:
    """Run it for all agencies."""
    for i in range(len(city.agencies)):
        run_agency(city, i)


AGENCIES = Mechanism("agencies", "agencies", run_agency, run_agencies)
