"""The desk at which visitors ask for work: it shares, queues, hands out, keeps and gives up."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from ipsim.app.work.asking import Ask, Job
from ipsim.app.work.crew import Crew
from ipsim.app.work.kept import Kept, RunsKept
from ipsim.app.work.staff import Heard, Member
from ipsim.app.work.turns import FIRST, IDLE, LATER, Turns
from ipsim.app.work.wanted import Wanted
from ipsim.app.work.warming import baselines, warm_up
from ipsim.app.work.worker import CallTask
from ipsim.study.errors import RunError
from ipsim.study.processes import available_cores

if TYPE_CHECKING:
    from ipsim.study.simulations import MakesSimulation

MOST_WAITING, MOST_VISITORS = 20_000, 300
"""Runs that may wait, and visitors who may."""
MOST_KEPT = 128 * 1024**2
"""Bytes of finished runs: about twelve thousand."""
_MOST_LOST = 2
"""How often a worker may die of a job before the job is given up."""
_NOBODY = ""


class Ahead(NamedTuple):
    """Who else waits.

    Attributes
    ----------
    ahead
        Visitors who have a turn first.
    visitors
        Visitors who have something under way or waiting.
    """

    ahead: int
    visitors: int


class Work:
    """Workers and what they are asked for; all of it is used from one event loop.

    Parameters
    ----------
    workers
        Processes; one for each core if None.
    make
        Another simulation than the one of ipsim, as a function or class of a module.
    warm
        Whether to compile and to make the baselines of the cities beforehand.
    most_waiting, most_visitors, most_kept
        Bounds of queue and memory.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        make: MakesSimulation | None = None,
        warm: bool = True,
        most_waiting: int = MOST_WAITING,
        most_visitors: int = MOST_VISITORS,
        most_kept: int = MOST_KEPT,
    ) -> None:
        self.workers = available_cores() if workers is None else workers
        self._turns: Turns[Job] = Turns(most_waiting, most_visitors)
        self._kept = RunsKept(most_kept)
        self._making: dict[Any, Job] = {}
        self._jobs: dict[int, Job] = {}
        self._numbers = itertools.count(1)
        self._warm = warm
        self._crew = Crew(self.workers, self, make, warm_up if warm else None)
        self._warming: asyncio.Task[None] | None = None
        self._is_ready = False

    # -- opening and closing ----------------------------------------------------------

    async def start(self) -> None:
        """Start the workers without waiting for them to be warm."""
        self._warming = asyncio.create_task(self._begin())

    async def close(self) -> None:
        """End the workers; none is left."""
        if self._warming is not None:
            self._warming.cancel()
            await asyncio.gather(self._warming, return_exceptions=True)
        await self._crew.close()
        self._fail_all("the board has ended")

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()

    async def _begin(self) -> None:
        """Start the workers, then make the baselines."""
        loading = asyncio.to_thread(baselines) if self._warm else _nothing()
        runs, _ = await asyncio.gather(loading, self._crew.start())
        with suppress(RunError):  # it will be told to whoever asks for it
            await self._want(_NOBODY, runs, IDLE)
        self._is_ready = True

    # -- what visitors ask ------------------------------------------------------------

    def want(self, visitor: str, wanted: Sequence[Wanted], stage: int = FIRST) -> Ask:
        """Ask for runs; await the answer for all, or take them as they finish.

        Whoever asks must `Ask.cancel` when they go away.

        Parameters
        ----------
        visitor
            Who asks.
        wanted
            Which runs.
        stage
            How urgent: `FIRST`, `SECOND`, `LATER`.

        Raises
        ------
        BusyError
            When too much is waiting already.
        """
        self._turns.check_room(visitor, sum(self._would_wait(one) for one in wanted))
        return self._want(visitor, wanted, stage)

    def _would_wait(self, wanted: Wanted) -> bool:
        job = self._making.get(wanted.key)
        return self._kept.get(wanted.key) is None if job is None else job.waits

    def _want(self, visitor: str, wanted: Sequence[Wanted], stage: int) -> Ask:
        ask = Ask(len(wanted), visitor, stage, self._leave)
        for place, one in enumerate(wanted):
            key = one.key
            kept = self._kept.get(key)
            if kept is not None:
                ask.give(place, kept)
                continue
            job = self._making.get(key)
            if job is None:
                job = self._making[key] = self._job(key, one)
            job.add(ask, place)
            if job.waits:
                self._turns.add(visitor, stage, job)
        self.changed()
        return ask

    async def run(self, visitor: str, wanted: Sequence[Wanted], stage: int = FIRST) -> list[Kept]:
        """Make runs and return them in order; they are given up when the caller is cancelled.

        Raises
        ------
        BusyError
            When too much is waiting already.
        RunError, ScenarioError
            When a run fails.
        """
        ask = self.want(visitor, wanted, stage)
        try:
            return await ask
        finally:
            ask.cancel()

    async def call(
        self,
        visitor: str,
        function: Callable[..., Any],
        *arguments: Any,
        stage: int = LATER,
        progress: Callable[[int, int], None] | None = None,
    ) -> Any:
        """Let a worker call a function of a module, and return what it returns.

        The function gets ``arguments`` and ``progress``, a function to be told of done and total. It
        should tell it often: there it learns that it is not wanted any more, and lets urgent runs pass.

        Parameters
        ----------
        visitor, stage
            As in `want`.
        function, arguments
            What to call; they are sent to another process.
        progress
            Told, in the event loop, at most ten times a second.

        Raises
        ------
        BusyError
            When too much is waiting already.
        Exception
            What the function raises; RunError when its worker dies.
        """
        self._turns.check_room(visitor, 1)
        ask = Ask(1, visitor, stage, self._leave)
        job = self._job(None, CallTask(function, arguments))
        job.progress = progress
        job.add(ask, 0)
        self._turns.add(visitor, stage, job)
        self.changed()
        try:
            return (await ask)[0]
        finally:
            ask.cancel()

    def kept(self, wanted: Wanted) -> Kept | None:
        """Return a run that was made before, or None."""
        return self._kept.get(wanted.key)

    def check_room(self, visitor: str, count: int) -> None:
        """Raise BusyError when there is no room for so many more runs of a visitor."""
        self._turns.check_room(visitor, count)

    def ahead(self, visitor: str) -> Ahead:
        """Return who else waits, for the page."""
        return Ahead(self._turns.ahead(visitor), len(self._visitors()))

    def health(self) -> dict[str, Any]:
        """Return state, workers, waiting runs, visitors, and the finished runs with their bytes."""
        return {
            "state": self._state(),
            "workers": self.workers,
            "waiting": len(self._turns),
            "visitors": len(self._visitors()),
            "kept": len(self._kept),
            "kept_bytes": self._kept.nbytes,
        }

    def _state(self) -> str:
        return "warming" if self._crew.state == "ready" and not self._is_ready else self._crew.state

    def _visitors(self) -> set[str]:
        doing = {ask.visitor for member in self._crew.members for job in member.jobs for ask in job.wanted_by}
        return (self._turns.visitors | doing) - {_NOBODY}

    # -- handing out ------------------------------------------------------------------

    def _job(self, key: Any, task: Any) -> Job:
        job = Job(next(self._numbers), key, task)
        self._jobs[job.number] = job
        return job

    def _hand_out(self) -> None:
        """Give each idle worker a job, and first answers to busy ones, between two quarters."""
        ready = [member for member in self._crew.members if member.ready]
        for member in ready:
            if not member.jobs:
                self._give(member, self._next())
        for member in sorted(ready, key=lambda one: sum(not job.is_run for job in one.jobs)):
            if len(member.jobs) == 1 and member.jobs[0].stage > FIRST:
                self._give(member, self._next(FIRST))

    def _next(self, most_stage: int = IDLE) -> Job | None:
        """Return the next job up to a stage; other work than runs leaves one worker free."""
        calls = sum(not job.is_run for member in self._crew.members for job in member.jobs)
        passed: list[Job] = []
        job = self._turns.next(most_stage)
        while job is not None and not job.is_run and calls >= max(1, self.workers - 1):
            passed.append(job)
            job = self._turns.next(most_stage)
        for one in reversed(passed):
            self._put_back(one)
        return job

    def _put_back(self, job: Job) -> None:
        """Let a job be the next of those who want it most."""
        ask = job.most_urgent
        if ask is not None:
            job.waits = True
            self._turns.put_back(ask.visitor, ask.stage, job)

    def _give(self, member: Member, job: Job | None) -> None:
        if job is not None:
            job.waits = False
            member.give(job)

    # -- what workers say -------------------------------------------------------------

    def changed(self) -> None:
        """Hand out what waits; called whenever a worker may be idle."""
        if self._crew.state == "failed":
            self._fail_all(_NEVER_STARTED)
        self._hand_out()

    def heard(self, member: Member, heard: Heard) -> None:
        """Take what a worker says about a job."""
        job = next((job for job in member.jobs if job.number == heard.number), None)
        if job is None:
            return
        if heard.kind == "progress":
            if job.progress is not None and job.wanted_by:
                job.progress(*heard.content)
            return
        member.jobs.remove(job)
        if heard.kind == "done":
            self._done(job, heard.content)
        elif heard.kind == "failed":
            self._failed(job, heard.content)
        else:
            self._drop(job)

    def lost(self, member: Member) -> None:
        """Try once more what a worker did when it died."""
        for job in member.jobs:
            job.lost += job is member.jobs[-1]  # what it was in the midst of, and not what that interrupted
            if not job.wanted_by:
                self._drop(job)
            elif job.lost >= _MOST_LOST:
                self._failed(job, RunError(_DIED))
            else:
                self._put_back(job)

    def _fail_all(self, message: str) -> None:
        for job in list(self._jobs.values()):
            self._failed(job, RunError(message))

    def _done(self, job: Job, result: Any) -> None:
        self._drop(job)
        if job.is_run:
            self._kept.put(job.key, result)
        for ask, places in job.wanted_by.items():
            ask.jobs.discard(job)
            for place in places:
                ask.give(place, result)

    def _failed(self, job: Job, error: BaseException) -> None:
        self._drop(job)
        for ask in list(job.wanted_by):
            ask.fail(error)

    def _drop(self, job: Job) -> None:
        job.waits = False
        self._jobs.pop(job.number, None)
        if job.is_run and self._making.get(job.key) is job:
            del self._making[job.key]

    def _leave(self, ask: Ask) -> None:
        """Give up what only this asker wanted."""
        jobs, ask.jobs = ask.jobs, set()
        for job in jobs:
            job.wanted_by.pop(ask, None)
            if job.wanted_by:
                continue
            self._drop(job)
            for member in self._crew.members:
                if job in member.jobs:
                    member.forget(job)


async def _nothing() -> list[Wanted]:
    return []


_DIED = "a worker of the board died twice of this, most likely for want of memory; try a smaller scale"
_NEVER_STARTED = "no worker of the board could start"
