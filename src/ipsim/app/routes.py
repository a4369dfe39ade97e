"""The what-if's routes: answers, and scenario files opened and kept."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ipsim.app.answers import answering
from ipsim.app.asked import AskedAnswer, AskedOpen, AskedScenarioFile
from ipsim.app.encoding import json_response
from ipsim.app.faults import body_of
from ipsim.app.policies import policy_of_text, scenario_file
from ipsim.app.streams import ndjson


def routes() -> list[Route]:
    """Return the routes of the what-if."""
    return [
        Route("/api/answer", answer, methods=["POST"]),
        Route("/api/open", open_file, methods=["POST"]),
        Route("/api/scenario", keep_file, methods=["POST"]),
    ]


async def answer(request: Request) -> Response:
    """Say what alternatives change, more and more surely."""
    asked = await body_of(request, AskedAnswer)
    return ndjson(answering(request.app.state.work, request.state.visitor, asked))


async def open_file(request: Request) -> Response:
    """Read a scenario file that the visitor chose, with the faults that the command line prints."""
    asked = await body_of(request, AskedOpen)
    policy, scenario = await asyncio.to_thread(policy_of_text, asked.file, asked.text)
    return json_response(
        {
            "policy": policy.model_dump(mode="json", exclude_none=True),
            "title": scenario.title._asdict(),
            "city": scenario.city.key,
            "text": policy.text is not None,
        }
    )


async def keep_file(request: Request) -> Response:
    """Give a policy as a scenario file."""
    asked = await body_of(request, AskedScenarioFile)
    name, text = await asyncio.to_thread(scenario_file, asked.policy)
    disposition = f'attachment; filename="{name}.yaml"'
    return Response(text, headers={"Content-Disposition": disposition}, media_type="text/yaml")
