"""Which assumption, moved to an end of its range, would turn a difference over."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice
from typing import TYPE_CHECKING, Literal, NamedTuple

import pandas as pd

from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.study.comparison.headline import HEADLINE, numbers_of_runs
from ipsim.study.comparison.influence import most_influential
from ipsim.study.comparison.paired import Paired, paired
from ipsim.study.executor import run_all
from ipsim.study.run import planned_runs

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.study.results import Result
    from ipsim.study.simulations import MakesSimulation, Progress, Replicate

ASSUMPTIONS_MOVED = 8
"""Assumptions that are moved unless another number is asked for."""

MOST_REPLICATES = 5
"""Replicates at each end unless another number is asked for: the first seeds of the comparison."""

TURNING_COLUMNS = [
    "assumption",
    "end",
    "assumption_value",
    "base",
    "alternative",
    "number",
    "unit",
    "difference",
    "low",
    "high",
    "pairs",
    "same_sign",
]

End = Literal["low", "high", "as assumed"]
AS_ASSUMED: End = "as assumed"
_ENDS: tuple[End, End] = ("low", "high")
Kind = Literal["turns", "fades", "holds", "open"]
"""``turns``: at some end the sign is the opposite, and sure. ``fades``: at some end it is no longer sure.
``holds``: it is the same and sure at every end. ``open``: it is not sure as assumed, so nothing can turn."""


class Moved(NamedTuple):
    """The runs of every scenario with one assumption at one end of its range.

    Attributes
    ----------
    assumption
        Key of the assumption; empty for the runs as assumed.
    end
        Which end.
    value
        Value of the assumption; not a number for the runs as assumed.
    numbers
        By scenario, the headline numbers of its runs; see `headline.numbers_of_runs`.
    """

    assumption: str
    end: End
    value: float
    numbers: Mapping[str, pd.DataFrame]

    def between(self, base: str, alternative: str, number: str) -> Paired | None:
        """Return the difference of a headline number between two scenarios; None where it is missing."""
        before, after = self.numbers[base][number], self.numbers[alternative][number]
        if not (before.notna() & after.notna()).any():
            return None
        return paired(before.to_numpy(), after.to_numpy())


class AtEnd(NamedTuple):
    """A difference with one assumption at one end of its range."""

    assumption: str
    end: End
    value: float
    difference: Paired


@dataclass(frozen=True)
class Verdict:
    """What the assumptions do to one difference.

    Attributes
    ----------
    base, alternative, number
        Between which scenarios, and of which headline number.
    as_assumed
        The difference over the same pairs with all assumptions as they are.
    most
        Both ends of the assumption that moves the difference most.
    nearest
        The end that comes nearest to turning the sign over, or goes furthest beyond; None where the
        difference is not sure as assumed.
    turned
        The ends at which the sign is the opposite, and sure; furthest first.
    kind
        See `Kind`.
    """

    base: str
    alternative: str
    number: str
    as_assumed: Paired
    most: tuple[AtEnd, AtEnd]
    nearest: AtEnd | None
    turned: tuple[AtEnd, ...]
    kind: Kind


@dataclass(frozen=True)
class Turning:
    """Base and alternatives, run again with one assumption after another at both ends of its range.

    Attributes
    ----------
    scenarios
        Names of base and alternatives, the base first.
    replicates
        Pairs at each end.
    as_assumed
        The same pairs with all assumptions as they are.
    moved
        Each assumption at its low and at its high end, most influential first.
    """

    scenarios: tuple[str, ...]
    replicates: int
    as_assumed: Moved
    moved: tuple[Moved, ...]

    @property
    def assumptions(self) -> list[str]:
        """Keys of the assumptions that were moved, in order."""
        return list(dict.fromkeys(one.assumption for one in self.moved))

    @cached_property
    def effects(self) -> pd.DataFrame:
        """Each difference between two scenarios at each end, with the columns of ``turning.csv``."""
        rows = [
            (
                one.assumption,
                one.end,
                one.value,
                base,
                alternative,
                number,
                HEADLINE[number].unit,
                *_told(found),
            )
            for one in (self.as_assumed, *self.moved)
            for base, alternative in combinations(self.scenarios, 2)
            for number in HEADLINE
            if (found := one.between(base, alternative, number)) is not None
        ]
        return pd.DataFrame(rows, columns=pd.Index(TURNING_COLUMNS))

    def verdicts(self, base: str, alternative: str) -> list[Verdict]:
        """Return what the assumptions do to the headline differences between two scenarios."""
        found = [self._verdict(base, alternative, number) for number in HEADLINE]
        return [one for one in found if one is not None]

    def _verdict(self, base: str, alternative: str, number: str) -> Verdict | None:
        middle = self.as_assumed.between(base, alternative, number)
        differences = [(one, one.between(base, alternative, number)) for one in self.moved]
        ends = [AtEnd(one.assumption, one.end, one.value, found) for one, found in differences if found]
        if middle is None or not ends:
            return None
        furthest = max(ends, key=lambda one: abs(one.difference.mean - middle.mean))
        low, high = (one for one in ends if one.assumption == furthest.assumption)
        sign = middle.sign
        if sign == 0:
            return Verdict(base, alternative, number, middle, (low, high), None, (), "open")
        ordered = sorted(ends, key=lambda one: sign * one.difference.mean)
        turned = tuple(one for one in ordered if one.difference.sign == -sign)
        kept = all(one.difference.sign == sign for one in ends)
        kind: Kind = "turns" if turned else "holds" if kept else "fades"
        return Verdict(base, alternative, number, middle, (low, high), ordered[0], turned, kind)


def _told(one: Paired) -> tuple[float, float, float, int, float]:
    return one.mean, one.low, one.high, one.pairs, one.same_sign


def turning(
    results: Mapping[str, Result],
    assumptions: int | Sequence[str] = ASSUMPTIONS_MOVED,
    replicates: int | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    make: MakesSimulation | None = None,
) -> Turning:
    """Run results again with assumptions at the ends of their ranges, with the same seeds and scale.

    All other parameters of a pair stay those of the comparison, drawn or central.

    Parameters
    ----------
    results
        By name, the base first: replicates of scenarios with the same seeds, at the same scale.
    assumptions
        How many of the assumptions that matter most for this city, or which ones.
    replicates
        Pairs at each end, from the first seeds on; if None those of the results, at most five.
    workers, progress, make
        As in `run`.

    Raises
    ------
    ValueError
        When there is no such assumption, or fewer than two pairs.
    ScenarioError
        When a scenario does not stand an end of the range.
    RunError
        When a run fails.
    """
    names, base = tuple(results), next(iter(results.values()))
    count = min(MOST_REPLICATES, base.replicates) if replicates is None else replicates
    if not 2 <= count <= base.replicates:
        raise ValueError(
            f"replicates at each end must be 2 to the comparison's {base.replicates}, not {count}"
        )
    scenarios = [one.scenario for one in results.values()]
    keys = _chosen(assumptions, scenarios)
    ends: list[tuple[str, End, float]] = [(key, end, _value(key, end)) for key in keys for end in _ENDS]
    jobs = [one.replace({f"assumptions.{key}": value}) for key, _, value in ends for one in scenarios]
    runs = [run for job in jobs for run in planned_runs(job, base.seeds[:count], base.members[:count])]
    done = iter(run_all(runs, base.scale, workers, progress, make))
    moved = [
        Moved(key, end, value, {name: _numbers(list(islice(done, count))) for name in names})
        for key, end, value in ends
    ]
    first = {name: numbers_of_runs(one.indicators).iloc[:count] for name, one in results.items()}
    return Turning(names, count, Moved("", AS_ASSUMED, float("nan"), first), tuple(moved))


def _value(key: str, end: End) -> float:
    return ASSUMPTIONS[key].low if end == "low" else ASSUMPTIONS[key].high


def _chosen(wanted: int | Sequence[str], scenarios: Sequence[Scenario]) -> list[str]:
    """Return the assumptions to move: not those in which the scenarios themselves differ."""
    if not isinstance(wanted, int):
        for key in wanted:
            if key not in ASSUMPTIONS:
                near = difflib.get_close_matches(key, ASSUMPTIONS, n=1, cutoff=0)
                raise ValueError(f"there is no assumption {key!r}; nearest: {near[0]}")
        return list(dict.fromkeys(wanted))
    if wanted < 1:
        raise ValueError(f"assumptions to move must be at least 1, not {wanted}")
    alike = [
        key
        for key in most_influential(scenarios[0].city.key)
        if len({(one.assumptions[key], f"assumptions.{key}" in one.drawn_keys) for one in scenarios}) == 1
    ]
    return alike[:wanted]


def _numbers(replicates: Sequence[Replicate]) -> pd.DataFrame:
    used = {one.indicator for one in HEADLINE.values()}
    rows = [
        (number, year, name, value)
        for number, replicate in enumerate(replicates, start=1)
        for (year, name), value in replicate.indicators.items()
        if name in used
    ]
    return numbers_of_runs(pd.DataFrame(rows, columns=pd.Index(["replicate", "year", "indicator", "value"])))
