"""What a search looks for: goals, budget, worlds and effort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipsim.indicators.catalogue import SPENDING
from ipsim.study.plan import Factor, Outcome

COST = "public_cost"
"""Name of the outcome that the budget limits."""


class Over(NamedTuple):
    """How one number is made of a policy's values in several worlds.

    Attributes
    ----------
    kind
        ``mean``, ``worst`` or ``quantile``.
    share
        Of a quantile: the share of worlds that lie below.
    """

    kind: str = "mean"
    share: float = 0.5

    def of(self, values: NDArray[np.float64], more_is_better: bool) -> NDArray[np.float64]:
        """Return one number a policy, from values by policy and world; NaN where every world failed."""
        known = np.isfinite(values).any(axis=1)
        result = np.full(len(values), np.nan)
        if not known.any():
            return result
        some = values[known]
        if self.kind == "mean":
            result[known] = np.nanmean(some, axis=1)
        elif self.kind == "worst":
            result[known] = np.nanmin(some, axis=1) if more_is_better else np.nanmax(some, axis=1)
        else:
            result[known] = np.nanquantile(some, self.share, axis=1)
        return result

    def __str__(self) -> str:
        """Return it as a study file says it."""
        return f"quantile {self.share:g}" if self.kind == "quantile" else self.kind


MEAN = Over()
"""The mean over the worlds."""


@dataclass(frozen=True)
class Goal:
    """One number that a policy should make large, or small.

    Attributes
    ----------
    outcome
        What it is, in each run.
    over
        How the worlds are put together.
    maximise
        Whether more is better.
    """

    outcome: Outcome
    over: Over = MEAN
    maximise: bool = True

    @property
    def name(self) -> str:
        """Name of the outcome, the header of its columns."""
        return self.outcome.name

    @property
    def sign(self) -> float:
        """1 where more is better, else -1."""
        return 1.0 if self.maximise else -1.0


@dataclass(frozen=True)
class Budget:
    """The public cost that a policy must not exceed.

    Attributes
    ----------
    limit
        Million RMB, nominal, summed over `years`.
    years
        Calendar years that count.
    extra
        Whether only what is spent beyond the study's scenario counts, world by world.
    over
        How the worlds are put together.
    """

    limit: float
    years: tuple[int, ...]
    extra: bool = False
    over: Over = MEAN

    @property
    def outcome(self) -> Outcome:
        """Public spending over the years that count, million RMB."""
        return Outcome(COST, SPENDING, self.years, "sum")


@dataclass(frozen=True)
class SearchSettings:
    """The section ``search`` of a study file.

    Attributes
    ----------
    goals
        What is maximised or minimised.
    budget
        What it may cost.
    spend_less
        Whether a lower cost is a goal of its own, so that the frontier shows what each sum can buy.
    uncertain
        What differs between worlds.
    worlds, final_worlds, check_worlds
        In how many worlds a policy is judged by the search; in how many more the finalists are, among whom
        the frontier is found; and in how many others again the frontier is checked.
    population, generations
        Policies in a generation, and generations.
    random
        How many random policies of the same budget are laid beside the result.
    """

    goals: tuple[Goal, ...]
    budget: Budget
    spend_less: bool
    uncertain: tuple[Factor, ...]
    worlds: int
    final_worlds: int
    check_worlds: int
    population: int
    generations: int
    random: int

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes of the goals, then the cost."""
        return (*(goal.outcome for goal in self.goals), self.budget.outcome)
