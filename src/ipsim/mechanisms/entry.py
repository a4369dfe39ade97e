"""Founders weigh what an enterprise would earn against what founding costs."""

from __future__ import annotations

import math
from typing import Any

from ipsim.city.enterprise import ALIVE, MICRO, SMALL
from ipsim.engine.draws import normal, uniform
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule
from ipsim.mechanisms.decisions import FOUND, NEWBORN
from ipsim.mechanisms.research import best_effort, productivity, worth_of_invention
from ipsim.mechanisms.survival import is_free

GENERATION = 1 << 32  #: added to the key of a row with each enterprise it held


@rule
def give_traits(city: Any, i: int) -> None:
    """Draw what a new enterprise in row ``i`` is like."""
    enterprise = city.enterprises[i]
    clock = city.clock[0]
    parameters = city.parameters[0]
    key, quarter, seed = enterprise.key, clock.quarter, clock.seed
    u = uniform(seed, NEWBORN, key, quarter, 100)
    industries = len(city.industries)
    industry = 0
    while industry < industries - 1 and u > city.firm_shares[industry]:
        industry += 1
    enterprise.industry = industry
    u = uniform(seed, NEWBORN, key, quarter, 101)
    stage = 0
    while stage < 3 and u > city.stage_shares[industry, stage]:
        stage += 1
    enterprise.stage = stage
    size = math.exp(parameters.newborn_spread * normal(seed, NEWBORN, key, quarter, 1))
    enterprise.sales = parameters.newborn_size * clock.mean_sales * size
    margin = parameters.margin + parameters.margin_spread * normal(seed, NEWBORN, key, quarter, 2)
    enterprise.margin = margin
    spread = parameters.capability_spread
    capability = math.exp(spread * normal(seed, NEWBORN, key, quarter, 3) - 0.5 * spread * spread)
    enterprise.capability = capability
    spread = parameters.opportunism_spread
    luck = math.exp(spread * normal(seed, NEWBORN, key, quarter, 4))
    enterprise.opportunism = parameters.opportunism_mean * luck
    exporter = uniform(seed, NEWBORN, key, quarter, 102) < city.export_shares[industry]
    enterprise.exporter = 1 if exporter else 0
    enterprise.size_class = MICRO if 4.0 * enterprise.sales < parameters.micro_below else SMALL
    bank = uniform(seed, NEWBORN, key, quarter, 103)
    enterprise.bank = int(bank * len(city.banks))
    enterprise.knowledge = 1.0


@rule
def take_over_beliefs(enterprise: Any, news: Any) -> None:
    """Let a founder believe what the city saw."""
    enterprise.copy_hazard = news.begun / max(1.0, news.used)
    enterprise.redress = min(1.0, news.redressed / max(1e-9, news.begun))
    enterprise.punish = min(4.0, news.punished / max(1e-9, news.copies))
    enterprise.blocked = news.blocked_worth / max(1e-9, news.project_worth)


@rule
def prospects(city: Any, i: int) -> float:
    """Return the present value of what an enterprise would earn, research included."""
    enterprise = city.enterprises[i]
    parameters = city.parameters[0]
    policy = city.policy[0]
    g = parameters.research_elasticity
    industry = city.industries[enterprise.industry]
    spread = parameters.value_sigma
    mean_value = industry.value * math.exp(0.5 * spread * spread)
    worth = worth_of_invention(enterprise, mean_value, policy, parameters)
    power = productivity(enterprise, city.clock[0], parameters)
    effort = best_effort(power, worth, policy.subsidies_research, parameters)
    research = max(0.0, effort * (1.0 - g) / g - parameters.research_fixed_cost)
    ordinary = enterprise.margin * enterprise.sales * (1.0 - parameters.tax)
    return 4.0 * (ordinary + research) / parameters.founders_rate


@rule
def reset(enterprise: Any) -> None:
    """Forget what the row held before."""
    enterprise.growth = 0.0
    enterprise.revenue = 0.0
    enterprise.cash = 0.0
    enterprise.distress = 0
    enterprise.learned = 0.0
    enterprise.research = 0.0
    enterprise.reported_research = 0.0
    enterprise.researches = 0
    enterprise.high_tech = 0
    enterprise.experience = 0
    enterprise.recent = 0.0
    enterprise.protected_flow = 0.0
    enterprise.secret_flow = 0.0
    enterprise.best_flow = 0.0
    enterprise.copies = -1
    enterprise.copy_gain = 0.0
    enterprise.copy_known = 0
    enterprise.copied_by = 0
    enterprise.copy_loss = 0.0
    enterprise.seen_copied = 0.0
    enterprise.seen_redress = 0.0
    enterprise.debt = 0.0
    enterprise.covered = 0.0
    enterprise.loans = 0
    enterprise.claim_research = 0.0
    enterprise.claim_interest = 0.0


@act
def found(city: Any, i: int) -> None:
    """Let a founder consider row ``i`` and, if prospects repay founding, begin."""
    enterprise = city.enterprises[i]
    clock = city.clock[0]
    if not is_free(enterprise, clock.quarter):
        return
    u = uniform(clock.seed, FOUND, enterprise.key, clock.quarter, 0)
    if u > clock.entrants:
        return
    enterprise.key += GENERATION
    give_traits(city, i)
    reset(enterprise)
    take_over_beliefs(enterprise, city.news[0])
    cost = city.parameters[0].founding_cost * enterprise.sales
    if prospects(city, i) < cost:
        enterprise.status = 0
        return
    enterprise.status = ALIVE
    enterprise.born = clock.quarter
    enterprise.in_equity += cost
    enterprise.cash += cost
    city.tally[0].entries += 1.0


@loop
def found_all(city: Any) -> None:
    """Run it for all rows."""
    for i in range(len(city.enterprises)):
        found(city, i)


ENTRY = Mechanism("entry", "enterprises", found, found_all)
