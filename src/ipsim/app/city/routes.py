"""Addresses under which the page finds recorded runs of a city."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncGenerator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ipsim.app.asked import AskedCity
from ipsim.app.bounds import check_size
from ipsim.app.city.keeping import KeptCities, KeptCity, kept_city, key_of
from ipsim.app.city.lives import count_of, life_of
from ipsim.app.city.names import KINDS
from ipsim.app.city.reasons import REASONED, reasons
from ipsim.app.city.recording import record
from ipsim.app.encoding import json_response
from ipsim.app.faults import body_of, refused
from ipsim.app.policies import scenario_of
from ipsim.app.security import address_of
from ipsim.app.streams import ndjson
from ipsim.app.underway import Underway
from ipsim.scenario import Scenario

_SECONDS_BETWEEN_NEWS = 0.1


def routes() -> list[Route]:
    """Return the routes of the city."""
    return [
        Route("/api/city", ask_city, methods=["POST"]),
        Route("/api/city/{key:str}", city_facts),
        Route("/api/city/{key:str}/frames", frames),
        Route("/api/city/{key:str}/life/{kind:str}/{number:int}", life),
        Route("/api/city/{key:str}/reasons/{kind:str}/{number:int}/{quarter:int}", why),
    ]


def _cities(request: Request) -> KeptCities:
    state = request.app.state
    if not hasattr(state, "cities"):
        state.cities = KeptCities()
    return state.cities


async def ask_city(request: Request) -> Response:
    """Make a run of a policy, or find the one made before, and say what it holds."""
    asked = await body_of(request, AskedCity)
    scenario = await asyncio.to_thread(_drawn, asked)
    return ndjson(_lines(request, scenario, asked))


def _drawn(asked: AskedCity) -> Scenario:
    """Return the scenario with the parameters that the first replicate of an answer uses."""
    scenario = scenario_of(asked.policy)
    check_size((scenario,), asked.scale)
    if scenario.member is None and len(scenario.ensemble):
        return scenario.drawn(scenario.ensemble.member_of(asked.seed))
    return scenario


async def _lines(
    request: Request, scenario: Scenario, asked: AskedCity
) -> AsyncGenerator[dict[str, Any], None]:
    key = key_of(scenario, asked.seed, asked.scale)
    news: list[tuple[int, int]] = []

    def told(done: int, of: int) -> None:
        news.append((done, of))

    async def make() -> KeptCity:
        work, visitor = request.app.state.work, request.state.visitor
        recording = await work.call(visitor, record, scenario, asked.seed, asked.scale, progress=told)
        return await asyncio.to_thread(kept_city, key, scenario, recording)

    making = asyncio.ensure_future(_cities(request).made(key, make))
    last = (-1, 0)
    try:
        while not (await asyncio.wait({making}, timeout=_SECONDS_BETWEEN_NEWS))[0]:
            latest = news[-1] if news else (0, scenario.quarters)
            if latest != last:
                last = latest
                yield {"kind": "progress", "done": last[0], "of": last[1]}
        yield {"kind": "city", **(await making).facts}
    finally:
        making.cancel()  # whoever leaves does not wait any more
    yield {"kind": "done"}


def _kept(request: Request) -> KeptCity:
    found = _cities(request).get(request.path_params["key"])
    if found is None:
        raise refused(404, "city_gone")
    return found


async def city_facts(request: Request) -> Response:
    """Say what a run holds."""
    return json_response(_kept(request).facts)


async def frames(request: Request) -> Response:
    """Give what the picture is drawn from; see `ipsim.app.city.frames` for its layout."""
    kept = _kept(request)
    headers = {"Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(kept.frames, media_type="application/octet-stream", headers=headers)
    return Response(gzip.decompress(kept.frames), media_type="application/octet-stream", headers=headers)


async def life(request: Request) -> Response:
    """Tell the life of an agent."""
    kept = _kept(request)
    kind, number = _agent(request, KINDS)
    if number >= count_of(kept.recording, kind):
        raise refused(404, "no_agent")
    return json_response(await asyncio.to_thread(life_of, kept.recording, kept.names, kind, number))


async def why(request: Request) -> Response:
    """Tell what the model reckoned for an agent in a quarter."""
    kept = _kept(request)
    kind, number = _agent(request, REASONED)
    quarter = int(request.path_params["quarter"])
    if quarter >= kept.recording.quarters or number >= count_of(kept.recording, kind):
        raise refused(404, "no_agent")
    row = number
    if kind == "enterprise":
        life = kept.recording.lives[number]
        if not life["first"] <= quarter <= life["last"]:  # its row may hold another by then
            raise refused(404, "no_agent")
        row = int(life["row"])
    arguments = (kept.scenario, kept.recording.seed, kept.recording.scale, kind, row, quarter)
    underway: Underway = request.app.state.underway
    with underway.one_more(request.state.visitor, address_of(request.scope)):  # a run, though it only reads
        told = await request.app.state.work.call(request.state.visitor, reasons, *arguments)
    return json_response(told)


def _agent(request: Request, kinds: tuple[str, ...]) -> tuple[str, int]:
    kind, number = request.path_params["kind"], int(request.path_params["number"])
    if kind not in kinds:
        raise refused(404, "no_agent")
    return kind, number
