"""A study: many runs of one scenario with other values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ipsim.study.plan.designs import Design
from ipsim.study.plan.factors import Factor
from ipsim.study.plan.outcomes import Outcome
from ipsim.study.plan.points import Crossed, Point

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.scenario.tree import Node


class Keep(NamedTuple):
    """Which indicators and years of a run are kept; None for all."""

    indicators: tuple[str, ...] | None = None
    years: tuple[int, ...] | None = None


class PlannedRun(NamedTuple):
    """One run of a study, before it has a number.

    Attributes
    ----------
    point
        Place of the point among those planned, from 0.
    replicate
        From 1.
    seed
        Seed of its luck.
    """

    point: int
    replicate: int
    seed: int


@dataclass(frozen=True)
class Study:
    """What a study file asks for; made by `read_study`.

    Attributes
    ----------
    name
        Short name, fit for a folder.
    scenario
        What is simulated, with the fixed changes of ``set``.
    factors
        What varies.
    design
        Which combinations are run.
    replicates
        Runs at each point.
    seed
        Of the design, and of the first replicate.
    distinct
        Whether each point has seeds of its own; else all share them (common random numbers).
    scale
        Share of the city's enterprises to simulate; the city's own if None.
    keep
        What is kept of a run.
    outcomes
        What analyses look at.
    search
        The section for the search of policies, with places for messages, or None.
    text, file
        The study file as it was read, and its name in messages.
    policies
        What is done at each point of the design; nothing if there are none.
    """

    name: str
    scenario: Scenario
    factors: tuple[Factor, ...]
    design: Design
    replicates: int
    seed: int
    distinct: bool
    scale: float | None
    keep: Keep
    outcomes: tuple[Outcome, ...]
    search: Node | None
    text: str
    file: str
    policies: tuple[Point, ...] = ()

    def points(self) -> Sequence[Point]:
        """Return the points of the design, equal each time; with policies, each with every one of them."""
        points = self.design.points(self.factors, self.seed)
        return Crossed(points, self.policies) if self.policies else points

    def planned(self, points: int) -> Iterator[PlannedRun]:
        """Yield the runs of so many points: each point once, then again with the next seed."""
        for replicate in range(1, self.replicates + 1):
            for point in range(points):
                yield PlannedRun(point, replicate, self._seed(point, replicate))

    def _seed(self, point: int, replicate: int) -> int:
        world = point // len(self.policies) if self.policies else point  # policies share its luck
        shift = world * self.replicates if self.distinct else 0
        return self.seed + shift + replicate - 1
