"""A search from pilots to check, whatever runs the points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ipsim.study.plan import Point, Study
from ipsim.study.search.affordable import AffordablePolicies, pilots
from ipsim.study.search.evolve import evolve
from ipsim.study.search.expectation import Expectation
from ipsim.study.search.finals import finalists, met_more
from ipsim.study.search.frontier import best_first
from ipsim.study.search.judging import Judge, Judged, Runs, joined, run_once
from ipsim.study.search.policies import Policy
from ipsim.study.search.result import SearchResult, Side, distinct
from ipsim.study.search.settings import SearchSettings
from ipsim.study.search.stages import Name, Stage, Told
from ipsim.study.search.worlds import middle_world, worlds_of

_FIRST, _RANDOM = 4, 5
"""Streams of draws: policies to begin with, and random policies to compare with."""

_MOST_TRIED = 2
"""Random policies that are run at most, as a multiple of those wanted within the budget."""


def search(study: Study, settings: SearchSettings, runs: Runs, told: Told | None = None) -> SearchResult:
    """Look for the best policies under a budget.

    The order of all runs hangs on study and outcomes alone: a search that is interrupted and begun again
    with runs that come from disk goes the same way.

    Parameters
    ----------
    study
        Scenario, factors and seed.
    settings
        Goals, budget and size of the search.
    runs
        Runs points and returns their outcomes: those of the goals, then public spending.
    told
        Told after each stage.
    """
    return _Search(study, settings, runs, told).result()


class _Search:
    def __init__(self, study: Study, settings: SearchSettings, runs: Runs, told: Told | None) -> None:
        self.study, self.settings, self.told = study, settings, told
        self.count = 0

        def counted(points: Sequence[Point]) -> NDArray[np.float64]:
            self.count += sum(len(point.seeds) for point in points)
            return runs(points)

        self.runs = counted
        self.judge, self.final_judge, self.check_judge = map(self._judge_of, ("search", "final", "check"))
        self.pilots = pilots(study.factors, study.seed)
        self.searched: list[Judged] = []

    def _judge_of(self, stage: str) -> Judge:
        settings = self.settings
        counts = (settings.worlds, settings.final_worlds, settings.check_worlds)
        drawn = worlds_of(stage, settings.uncertain, counts, self.study.seed, self.study.replicates)
        return Judge(settings, drawn, self.runs)

    def result(self) -> SearchResult:
        """Go through all stages."""
        settings, factors, seed = self.settings, self.study.factors, self.study.seed
        expected = self._pilot()
        affordable = AffordablePolicies(factors, seed, _FIRST)
        first = affordable.draw(settings.population, expected, -np.inf, settings.budget.limit, fill=True)
        evolve(factors, settings, self.judge, first, seed, self._after_generation)
        every, generations = distinct(self.searched)
        searched = self._finals(every)
        random = self._finals(self._random(searched))
        base = self.judge.judge([None])
        final_base = met_more(base, self.final_judge)
        checked = self._check(searched, random)
        return SearchResult(
            study=self.study,
            settings=settings,
            worlds=(*self.judge.worlds, *self.final_judge.worlds, *self.check_judge.worlds),
            base=base,
            final_base=final_base,
            searched=searched,
            generations=generations,
            random=random,
            checked=checked,
            pilots=len(self.pilots),
            runs=self.count,
        )

    # -- stages ------------------------------------------------------------------------------

    def _pilot(self) -> Expectation:
        """Run the pilots and the scenario as it is, each once in the middle world."""
        world = middle_world(self.study.seed)
        costs = run_once([*self.pilots, None], world, self.runs)[:, -1]
        if self.settings.budget.extra:
            costs = costs - costs[-1]
        within = costs[:-1] <= self.settings.budget.limit
        self._tell("pilots", 1, 1, len(self.pilots), int(within.sum()))
        return Expectation(self.pilots, costs[:-1, None])

    def _after_generation(self, number: int, judged: Judged) -> None:
        self.searched.append(judged)
        within = judged.within(self.settings.budget)
        self._tell("generation", number, self.settings.generations, len(judged), int(within.sum()))

    def _finals(self, every: Judged) -> Side:
        """Let the best of one side meet more worlds, and find among them those that no other beats."""
        settings = self.settings
        places = finalists(every, settings)
        final = met_more(every.chosen(places), self.final_judge) if len(places) else every.chosen([])
        if len(places):
            self._tell("final", 1, 1, len(places), int(final.within(settings.budget).sum()))
        return Side(every, places, final, best_first(final, settings))

    def _random(self, searched: Side) -> Judged:
        """Run random policies that cost between the cheapest of the frontier and the budget.

        They are allowed what the frontier spends, and made to spend it: so neither side wins by money.
        """
        settings, wanted = self.settings, self.settings.random
        found = searched.every.chosen([])
        if not wanted or not len(searched.front):
            return found
        costs = searched.every.cost(settings.budget)[searched.finalists[searched.front]]
        least, most = float(costs.min()), settings.budget.limit
        affordable = AffordablePolicies(self.study.factors, self.study.seed, _RANDOM)
        inside = 0
        while count := min(wanted - inside, _MOST_TRIED * wanted - len(found)):
            known = joined([searched.every, found])
            policies = [policy for policy in known.policies if policy is not None]
            expected = Expectation(policies, known.cost(settings.budget)[:, None])
            drawn = _new(affordable.draw(count, expected, least, most), found)
            if not drawn:
                break
            found = joined([found, self.judge.judge(drawn)])
            inside = int(found.within(settings.budget).sum())
            self._tell("random", inside, wanted, len(drawn), inside)
        return found

    def _check(self, searched: Side, random: Side) -> Judged | None:
        """Run what won in worlds that nobody saw: the scenario as it is, then both fronts."""
        if not self.check_judge.worlds or not len(searched.front):
            return None
        checked = self.check_judge.judge([None, *searched.frontier.policies, *random.frontier.policies])
        self._tell("check", 1, 1, len(checked), int(checked.within(self.settings.budget).sum()))
        return checked

    # -- progress ------------------------------------------------------------------------------

    def _tell(self, name: Name, number: int, of: int, policies: int, within: int) -> None:
        if self.told is not None:
            expected = self._expected_runs()
            self.told(Stage(name, number, of, policies, within, self._best(), expected))

    def _expected_runs(self) -> int:
        """Return how many runs the whole search will have made, by and large."""
        settings = self.settings
        sides = 2 if settings.random else 1
        cells = settings.worlds * (1 + settings.population * settings.generations + settings.random)
        cells += settings.final_worlds * (1 + sides * settings.population)
        cells += settings.check_worlds * (1 + sides * settings.population // 2)
        return len(self.pilots) + 1 + cells * self.study.replicates

    def _best(self) -> dict[str, float]:
        if not self.searched:
            return {}
        judged = joined(self.searched)
        within = judged.within(self.settings.budget)
        if not within.any():
            return {}
        goals = judged.goals(self.settings)[within]
        return {
            goal.name: float(goal.sign * (goal.sign * goals[:, place]).max())
            for place, goal in enumerate(self.settings.goals)
        }


def _new(drawn: Sequence[Policy], found: Judged) -> list[Policy]:
    there = {policy.written for policy in found.policies if policy is not None}
    return [policy for policy in drawn if policy.written not in there]
