"""What a search found: the frontier, what it was chosen from, and how it holds in worlds not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipsim.study.plan import Study
from ipsim.study.search.frontier import best_first
from ipsim.study.search.judging import Judged, joined
from ipsim.study.search.policies import Policy
from ipsim.study.search.settings import SearchSettings
from ipsim.study.search.worlds import World

Places = NDArray[np.int64]


@dataclass(frozen=True)
class SearchResult:
    """The end of a search.

    Attributes
    ----------
    study, settings
        What was asked for.
    worlds
        Where the search judged policies.
    base
        The study's scenario as it is, in these worlds.
    searched
        Every policy that the search ran, once each, in order.
    generations
        Generation of each of them, from 1.
    random
        Random policies of the same budget, and those that turned out to be dearer.
    checked
        In other worlds: the scenario as it is, the frontier, then the best of the random policies; None
        without such worlds, or without a frontier.
    pilots
        How many policies were run once, to learn what levers cost.
    """

    study: Study
    settings: SearchSettings
    worlds: tuple[World, ...]
    base: Judged
    searched: Judged
    generations: NDArray[np.int64]
    random: Judged
    checked: Judged | None
    pilots: int

    @cached_property
    def front(self) -> Places:
        """Places in `searched` of the policies within the budget that no other beats, the best first."""
        return best_first(self.searched, self.settings)

    @property
    def frontier(self) -> Judged:
        """The policies within the budget that no other beats, the best in the first goal first."""
        return self.searched.chosen(self.front)

    @cached_property
    def random_front(self) -> Places:
        """Places in `random` of the policies within the budget that no other random one beats."""
        return best_first(self.random, self.settings)

    @property
    def random_within(self) -> Judged:
        """The random policies that keep to the budget."""
        return self.random.chosen(np.flatnonzero(self.random.within(self.settings.budget)))

    @property
    def checked_base(self) -> Judged | None:
        """The scenario as it is, in the worlds of the check."""
        return None if self.checked is None else self.checked.chosen([0])

    @property
    def checked_frontier(self) -> Judged | None:
        """The frontier in the worlds of the check."""
        return None if self.checked is None else self.checked.chosen(np.arange(1, 1 + len(self.front)))

    @property
    def checked_random(self) -> Judged | None:
        """The best of the random policies in the worlds of the check."""
        if self.checked is None:
            return None
        return self.checked.chosen(np.arange(1 + len(self.front), len(self.checked)))

    @property
    def runs(self) -> int:
        """How many runs there are."""
        judged = [self.base, self.searched, self.random, *([self.checked] if self.checked else [])]
        cells = sum(len(one) * one.values.shape[1] for one in judged)
        return cells * self.study.replicates + self.pilots + 1

    @property
    def failed_worlds(self) -> int:
        """In how many cases a policy has no figures of a world, since its runs failed."""
        judged = [self.base, self.searched, self.random, *([self.checked] if self.checked else [])]
        return sum(len(one) * one.values.shape[1] - int(one.succeeded().sum()) for one in judged)

    def save(self, folder: str | Path, lang: str = "en") -> Path:
        """Write tables, scenario files, figures and report into ``folder``, over older ones.

        Parameters
        ----------
        folder
            The study folder.
        lang
            Language of figures and report, ``en`` or ``zh``.

        Raises
        ------
        RunError
            When the disk refuses, or a scenario file does not say what was run.
        """
        from ipsim.study.search.saving import save

        return save(self, Path(folder), lang)


def distinct(parts: Sequence[Judged]) -> tuple[Judged, NDArray[np.int64]]:
    """Return the policies of generations once each, and in which generation each came up first."""
    judged = joined(parts)
    numbers = np.repeat(np.arange(1, len(parts) + 1), [len(part) for part in parts])
    first: dict[str, int] = {}
    for place, policy in enumerate(judged.policies):
        if isinstance(policy, Policy):
            first.setdefault(policy.written, place)
    places = np.array(list(first.values()), dtype=np.int64)
    return judged.chosen(places), numbers[places]
