"""Which runs an explanation needs, and how its parts follow from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipsim.study.explain import shapley
from ipsim.study.explain.change import Change

Floats = NDArray[np.float64]

MOST_EXACT = 6
"""With up to so many players every coalition is run; with more, those of some orders of joining."""

PAIRS = 4
"""Pairs of orders drawn for each seed where not every coalition is run."""


class Run(NamedTuple):
    """One thing to simulate with each seed.

    Attributes
    ----------
    members
        Names of the players whose settings are the alternative's.
    cut
        Names of the mechanisms that see the policy of the base all the same.
    """

    members: frozenset[str]
    cut: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """What it is called in files: ``base``, ``levers: a + b``, ``levers: a + b; cut: m``."""
        parts = (("levers", self.members), ("cut", self.cut))
        said = [f"{kind}: {' + '.join(sorted(names))}" for kind, names in parts if names]
        return "; ".join(said) or "base"


Measured = Callable[[Run], Floats]
"""Figures of a run by seed, shape (seeds, ...); not a number where it was not run."""


@dataclass(frozen=True)
class Parts:
    """An effect and its parts, pair by pair: arrays of shape (seeds, ...).

    A pair in which any part is absent is absent everywhere, so that parts add up to the effect.

    Attributes
    ----------
    base, alternative, effect
        Figures of both, and their difference.
    levers
        Shapley values by player; they add up to the effect.
    errors
        Standard error of each from drawing orders, over all seeds; nought where all coalitions were run.
    pathways
        By mechanism: what is lost of the effect when it alone is cut.
    outside
        What assumptions and the city's figures do by themselves.
    left
        What is left of the policy's effect when all its mechanisms are cut.
    """

    base: Floats
    alternative: Floats
    levers: Mapping[str, Floats]
    errors: Mapping[str, Floats]
    pathways: Mapping[str, Floats]
    outside: Floats
    left: Floats

    @property
    def effect(self) -> Floats:
        """What the alternative changes."""
        return self.alternative - self.base

    @property
    def joint(self) -> Floats:
        """The effect less all that single cuts take away, less what no cut can take away."""
        rest = self.effect - self.outside - self.left
        return rest - sum(self.pathways.values(), np.zeros_like(rest))


@dataclass(frozen=True)
class Design:
    """The runs of an explanation.

    Attributes
    ----------
    change
        What differs between base and alternative.
    seeds
        Seeds of the pairs.
    members
        Set of calibrated parameters of each pair; empty where all have the central one.
    """

    change: Change
    seeds: tuple[int, ...]
    members: tuple[int, ...] = ()

    @cached_property
    def base(self) -> Run:
        """The base."""
        return Run(frozenset())

    @cached_property
    def alternative(self) -> Run:
        """The alternative."""
        return Run(frozenset(self.change.names))

    @cached_property
    def cuts(self) -> dict[str, Run]:
        """By mechanism: the alternative with this one cut."""
        return {name: self.alternative._replace(cut=frozenset({name})) for name in self.change.mechanisms}

    @cached_property
    def all_cut(self) -> Run:
        """The alternative with every mechanism cut through which its levers act."""
        return self.alternative._replace(cut=frozenset(self.change.mechanisms))

    @cached_property
    def outside(self) -> Run:
        """The base with the changes that are no policy."""
        return Run(self.change.outside)

    @cached_property
    def changes(self) -> dict[int, Change]:
        """By seed: the change under the parameters of this pair."""
        if not self.members:
            return dict.fromkeys(self.seeds, self.change)
        drawn = {member: self.change.drawn(member) for member in dict.fromkeys(self.members)}
        return {seed: drawn[member] for seed, member in zip(self.seeds, self.members, strict=True)}

    @property
    def is_exact(self) -> bool:
        """Whether every coalition of players is run."""
        return len(self.change.players) <= MOST_EXACT

    @cached_property
    def orders(self) -> dict[int, tuple[tuple[int, ...], ...]]:
        """The orders of joining drawn for each seed, empty where every coalition is run.

        Each seed has its own, so that the spread over seeds holds that from drawing orders.
        """
        if self.is_exact:
            return {}
        return {seed: shapley.drawn_orders(len(self.change.players), PAIRS, seed) for seed in self.seeds}

    def runs(self) -> list[tuple[Run, int]]:
        """Return each run with each seed it is needed for; base and alternative come first."""
        paths = [self.base, self.alternative, *self.cuts.values(), self.all_cut, self.outside]
        needed = [(run, seed) for run in paths for seed in self.seeds]
        for seed in self.seeds:
            needed += [(self._of(some), seed) for some in self._coalitions(seed)]
        return list(dict.fromkeys(needed))

    def _coalitions(self, seed: int) -> Iterator[shapley.Coalition]:
        if self.is_exact:
            yield from shapley.coalitions(len(self.change.players))
        for order in self.orders.get(seed, ()):
            yield from shapley.joined(order)

    def _of(self, some: shapley.Coalition) -> Run:
        return Run(frozenset(self.change.names[player] for player in some))

    def parts(self, measured: Measured) -> Parts:
        """Divide an effect.

        Parameters
        ----------
        measured
            Figures of each run in `runs`.
        """
        base, whole = measured(self.base), measured(self.alternative)
        values, errors = self._shapley(measured)
        lost = {name: whole - measured(run) for name, run in self.cuts.items()}
        outside = measured(self.outside) - base
        left = measured(self.all_cut) - measured(self.outside)
        absent = np.isnan(sum([*values, *lost.values()], outside + left + whole))

        def present(figures: Floats) -> Floats:
            return np.where(absent, np.nan, figures)

        names = self.change.names
        return Parts(
            base=present(base),
            alternative=present(whole),
            levers={name: present(one) for name, one in zip(names, values, strict=True)},
            errors=dict(zip(names, errors, strict=True)),
            pathways={name: present(one) for name, one in lost.items()},
            outside=present(outside),
            left=present(left),
        )

    def _shapley(self, measured: Measured) -> tuple[Floats, Floats]:
        """Return the values, shape (players, seeds, ...), and their errors, shape (players, ...)."""
        players = len(self.change.players)
        if self.is_exact:
            values = shapley.exact(players, lambda some: measured(self._of(some)))
            return values, np.zeros((players, *values.shape[2:]))
        each: list[Floats] = []
        squares: list[Floats] = []
        for place, seed in enumerate(self.seeds):
            value, error = shapley.along(
                self.orders[seed], lambda some, place=place: measured(self._of(some))[place]
            )
            each.append(value)
            squares.append(error**2)
        return np.stack(each, axis=1), np.sqrt(_total(squares)) / len(self.seeds)


def _total(arrays: Sequence[Floats]) -> Floats:
    return np.sum(np.stack(arrays), axis=0)
