"""Judging policies: each is run in the same worlds, and the worlds are put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ipsim.study.plan import Point
from ipsim.study.search.policies import Policy
from ipsim.study.search.settings import Budget, SearchSettings
from ipsim.study.search.worlds import World

Runs = Callable[[Sequence[Point]], NDArray[np.float64]]
"""Runs points and returns their outcomes, mean over replicates: (points, outcomes), NaN where all failed."""

BAND = (0.05, 0.95)
"""Quantiles over worlds between which nine of ten lie."""

_FEWEST = 0.5
"""A policy counts if at least this share of its worlds came to an end."""


@dataclass(frozen=True)
class Judged:
    """Policies with what became of them.

    Attributes
    ----------
    policies
        What was run; None stands for the scenario as it is.
    values
        Outcome by policy, world and outcome: those of the goals, then the cost that the budget limits.
    spent
        Public spending over the years of the budget, by policy and world, million RMB.
    """

    policies: tuple[Policy | None, ...]
    values: NDArray[np.float64]
    spent: NDArray[np.float64]

    def __len__(self) -> int:
        """Return the number of policies."""
        return len(self.policies)

    def succeeded(self) -> NDArray[np.int64]:
        """Return in how many worlds each policy came to an end."""
        return np.isfinite(self.values).all(axis=2).sum(axis=1)

    def enough(self) -> NDArray[np.bool_]:
        """Return whether a policy came to an end in half of its worlds or more."""
        return self.succeeded() >= _FEWEST * self.values.shape[1]

    def goals(self, settings: SearchSettings) -> NDArray[np.float64]:
        """Return each goal over the worlds, in its own unit: (policies, goals)."""
        columns = [
            goal.over.of(self.values[:, :, place], goal.maximise) for place, goal in enumerate(settings.goals)
        ]
        return np.stack(columns, axis=1)

    def cost(self, budget: Budget) -> NDArray[np.float64]:
        """Return what the budget limits, over the worlds, million RMB."""
        return budget.over.of(self.values[:, :, -1], more_is_better=False)

    def within(self, budget: Budget) -> NDArray[np.bool_]:
        """Return which policies count and keep to the budget."""
        return self.enough() & (self.cost(budget) <= budget.limit)

    def scores(self, settings: SearchSettings) -> NDArray[np.float64]:
        """Return the goals turned so that more is better, the cost among them where less is a goal."""
        scores = self.goals(settings) * np.array([goal.sign for goal in settings.goals])
        if settings.spend_less:
            scores = np.column_stack([scores, -self.cost(settings.budget)])
        return scores

    def chosen(self, places: Sequence[int] | NDArray[np.int64]) -> Judged:
        """Return some of the policies."""
        where = np.asarray(places, dtype=np.int64)
        return Judged(tuple(self.policies[place] for place in where), self.values[where], self.spent[where])


def joined(parts: Sequence[Judged]) -> Judged:
    """Return the policies of several in one."""
    return Judged(
        tuple(policy for part in parts for policy in part.policies),
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.spent for part in parts]),
    )


class Judge:
    """Runs policies in worlds; each policy once, whoever asks again.

    Parameters
    ----------
    settings
        What counts.
    worlds
        The worlds every policy is run in.
    runs
        Runs points. All new policies of one call are one wave.
    """

    def __init__(self, settings: SearchSettings, worlds: Sequence[World], runs: Runs) -> None:
        self.settings, self.worlds, self._runs = settings, tuple(worlds), runs
        self._known: dict[str, NDArray[np.float64]] = {}
        self._base: NDArray[np.float64] | None = None

    @property
    def policies_run(self) -> int:
        """How many different policies were run, the scenario as it is apart."""
        return len(self._known)

    def knows(self, policy: Policy) -> bool:
        """Return whether a policy was run."""
        return policy.written in self._known

    def judge(self, policies: Sequence[Policy | None]) -> Judged:
        """Return what became of policies, after running those that are new.

        The scenario as it is (None) is run in the first wave, since a budget for extra spending counts
        from it, world by world.
        """
        new = {one.written: one for one in policies if one is not None and one.written not in self._known}
        with_base = self._base is None
        points = [point for world in self.worlds for point in [_point(None, world)] if with_base]
        points += [_point(one, world) for one in new.values() for world in self.worlds]
        if points:
            found = self._runs(points).reshape(-1, len(self.worlds), len(self.settings.outcomes))
            if with_base:
                self._base, found = found[0], found[1:]
            self._known |= dict(zip(new, found, strict=True))
        return self._judged(policies)

    def _judged(self, policies: Sequence[Policy | None]) -> Judged:
        base = self._base
        assert base is not None
        found = [base if one is None else self._known[one.written] for one in policies]
        raw = np.stack(found) if found else np.empty((0, *base.shape))
        values = raw.copy()
        if self.settings.budget.extra:
            values[:, :, -1] -= base[:, -1]
        return Judged(tuple(policies), values, raw[:, :, -1])


def run_once(policies: Sequence[Policy | None], world: World, runs: Runs) -> NDArray[np.float64]:
    """Return the outcomes of policies in one world: (policies, outcomes)."""
    return runs([_point(policy, world) for policy in policies])


def _point(policy: Policy | None, world: World) -> Point:
    mine, values = (policy.changes, policy.values) if policy is not None else ({}, {})
    return Point(mine | world.changes, values | world.values, seeds=world.seeds)
