"""What stands before every request: who may ask, from where, how much; and what a page may do."""

from __future__ import annotations

import re
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Names of this machine."""

_VISITOR = re.compile(r"[A-Za-z0-9-]{8,40}")


class Guard:
    """Lets in what may come in, names the visitor, and turns surprises into faults."""

    def __init__(self, app: ASGIApp, token: str | None, hosts: Iterable[str]) -> None:
        self._app = app
        self._token = token
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("board-visitor", "")
        client = scope.get("client")
        scope.setdefault("state", {})
        scope["state"]["visitor"] = (
            given if _VISITOR.fullmatch(given) else (client[0] if client else "nobody")
        )
        await self._app(scope, receive, send)
