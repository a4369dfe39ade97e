"""What a search found: the frontier, what it was chosen from, and how it holds in worlds not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipsim.study.plan import Study
from ipsim.study.search.judging import Judged, joined
from ipsim.study.search.policies import Policy
from ipsim.study.search.settings import SearchSettings
from ipsim.study.search.worlds import World

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Side:
    """What was tried, by the search or at random, and what was best of it.

    Attributes
    ----------
    every
        All policies, once each, in the worlds of the search.
    finalists
        Places in `every` of those that met the worlds of the final as well.
    final
        These policies in the worlds of search and final.
    front
        Places in `final` of the policies within the budget that no other beats, the best in the first
        goal first.
    """

    every: Judged
    finalists: Places
    final: Judged
    front: Places

    @property
    def frontier(self) -> Judged:
        """The policies of the front in the worlds of search and final."""
        return self.final.chosen(self.front)

    @property
    def frontier_places(self) -> Places:
        """Places in `every` of the policies of the front."""
        return self.finalists[self.front]

    def within(self, settings: SearchSettings) -> Judged:
        """Return the policies that kept to the budget in the worlds of the search."""
        return self.every.chosen(np.flatnonzero(self.every.within(settings.budget)))


@dataclass(frozen=True)
class SearchResult:
    """The end of a search.

    Attributes
    ----------
    study, settings
        What was asked for.
    worlds
        Those of search, final and check, in this order.
    base, final_base
        The study's scenario as it is, in the worlds of the search, and of search and final.
    searched, random
        What the search tried, and random policies of the same budget.
    generations
        In which generation each policy of the search came up, from 1.
    checked
        In the worlds of the check: the scenario as it is, the frontier, then the front of the random
        policies; None without such worlds, or without a frontier.
    pilots
        How many policies were run once, to learn what levers cost.
    runs
        How many runs there are in all.
    """

    study: Study
    settings: SearchSettings
    worlds: tuple[World, ...]
    base: Judged
    final_base: Judged
    searched: Side
    generations: NDArray[np.int64]
    random: Side
    checked: Judged | None
    pilots: int
    runs: int

    @property
    def frontier(self) -> Judged:
        """The policies within the budget that no other beats, the best in the first goal first."""
        return self.searched.frontier

    @property
    def checked_base(self) -> Judged | None:
        """The scenario as it is, in the worlds of the check."""
        return None if self.checked is None else self.checked.chosen([0])

    @property
    def checked_frontier(self) -> Judged | None:
        """The frontier in the worlds of the check."""
        return None if self.checked is None else self.checked.chosen(np.arange(1, 1 + len(self.frontier)))

    @property
    def checked_random(self) -> Judged | None:
        """The best of the random policies in the worlds of the check."""
        if self.checked is None:
            return None
        return self.checked.chosen(np.arange(1 + len(self.frontier), len(self.checked)))

    @property
    def failed_worlds(self) -> int:
        """In how many cases a policy has no figures of a world, since its runs failed."""
        search = self.base.values.shape[1]
        parts = [self.final_base.values, self.searched.every.values, self.random.every.values]
        parts += [side.final.values[:, search:] for side in (self.searched, self.random)]
        parts += [self.checked.values] if self.checked else []
        return sum(int((~np.isfinite(one).all(axis=2)).sum()) for one in parts)

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
