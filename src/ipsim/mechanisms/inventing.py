"""Projects become inventions, or stop at the patents of others.

Each project builds on earlier patents of its chain. Those in force whose holders can
enforce them ask a royalty, or the project goes on at a risk, or it ends: whichever is
best for the enterprise.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from ipsim.engine.draws import normal, poisson, uniform
from ipsim.engine.rules import rule
from ipsim.mechanisms.decisions import BLOCK, FORM, MERIT, WORTH


class Idea(NamedTuple):
    """One invention: merit in log points, undisturbed value in million RMB, form."""

    merit: float
    value: float
    is_design: bool


@rule
def invention(city: Any, i: int, n: int) -> Idea:
    """Return the ``n``-th invention that enterprise ``i`` makes in this quarter.

    Value and merit are drawn together: log value has deviation ``value_sigma`` and the
    correlation ``value_merit`` with merit.
    """
    enterprise = city.enterprises[i]
    industry = city.industries[enterprise.industry]
    parameters = city.parameters[0]
    clock = city.clock[0]
    z = normal(clock.seed, MERIT, enterprise.key, clock.quarter, n)
    other = normal(clock.seed, WORTH, enterprise.key, clock.quarter, n)
    rho = parameters.value_merit
    spread = parameters.value_sigma * (rho * z + math.sqrt(1.0 - rho * rho) * other)
    merit = industry.merit + parameters.merit_knowledge * math.log(enterprise.knowledge) + z
    form = uniform(clock.seed, FORM, enterprise.key, clock.quarter, n)
    return Idea(merit, industry.value * math.exp(spread), form < industry.design_share)


@rule
def claims_on(city: Any, i: int, n: int) -> int:
    """Return how many holders of earlier patents could stop the ``n``-th project of ``i``.

    The mean rises with the chain's complexity, with its thicket of patents in force,
    and with the chance that a holder enforces, as the enterprise believes it.
    """
    enterprise = city.enterprises[i]
    industry = city.industries[enterprise.industry]
    parameters = city.parameters[0]
    clock = city.clock[0]
    enforced = 1.0 - math.exp(-enterprise.punish * parameters.copy_lasts)
    mean = parameters.blocking * industry.complexity * industry.thicket * enforced
    draw = clock.quarter * 4096 + n
    return poisson(mean, clock.seed, BLOCK, enterprise.key, draw)


@rule
def exposure(punish: float, policy: Any, parameters: Any) -> float:
    """Return the share of a project's worth that one holder's right puts at risk.

    Going on without a licence, the enterprise is stopped at a chance of ``punish`` a
    year and then pays damages on the profit of some years.
    """
    rate = parameters.discount + parameters.value_decay
    multiple = min(policy.protection_damages, policy.national_punitive_cap)
    damages = multiple * parameters.proof * parameters.case_years * rate
    return punish / (punish + rate) * (1.0 + damages)


@rule
def royalty_share(punish: float, policy: Any, parameters: Any) -> float:
    """Return the share of worth that one holder can ask: its part of the threat."""
    return min(0.9, parameters.bargaining * exposure(punish, policy, parameters))


@rule
def worth_with_licences(value: float, claims: int, punish: float, policy: Any, parameters: Any) -> float:
    """Return the worth of a project whose claims are all licensed: royalties add up."""
    share = royalty_share(punish, policy, parameters)
    left = value * math.exp(claims * math.log(1.0 - share))
    return left - claims * parameters.licence_cost


@rule
def left_after_claims(value: float, claims: int, punish: float, policy: Any, parameters: Any) -> float:
    """Return the worth left of a project that ``claims`` holders can stop (0: it ends).

    The enterprise takes licences (royalties add up, each costs a negotiation), or goes
    on at the risk of being stopped, or gives up.
    """
    licensed = worth_with_licences(value, claims, punish, policy, parameters)
    lost = parameters.risk_aversion * exposure(claims * punish, policy, parameters)
    risked = value * (1.0 - lost)
    return max(0.0, max(licensed, risked))


@rule
def takes_licence(value: float, claims: int, punish: float, policy: Any, parameters: Any) -> bool:
    """Tell whether licences are what `left_after_claims` chose."""
    licensed = worth_with_licences(value, claims, punish, policy, parameters)
    best = left_after_claims(value, claims, punish, policy, parameters)
    return licensed > 0.0 and licensed >= best


@rule
def pay_royalties(city: Any, i: int, value: float, claims: int) -> None:
    """Pay royalties for a project of ``i`` to the largest holder of its chain.

    One quarter's share of the royalties' present value is paid at once, as an entry fee.
    """
    payer = city.enterprises[i]
    j = city.industries[payer.industry].largest
    if j < 0 or j == i or city.enterprises[j].status != 1:
        return
    parameters = city.parameters[0]
    share = royalty_share(payer.punish, city.policy[0], parameters)
    left = math.exp(claims * math.log(1.0 - share))
    paid = min(value * (1.0 - left), max(0.0, 0.2 * payer.cash))
    payer.cash -= paid
    payer.out_royalty += paid
    holder = city.enterprises[j]
    holder.cash += paid
    holder.in_royalty += paid
    city.tally[0].royalties += paid
    city.tally[0].licences += 1.0
