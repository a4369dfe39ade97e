"""The desk at which visitors ask for work; what is done about it is the floor's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from ipsim.app.work.asking import Ask, Job
from ipsim.app.work.crew import Crew
from ipsim.app.work.floor import Floor
from ipsim.app.work.kept import Kept, RunsKept
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
        self._floor = Floor(self._turns, self._kept)
        self._warm = warm
        self._crew = self._floor.crew = Crew(self.workers, self._floor, make, warm_up if warm else None)
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
        self._floor.fail_all("the board has ended")

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
            await self._floor.runs(_NOBODY, runs, IDLE)
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
        self._turns.check_room(visitor, sum(self._floor.would_wait(one) for one in wanted))
        return self._floor.runs(visitor, wanted, stage)

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
        ask = self._floor.call(visitor, CallTask(function, arguments), stage, progress)
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
        return (self._turns.visitors | self._floor.visitors()) - {_NOBODY}


async def _nothing() -> list[Wanted]:
    return []
