"""Behind the desk: jobs are shared, handed to workers, kept when finished, given up when left."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ipsim.app.work.asking import Ask, Job
from ipsim.app.work.kept import RunsKept
from ipsim.app.work.staff import Heard, Member
from ipsim.app.work.turns import FIRST, IDLE, Turns
from ipsim.app.work.wanted import Wanted
from ipsim.app.work.worker import CallTask
from ipsim.study.errors import RunError

if TYPE_CHECKING:
    from ipsim.app.work.crew import Crew

_MOST_LOST = 2
"""How often a worker may die of a job before the job is given up."""


class Floor:
    """Jobs and who does them; it listens to the crew.

    Parameters
    ----------
    turns
        Where jobs wait.
    kept
        Finished runs.

    Attributes
    ----------
    crew
        The workers; set before the first is started.
    """

    crew: Crew

    def __init__(self, turns: Turns[Job], kept: RunsKept) -> None:
        self._turns, self._kept = turns, kept
        self._making: dict[Any, Job] = {}
        self._jobs: dict[int, Job] = {}
        self._numbers = itertools.count(1)

    # -- what is asked ------------------------------------------------------------------

    def would_wait(self, wanted: Wanted) -> bool:
        """Return whether a run would take a place in the queue."""
        job = self._making.get(wanted.key)
        return self._kept.get(wanted.key) is None if job is None else job.waits

    def runs(self, visitor: str, wanted: Sequence[Wanted], stage: int) -> Ask:
        """Ask for runs: those that are kept are there, those that are being made are shared."""
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

    def call(
        self, visitor: str, task: CallTask, stage: int, progress: Callable[[int, int], None] | None
    ) -> Ask:
        """Ask for other work."""
        ask = Ask(1, visitor, stage, self._leave)
        job = self._job(None, task)
        job.progress = progress
        job.add(ask, 0)
        self._turns.add(visitor, stage, job)
        self.changed()
        return ask

    def visitors(self) -> set[str]:
        """Return those for whom a worker does something."""
        return {ask.visitor for member in self.crew.members for job in member.jobs for ask in job.wanted_by}

    # -- handing out ------------------------------------------------------------------

    def _job(self, key: Any, task: Any) -> Job:
        job = Job(next(self._numbers), key, task)
        self._jobs[job.number] = job
        return job

    def _hand_out(self) -> None:
        """Give each idle worker a job, and first answers to busy ones, between two quarters."""
        ready = [member for member in self.crew.members if member.ready]
        for member in ready:
            if not member.jobs:
                self._give(member, self._next())
        for member in sorted(ready, key=lambda one: sum(not job.is_run for job in one.jobs)):
            if len(member.jobs) == 1 and member.jobs[0].stage > FIRST:
                self._give(member, self._next(FIRST))

    def _next(self, most_stage: int = IDLE) -> Job | None:
        """Return the next job up to a stage; other work than runs leaves one worker free."""
        calls = sum(not job.is_run for member in self.crew.members for job in member.jobs)
        passed: list[Job] = []
        job = self._turns.next(most_stage)
        while job is not None and not job.is_run and calls >= max(1, self.crew.workers - 1):
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
        if self.crew.state == "failed":
            self.fail_all(_NEVER_STARTED)
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

    def fail_all(self, message: str) -> None:
        """Give up all jobs."""
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
            for member in self.crew.members:
                if job in member.jobs:
                    member.forget(job)


_DIED = "a worker of the board died twice of this, most likely for want of memory; try a smaller scale"
_NEVER_STARTED = "no worker of the board could start"
