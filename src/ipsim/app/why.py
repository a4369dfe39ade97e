"""Why two policies differ: the explanation of ``ipsim explain``, its runs made by the board's workers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ipsim.app.asked import AskedWhy
from ipsim.app.bounds import check_size
from ipsim.app.faults import body_of, refused
from ipsim.app.policies import scenario_of
from ipsim.app.running import run_lines
from ipsim.app.streams import ndjson
from ipsim.app.work import Wanted, Work, replicate_of
from ipsim.report.explanation import headline, sentences
from ipsim.report.explanation.amounts import amounts_of
from ipsim.report.explanation.names import lever_name, mechanism_name, outcome_name
from ipsim.report.phrases import catalogue as phrases
from ipsim.scenario.words import LANGUAGES
from ipsim.study.drawing import members_of
from ipsim.study.explain.explaining import assembled, planned, planned_runs
from ipsim.study.explain.players import changed_levers

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.study.explain import Account, Explanation, Part
    from ipsim.study.explain.design import Design, Run
    from ipsim.study.intervals import Estimate
    from ipsim.study.plan.outcomes import Outcome
    from ipsim.study.simulations import Replicate

Task: TypeAlias = "tuple[Run, int]"
"""A run of the design with one seed."""

MOST_AT_ONCE: Final = 200
"""Runs asked for together: scenarios in which some changes are made differ by seed, and take memory."""

MOST_WORK: Final = 300.0
"""Largest product of scale and runs: some twenty minutes of one core. Many changes take many runs."""

_ASIDE: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="why")
"""One explanation is planned or put together at a time, so that answers to others are not held up."""


async def answer(request: Request) -> Response:
    """Explain the difference between two policies, line by line."""
    asked = await body_of(request, AskedWhy)
    base, alternative = await _aside(lambda: (scenario_of(asked.baseline), scenario_of(asked.alternative)))
    check_size((base, alternative), asked.scale)
    return ndjson(explaining(request.app.state.work, request.state.visitor, asked, base, alternative))


def routes() -> list[Route]:
    """Return the route of explanations."""
    return [Route("/api/why", answer, methods=["POST"])]


async def explaining(
    work: Work, visitor: str, asked: AskedWhy, base: Scenario, alternative: Scenario
) -> AsyncGenerator[dict[str, Any], None]:
    """Give the lines of an explanation: waiting, progress, explanations of more and more pairs, the end.

    Closing the generator gives up the runs that nobody else wants.

    Parameters
    ----------
    work, visitor
        Who simulates, and for whom.
    asked
        How many pairs, at which scale, from which seed.
    base, alternative
        What is explained.

    Raises
    ------
    ScenarioError
        When the two draw from different ensembles, or there is no such indicator.
    RequestError
        When it takes too many runs.
    BusyError
        When too much is waiting already.
    RunError
        When a run fails.
    """
    start = time.monotonic()
    reason = nothing_to_explain(base, alternative)
    if reason is not None:
        yield {"kind": "why", "outcomes": [], "runs": 0, "pairs": 0, "of": 0, **reason}
    else:
        plan = await _aside(_planned, asked, base, alternative)
        if len(plan.tasks) * asked.scale > MOST_WORK:
            raise refused(422, "why_too_much", runs=len(plan.tasks), most=int(MOST_WORK / asked.scale))
        async with aclosing(_sharpening(work, visitor, plan, asked.scale)) as lines:
            async for line in lines:
                yield line
    yield {"kind": "done", "seconds": round(time.monotonic() - start, 3)}


async def _sharpening(
    work: Work, visitor: str, plan: _Plan, scale: float
) -> AsyncGenerator[dict[str, Any], None]:
    """Explain a few pairs first, then more."""
    done: dict[Task, Replicate] = {}
    for pairs in steps(len(plan.design.seeds)):
        tasks = [task for task in plan.of_pairs(pairs) if task not in done]
        for place in range(0, len(tasks), MOST_AT_ONCE):
            piece = tasks[place : place + MOST_AT_ONCE]
            wanted = await _aside(_wanted, plan.design, piece, scale)
            async with aclosing(run_lines(work, visitor, wanted, len(done), len(plan.tasks))) as lines:
                async for line in lines:
                    if line["kind"] != "runs":
                        yield line
                        continue
                    done |= {task: replicate_of(one) for task, one in zip(piece, line["runs"], strict=True)}
        found = await _aside(_explained, plan, pairs, done, scale)
        yield {"kind": "why", **found, "of": len(plan.design.seeds)}


def steps(pairs: int) -> list[int]:
    """Return after how many pairs an explanation is given: 4, 8, 16, ... and at last all."""
    found: list[int] = []
    step = 4
    while 2 * step <= pairs:
        found.append(step)
        step *= 2
    return [*found, pairs]


def nothing_to_explain(base: Scenario, alternative: Scenario) -> dict[str, Any] | None:
    """Return why there is nothing that levers could explain, as the page reads it; None where there is.

    ``reason`` is ``cities``, ``same`` or ``no_lever``; ``message`` says it in both languages.
    """
    if base.city.key != alternative.city.key:
        reason = "cities"
    elif changed_levers(base, alternative):
        return None
    else:
        end = min(base.end_year, alternative.end_year)
        alike = base.replace({"horizon.end": end}) == alternative.replace({"horizon.end": end})
        reason = "same" if alike else "no_lever"
    return {"reason": reason, "message": phrases()[f"board_why.nothing_{reason}"]._asdict()}


async def _aside(function: Any, *arguments: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(_ASIDE, function, *arguments)


class _Plan(NamedTuple):
    """What is to be explained, and all that has to be run for it."""

    design: Design
    outcomes: tuple[Outcome, ...]
    tasks: list[Task]

    def of_pairs(self, pairs: int) -> list[Task]:
        """Return what the first pairs take."""
        seeds = self.design.seeds[:pairs]
        return [(run, seed) for run, seed in self.tasks if seed in seeds]


def _planned(asked: AskedWhy, base: Scenario, alternative: Scenario) -> _Plan:
    seeds = range(asked.seed, asked.seed + asked.replicates)
    members = members_of(base, seeds)
    indicators = asked.indicators or None
    design, outcomes = planned(base, alternative, indicators, seeds=seeds, members=members)
    return _Plan(design, outcomes, design.runs())


def _wanted(design: Design, tasks: list[Task], scale: float) -> list[Wanted]:
    found = [
        # Without a cut nobody sees the other policy: then it is the run that answers have made.
        Wanted(run if run.cut else run._replace(cut_policy=None), scale)
        for run in planned_runs(design, tasks, by_member=True)
    ]
    for one in found:
        _ = one.key  # hashes are made here and not in the event loop
    return found


def _explained(plan: _Plan, pairs: int, done: dict[Task, Replicate], scale: float) -> dict[str, Any]:
    design = replace(plan.design, seeds=plan.design.seeds[:pairs], members=plan.design.members[:pairs])
    return told(assembled(design, plan.outcomes, done, scale=scale))


def told(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as the page reads it."""
    drawn = headline(explanation).outcome
    return {
        "outcomes": [_outcome(account) for account in explanation.accounts],
        "headline": explanation.outcomes.index(drawn),
        "runs": explanation.runs,
        "pairs": explanation.comparison.base.replicates,
        "exact": explanation.design.is_exact,
        "levers": {player.name: list(player.keys) for player in explanation.players},
    }


def _outcome(account: Account) -> dict[str, Any]:
    outcome = account.outcome
    amounts = {lang: amounts_of(account, lang) for lang in LANGUAGES}
    return {
        "indicator": outcome.indicator,
        "years": list(outcome.years),
        "statistic": outcome.statistic,
        "words": {lang: outcome_name(outcome, lang) for lang in LANGUAGES},
        "unit": {lang: one.unit for lang, one in amounts.items()},
        "factor": {lang: one.scale for lang, one in amounts.items()},
        "step": {lang: one.step for lang, one in amounts.items()},
        "base": account.base,
        "alternative": account.alternative,
        "effect": _interval(account.effect),
        "sure": account.is_sure,
        "sentences": {lang: sentences(account, lang) for lang in LANGUAGES},
        "levers": [_part(part, is_lever=True) for part in account.levers],
        "pathways": [_part(part) for part in account.pathways],
        "joint": _part(account.joint),
        "left": _part(account.left),
        "outside": _part(account.outside),
    }


def _part(part: Part, is_lever: bool = False) -> dict[str, Any]:
    name = lever_name if is_lever else mechanism_name
    return {
        "name": part.name,
        "words": {lang: name(part.name, lang) for lang in LANGUAGES},
        "amount": _interval(part.amount),
        "share": _interval(part.share),
        "sure": bool(part.amount.sure),
    }


def _interval(one: Estimate) -> dict[str, float]:
    return {"mean": float(one.mean), "low": float(one.low), "high": float(one.high)}
