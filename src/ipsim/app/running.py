"""Runs that somebody waits for, as lines of a stream: how many are before, how many are done, all of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from typing import Any, Final

from ipsim.app.work import LATER, Kept, Wanted, Work

SECONDS_BETWEEN: Final = 0.25
"""Least time between two lines of progress."""


async def run_lines(
    work: Work, visitor: str, wanted: Sequence[Wanted], before: int = 0, of: int | None = None
) -> AsyncGenerator[dict[str, Any], None]:
    """Ask for runs and tell how they go; the last line holds them.

    Lines are ``{"kind": "waiting", "ahead", "visitors"}`` while none has begun, ``{"kind": "progress",
    "done", "of"}``, and at the end ``{"kind": "runs", "runs": list of Kept}``, which is not for the page.
    Closing the generator gives up the runs that nobody else wants.

    Parameters
    ----------
    work, visitor
        Who simulates, and for whom.
    wanted
        Which runs.
    before, of
        Runs that were done before, and runs in all, where there are further ones to tell of.

    Raises
    ------
    BusyError
        When too much is waiting already.
    RunError
        When a run fails.
    """
    ask = work.want(visitor, wanted, LATER)
    total = len(wanted) if of is None else of
    finished = ask.finished()
    results: list[Kept | None] = [None] * len(wanted)
    done, told = 0, 0.0
    coming = asyncio.ensure_future(anext(finished, None))
    try:
        while True:
            await asyncio.wait((coming,), timeout=SECONDS_BETWEEN)
            if coming.done():
                found = coming.result()
                if found is None:
                    break
                results[found[0]] = found[1]
                done += 1
                coming = asyncio.ensure_future(anext(finished, None))
            if time.monotonic() - told >= SECONDS_BETWEEN and done < len(wanted):
                told = time.monotonic()
                yield _line(work, visitor, before + done, total)
    finally:
        coming.cancel()
        ask.cancel()
    yield {"kind": "progress", "done": before + done, "of": total}
    yield {"kind": "runs", "runs": results}


def _line(work: Work, visitor: str, done: int, of: int) -> dict[str, Any]:
    ahead = work.ahead(visitor)
    if done == 0 and ahead.ahead:
        return {"kind": "waiting", **ahead._asdict()}
    return {"kind": "progress", "done": done, "of": of}
