"""An estimate in another unit: percent of the outcome, or per unit of the dose that was given."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from ipsim.study.natural.estimators.estimation import Estimate, with_t_interval


def in_percent(estimate: Estimate) -> Estimate:
    """Return an effect in log points as a percentage; its interval goes the same way, its error by delta."""
    growth = math.exp(estimate.value)
    return replace(
        estimate,
        value=100 * (growth - 1),
        se=100 * growth * estimate.se,
        low=100 * math.expm1(estimate.low),
        high=100 * math.expm1(estimate.high),
        detail={**estimate.detail, "log_points": estimate.value},
    )


def per_dose(estimate: Estimate, per: float | Mapping[str, float]) -> Estimate:
    """Return the effect of one unit of the dose; with a dose in logarithms, an elasticity.

    Parameters
    ----------
    estimate
        The effect of the whole dose; in log points if an elasticity is wanted.
    per
        The dose: a number; ``{value, se}`` where it was itself measured; ``{from, to}`` for a cost that
        changed, which gives the change of its logarithm, ``log(to / from)``.

    Notes
    -----
    Delta method for a ratio of independent estimates: ``var(b/x) = var(b)/x**2 + b**2 var(x)/x**4``.
    """
    dose, error = _dose(per)
    value = estimate.value / dose
    detail = {**estimate.detail, "dose": dose, "whole_effect": estimate.value}
    if error == 0.0:
        low, high = sorted((estimate.low / dose, estimate.high / dose))
        return replace(estimate, value=value, se=estimate.se / abs(dose), low=low, high=high, detail=detail)
    se = math.hypot(estimate.se / dose, estimate.value * error / dose**2)
    df = int(detail.get("df", 1_000_000))
    return with_t_interval(value, se, df, estimate.level, estimate.kind, {**detail, "dose_se": error})


def _dose(per: float | Mapping[str, float]) -> tuple[float, float]:
    """Return the dose and its standard error."""
    if not isinstance(per, Mapping):
        return float(per), 0.0
    if "from" in per:
        return math.log(per["to"] / per["from"]), 0.0
    return float(per["value"]), float(per.get("se", 0.0))
