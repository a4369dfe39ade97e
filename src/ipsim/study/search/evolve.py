"""Evolving policies with NSGA-II (Deb and others 2002), a generation at a time.

The algorithm is Optuna's. A generation is asked for whole, run as one wave, and told whole, so that the
number of workers and an interruption change nothing: the same seed asks for the same policies again. More
children are asked for than are run; see `breeding`.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import optuna
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers import NSGAIISampler
from optuna.samplers.nsgaii import PolynomialMutation, SBXCrossover
from optuna.study import StudyDirection
from optuna.trial import FrozenTrial, TrialState

from ipsim.study.plan import Factor
from ipsim.study.search.breeding import BRED, picked
from ipsim.study.search.judging import Judge, Judged, joined
from ipsim.study.search.policies import Policy, policy_at
from ipsim.study.search.settings import SearchSettings

_VIOLATION_OF_FAILURE = 1e12
"""Million RMB: a policy that can't be judged is worse than any that is too dear."""

_LARGEST_SEED = 2**32 - 1
_NEAR_PARENTS, _NEAR_ORIGINAL = 3.0, 5.0
"""How near children and mutants stay (distribution indices): small, for the few generations of a search."""

AfterGeneration = Callable[[int, Judged], None]


def evolve(
    factors: Sequence[Factor],
    settings: SearchSettings,
    judge: Judge,
    first: Sequence[Policy],
    seed: int,
    after: AfterGeneration | None = None,
) -> list[Judged]:
    """Run the generations of a search and return the policies of each with what became of them.

    Parameters
    ----------
    factors
        The levers.
    settings
        Goals, budget, and the size of the search.
    judge
        Runs policies.
    first
        Policies to begin with; the rest of the first generation is drawn evenly.
    seed
        Of the evolution.
    after
        Told after each generation, counted from 1.
    """
    with _quiet():
        sampler = _BegunWith(
            [_placed(factors, policy) for policy in first[: settings.population]],
            population_size=settings.population,
            crossover=SBXCrossover(eta=_NEAR_PARENTS),
            mutation=PolynomialMutation(eta=_NEAR_ORIGINAL),
            seed=seed % _LARGEST_SEED,
        )
        directions = [StudyDirection.MAXIMIZE] * (len(settings.goals) + settings.spend_less)
        trials = optuna.create_study(directions=directions, sampler=sampler)
    space = {factor.name: _distribution(factor) for factor in factors}
    generations: list[Judged] = []
    for number in range(1, settings.generations + 1):
        bred = settings.population * (BRED if generations else 1)
        with _quiet():
            asked = [trials.ask(space) for _ in range(bred)]
        children = [policy_at(factors, _unit(factors, one.params)) for one in asked]
        places = list(range(bred))
        if generations:
            places = picked(children, joined(generations), judge, settings)
        judged = judge.judge([children[place] for place in places])
        with _quiet():
            _tell(trials, [asked[place] for place in places], judged, settings)
            for place in set(range(bred)) - set(places):
                trials.tell(asked[place], state=TrialState.PRUNED)
        generations.append(judged)
        if after is not None:
            after(number, judged)
    return generations


class _BegunWith(NSGAIISampler):
    """NSGA-II whose first policies are given.

    Optuna's own way, `enqueue_trial`, gives such trials no generation, so that they are never parents.
    """

    def __init__(self, first: Sequence[Mapping[str, float]], **options: Any) -> None:
        super().__init__(**options)
        self._first = tuple(first)

    def sample_independent(
        self,
        study: optuna.Study,
        trial: FrozenTrial,
        param_name: str,
        param_distribution: BaseDistribution,
    ) -> Any:
        """Return a value of a given policy while there are any, then one drawn evenly."""
        if trial.number < len(self._first):
            return self._first[trial.number][param_name]
        return super().sample_independent(study, trial, param_name, param_distribution)


def _tell(
    trials: optuna.Study, asked: Sequence[optuna.Trial], judged: Judged, settings: SearchSettings
) -> None:
    over = judged.cost(settings.budget) - settings.budget.limit
    violations = np.where(judged.enough() & np.isfinite(over), over, _VIOLATION_OF_FAILURE)
    scores = np.nan_to_num(judged.scores(settings), nan=0.0)
    for trial, violation, values in zip(asked, violations, scores, strict=True):
        trial.set_constraint("budget", float(violation))
        trials.tell(trial, [float(value) for value in values])


def _distribution(factor: Factor) -> BaseDistribution:
    """Return how Optuna knows a factor: its place in the unit interval, or the number of its level."""
    if factor.levels is None:
        return FloatDistribution(0.0, 1.0)
    if factor.is_number:
        return IntDistribution(0, len(factor.levels) - 1)
    return CategoricalDistribution(list(range(len(factor.levels))))


def _unit(factors: Sequence[Factor], params: dict[str, float]) -> list[float]:
    return [
        params[factor.name] if factor.levels is None else (params[factor.name] + 0.5) / len(factor.levels)
        for factor in factors
    ]


def _placed(factors: Sequence[Factor], policy: Policy) -> dict[str, float]:
    return {
        factor.name: place
        if factor.levels is None
        else min(int(place * len(factor.levels)), len(factor.levels) - 1)
        for factor, place in zip(factors, policy.unit, strict=True)
    }


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Optuna from logging, and from warning that its numeric crossover may change in later versions."""
    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
            yield
    finally:
        optuna.logging.set_verbosity(before)
