"""Policies: one value for each lever of the study, rounded as a person would set it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from ipsim.study.plan import Factor
from ipsim.study.plan.points import point_of

_FEWEST_STEPS = 100
_DIGITS = 3
"""Digits that count of a value on a logarithmic range."""


@dataclass(frozen=True)
class Policy:
    """A policy that can be run.

    Attributes
    ----------
    unit
        Place of each factor in the unit interval.
    values
        Value by name of the factor.
    changes
        What `Scenario.replace` takes.
    """

    unit: tuple[float, ...]
    values: dict[str, object]
    changes: dict[str, object]

    @property
    def written(self) -> str:
        """The values as one line of JSON: equal for policies that are the same."""
        return json.dumps(list(self.values.values()), ensure_ascii=False)


def policy_at(factors: Sequence[Factor], unit: Sequence[float]) -> Policy:
    """Return the policy at a place in the unit cube."""
    places = tuple(min(max(float(place), 0.0), 1.0) for place in unit)
    values = [rounded(factor, factor.value(place)) for factor, place in zip(factors, places, strict=True)]
    point = point_of(factors, values)
    return Policy(places, point.values, point.changes)


def rounded(factor: Factor, value: object) -> object:
    """Return a value of a range on a round step, at least a hundred steps from end to end.

    Nobody decrees 12,483.27 RMB; what is searched, listed and written to the scenario files is 12,400.
    Levels and whole numbers stay as they are.
    """
    if factor.levels is not None or factor.integer or not isinstance(value, float):
        return value
    if factor.log:
        near = float(f"{value:.{_DIGITS}g}")
    else:
        step = step_of(factor)
        near = round(round(value / step) * step, 12)
    return min(max(near, factor.low), factor.high)


def step_of(factor: Factor) -> float:
    """Return the largest of 1, 2 or 5 times a power of ten that cuts a range into a hundred or more."""
    finest = (factor.high - factor.low) / _FEWEST_STEPS
    power = 10.0 ** math.floor(math.log10(finest))
    return max((times * power for times in (1, 2, 5) if times * power <= finest * (1 + 1e-9)), default=power)
