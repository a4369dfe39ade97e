"""The desk at which visitors ask for work: it shares, queues, hands out, keeps and gives up."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from ipsim.app.work.asking import Ask, Job
from ipsim.app.work.kept import Kept, RunsKept, Shape
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
_MOST_STILLBORN = 3
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
        self._make, self._warm = make, warm
        self._turns: Turns[Job] = Turns(most_waiting, most_visitors)
        self._kept = RunsKept(most_kept)
        self._shapes: dict[Shape, Shape] = {}
        self._making: dict[Any, Job] = {}
        self._jobs: dict[int, Job] = {}
        self._numbers = itertools.count(1)
        self._staff: list[Member] = []
        self._state = "warming"
        self._stillborn = 0
        self._tasks: set[asyncio.Task[Any]] = set()
        self._open = False

    # -- opening and closing ----------------------------------------------------------

    async def start(self) -> None:
        """Start the workers without waiting for them to be warm."""
        self._loop = asyncio.get_running_loop()
        self._open = True
        self._do(self._begin())

    async def close(self) -> None:
        """End the workers; none is left."""
        self._open = False
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for job in list(self._jobs.values()):
            self._failed(job, RunError("the board has ended"))
        staff, self._staff = self._staff, []
        await asyncio.gather(*(asyncio.to_thread(member.end) for member in staff))

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()

    def _do(self, what: Any) -> None:
        task = asyncio.ensure_future(what)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _begin(self) -> None:
        """Start one worker, the others when the model is compiled, then make the baselines."""
        self._warmed, self._all_ready = asyncio.Event(), asyncio.Event()
        loaded = asyncio.ensure_future(asyncio.to_thread(baselines)) if self._warm else None
        await self._hire()
        await self._warmed.wait()
        await asyncio.gather(*(self._hire() for _ in range(self.workers - 1)))
        await self._all_ready.wait()
        if loaded is not None:
            runs = await loaded
            with suppress(RunError):  # it will be told to whoever asks for it
                await self._want(_NOBODY, runs, IDLE)
        if self._state != "failed":
            self._state = "ready"

    async def _hire(self) -> None:
        """Start one more worker; to start a process takes so long that others go on meanwhile."""
        warm = warm_up if self._warm else None
        starting = asyncio.ensure_future(
            asyncio.to_thread(Member, self._make, warm, self._shapes, self._hear)
        )
        try:
            self._staff.append(await asyncio.shield(starting))
        except asyncio.CancelledError:
            await asyncio.to_thread((await starting).end)  # no process is left behind
            raise
        except OSError:
            self._give_up()
        self._hand_out()

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
        self._hand_out()
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
        self._hand_out()
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
            "state": self._state,
            "workers": self.workers,
            "waiting": len(self._turns),
            "visitors": len(self._visitors()),
            "kept": len(self._kept),
            "kept_bytes": self._kept.nbytes,
        }

    def _visitors(self) -> set[str]:
        doing = {ask.visitor for member in self._staff for job in member.jobs for ask in job.wanted_by}
        return (self._turns.visitors | doing) - {_NOBODY}

    # -- handing out ------------------------------------------------------------------

    def _job(self, key: Any, task: Any) -> Job:
        job = Job(next(self._numbers), key, task)
        self._jobs[job.number] = job
        return job

    def _hand_out(self) -> None:
        """Give each idle worker a job, and first answers to busy ones, between two quarters."""
        ready = [member for member in self._staff if member.ready]
        for member in ready:
            if not member.jobs:
                self._give(member, self._next())
        for member in sorted(ready, key=lambda one: sum(not job.is_run for job in one.jobs)):
            if len(member.jobs) == 1 and member.jobs[0].stage > FIRST:
                self._give(member, self._turns.next(FIRST))

    def _next(self) -> Job | None:
        """Return the next job; other work than runs leaves one worker free."""
        calls = sum(not job.is_run for member in self._staff for job in member.jobs)
        passed: list[Job] = []
        job = self._turns.next()
        while job is not None and not job.is_run and calls >= max(1, self.workers - 1):
            passed.append(job)
            job = self._turns.next()
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

    def _hear(self, member: Member, heard: Heard) -> None:
        """Pass on what a worker says; called in the thread that listens to it."""
        try:
            self._loop.call_soon_threadsafe(self._heard, member, heard)
        except RuntimeError:
            return  # the loop is closed: nobody listens any more

    def _heard(self, member: Member, heard: Heard) -> None:
        if not self._open:
            return
        if heard.kind == "state":
            self._is_in_state(member, heard.content)
        elif heard.kind == "lost":
            self._lost(member)
        else:
            self._about(member, heard)
        self._hand_out()

    def _is_in_state(self, member: Member, state: str) -> None:
        if state == "ready":
            member.ready = True
            self._stillborn = 0
            if sum(one.ready for one in self._staff) == self.workers:
                self._all_ready.set()
        elif self._state != "ready":
            self._state = state
        if state != "compiling":
            self._warmed.set()

    def _about(self, member: Member, heard: Heard) -> None:
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

    def _lost(self, member: Member) -> None:
        """Replace a worker that died; what it did is tried once more."""
        if member not in self._staff:
            return
        self._staff.remove(member)
        for job in member.jobs:
            job.lost += job is member.jobs[-1]  # what it was in the midst of, and not what that interrupted
            if not job.wanted_by:
                self._drop(job)
            elif job.lost >= _MOST_LOST:
                self._failed(job, RunError(_DIED))
            else:
                self._put_back(job)
        self._stillborn += not member.ready
        self._do(self._replaced(member))

    async def _replaced(self, member: Member) -> None:
        await asyncio.to_thread(member.end)
        if self._stillborn < _MOST_STILLBORN:
            await self._hire()
        else:
            self._give_up()

    def _give_up(self) -> None:
        """Tell all who wait that no worker can be started."""
        self._state = "failed"
        self._warmed.set()
        self._all_ready.set()
        for job in list(self._jobs.values()):
            self._failed(job, RunError(_NEVER_STARTED))

    def _leave(self, ask: Ask) -> None:
        """Give up what only this asker wanted."""
        jobs, ask.jobs = ask.jobs, set()
        for job in jobs:
            job.wanted_by.pop(ask, None)
            if job.wanted_by:
                continue
            self._drop(job)
            for member in self._staff:
                if job in member.jobs:
                    member.forget(job)


_DIED = "a worker of the board died twice of this, most likely for want of memory; try a smaller scale"
_NEVER_STARTED = "no worker of the board could start"
