"""What is asked of the workers: one run, named so that equal runs are made once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ipsim.scenario.levers import LEVERS
from ipsim.study.drawing import members_of
from ipsim.study.run import planned_runs

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.study.simulations import PlannedRun


class Cancelled(BaseException):
    """Nobody wants any more what a worker is doing.

    Not an ``Exception``, so that no part of the model takes it for a failure of its own.
    """


class ScenarioKey(NamedTuple):
    """What tells scenarios apart that do not run alike with every member of the ensemble.

    The hash is that of the central set. Two scenarios of one hash differ under a member where one of them
    gives a parameter that the other draws, or gives what the other's dial sets from a drawn figure.
    """

    hash: str
    ensemble: str
    member: int | None
    pinned: frozenset[str]
    detailed: frozenset[str]


class RunKey(NamedTuple):
    """What tells runs apart."""

    scenario: ScenarioKey
    seed: int
    scale: float
    member: int | None
    cut: frozenset[str]
    cut_policy: ScenarioKey | None


@dataclass(frozen=True, eq=False)
class Wanted:
    """A run as studies plan it, at a scale.

    Attributes
    ----------
    run
        Scenario, seed, member of the ensemble and cuts.
    scale
        Share of the city's enterprises.
    """

    run: PlannedRun
    scale: float

    @property
    def key(self) -> RunKey:
        """What tells it from other runs."""
        scenario, seed, cut, cut_policy, member = self.run
        other = None if cut_policy is None else scenario_key(cut_policy)
        return RunKey(scenario_key(scenario), seed, self.scale, member, cut, other)


def scenario_key(scenario: Scenario) -> ScenarioKey:
    """Return what tells a scenario from others."""
    detailed = frozenset(key for key in scenario.given if key in LEVERS and LEVERS[key].dial is not None)
    return ScenarioKey(scenario.hash, scenario.ensemble.hash, scenario.member, scenario.pinned, detailed)


def pairs_wanted(scenarios: Sequence[Scenario], seeds: Sequence[int], scale: float) -> list[list[Wanted]]:
    """Return the runs of scenarios with the same seeds, and the members that the command line gives them.

    Returns
    -------
    list of list of Wanted
        By scenario, by seed.
    """
    planned = [planned_runs(one, seeds, members_of(one, seeds)) for one in scenarios]
    return [[Wanted(run, scale) for run in runs] for runs in planned]
