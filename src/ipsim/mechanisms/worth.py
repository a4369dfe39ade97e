"""What an invention is worth to an enterprise: in use, secret, patented, refused.

These rules are shared by research and by filing: an enterprise chooses its effort by
the worth it will be able to keep.
"""

from __future__ import annotations

import math
from typing import Any

from ipsim.city.enterprise import SMALL
from ipsim.city.patent import DESIGN, INVENTION
from ipsim.engine.rules import rule

RMB = 1e-6  #: million RMB


@rule
def kept_secret(hazard: float, parameters: Any) -> float:
    """Return the share of worth kept without a right, copying coming at ``hazard`` a year."""
    rate = parameters.discount + parameters.value_decay
    return 1.0 - parameters.copy_damage * hazard / (rate + hazard)


@rule
def kept_unpatented(visible: bool, parameters: Any) -> float:
    """Return the share of worth kept without a right and without telling anyone.

    What a product shows is copied sooner than what happens inside a factory.
    """
    spread = parameters.visibility
    factor = 1.0 + spread if visible else 1.0 - spread
    return kept_secret(parameters.leak_hazard * factor, parameters)


@rule
def kept_patented(hazard: float, redress: float, wait: float, term: float, parameters: Any) -> float:
    """Return the share of worth kept with a right.

    Parameters
    ----------
    hazard
        Chance a year that a protected invention is copied (belief).
    redress
        Share of the loss from a copy that is recovered (belief).
    wait, term
        Years until grant, when nothing can be enforced and all is disclosed, and
        years of protection from then on.
    """
    rate = parameters.discount + parameters.value_decay
    kept = 1.0 - parameters.copy_damage * (1.0 - redress) * hazard / (rate + hazard)
    disclosed = kept_secret(parameters.leak_hazard * parameters.disclosure, parameters)
    covered = math.exp(-rate * wait) - math.exp(-rate * (wait + term))
    return kept * covered + disclosed * (1.0 - covered)


@rule
def worth_in_use(value: float, kept: float, unused: float, parameters: Any) -> float:
    """Return the worth of an invention if the better of use and no use is chosen.

    ``value`` is its undisturbed present value, ``unused`` the share of worth that a
    right has without use (bargaining, licences, keeping others out).
    """
    used = value * kept - parameters.commercialisation_cost
    return max(used, unused * value * kept)


@rule
def chance_of_grant(kind: int, merit: float, parameters: Any) -> float:
    """Return the chance of grant of a filing with ``merit`` (drafting included)."""
    if kind == INVENTION:
        steep = parameters.examination_steepness
        return 1.0 / (1.0 + math.exp(-steep * (merit - parameters.inventive_step)))
    if kind == DESIGN:
        return parameters.grant_design
    return parameters.grant_utility_model


@rule
def official_fee(kind: int, size: int, policy: Any) -> float:
    """Return filing and examination fees, in million RMB."""
    full = 3400.0 if kind == INVENTION else 500.0
    if size <= SMALL:
        full *= 1.0 - policy.national_fee_reduction
    return full * RMB


@rule
def annuity(kind: int, year: int) -> float:
    """Return the annuity of a patent year (1 = first) by the official ladder, million RMB."""
    if kind == INVENTION:
        if year <= 3:
            fee = 900.0
        elif year <= 6:
            fee = 1200.0
        elif year <= 9:
            fee = 2000.0
        elif year <= 12:
            fee = 4000.0
        elif year <= 15:
            fee = 6000.0
        else:
            fee = 8000.0
    elif year <= 3:
        fee = 600.0
    elif year <= 5:
        fee = 900.0
    elif year <= 8:
        fee = 1200.0
    else:
        fee = 2000.0
    return fee * RMB


@rule
def by_kind(kind: int, invention: float, utility_model: float, design: float) -> float:
    """Return the one of three numbers that goes with a type of patent."""
    if kind == INVENTION:
        return invention
    return design if kind == DESIGN else utility_model


@rule
def filing_subsidy(kind: int, policy: Any) -> float:
    """Return the subsidy paid for a filing, in million RMB."""
    rmb = by_kind(
        kind,
        policy.subsidies_filing_invention,
        policy.subsidies_filing_utility_model,
        policy.subsidies_filing_design,
    )
    return rmb * RMB


@rule
def grant_subsidy(kind: int, policy: Any) -> float:
    """Return the subsidy paid for a grant, in million RMB."""
    rmb = by_kind(
        kind,
        policy.subsidies_grant_invention,
        policy.subsidies_grant_utility_model,
        policy.subsidies_grant_design,
    )
    return rmb * RMB


@rule
def pendency_years(kind: int, policy: Any) -> float:
    """Return the usual years from filing to decision."""
    months = by_kind(
        kind,
        policy.national_pendency_invention,
        policy.national_pendency_utility_model,
        policy.national_pendency_design,
    )
    return months / 12.0


@rule
def right_strength(kind: int, parameters: Any) -> float:
    """Return how far a right of this type holds, relative to an examined invention."""
    return by_kind(kind, 1.0, parameters.strength_utility_model, parameters.strength_design)
