"""Enterprises take up knowledge from suppliers and customers, and hear what happened."""

from __future__ import annotations

from typing import Any

from ipsim.city.enterprise import ALIVE
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule


@rule
def similarity(industry: int, other: int, parameters: Any) -> float:
    """Return how far knowledge of one industry serves another (1 within an industry)."""
    return 1.0 if industry == other else parameters.similarity_across


@rule
def gap_to(enterprise: Any, partner: Any, parameters: Any) -> float:
    """Return what a partner knows and the enterprise could use."""
    gap = partner.knowledge - enterprise.knowledge
    if partner.status != ALIVE or gap <= 0.0:
        return 0.0
    return gap * similarity(enterprise.industry, partner.industry, parameters)


@rule
def take_up(city: Any, i: int) -> float:
    """Return what enterprise ``i`` takes up from its links in a year."""
    enterprise = city.enterprises[i]
    parameters = city.parameters[0]
    best = 0.0
    for s in range(city.suppliers.shape[1]):
        j = city.suppliers[i, s]
        if j >= 0:
            best = max(best, gap_to(enterprise, city.enterprises[j], parameters))
    for c in range(city.customer_starts[i], city.customer_starts[i + 1]):
        if c - city.customer_starts[i] >= 6:  # attention is limited
            break
        j = city.customer_targets[c]
        best = max(best, gap_to(enterprise, city.enterprises[j], parameters))
    return parameters.absorption * best


@rule
def revise_beliefs(enterprise: Any, news: Any, parameters: Any) -> None:
    """Move beliefs towards what the city saw and what the enterprise met itself."""
    weight = parameters.belief_speed
    begun = news.begun / max(1.0, news.used)
    redress = news.redressed / max(1e-9, news.begun)
    punish = news.punished / max(1e-9, news.copies)
    blocked = news.blocked_worth / max(1e-9, news.project_worth)
    enterprise.copy_hazard += weight * (begun - enterprise.copy_hazard)
    enterprise.redress += weight * (min(1.0, redress) - enterprise.redress)
    enterprise.punish += weight * (min(4.0, punish) - enterprise.punish)
    enterprise.blocked += weight * (blocked - enterprise.blocked)
    if enterprise.seen_copied > 0.0:  # own experience weighs as much as a year of news
        own = min(1.0, enterprise.seen_redress / enterprise.seen_copied)
        hit = min(1.0, enterprise.best_flow / max(1e-9, enterprise.protected_flow))
        enterprise.redress += weight * (own - enterprise.redress)
        enterprise.copy_hazard += weight * (hit - enterprise.copy_hazard)
        enterprise.seen_copied *= 0.5
        enterprise.seen_redress *= 0.5


@act
def learn(city: Any, i: int) -> None:
    """Once a year, in a quarter of its own, enterprise ``i`` looks around."""
    enterprise = city.enterprises[i]
    clock = city.clock[0]
    if enterprise.status != ALIVE or (enterprise.key + clock.quarter) % 4 != 0:
        return
    revise_beliefs(enterprise, city.news[0], city.parameters[0])
    if enterprise.researches == 1:
        enterprise.learned = take_up(city, i)
    else:
        enterprise.learned = 0.0


@loop
def learn_all(city: Any) -> None:
    """Run it for all enterprises."""
    for i in range(len(city.enterprises)):
        learn(city, i)


LEARNING = Mechanism("learning", "enterprises", learn, learn_all)
