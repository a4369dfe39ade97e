"""Enterprises choose how much R&D to do, and how much to report."""

from __future__ import annotations

import math
from typing import Any

from ipsim.city.enterprise import ALIVE, MEDIUM
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule
from ipsim.mechanisms.worth import kept_patented, kept_unpatented, pendency_years


@rule
def kept_by_best_means(enterprise: Any, policy: Any, parameters: Any) -> float:
    """Return the share of an invention's worth the enterprise expects to keep."""
    shown = kept_unpatented(True, parameters)
    hidden = kept_unpatented(False, parameters)
    wait = pendency_years(0, policy)
    patented = kept_patented(enterprise.copy_hazard, enterprise.redress, wait, 20.0 - wait, parameters)
    share = parameters.visible_share
    return share * max(shown, patented) + (1.0 - share) * max(hidden, patented)


@rule
def worth_of_invention(enterprise: Any, mean_value: float, policy: Any, parameters: Any) -> float:
    """Return the expected worth of one invention in million RMB, after what blocks it."""
    kept = kept_by_best_means(enterprise, policy, parameters)
    return mean_value * kept * (1.0 - enterprise.blocked)


@rule
def productivity(enterprise: Any, clock: Any, parameters: Any) -> float:
    """Return inventions a quarter from an effort of one million RMB.

    It rises with the city's level, the enterprise's own talent, its knowledge and its
    market: with elasticity ``capability_scaling`` of sales, R&D is near proportional
    to sales at the best effort.
    """
    knowledge = math.log(enterprise.knowledge)
    market = math.log(enterprise.sales / clock.mean_sales)
    gained = parameters.knowledge_elasticity * knowledge + parameters.capability_scaling * market
    return clock.capability * enterprise.capability * math.exp(gained)


@rule
def best_effort(power: float, worth: float, subsidy: float, parameters: Any) -> float:
    """Return the R&D a quarter that maximises ``power * R**g * worth - (1 - subsidy) * R``.

    The elasticity of R&D to its user cost that follows is 1 / (1 - g).
    """
    g = parameters.research_elasticity
    if worth <= 0.0:
        return 0.0
    return math.exp(math.log(g * power * worth / (1.0 - subsidy)) / (1.0 - g))


@rule
def begins_or_goes_on(enterprise: Any, effort: float, parameters: Any) -> bool:
    """Tell whether the gain from research repays its fixed cost (ten times that to begin).

    At the best effort the gain a quarter is ``effort * (1 - g) / g``.
    """
    g = parameters.research_elasticity
    gain = effort * (1.0 - g) / g
    if enterprise.researches == 1:
        return gain > parameters.research_fixed_cost
    horizon = 4.0 * parameters.research_horizon
    start = parameters.research_start_ratio * parameters.research_fixed_cost
    return (gain - parameters.research_fixed_cost) * horizon > start


@rule
def affordable(enterprise: Any, parameters: Any) -> float:
    """Return the R&D a quarter that cash and the quarter's earnings allow."""
    return max(0.0, parameters.cash_for_research * enterprise.cash)


@rule
def high_tech_threshold(size: int, parameters: Any) -> float:
    """Return the R&D intensity that recognition as high-tech asks for (by size)."""
    if size > MEDIUM:
        return parameters.threshold_large
    return parameters.threshold_medium if size == MEDIUM else parameters.threshold_small


@rule
def has_enough_rights(enterprise: Any) -> bool:
    """Tell whether its patents suffice for recognition as high-tech, renewed every three years.

    One invention in force, or six other rights won within three years: these count only
    once (recognition rules of 2016). Six spread over three years leave 3.8 when each
    fades over three years.
    """
    return enterprise.inventions > 0 or enterprise.recent >= 3.8


@rule
def report(enterprise: Any, subsidy: float, parameters: Any) -> float:
    """Return the R&D reported: real R&D, and other expense called R&D where that pays.

    Each RMB relabelled earns the subsidy at a risk that rises with the amount. If a
    tax saving lies within reach beyond the threshold, the gap is filled as well, as
    long as the saving exceeds the risk.
    """
    risk = parameters.relabel_risk / enterprise.revenue
    padded = subsidy / (2.0 * risk)
    gap = high_tech_threshold(enterprise.size_class, parameters) * enterprise.revenue
    gap -= enterprise.research
    if gap > padded and has_enough_rights(enterprise):
        profit = enterprise.margin * enterprise.sales
        saving = (parameters.tax - parameters.tax_high_tech) * max(0.0, profit)
        if risk * gap * gap < saving + subsidy * gap:
            padded = gap
    return enterprise.research + min(padded, parameters.relabel_limit * enterprise.research)


@act
def research(city: Any, i: int) -> None:
    """Choose and pay R&D of enterprise ``i``."""
    enterprise = city.enterprises[i]
    if enterprise.status != ALIVE:
        return
    policy = city.policy[0]
    parameters = city.parameters[0]
    clock = city.clock[0]
    industry = city.industries[enterprise.industry]
    spread = parameters.value_sigma
    mean_value = industry.value * math.exp(0.5 * spread * spread)
    worth = worth_of_invention(enterprise, mean_value, policy, parameters)
    power = productivity(enterprise, clock, parameters)
    effort = best_effort(power, worth, policy.subsidies_research, parameters)
    if not begins_or_goes_on(enterprise, effort, parameters):
        effort = 0.0
        enterprise.researches = 0
    elif enterprise.researches == 0 and enterprise.cash > 4.0 * effort:
        enterprise.researches = 1
        start = (parameters.research_start_ratio - 1.0) * parameters.research_fixed_cost
        enterprise.cash -= start
        enterprise.out_research += start
    if enterprise.researches == 1:
        spend(enterprise, effort, policy.subsidies_research, parameters)
    else:
        enterprise.research = 0.0
        enterprise.reported_research = 0.0
        enterprise.high_tech = 0


@rule
def spend(enterprise: Any, effort: float, subsidy: float, parameters: Any) -> None:
    """Move R&D towards the best effort, pay it, report it, and gain knowledge."""
    step = parameters.research_adjustment * (effort - enterprise.research)
    enterprise.research = min(enterprise.research + step, affordable(enterprise, parameters))
    paid = enterprise.research + parameters.research_fixed_cost
    enterprise.cash -= paid
    enterprise.out_research += paid
    enterprise.reported_research = report(enterprise, subsidy, parameters)
    enterprise.claim_research = subsidy * enterprise.reported_research
    threshold = high_tech_threshold(enterprise.size_class, parameters) * enterprise.revenue
    reaches = enterprise.reported_research >= 0.999999 * threshold
    enterprise.high_tech = 1 if reaches and has_enough_rights(enterprise) else 0
    fade = 0.25 * parameters.knowledge_decay
    enterprise.knowledge += fade * (1.0 - enterprise.knowledge) + 0.25 * enterprise.learned


@loop
def research_all(city: Any) -> None:
    """Run it for all enterprises."""
    for i in range(len(city.enterprises)):
        research(city, i)


RESEARCH = Mechanism("research", "enterprises", research, research_all)
