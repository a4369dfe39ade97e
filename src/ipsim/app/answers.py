"""What alternatives change, as lines for the page: a sketch first, then more and more pairs of runs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ipsim.app.asked import SKETCH_PAIRS, SKETCH_SCALE, AskedAnswer, AskedDownload
from ipsim.app.bounds import check_size
from ipsim.app.charts import CHART_INDICATORS
from ipsim.app.compared import Compared, sentences_of
from ipsim.app.measuring import (
    differences,
    headline,
    levels,
    pattern,
    price_of,
    runs_of,
    shift_of,
    spent,
    spent_more,
)
from ipsim.app.policies import clipped, scenario_of
from ipsim.app.work import FIRST, SECOND, Ask, Kept, Wanted, Work, pairs_wanted
from ipsim.study.drawing import members_of

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

_SECONDS_TO_BEGIN = 0.4
_SECONDS_BETWEEN_NEWS = 0.5
_SECONDS_TO_BETTER = 3.0
"""After the first answer, how often somebody is told of the others for whom it takes longer."""


class Step(NamedTuple):
    """What one line of an answer shows.

    Attributes
    ----------
    sketch
        Whether it is of a city smaller than asked for, until there is something better.
    scale
        Share of the city's enterprises.
    first, last
        The pairs that it adds: from ``first`` up to ``last``, counted from 0.
    of
        Pairs of the last step of its kind.
    stage
        How urgent they are.
    """

    sketch: bool
    scale: float
    first: int
    last: int
    of: int
    stage: int


def scenarios_of(asked: AskedAnswer | AskedDownload) -> list[Scenario]:
    """Return baseline and alternatives; remembered, so that asking again costs nothing.

    Raises
    ------
    ScenarioError
        When a policy is faulty, or an alternative is of another city or ends in another year.
    RequestError
        When the city is too large at this scale.
    """
    from ipsim.study.comparison.compare import check_comparable

    scenarios = [scenario_of(policy) for policy in (asked.baseline, *asked.alternatives)]
    check_comparable(scenarios)
    check_size(scenarios, asked.scale)
    return scenarios


def _clips(asked: AskedAnswer) -> list[list[dict[str, Any]]]:
    """Return by scenario where the dial of subsidies asks for more than a lever allows, for the page."""
    return [[one._asdict() for one in clipped(policy)] for policy in (asked.baseline, *asked.alternatives)]


def schedule(replicates: int, scale: float) -> tuple[list[Step], list[Step]]:
    """Return the steps of the sketch, and those at the scale asked for.

    A sketch shows two pairs and then four; where there is none the answer itself begins with two pairs.
    After that the pairs double until all are there.
    """
    sketched = scale > SKETCH_SCALE
    few = min(SKETCH_PAIRS, replicates)
    sketch = _doubling(2, few) if sketched else []
    full = _doubling(SKETCH_PAIRS if sketched else 2, replicates)
    first = SECOND if sketched else FIRST
    return (
        [Step(True, SKETCH_SCALE, a, b, few, FIRST) for a, b in sketch],
        [Step(False, scale, a, b, replicates, first + place) for place, (a, b) in enumerate(full)],
    )


def _doubling(first: int, most: int) -> list[tuple[int, int]]:
    ends = [0, min(first, most)]
    while ends[-1] < most:
        ends.append(min(2 * ends[-1], most))
    return list(pairwise(ends))


async def answering(work: Work, visitor: str, asked: AskedAnswer) -> AsyncGenerator[dict[str, Any], None]:
    """Give the lines of an answer: waiting, answers of more and more pairs, sentences, the end.

    Closing the generator gives up the runs that nobody else wants. Runs that were made before are used
    at once: the first line is of as many pairs as there are.

    Parameters
    ----------
    work
        Who simulates.
    visitor
        Who asks.
    asked
        What.

    Raises
    ------
    ScenarioError
        When a policy is faulty.
    BusyError
        When too much is waiting already.
    RunError
        When a run fails.
    """
    began = time.monotonic()
    scenarios, clips = await asyncio.to_thread(lambda: (scenarios_of(asked), _clips(asked)))
    answer = _Answer(work, visitor, asked, scenarios, clips)
    try:
        answer.ask()
        async with aclosing(answer.lines(began)) as lines:
            async for line in lines:
                yield line
        if asked.alternatives:
            yield await _said(work, visitor, answer.compared())
        yield {"kind": "done", "seconds": round(time.monotonic() - began, 3)}
    finally:
        answer.leave()


class _Answer:
    """One answer under way."""

    def __init__(
        self,
        work: Work,
        visitor: str,
        asked: AskedAnswer,
        scenarios: Sequence[Scenario],
        clips: list[list[dict[str, Any]]],
    ) -> None:
        self.work, self.visitor, self.asked, self.scenarios = work, visitor, asked, scenarios
        self.clips = clips
        self.seeds = range(asked.seed, asked.seed + asked.replicates)
        self.steps: list[tuple[Step, Ask]] = []
        self.kept: list[list[Kept]] = [[] for _ in scenarios]

    def ask(self) -> None:
        """Ask for all runs, the earlier steps as the more urgent."""
        sketch, full = schedule(self.asked.replicates, self.asked.scale)
        ready = [step for step in full if all(map(self.work.kept, self._wanted(step)))]
        for step in full if ready else [*sketch, *full]:
            self.steps.append((step, self.work.want(self.visitor, self._wanted(step), step.stage)))

    def _wanted(self, step: Step) -> list[Wanted]:
        """Return the runs of a step, scenario by scenario."""
        runs = pairs_wanted(self.scenarios, self.seeds[step.first : step.last], step.scale)
        return [run for one in runs for run in one]

    def leave(self) -> None:
        """Want nothing any more."""
        for _, ask in self.steps:
            ask.cancel()

    async def lines(self, began: float) -> AsyncGenerator[dict[str, Any], None]:
        """Give a line for each step, and lines on who else waits where it takes long."""
        patience, pause = max(_SECONDS_TO_BEGIN - (time.monotonic() - began), 0.0), _SECONDS_BETWEEN_NEWS
        for place, (step, ask) in enumerate(self.steps):
            async with aclosing(self._waiting(ask, patience, pause)) as lines:
                async for line in lines:
                    yield line
            patience = pause = _SECONDS_TO_BETTER
            self._take(step, await ask)
            following = self.steps[place + 1 : place + 2]
            if following and following[0][1].complete:
                continue  # what comes at once is shown at once
            yield self._line(step)

    async def _waiting(self, ask: Ask, patience: float, pause: float) -> AsyncGenerator[dict[str, Any], None]:
        while not await ask.within(patience):
            yield {"kind": "waiting", **self.work.ahead(self.visitor)._asdict()}
            patience = pause

    def _take(self, step: Step, results: Sequence[Kept]) -> None:
        """Add the runs of a step to those of the scale; the first of a scale replace all before."""
        count = step.last - step.first
        for place, runs in enumerate(self.kept):
            if step.first == 0:
                runs.clear()
            runs += results[place * count : (place + 1) * count]

    def _line(self, step: Step) -> dict[str, Any]:
        return {
            "kind": "answer",
            "sketch": step.sketch,
            "pairs": step.last,
            "of": step.of,
            "scale": step.scale,
            "seed": self.asked.seed,
            "drawn": _is_drawn(self.scenarios, self.seeds[: step.last]),
            "clipped": self.clips,
            **numbers(self.scenarios, self.kept, self.asked.indicators or CHART_INDICATORS),
        }

    def compared(self) -> Compared:
        """Return all runs as a comparison that can be sent to another process."""
        return Compared(tuple(self.scenarios), self.asked.scale, tuple(map(tuple, self.kept)))


def _is_drawn(scenarios: Sequence[Scenario], seeds: Sequence[int]) -> bool:
    """Return whether replicates differ in their parameters, as `Result.is_drawn` does."""
    members = set(members_of(scenarios[0], seeds))
    return len(members) > 1 and bool(scenarios[0].drawn_keys)


def numbers(
    scenarios: Sequence[Scenario], kept: Sequence[Sequence[Kept]], indicators: Sequence[str]
) -> dict[str, Any]:
    """Return the numbers of an answer: ``years``, ``scenarios``, ``alternatives`` and ``pattern``.

    Parameters
    ----------
    scenarios
        The baseline first.
    kept
        By scenario, its runs in the order of their seeds.
    indicators
        Which indicators to give; those that no run has are left out.
    """
    base, *others = (runs_of(one, indicators) for one in kept)
    return {
        "years": list(base.years),
        "scenarios": [
            {
                "title": scenario.title._asdict(),
                "hash": scenario.hash,
                "levels": levels(runs),
                "spent": spent(runs),
            }
            for scenario, runs in zip(scenarios, (base, *others), strict=True)
        ],
        "alternatives": [
            {
                "differences": differences(base, other),
                "spent": spent_more(base, other),
                "headline": headline(base, other),
                "price": price_of(base, other),
                "shift": shift_of(base, other),
            }
            for other in others
        ],
        "pattern": [pattern(runs) for runs in (base, *others)],
    }


async def _said(work: Work, visitor: str, compared: Compared) -> dict[str, Any]:
    """Return the comparison in a few sentences, in both languages."""
    return {"kind": "said", **await work.call(visitor, sentences_of, compared, stage=SECOND)}
