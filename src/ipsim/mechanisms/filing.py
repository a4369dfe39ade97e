"""Enterprises decide what becomes of each invention, and whether to file trifles.

For each invention: secrecy or filing, as which type, by which agency, as one filing or
split. The rule compares expected worths; subsidies, fees and beliefs move the margin.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from ipsim.city.bodies import CAREFUL, VOLUME
from ipsim.city.enterprise import ALIVE
from ipsim.city.patent import DESIGN, FIRM, INVENTION, UTILITY_MODEL
from ipsim.engine.draws import normal, poisson, uniform
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule
from ipsim.mechanisms.decisions import AGENT, IDEAS, SEEN_MERIT, TRIFLES, VISIBLE
from ipsim.mechanisms.inventing import (
    claims_on,
    invention,
    left_after_claims,
    pay_royalties,
    takes_licence,
)
from ipsim.mechanisms.ledger import Filing, enter, quality_score
from ipsim.mechanisms.research import has_enough_rights, productivity
from ipsim.mechanisms.worth import (
    RMB,
    annuity,
    chance_of_grant,
    filing_subsidy,
    grant_subsidy,
    kept_patented,
    kept_secret,
    kept_unpatented,
    official_fee,
    pendency_years,
    right_strength,
    worth_in_use,
)


class Choice(NamedTuple):
    """The best way to protect an invention: its net worth, and how."""

    worth: float
    kind: int  #: -1 for secrecy
    style: int
    parts: int


@rule
def agency_fee(kind: int, agency: Any) -> float:
    """Return what the agency asks for a filing, in million RMB."""
    return agency.fee_invention if kind == INVENTION else agency.fee_other


@rule
def term_years(kind: int) -> float:
    """Return the longest term of protection from filing."""
    return 20.0 if kind == INVENTION else 10.0


@rule
def rights_bonus(enterprise: Any, kind: int, parameters: Any) -> float:
    """Return what one more right is worth towards recognition as high-tech, million RMB.

    Recognition asks for one invention or six other rights and saves a part of the tax;
    an enterprise that already has enough rights gains nothing.
    """
    if enterprise.researches == 0 or has_enough_rights(enterprise):
        return 0.0
    profit = max(0.0, 4.0 * enterprise.margin * enterprise.sales)
    saving = (parameters.tax - parameters.tax_high_tech) * profit
    saving *= parameters.recognition_chance
    return saving if kind == INVENTION else saving / 6.0


@rule
def worth_of_filing(
    enterprise: Any, kind: int, merit: float, value: float, agency: Any, policy: Any, parameters: Any
) -> float:
    """Return the expected net worth of one filing, in million RMB.

    With grant the holder keeps what protection secures; refused, it keeps what an open
    invention leaves; it pays agency, fees and annuities, less subsidies.
    """
    granted = chance_of_grant(kind, merit + agency.drafting, parameters)
    wait = pendency_years(kind, policy)
    strength = right_strength(kind, parameters)
    open_hazard = parameters.leak_hazard * parameters.disclosure
    hazard = strength * enterprise.copy_hazard + (1.0 - strength) * open_hazard
    redress = enterprise.redress * strength
    kept = kept_patented(hazard, redress, wait, term_years(kind) - wait, parameters)
    opened = kept_secret(open_hazard, parameters)
    worth = granted * worth_in_use(value, kept, parameters.unused_worth, parameters)
    worth += (1.0 - granted) * max(0.0, worth_in_use(value, opened, 0.0, parameters))
    fee = official_fee(kind, enterprise.size_class, policy)
    upkeep = granted * annuity(kind, 1) / (parameters.discount + parameters.value_decay)
    upkeep *= fee / max(1e-9, official_fee(kind, 3, policy))  # the same reduction
    reward = filing_subsidy(kind, policy) + granted * grant_subsidy(kind, policy)
    reward += granted * rights_bonus(enterprise, kind, parameters)
    if kind == INVENTION and merit >= parameters.high_value_merit:
        reward += granted * parameters.high_value_chance * policy.subsidies_high_value * RMB
    return worth - fee - agency_fee(kind, agency) - upkeep + reward


@rule
def gain_of_splitting(enterprise: Any, kind: int, agency: Any, policy: Any, parameters: Any) -> float:
    """Return the net reward of one more filing split off, in million RMB.

    The part adds no worth; it earns subsidies and runs the risk of being called abnormal.
    """
    granted = chance_of_grant(kind, -1.0, parameters)
    reward = filing_subsidy(kind, policy) + granted * grant_subsidy(kind, policy)
    reward += granted * rights_bonus(enterprise, kind, parameters)
    price = official_fee(kind, enterprise.size_class, policy) + agency_fee(kind, agency)
    price += agency.trifle_price + parameters.trifle_effort
    return reward - price - abnormal_risk(reward, policy, parameters)


@rule
def abnormal_risk(reward: float, policy: Any, parameters: Any) -> float:
    """Return the expected loss from being called abnormal: the reward, and the discount.

    The chance rises with supervision; the loss is the reward and the reduction of fees.
    """
    chance = parameters.abnormal_found * policy.quality_agency_supervision
    return chance * (reward + parameters.abnormal_penalty * RMB)


@rule
def best_choice(city: Any, i: int, merit: float, value: float, is_design: bool, visible: bool) -> Choice:
    """Return the best of secrecy and all ways to file for enterprise ``i``.

    A design is always visible.
    """
    enterprise = city.enterprises[i]
    policy = city.policy[0]
    parameters = city.parameters[0]
    secret = kept_unpatented(visible or is_design, parameters)
    best = max(0.0, worth_in_use(value, secret, 0.0, parameters))
    kind_of_best, style_of_best, parts = -1, CAREFUL, 1
    threshold = parameters.first_filing_cost if enterprise.experience == 0 else 0.0
    first, last = (DESIGN, DESIGN) if is_design else (INVENTION, UTILITY_MODEL)
    for kind in range(first, last + 1):
        for style in range(2):
            agency = city.agencies[agency_of(city, i, style)]
            net = worth_of_filing(enterprise, kind, merit, value, agency, policy, parameters)
            if net - threshold > best:
                best = net - threshold
                kind_of_best, style_of_best = kind, style
    if kind_of_best >= 0:
        agency = city.agencies[agency_of(city, i, VOLUME)]
        extra = gain_of_splitting(enterprise, kind_of_best, agency, policy, parameters)
        if extra > 0.0:
            rising = parameters.trifle_slope * RMB
            parts = 1 + min(2, int(extra * enterprise.opportunism / rising))
    return Choice(best, kind_of_best, style_of_best, parts)


@rule
def agency_of(city: Any, i: int, style: int) -> int:
    """Return the row of the agency of that style that enterprise ``i`` deals with."""
    careful = city.careful[0]
    total = len(city.agencies)
    u = uniform(0, AGENT, city.enterprises[i].key, 0, style)
    if style == CAREFUL:
        return int(u * careful)
    return careful + int(u * (total - careful))


@rule
def file_invention(city: Any, i: int, merit: float, value: float, choice: Choice) -> None:
    """File an invention, whole or in parts; parts share its merit and its value."""
    enterprise = city.enterprises[i]
    agency = agency_of(city, i, choice.style)
    flow = value * (city.parameters[0].discount + city.parameters[0].value_decay)
    weaker = math.log(float(choice.parts))
    for part in range(choice.parts):
        trifle = 1 if part > 0 else 0
        share = flow / choice.parts
        filing = Filing(choice.kind, merit - weaker, share, agency, FIRM, trifle, 0)
        enter(city, i, filing, enterprise.industry)


@rule
def make_inventions(city: Any, i: int) -> None:
    """Turn the quarter's R&D of enterprise ``i`` into inventions, and each into a choice."""
    enterprise = city.enterprises[i]
    clock = city.clock[0]
    parameters = city.parameters[0]
    policy = city.policy[0]
    tally = city.tally[0]
    power = productivity(enterprise, clock, parameters)
    effort = math.exp(parameters.research_elasticity * math.log(enterprise.research))
    count = poisson(power * effort, clock.seed, IDEAS, enterprise.key, clock.quarter)
    enterprise.knowledge += parameters.knowledge_gain * math.log(1.0 + count)
    for n in range(min(count, 400)):
        idea = invention(city, i, n)
        tally.ideas += 1.0
        left = idea.value
        claims = 0 if idea.is_design else claims_on(city, i, n)
        if claims > 0:
            left = left_after_claims(idea.value, claims, enterprise.punish, policy, parameters)
            city.news[0].now_blocked_worth += idea.value - left
            punish = enterprise.punish
            if left > 0.0 and takes_licence(idea.value, claims, punish, policy, parameters):
                pay_royalties(city, i, idea.value, claims)
        city.news[0].now_project_worth += idea.value
        if left <= 0.0:
            tally.ideas_blocked += 1.0
            continue
        tally.merit += quality_score(idea.merit)
        seen = idea.merit + parameters.perception * normal(
            clock.seed, SEEN_MERIT, enterprise.key, clock.quarter, n
        )
        shown = uniform(clock.seed, VISIBLE, enterprise.key, clock.quarter, n)
        visible = shown < parameters.visible_share
        choice = best_choice(city, i, seen, left, idea.is_design, visible)
        if choice.kind >= 0:
            file_invention(city, i, idea.merit, left, choice)
        else:
            tally.ideas_secret += 1.0
            if choice.worth > 0.0:
                rate = parameters.discount + parameters.value_decay
                enterprise.secret_flow += left * rate
                enterprise.cash -= parameters.commercialisation_cost
                enterprise.out_costs += parameters.commercialisation_cost


@rule
def trifles_wanted(city: Any, i: int, kind: int) -> float:
    """Return how many trifles of a type enterprise ``i`` would file in this quarter.

    Each further trifle costs more effort than the last, so the number rises with what
    one earns; a first filing has its threshold as for any invention.
    """
    enterprise = city.enterprises[i]
    policy = city.policy[0]
    parameters = city.parameters[0]
    agency = city.agencies[agency_of(city, i, VOLUME)]
    gain = gain_of_splitting(enterprise, kind, agency, policy, parameters)
    if gain <= 0.0:
        return 0.0
    number = gain / (parameters.trifle_slope * RMB) * enterprise.opportunism
    number = min(number, parameters.trifle_limit)
    if enterprise.experience == 0 and 4.0 * gain * number < parameters.first_filing_cost:
        return 0.0
    return number


@rule
def file_trifles(city: Any, i: int) -> None:
    """File the trifles that pay: of the type that earns most."""
    enterprise = city.enterprises[i]
    clock = city.clock[0]
    best, kind_of_best = 0.0, -1
    for kind in range(3):
        number = trifles_wanted(city, i, kind)
        if number > best:
            best, kind_of_best = number, kind
    if kind_of_best < 0:
        return
    u = uniform(clock.seed, TRIFLES, enterprise.key, clock.quarter, 0)
    agency = agency_of(city, i, VOLUME)
    for n in range(int(best + u)):
        merit = -1.0 - 2.0 * uniform(clock.seed, TRIFLES, enterprise.key, clock.quarter, n + 1)
        enter(city, i, Filing(kind_of_best, merit, 0.0, agency, FIRM, 1, 0), enterprise.industry)


@act
def file(city: Any, i: int) -> None:
    """Let enterprise ``i`` invent, choose and file."""
    enterprise = city.enterprises[i]
    if enterprise.status != ALIVE:
        return
    if enterprise.researches == 1 and enterprise.research > 0.0:
        make_inventions(city, i)
    file_trifles(city, i)


@loop
def file_all(city: Any) -> None:
    """Run it for all enterprises."""
    for i in range(len(city.enterprises)):
        file(city, i)


FILING = Mechanism(
    "filing",
    "enterprises",
    file,
    file_all,
    order="index",
    why_order="numbers of the ledger, the queue of the rapid centre, royalties to one holder",
)
