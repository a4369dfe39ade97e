"""What is on screen as files to keep: report, tables, or all of it with what is needed to repeat it."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ipsim.app.answers import scenarios_of
from ipsim.app.asked import AskedDownload, Policy
from ipsim.app.faults import body_of, refused
from ipsim.app.packing import Parcel, stems, write
from ipsim.app.policies import scenario_file
from ipsim.app.running import run_lines
from ipsim.app.security import address_of
from ipsim.app.shelf import Shelf
from ipsim.app.streams import ndjson
from ipsim.app.work import pairs_wanted

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

MEDIA_TYPES: Final = {".html": "text/html", ".csv": "text/csv", ".zip": "application/zip"}
_LONGEST_NAME: Final = 40
_OF_ALTERNATIVES: Final = ("effects.csv", "headline.csv")


async def answer(request: Request) -> Response:
    """Make a file, line by line, and give the link that fetches it."""
    asked = await body_of(request, AskedDownload)
    if asked.what in _OF_ALTERNATIVES and not asked.alternatives:
        raise refused(422, "no_alternative")
    scenarios = await asyncio.to_thread(scenarios_of, asked)
    texts = await asyncio.to_thread(_texts, asked)
    owners = frozenset({request.state.visitor, address_of(request.scope)})
    return ndjson(_making(request.app, request.state.visitor, owners, asked, scenarios, texts))


async def fetch(request: Request) -> Response:
    """Give a file that was made, once."""
    found = _shelf(request.app).take(request.path_params["token"], request.state.visitor)
    if found is None:
        raise refused(404, "no_file")
    headers = {"Content-Disposition": found.disposition}
    return Response(found.data, headers=headers, media_type=found.media_type)


def routes() -> list[Route]:
    """Return the routes of downloads."""
    return [
        Route("/api/download", answer, methods=["POST"]),
        Route("/api/file/{token}", fetch, methods=["GET"]),
    ]


async def _making(
    app: Starlette,
    visitor: str,
    owners: frozenset[str],
    asked: AskedDownload,
    scenarios: list[Scenario],
    texts: dict[str, str],
) -> AsyncGenerator[dict[str, Any], None]:
    """Give the lines of a download: waiting, progress, writing, the link, the end."""
    start = time.monotonic()
    work = app.state.work
    seeds = range(asked.seed, asked.seed + asked.replicates)
    by_scenario = pairs_wanted(scenarios, seeds, asked.scale)
    wanted = [run for runs in by_scenario for run in runs]
    kept: list[Any] = []
    async with aclosing(run_lines(work, visitor, wanted)) as lines:
        async for line in lines:
            if line["kind"] == "runs":
                kept = line["runs"]
            else:
                yield line
    yield {"kind": "writing"}
    runs = tuple(tuple(kept[place : place + len(seeds)]) for place in range(0, len(kept), len(seeds)))
    parcel = Parcel(
        texts,
        tuple(one.hash for one in scenarios),
        runs,
        asked.scale,
        time.monotonic() - start,
        f"ipsim-{scenarios[0].city.key}",
        asked.lang,
    )
    data = await _written(work, visitor, parcel, asked.what)
    name = file_name(asked, scenarios[0].city.key)
    token = _shelf(app).put(owners, name, MEDIA_TYPES[Path(asked.what).suffix], data)
    yield {"kind": "file", "url": f"/api/file/{token}", "name": name, "bytes": len(data)}
    yield {"kind": "done", "seconds": round(time.monotonic() - start, 3)}


async def _written(work: Any, visitor: str, parcel: Parcel, what: str) -> bytes:
    """Let a worker write the file into a private folder, which is gone afterwards whatever happens."""
    folder = await asyncio.to_thread(tempfile.mkdtemp, prefix="ipsim-board-")
    try:
        path = await work.call(visitor, write, folder, parcel, what)
        return await asyncio.to_thread(Path(path).read_bytes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _texts(asked: AskedDownload) -> dict[str, str]:
    """Return the scenario files by name without suffix."""
    names = stems(len(asked.alternatives))
    policies = (asked.baseline, *asked.alternatives)
    return {name: scenario_file(policy)[1] for name, policy in zip(names, policies, strict=True)}


def file_name(asked: AskedDownload, city: str) -> str:
    """Return what a download is called: ``ipsim-jinhua-NAME.zip``, ``ipsim-jinhua-NAME-effects.csv``."""
    called = _called(asked.alternatives[0] if asked.alternatives else asked.baseline)
    called = "" if called == f"-{city}" else called
    more = f"-{len(asked.alternatives)}" if len(asked.alternatives) > 1 else ""
    what = Path(asked.what)
    kind = "" if what.stem == "all" else f"-{what.stem}"
    return f"ipsim-{city}{called}{more}{kind}{what.suffix}"


def _called(policy: Policy) -> str:
    """Return a policy's name as a part of a file's: letters and digits of any script, and hyphens."""
    name = policy.name or policy.start or ""
    kept = "".join(letter if letter.isalnum() else "-" for letter in name)
    words = "-".join(part for part in kept.split("-") if part)
    return f"-{words[:_LONGEST_NAME]}" if words else ""


def _shelf(app: Starlette) -> Shelf:
    """Return the shelf of the board, made when it is first needed."""
    if not hasattr(app.state, "shelf"):
        app.state.shelf = Shelf()
    return app.state.shelf
