"""What a patent does for its owner's books when it comes, fades and goes."""

from __future__ import annotations

from typing import Any

from ipsim.city.enterprise import ALIVE
from ipsim.city.patent import DESIGN, FIRM, INVENTION
from ipsim.engine.rules import rule
from ipsim.mechanisms.worth import RMB, right_strength


@rule
def strength_of(kind: int, parameters: Any) -> float:
    """Return the chance that the right holds when a copier contests it."""
    return parameters.win_chance * right_strength(kind, parameters)


@rule
def comes_into_use(city: Any, patent: Any) -> None:
    """Put a granted patent into production if that repays its cost and the owner has the money."""
    if patent.owner_kind != FIRM:
        return
    enterprise = city.enterprises[patent.owner]
    parameters = city.parameters[0]
    cost = parameters.commercialisation_cost
    value = patent.flow / (parameters.discount + parameters.value_decay)
    gain = value * (1.0 - parameters.unused_worth) - cost
    if enterprise.status != ALIVE or gain <= 0.0 or enterprise.cash < cost:
        return
    patent.in_use = 1
    enterprise.cash -= cost
    enterprise.out_costs += cost


@rule
def into_portfolio(city: Any, patent: Any) -> None:
    """Add a patent to what its owner holds."""
    if patent.owner_kind != FIRM:
        city.universities[patent.owner].in_force += 1
        return
    enterprise = city.enterprises[patent.owner]
    if patent.kind == INVENTION:
        enterprise.inventions += 1
    elif patent.kind == DESIGN:
        enterprise.designs += 1
        enterprise.recent += 1.0
    else:
        enterprise.utility_models += 1
        enterprise.recent += 1.0
    if patent.in_use == 1:
        enterprise.protected_flow += patent.flow
        note_best(enterprise, patent, city.parameters[0])


@rule
def note_best(enterprise: Any, patent: Any, parameters: Any) -> None:
    """Remember the owner's best patent in use: the one that copiers look at."""
    if patent.flow > enterprise.best_flow:
        enterprise.best_flow = patent.flow
        enterprise.best_strength = strength_of(patent.kind, parameters)


@rule
def out_of_portfolio(city: Any, patent: Any) -> None:
    """Take a patent out of what its owner holds."""
    if patent.owner_kind != FIRM:
        city.universities[patent.owner].in_force -= 1
        return
    enterprise = city.enterprises[patent.owner]
    if patent.kind == INVENTION:
        enterprise.inventions -= 1
    elif patent.kind == DESIGN:
        enterprise.designs -= 1
    else:
        enterprise.utility_models -= 1
    if patent.in_use == 1:
        fade_flow(enterprise, patent.flow, 0.0)


@rule
def fade_flow(enterprise: Any, old: float, new: float) -> None:
    """Replace ``old`` by ``new`` in the sum of flows; nothing held means exactly nought."""
    held = enterprise.inventions + enterprise.utility_models + enterprise.designs
    enterprise.protected_flow = max(0.0, enterprise.protected_flow - old + new)
    if held == 0:
        enterprise.protected_flow = 0.0
        enterprise.best_flow = 0.0
    elif old >= enterprise.best_flow:
        enterprise.best_flow = new


@rule
def is_high_value(city: Any, patent: Any) -> bool:
    """Apply the high-value test of the national statistics to an invention in force.

    In a strategic emerging industry (here with merit above a bar), with family members
    abroad, kept over ten years, or pledged.
    """
    if patent.kind != INVENTION:
        return False
    strategic = city.industries[patent.industry].strategic == 1
    if strategic and patent.quality >= city.parameters[0].high_value_merit:
        return True
    old = city.clock[0].quarter - patent.filed > 40
    return old or patent.abroad == 1 or patent.pledged == 1


@rule
def recognise_high_value(city: Any, patent: Any) -> None:
    """Mark a patent that meets the test; the first time, pay the award for it."""
    if patent.high_value == 1 or not is_high_value(city, patent):
        return
    patent.high_value = 1
    award = city.policy[0].subsidies_high_value * RMB
    city.spending[0].subsidies_high_value += award
    if patent.owner_kind == FIRM:
        enterprise = city.enterprises[patent.owner]
        enterprise.cash += award
        enterprise.in_subsidy += award
    else:
        university = city.universities[patent.owner]
        university.cash += award
        university.in_subsidy += award
