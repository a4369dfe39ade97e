"""Sets of parameters that are about as good as one another, and the single best."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

PREFIX: Final = "assumptions."
"""Begins the keys of parameters that all cities share."""

Floats = NDArray[np.float64]


def figure_of(key: str) -> tuple[str, tuple[str, ...]] | None:
    """Return city and path of a city's own figure, such as ``jinhua:patents.stock_growth``, or None."""
    city, colon, path = key.partition(":")
    return (city, tuple(path.split("."))) if colon else None


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Calibrated sets of parameters.

    Attributes
    ----------
    keys
        ``assumptions.X`` for parameters that cities share, ``jinhua:patents.stock_growth`` for a figure
        of one city.
    central
        The single best set: shape (keys,), in the units of the parameters.
    members
        One set a row: shape (members, keys).
    hash
        SHA-256 of the table it was read from; of both where one lies on another.
    facts
        What ``ensemble.json`` says: model, command, cities, targets, whether it is provisional.
    own
        Figures that hold for every profile of the city's key. Those of the ensemble that ships hold
        for the shipped profile alone: who writes another profile of Jinhua wants its own figures.
    lines
        Line of the table for ``central`` and each member, for faults.
    below
        The ensemble on which this one lies, if any.
    source
        What it was read from, as it was named.
    maker
        Makes this ensemble again without arguments, instead of sending it to a worker process.
    """

    keys: tuple[str, ...] = ()
    central: Floats = field(default_factory=lambda: np.zeros(0))
    members: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    hash: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    own: frozenset[str] = frozenset()
    lines: tuple[int, ...] = ()
    below: Ensemble | None = None
    source: str = ""
    maker: Callable[[], Ensemble] | None = None

    def __len__(self) -> int:
        """Return the number of members."""
        return len(self.members)

    def __reduce__(self) -> str | tuple[Any, ...]:
        """Pickle the ensemble that ships by name."""
        if self.maker is not None:
            return self.maker, ()
        fields = (self.keys, self.central, self.members, self.hash, self.facts, self.own, self.lines)
        return Ensemble, (*fields, self.below, self.source)

    @property
    def short(self) -> str:
        """The first digits of the hash, as notes name it."""
        return self.hash[:8]

    @property
    def provisional(self) -> bool:
        """Whether it stands in for a calibration that has not been made."""
        return bool(self.facts.get("provisional", False))

    def member_of(self, seed: int) -> int:
        """Return the number of the member, from 1, that the replicate with a seed uses."""
        return (seed - 1) % len(self) + 1

    def values(self, member: int | None = None) -> dict[str, float]:
        """Return value by key of a member, counted from 1 and round again after the last; central if None."""
        row = self.central if member is None else self.members[(member - 1) % len(self)]
        return dict(zip(self.keys, row.tolist(), strict=True))

    def line(self, member: int | None = None) -> int:
        """Return the line of a member in its table; 0 where there is no table."""
        place = 0 if member is None else 1 + (member - 1) % len(self)
        return self.lines[place] if self.lines else 0

    def band(self, key: str, share: float = 0.9) -> tuple[float, float]:
        """Return between which values a share of the members lies.

        Raises
        ------
        ValueError
            When it has no such key.
        """
        column = self.members[:, self.keys.index(key)]
        low, high = np.quantile(column, [(1 - share) / 2, (1 + share) / 2])
        return float(low), float(high)

    def figures(self, city: str) -> dict[str, tuple[str, ...]]:
        """Return the paths of a city's own figures, by key."""
        found = {key: figure_of(key) for key in self.keys}
        return {key: figure[1] for key, figure in found.items() if figure and figure[0] == city}

    def shared(self) -> Ensemble:
        """Return the part of it that all cities share, without figures of any city's own."""
        places = [place for place, key in enumerate(self.keys) if figure_of(key) is None]
        return replace(
            self,
            keys=tuple(self.keys[place] for place in places),
            central=self.central[places],
            members=self.members[:, places],
            own=frozenset(),
        )

    def with_hash(self, digits: str) -> Ensemble | None:
        """Return this ensemble or one below it that has a hash, or None."""
        if self.hash == digits:
            return self
        return self.below.with_hash(digits) if self.below is not None else None

    def over(self, below: Ensemble) -> Ensemble:
        """Return this ensemble laid on another: its columns in place of or beside those below.

        Member ``n`` is member ``n`` of both, each round again after its last. Its figures of a city hold for
        every profile of that city's key.
        """
        if not self.keys or self.hash == below.hash:
            return below
        if not below.keys:
            return self
        keys = tuple(dict.fromkeys((*below.keys, *self.keys)))
        count = max(len(self), len(below))
        rows = [below.values(n) | self.values(n) for n in range(1, count + 1)]
        central = below.values() | self.values()
        return Ensemble(
            keys,
            np.array([central[key] for key in keys]),
            np.array([[row[key] for key in keys] for row in rows]),
            hashlib.sha256(f"{below.hash}\n{self.hash}".encode()).hexdigest(),
            {**self.facts, "below": below.hash},
            below.own | {key for key in self.keys if figure_of(key)},
            (),
            below,
            self.source,
        )


UNCALIBRATED: Final = Ensemble()
"""No calibration: every parameter has its prior value, or the one that is given."""
