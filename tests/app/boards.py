"""A board for tests of what is before and around the simulation: its work is a stand-in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ipsim.app.server import application

ADDRESS = "http://127.0.0.1:8765"

Handler = Callable[[Request], Awaitable[Response]]


class IdleWork:
    """Work without workers: it knows only whether it was started and closed."""

    def __init__(self) -> None:
        self.state = "warming"
        self.calls: list[str] = []

    async def start(self) -> None:
        self.calls.append("start")

    async def close(self) -> None:
        self.calls.append("close")

    def health(self) -> dict[str, Any]:
        return {"state": self.state, "workers": 0, "waiting": 0, "visitors": 0}


def board(*handlers: Handler, **options: Any) -> Starlette:
    """Return a board that has further handlers, each at its own name, for GET and POST."""
    app = application(IdleWork(), **options)
    extra = [Route(f"/api/{one.__name__}", one, methods=["GET", "POST"]) for one in handlers]
    app.router.routes[:0] = extra
    return app


@contextmanager
def visit(app: Starlette, address: str = ADDRESS) -> Iterator[TestClient]:
    """Open a board for as long as it is visited."""
    with TestClient(app, base_url=address, follow_redirects=False) as client:
        yield client
