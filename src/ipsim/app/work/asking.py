"""What a visitor waits for, and the jobs it is made of."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from typing import Any

from ipsim.app.work.kept import Kept
from ipsim.app.work.turns import IDLE


class Job:
    """One thing for a worker to do, wanted by one or more.

    Attributes
    ----------
    number
        Tells it from all others.
    key
        What tells equal runs; None for other work.
    task
        What the worker is told.
    waits
        Whether no worker has it yet and somebody wants it.
    lost
        How often a worker died of it.
    """

    def __init__(self, number: int, key: Any, task: Any) -> None:
        self.number, self.key, self.task = number, key, task
        self.waits = True
        self.lost = 0
        self.wanted_by: dict[Ask, list[int]] = {}
        self.progress: Callable[[int, int], None] | None = None

    @property
    def is_run(self) -> bool:
        """Whether it is a run and not other work."""
        return self.key is not None

    @property
    def most_urgent(self) -> Ask | None:
        """The ask of the earliest stage that wants it; None when nobody does any more."""
        return min(self.wanted_by, key=lambda ask: ask.stage, default=None)

    @property
    def stage(self) -> int:
        """The earliest stage for which it is wanted; that of idle work when nobody wants it."""
        ask = self.most_urgent
        return IDLE if ask is None else ask.stage

    def add(self, ask: Ask, place: int) -> None:
        """Let an ask want it as one of its results."""
        self.wanted_by.setdefault(ask, []).append(place)
        ask.jobs.add(self)


class Ask:
    """Several results that were asked for together; await it for all of them, or take them as they come.

    Parameters
    ----------
    count
        How many.
    visitor, stage
        Who asks, and how urgently.
    leave
        Told when the asker goes away, with the ask itself.
    """

    def __init__(self, count: int, visitor: str, stage: int, leave: Callable[[Ask], None]) -> None:
        self.visitor, self.stage = visitor, stage
        self.results: list[Any] = [None] * count
        self.jobs: set[Job] = set()
        self._left = count
        self._leave = leave
        self._news: asyncio.Queue[int | None] = asyncio.Queue()
        self._done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if not count:
            self._finish()

    @property
    def done(self) -> bool:
        """Whether all is there, or it failed or was given up."""
        return self._done.done()

    @property
    def complete(self) -> bool:
        """Whether all is there."""
        return not self._left

    async def within(self, seconds: float) -> bool:
        """Wait for the end, but not longer than so many seconds; return whether it has come."""
        await asyncio.wait((self._done,), timeout=seconds)
        return self.done

    def give(self, place: int, result: Any) -> None:
        """Take a result."""
        if self.done:
            return
        self.results[place] = result
        self._left -= 1
        self._news.put_nowait(place)
        if not self._left:
            self._finish()

    def fail(self, error: BaseException) -> None:
        """Take an error in place of all that is missing."""
        if self.done:
            return
        self._done.set_exception(error)
        self._done.exception()  # seen, so that nobody has to look at it
        self._news.put_nowait(None)
        self._leave(self)

    def cancel(self) -> None:
        """Want none of it any more."""
        if not self.done:
            self._done.cancel()
            self._news.put_nowait(None)
        self._leave(self)

    def _finish(self) -> None:
        self._done.set_result(None)
        self._news.put_nowait(None)

    def __await__(self) -> Generator[Any, None, list[Any]]:
        """Wait for all results, in the order in which they were asked for."""
        yield from asyncio.shield(self._done).__await__()
        return self.results

    async def finished(self) -> AsyncGenerator[tuple[int, Kept], None]:
        """Give place and result as they come."""
        while (place := await self._news.get()) is not None:
            yield place, self.results[place]
        if self._done.done() and not self._done.cancelled() and self._done.exception():
            self._done.result()
