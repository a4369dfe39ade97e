"""Treating cities: who, when, and what the same city is without it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from ipsim.scenario.levers import LEVERS
from ipsim.study.natural.country import ALL

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.study.natural.country import City
    from ipsim.study.natural.experiment import Change, Treatment

_ASSIGNMENT = 100  # its stream of luck; the country has the first ones


@dataclass(frozen=True)
class Twins:
    """One city in two worlds.

    Attributes
    ----------
    city
        The city, without treatment.
    first
        Year from which it is treated; NaN if never.
    treated
        The same city with treatment; None if it never is.
    """

    city: City
    first: float
    treated: Scenario | None


def assign(number: int, treatment: Treatment, seed: int, again: int = 0) -> list[float]:
    """Return for each city the year in which it is treated first, NaN for never.

    Parameters
    ----------
    number
        How many cities there are.
    treatment
        What share is treated and when; treated cities are spread evenly over the dates.
    seed
        Seed of the country.
    again
        0 for the assignment of the experiment, another number for another one, as placebos need.

    Notes
    -----
    Luck alone decides, so treatment has nothing to do with what a city is or would have done. Each treatment
    has luck of its own: with one for all, experiments in the same cities would err together.
    """
    treated = round(treatment.share * number)
    changes = repr([(change.key, change.how, change.value) for change in treatment.changes])
    own = crc32(changes.encode())
    order = np.random.default_rng((seed, _ASSIGNMENT, again, own)).permutation(number)
    first = [math.nan] * number
    for turn, place in enumerate(order[:treated]):
        first[int(place)] = float(treatment.dates[turn % len(treatment.dates)])
    return first


def too_few(number: int, share: float) -> bool:
    """Tell whether fewer than two cities are treated, or left untreated: no interval could be had."""
    treated = round(share * number)
    return min(treated, number - treated) < 2


def treat(cities: list[City], treatment: Treatment | None, seed: int) -> list[Twins]:
    """Return every city with its twin.

    Raises
    ------
    ScenarioError
        When a change takes a lever of some city out of its bounds.
    """
    if treatment is None:
        return [Twins(city, math.nan, None) for city in cities]
    first = assign(len(cities), treatment, seed)
    return [
        Twins(city, year, None if math.isnan(year) else treated(city.scenario, treatment.changes, int(year)))
        for city, year in zip(cities, first, strict=True)
    ]


def treated(scenario: Scenario, changes: tuple[Change, ...], year: int) -> Scenario:
    """Return a city under treatment from the start of ``year`` on; before, it is the same to the last bit."""
    steps: dict[str, Any] = {}
    for change in changes:
        for key in _levers_of(change.key):
            steps[key] = _steps(scenario, key, change, year)
    return scenario.replace(steps)


def _levers_of(key: str) -> list[str]:
    """Return the lever, or the levers of a group such as ``policy.subsidies.filing``."""
    if key in LEVERS:
        return [key]
    members = [name for name in LEVERS if name.startswith(f"{key}.")]
    return members or [key]


def _steps(scenario: Scenario, key: str, change: Change, year: int) -> Mapping[Any, Any]:
    """Return a lever from ``year`` on, quarter by quarter where it changes."""
    if change.how == "to":
        value = list(scenario.city.industry_keys) if change.value == ALL else change.value
        return value if isinstance(value, Mapping) else {year: value}
    path = scenario.path(key)[4 * (year - scenario.start_year) :]
    values = path + change.value if change.how == "add" else path * change.value
    steps: dict[Any, float] = {}
    for quarter, value in enumerate(values):
        if quarter == 0 or value != values[quarter - 1]:
            at = year + quarter // 4
            steps[f"{at}-{3 * (quarter % 4) + 1:02d}"] = float(value)
    return steps
