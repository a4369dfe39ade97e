"""Points of a design: what each changes in the scenario."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import overload

import numpy as np
from numpy.typing import NDArray

from ipsim.study.plan.factors import Factor


@dataclass(frozen=True)
class Point:
    """One combination of values.

    Attributes
    ----------
    changes
        What `Scenario.replace` takes.
    values
        Value by name of the factor, for tables; a factor that stays as the scenario has it is absent.
    unit
        Place of each factor in the unit interval; empty where the design has none.
    name
        What the study file calls it, or nothing.
    seeds
        Seeds of its runs where it has its own, as in the worlds of a search; `Batch.evaluate` heeds them.
    """

    changes: dict[str, object]
    values: dict[str, object]
    unit: tuple[float, ...] = ()
    name: str = ""
    seeds: tuple[int, ...] = ()

    @property
    def written(self) -> str:
        """The changes as one line of JSON: equal for points that run alike."""
        return json.dumps(self.changes, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def point_of(factors: Sequence[Factor], values: Sequence[object], unit: tuple[float, ...] = ()) -> Point:
    """Return the point at which each factor has the value given for it."""
    changes: dict[str, object] = {}
    for factor, value in zip(factors, values, strict=True):
        for key, change in factor.changes(value).items():
            before = changes.get(key)
            if isinstance(before, dict) and isinstance(change, dict):
                change = {**before, **change}  # two factors of one lever, from different dates on
            changes[key] = change
    named = {factor.name: value for factor, value in zip(factors, values, strict=True)}
    return Point(changes, named, unit)


class _MadeOneByOne(Sequence[Point]):
    """Points that are made when they are asked for: a large design costs its numbers alone."""

    @abstractmethod
    def _at(self, place: int) -> Point:
        """Return the point at a place from 0 up."""

    def _part(self, part: slice) -> Sequence[Point]:
        return [self._at(place) for place in range(len(self))[part]]

    @overload
    def __getitem__(self, index: int) -> Point: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Point]: ...
    def __getitem__(self, index: int | slice) -> Point | Sequence[Point]:
        """Return a point, or a part of the points."""
        return self._part(index) if isinstance(index, slice) else self._at(range(len(self))[index])


class Points(_MadeOneByOne):
    """Points of a sample in the unit cube.

    Parameters
    ----------
    factors
        One for each column.
    sample
        Places in the unit cube, shape (points, factors).
    """

    def __init__(self, factors: Sequence[Factor], sample: NDArray[np.float64]) -> None:
        self.factors = tuple(factors)
        self.sample = np.clip(sample, 0.0, 1.0)

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.sample)

    def _at(self, place: int) -> Point:
        unit = tuple(float(one) for one in self.sample[place])
        values = [factor.value(one) for factor, one in zip(self.factors, unit, strict=True)]
        return point_of(self.factors, values, unit)

    def _part(self, part: slice) -> Points:
        return Points(self.factors, self.sample[part])


class Crossed(_MadeOneByOne):
    """Points of a design, each with every policy in turn: the policies meet in the same worlds.

    All policies of a world follow one another.

    Parameters
    ----------
    worlds
        Points of the design.
    policies
        What is done in each of them; a policy names the point.
    """

    def __init__(self, worlds: Sequence[Point], policies: Sequence[Point]) -> None:
        self.worlds = worlds
        self.policies = tuple(policies)

    def __len__(self) -> int:
        """Return the number of points: worlds times policies."""
        return len(self.worlds) * len(self.policies)

    def _at(self, place: int) -> Point:
        which, policy = divmod(place, len(self.policies))
        world, done = self.worlds[which], self.policies[policy]
        return replace(world, changes={**world.changes, **done.changes}, name=done.name)
