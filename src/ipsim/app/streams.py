"""Answers that arrive line by line, and stop when the page that asked goes away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from ipsim.app.encoding import as_json
from ipsim.app.faults import as_refusal

MEDIA_TYPE = "application/x-ndjson"
SECONDS_TO_READ = 60.0
"""How long a page may leave a line unread."""


class StreamingLines(Response):
    """Sends what a generator gives, one JSON object a line, each at once."""

    def __init__(self, lines: AsyncGenerator[Mapping[str, Any], None]) -> None:
        self._lines = lines
        self.status_code = 200
        self.background = None
        self.init_headers({"content-type": MEDIA_TYPE, "x-accel-buffering": "no"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send all lines, or stop the generator when the page is gone."""
        async with aclosing(self._lines):
            await self._until_gone(receive, send, scope["app"].state.underway.ended)

    async def _until_gone(self, receive: Receive, send: Send, ended: asyncio.Event) -> None:
        sending = asyncio.ensure_future(self._send_all(send))
        tasks = (sending, asyncio.ensure_future(_gone(receive)), asyncio.ensure_future(ended.wait()))
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        except _UnreadError:
            return
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _send_all(self, send: Send) -> None:
        line = await self._next()  # what is wrong from the start has a status of its own
        await send(self._start())
        while line is not None:
            await _send_line(send, line)
            try:
                line = await self._next()
            except Exception as error:
                line = None
                await _send_line(send, as_json({"kind": "fault", "faults": as_refusal(error).faults}))
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _next(self) -> bytes | None:
        line = await anext(self._lines, None)
        return None if line is None else as_json(line)

    def _start(self) -> Message:
        return {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}


class _UnreadError(Exception):
    """The page is there, and does not read."""


async def _send_line(send: Send, line: bytes) -> None:
    try:
        async with asyncio.timeout(SECONDS_TO_READ):
            await send({"type": "http.response.body", "body": line + b"\n", "more_body": True})
    except TimeoutError:
        raise _UnreadError from None


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def ndjson(lines: AsyncGenerator[Mapping[str, Any], None]) -> StreamingLines:
    """Answer with lines as they are made.

    The generator is closed as soon as the page goes away: what it waits for is cancelled. An error before
    its first line is answered with a status of its own, a later one is sent as a line
    ``{"kind": "fault", "faults": [...]}``.
    """
    return StreamingLines(lines)
