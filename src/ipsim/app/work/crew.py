"""The workers together: started one after the other, replaced when they die, ended without a trace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol

from ipsim.app.work.kept import Shape
from ipsim.app.work.staff import Heard, Member

if TYPE_CHECKING:
    from ipsim.study.simulations import MakesSimulation

_MOST_STILLBORN = 3
"""How many workers may die one after the other before they could do anything."""


class Listens(Protocol):
    """Who is told of the workers, in the event loop."""

    def changed(self) -> None:
        """Perhaps a worker is idle."""
        ...

    def heard(self, member: Member, heard: Heard) -> None:
        """A worker said something about a job."""
        ...

    def lost(self, member: Member) -> None:
        """A worker died; it is replaced."""
        ...


class Crew:
    """The workers.

    Parameters
    ----------
    workers
        How many.
    listener
        Who is told of them.
    make
        Another simulation than the one of ipsim.
    warm_up
        What each does first; None for nothing.

    Attributes
    ----------
    members
        Those who were started and are not known to be dead.
    state
        ``compiling`` or ``warming`` until all take jobs, then ``ready``; ``failed`` when none can be started.
    """

    def __init__(
        self,
        workers: int,
        listener: Listens,
        make: MakesSimulation | None,
        warm_up: Callable[..., None] | None,
    ) -> None:
        self.workers, self.members, self.state = workers, list[Member](), "warming"
        self._listener, self._make, self._warm_up = listener, make, warm_up
        self._shapes: dict[Shape, Shape] = {}
        self._stillborn = 0
        self._open = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the first worker, and when it has compiled the others; return when all are ready."""
        self._loop, self._open = asyncio.get_running_loop(), True
        self._compiled, self._settled = asyncio.Event(), asyncio.Event()
        await self._hire()
        await self._compiled.wait()
        await asyncio.gather(*(self._hire() for _ in range(self.workers - 1)))
        await self._settled.wait()

    async def close(self) -> None:
        """End all processes."""
        self._open = False
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        members, self.members = self.members, []
        await asyncio.gather(*(asyncio.to_thread(member.end) for member in members))

    async def _hire(self) -> None:
        """Start one more worker; to start a process takes so long that others go on meanwhile."""
        starting = asyncio.ensure_future(
            asyncio.to_thread(Member, self._make, self._warm_up, self._shapes, self._hear)
        )
        try:
            member = await asyncio.shield(starting)
        except asyncio.CancelledError:
            await asyncio.to_thread((await starting).end)  # no process is left behind
            raise
        except OSError:
            self._give_up()
            return
        if member.is_lost:
            await self._replaced(member)
            return
        self.members.append(member)
        self._look_whether_ready()

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
            self._listener.heard(member, heard)
        self._listener.changed()

    def _is_in_state(self, member: Member, state: str) -> None:
        if state == "ready":
            member.ready = True
            self._stillborn = 0
        elif self.state not in ("ready", "failed"):
            self.state = state
        if state != "compiling":
            self._compiled.set()
        self._look_whether_ready()

    def _look_whether_ready(self) -> None:
        if sum(member.ready for member in self.members) == self.workers and self.state != "failed":
            self.state = "ready"
            self._settled.set()
        self._listener.changed()

    def _lost(self, member: Member) -> None:
        member.is_lost = True
        self._stillborn += not member.ready
        if member in self.members:
            self.members.remove(member)
            self._listener.lost(member)
            self._do(self._replaced(member))

    async def _replaced(self, member: Member) -> None:
        await asyncio.to_thread(member.end)
        if self._stillborn < _MOST_STILLBORN:
            await self._hire()
        else:
            self._give_up()

    def _give_up(self) -> None:
        self.state = "failed"
        self._compiled.set()
        self._settled.set()
        self._listener.changed()

    def _do(self, what: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(what)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
