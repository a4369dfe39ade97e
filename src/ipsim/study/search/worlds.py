"""Worlds: what a policy may meet, alike for every policy that is judged in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipsim.study.plan import Factor
from ipsim.study.plan.points import point_of

STAGES = ("search", "final", "check")
"""What worlds are for; each stage has draws and luck of its own."""


class World(NamedTuple):
    """One draw of what is uncertain, with luck of its own.

    Attributes
    ----------
    stage
        What it is for: ``search``, ``final`` or ``check``.
    number
        From 1 in each stage.
    changes
        What `Scenario.replace` takes.
    values
        Value by name of the uncertain factor.
    seeds
        One for each replicate.
    """

    stage: str
    number: int
    changes: dict[str, object]
    values: dict[str, object]
    seeds: tuple[int, ...]


def worlds_of(
    stage: str, factors: Sequence[Factor], counts: Sequence[int], seed: int, replicates: int
) -> list[World]:
    """Return the worlds of a stage: no other stage has their draw, or their luck.

    Parameters
    ----------
    stage
        One of `STAGES`.
    factors
        What is uncertain.
    counts
        How many worlds each stage has.
    seed
        Of the draws, and of the luck of the very first world; luck counts on from world to world.
    replicates
        Seeds for each world.
    """
    number = STAGES.index(stage)
    before = sum(counts[:number])
    places = _places(len(factors), counts[number], (seed, number + 1))
    worlds: list[World] = []
    for place, units in enumerate(places):
        values = [factor.value(float(unit)) for factor, unit in zip(factors, units, strict=True)]
        point = point_of(factors, values)
        start = seed + (before + place) * replicates
        seeds = tuple(range(start, start + replicates))
        worlds.append(World(stage, place + 1, point.changes, point.values, seeds))
    return worlds


def middle_world(seed: int) -> World:
    """Return the world with everything as the scenario has it and the first seed alone."""
    return World("pilots", 1, {}, {}, (seed,))


def _places(factors: int, count: int, seed: tuple[int, int]) -> NDArray[np.float64]:
    """Draw a Latin hypercube: each factor takes every ``count``-th of its range once."""
    if not factors or not count:
        return np.zeros((count, factors))
    from scipy.stats import qmc

    return qmc.LatinHypercube(factors, rng=np.random.default_rng(seed)).random(count)
