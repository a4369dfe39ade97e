"""The application: every route of the board behind its guards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

import ipsim.report
from ipsim import __version__
from ipsim.app import catalogue, downloads, openapi, routes, why
from ipsim.app.city import routes as city
from ipsim.app.encoding import json_response
from ipsim.app.faults import RequestError, as_refusal, refusal
from ipsim.app.lessons import Lesson
from ipsim.app.lessons import routes as lesson_routes
from ipsim.app.security import LOOPBACK, Guard
from ipsim.app.streams import MEDIA_TYPE
from ipsim.app.underway import Underway
from ipsim.scenario.errors import ScenarioError
from ipsim.study.errors import RunError

STATIC = Path(__file__).parent / "static"
FONT = Path(ipsim.report.__file__).parent / "fonts" / "NotoSansSC-subset.woff2"


_FORESEEN: tuple[type[Exception], ...] = (RequestError, ScenarioError, RunError, HTTPException)


class Work(Protocol):
    """What simulates for the visitors."""

    async def start(self) -> None:
        """Start the workers without waiting for them to be warm."""
        ...

    async def close(self) -> None:
        """End the workers; none is left."""
        ...

    def health(self) -> dict[str, Any]:
        """Return ``state`` (compiling, warming or ready), ``workers``, ``waiting`` and ``visitors``."""
        ...


def application(
    work: Work,
    *,
    token: str | None = None,
    hosts: frozenset[str] = LOOPBACK,
    lessons: Mapping[str, Lesson] | None = None,
) -> Starlette:
    """Make the board.

    Parameters
    ----------
    work
        What simulates; it is started and closed with the application.
    token
        What visitors must show; None asks for nothing.
    hosts
        Names by which the board may be addressed, without port.
    lessons
        The lessons of ``--lessons``, or None for those that ship.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await work.start()
        # The page asks for it first; made here it does not keep others waiting.
        preparing = asyncio.ensure_future(asyncio.to_thread(catalogue.catalogue))
        try:
            yield
        finally:
            await work.close()
            await preparing

    compressed = Middleware(
        GZipMiddleware,
        compresslevel=5,
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, MEDIA_TYPE),
    )
    app = Starlette(
        routes=all_routes(),
        middleware=[Middleware(Guard, token=token, hosts=hosts), compressed],
        exception_handlers=dict.fromkeys(_FORESEEN, _answer_error),
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.work = work
    app.state.underway = Underway()
    app.state.lessons = lessons
    return app


def all_routes() -> list[BaseRoute]:
    """Return the routes of every part."""
    return [
        Route("/", page),
        Route("/font.woff2", font),
        Route("/healthz", health),
        *routes.routes(),
        *openapi.routes(),
        *catalogue.routes(),
        *why.routes(),
        *downloads.routes(),
        *city.routes(),
        *lesson_routes.routes(),
        Mount("/static", StaticFiles(directory=STATIC), name="static"),
    ]


async def page(request: Request) -> Response:
    """Give the page."""
    return FileResponse(STATIC / "index.html")


async def font(request: Request) -> Response:
    """Give the font of Chinese text."""
    return FileResponse(FONT, media_type="font/woff2")


async def health(request: Request) -> Response:
    """Say whether the board can simulate yet."""
    now = request.app.state.work.health()
    return json_response({"ready": now["state"] == "ready", **now, "version": __version__})


async def _answer_error(request: Request, error: Exception) -> Response:
    return refusal(as_refusal(error), request.scope)
