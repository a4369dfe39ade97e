"""A search from pilots to check, whatever runs the points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ipsim.study.plan import Study
from ipsim.study.search.affordable import AffordablePolicies, ExpectedCost, pilots
from ipsim.study.search.evolve import evolve
from ipsim.study.search.frontier import best_first
from ipsim.study.search.judging import Judge, Judged, Runs, joined, run_once
from ipsim.study.search.policies import Policy
from ipsim.study.search.result import SearchResult, distinct
from ipsim.study.search.settings import SearchSettings
from ipsim.study.search.stages import Name, Stage, Told
from ipsim.study.search.worlds import check_worlds, middle_world, search_worlds

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
        self.study, self.settings, self.runs, self.told = study, settings, runs, told
        self.worlds = search_worlds(settings.uncertain, settings.worlds, study.seed, study.replicates)
        self.judge = Judge(settings, self.worlds, runs)
        self.pilots = pilots(study.factors, study.seed)
        self.searched: list[Judged] = []

    def result(self) -> SearchResult:
        """Go through all stages."""
        settings, factors, seed = self.settings, self.study.factors, self.study.seed
        expected = self._pilot()
        affordable = AffordablePolicies(factors, seed, _FIRST)
        first = affordable.draw(settings.population, expected, -np.inf, settings.budget.limit, fill=True)
        evolve(factors, settings, self.judge, first, seed, self._after_generation)
        searched, generations = distinct(self.searched)
        front = best_first(searched, settings)
        random = self._random(searched, front)
        base = self.judge.judge([None])
        checked = self._check(searched.chosen(front), random)
        return SearchResult(
            study=self.study,
            settings=settings,
            worlds=tuple(self.worlds),
            base=base,
            searched=searched,
            generations=generations,
            random=random,
            checked=checked,
            pilots=len(self.pilots),
        )

    # -- stages ------------------------------------------------------------------------------

    def _pilot(self) -> ExpectedCost:
        """Run the pilots and the scenario as it is, each once in the middle world."""
        world = middle_world(self.study.seed)
        costs = run_once([*self.pilots, None], world, self.runs)[:, -1]
        if self.settings.budget.extra:
            costs = costs - costs[-1]
        within = costs[:-1] <= self.settings.budget.limit
        self._tell("pilots", 1, 1, len(self.pilots), int(within.sum()))
        return ExpectedCost(self.pilots, costs[:-1])

    def _after_generation(self, number: int, judged: Judged) -> None:
        self.searched.append(judged)
        within = judged.within(self.settings.budget)
        self._tell("generation", number, self.settings.generations, len(judged), int(within.sum()))

    def _random(self, searched: Judged, front: np.ndarray) -> Judged:
        """Run random policies that cost between the cheapest of the frontier and the budget.

        They are allowed what the frontier spends, and made to spend it: so neither side wins by money.
        """
        settings, wanted = self.settings, self.settings.random
        found = searched.chosen([])
        if not wanted or not len(front):
            return found
        costs = searched.cost(settings.budget)
        least, most = float(costs[front].min()), settings.budget.limit
        affordable = AffordablePolicies(self.study.factors, self.study.seed, _RANDOM)
        inside = 0
        while count := min(wanted - inside, _MOST_TRIED * wanted - len(found)):
            known = joined([searched, found])
            policies = [policy for policy in known.policies if policy is not None]
            expected = ExpectedCost(policies, known.cost(settings.budget))
            drawn = _new(affordable.draw(count, expected, least, most), found)
            if not drawn:
                break
            found = joined([found, self.judge.judge(drawn)])
            inside = int(found.within(settings.budget).sum())
            self._tell("random", inside, wanted, len(drawn), inside)
        return found

    def _check(self, front: Judged, random: Judged) -> Judged | None:
        """Run what won in worlds that the search never saw: the scenario as it is, then both fronts."""
        settings, study = self.settings, self.study
        if not settings.check_worlds or not len(front):
            return None
        rivals = random.chosen(best_first(random, settings))
        worlds = check_worlds(
            settings.uncertain, settings.check_worlds, study.seed, study.replicates, settings.worlds
        )
        judge = Judge(settings, worlds, self.runs)
        checked = judge.judge([None, *front.policies, *rivals.policies])
        self._tell("check", 1, 1, len(checked), int(checked.within(settings.budget).sum()))
        return checked

    def _tell(self, name: Name, number: int, of: int, policies: int, within: int) -> None:
        if self.told is None:
            return
        settings = self.settings
        worlds = settings.worlds * self.study.replicates
        policies_in_all = 1 + settings.population * settings.generations + settings.random
        checks = settings.check_worlds * self.study.replicates * (1 + settings.population)
        expected = len(self.pilots) + 1 + worlds * policies_in_all + checks
        self.told(Stage(name, number, of, policies, within, self._best(), expected))

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
