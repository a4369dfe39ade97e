"""Worlds: what a policy may meet, alike for every policy that is judged in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ipsim.study.plan import Factor
from ipsim.study.plan.points import point_of

_SEARCH, _CHECK = 1, 2


class World(NamedTuple):
    """One draw of what is uncertain, with luck of its own.

    Attributes
    ----------
    number
        From 1.
    changes
        What `Scenario.replace` takes.
    values
        Value by name of the uncertain factor.
    seeds
        One for each replicate.
    """

    number: int
    changes: dict[str, object]
    values: dict[str, object]
    seeds: tuple[int, ...]


def search_worlds(factors: Sequence[Factor], count: int, seed: int, replicates: int) -> list[World]:
    """Return the worlds in which a search judges policies.

    Parameters
    ----------
    factors
        What is uncertain.
    count
        How many worlds.
    seed
        Of the draw, and of the luck of the first world; luck counts on from world to world.
    replicates
        Seeds for each world.
    """
    return _drawn(factors, count, (seed, _SEARCH), seed, replicates)


def check_worlds(
    factors: Sequence[Factor], count: int, seed: int, replicates: int, before: int
) -> list[World]:
    """Return worlds that a search with ``before`` worlds never saw, neither their draw nor their luck."""
    return _drawn(factors, count, (seed, _CHECK), seed + before * replicates, replicates)


def middle_world(seed: int) -> World:
    """Return the world with everything as the scenario has it and the first seed alone."""
    return World(0, {}, {}, (seed,))


def _drawn(
    factors: Sequence[Factor], count: int, drawing: tuple[int, int], first: int, replicates: int
) -> list[World]:
    """Draw a Latin hypercube: each factor takes every ``count``-th of its range once."""
    if factors and count:
        from scipy.stats import qmc

        places = qmc.LatinHypercube(len(factors), rng=np.random.default_rng(drawing)).random(count)
    else:
        places = np.zeros((count, 0))
    worlds: list[World] = []
    for place, units in enumerate(places):
        values = [factor.value(float(unit)) for factor, unit in zip(factors, units, strict=True)]
        point = point_of(factors, values)
        start = first + place * replicates
        seeds = tuple(range(start, start + replicates))
        worlds.append(World(place + 1, point.changes, point.values, seeds))
    return worlds
