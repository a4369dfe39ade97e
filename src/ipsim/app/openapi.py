"""What may be asked of the board over HTTP, as an OpenAPI document."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final, NamedTuple

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ipsim import __version__
from ipsim.app.asked import (
    AskedAnswer,
    AskedCity,
    AskedDownload,
    AskedOpen,
    AskedScenarioFile,
    AskedWhy,
)
from ipsim.app.encoding import json_response

_JSON: Final = "application/json"
_LINES: Final = "application/x-ndjson"
_ANYTHING: Final = "*/*"
_PARAMETER: Final = re.compile(r"{(\w+)(?::(\w+))?}")
_REFERENCE: Final = "#/components/schemas/{model}"

_GUARDED: Final = (400, 401, 403, 413)
"""What the guard before all routes may answer."""
_READING: Final = (408, 415, 422)
_WORKING: Final = (429, 503)
_MEANINGS: Final = {
    200: "What was asked for",
    400: "The board is not addressed by this name, or the body is no JSON",
    401: "The link's token is missing",
    403: "Asked by a page of another site",
    404: "There is no such thing",
    405: "The address takes no such method",
    408: "The body did not arrive in time",
    413: "The request is too large",
    415: "The body is not announced as JSON",
    422: "The body has faults",
    429: "This visitor asks for too much at once",
    500: "The board failed",
    503: "Too many ask at once",
}


class Operation(NamedTuple):
    """One thing that may be asked.

    Attributes
    ----------
    method, path
        The route; the path as Starlette writes it.
    summary
        What it is, in one line; of a stream, its lines as well.
    answers
        Media type of the answer.
    asked
        The body of the request, if it has one.
    fails
        Statuses beside those that every route may answer.
    """

    method: str
    path: str
    summary: str
    answers: str = _JSON
    asked: type[BaseModel] | None = None
    fails: tuple[int, ...] = ()


_AGENT: Final = "{kind:str}/{number:int}"
OPERATIONS: Final = (
    Operation("get", "/healthz", "Whether the board can simulate yet"),
    Operation("get", "/api/openapi.json", "This document"),
    Operation("get", "/api/board", "What the page is made of: starts, levers, charts, words"),
    Operation("get", "/api/start/{name}", "A scenario that ships, as resolved", fails=(404,)),
    Operation(
        "post",
        "/api/answer",
        "What alternatives change: lines waiting, answer, said, done, fault",
        _LINES,
        AskedAnswer,
        (*_READING, *_WORKING),
    ),
    Operation("post", "/api/open", "A scenario file as a policy", _JSON, AskedOpen, (*_READING, *_WORKING)),
    Operation(
        "post",
        "/api/scenario",
        "A policy as a scenario file",
        "text/yaml",
        AskedScenarioFile,
        (*_READING, *_WORKING),
    ),
    Operation(
        "post",
        "/api/download",
        "Prepares a file: lines waiting, progress, file, fault",
        _LINES,
        AskedDownload,
        (*_READING, *_WORKING),
    ),
    Operation("get", "/api/file/{token}", "A prepared file", _ANYTHING, fails=(404,)),
    Operation(
        "post",
        "/api/why",
        "Why two policies differ: lines waiting, progress, why, done, fault",
        _LINES,
        AskedWhy,
        (*_READING, *_WORKING),
    ),
    Operation(
        "post",
        "/api/city",
        "Runs a city and keeps it to be looked at: lines progress, city, done, fault",
        _LINES,
        AskedCity,
        (*_READING, *_WORKING),
    ),
    Operation("get", "/api/city/{key:str}", "What a kept run of a city holds", fails=(404,)),
    Operation(
        "get",
        "/api/city/{key:str}/frames",
        "Its quarters, to be drawn",
        "application/octet-stream",
        fails=(404,),
    ),
    Operation("get", f"/api/city/{{key:str}}/life/{_AGENT}", "The life of an agent", fails=(404,)),
    Operation(
        "get",
        f"/api/city/{{key:str}}/reasons/{_AGENT}/{{quarter:int}}",
        "What the model reckoned for an agent in a quarter",
        fails=(404, *_WORKING),
    ),
    Operation("get", "/api/lessons", "The lessons there are"),
    Operation("get", "/api/lessons/{key}", "A lesson in both languages", fails=(404,)),
)


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    asked = {operation.asked for operation in OPERATIONS if operation.asked is not None}
    models = sorted(asked, key=lambda model: model.__name__)
    _, schemas = models_json_schema([(model, "validation") for model in models], ref_template=_REFERENCE)
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        plain = _PARAMETER.sub(r"{\1}", operation.path)
        paths.setdefault(plain, {})[operation.method] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ipsim what-if board",
            "version": __version__,
            "description": "What the page of `ipsim board` asks of its server. It may change with the page.",
        },
        "paths": paths,
        "components": {"schemas": {**schemas["$defs"], "Faults": _faults()}},
    }


def _described(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "summary": operation.summary,
        "parameters": [_visitor(), *_parameters(operation.path)],
        "responses": {str(status): _response(operation, status) for status in _statuses(operation)},
    }
    if operation.asked is not None:
        schema = {"$ref": _REFERENCE.format(model=operation.asked.__name__)}
        described["requestBody"] = {"required": True, "content": {_JSON: {"schema": schema}}}
    return described


def _statuses(operation: Operation) -> list[int]:
    return sorted({200, *_GUARDED, 405, 500, *operation.fails})


def _response(operation: Operation, status: int) -> dict[str, Any]:
    described: dict[str, Any] = {"description": _MEANINGS[status]}
    if status != 200:
        described["content"] = {_JSON: {"schema": {"$ref": _REFERENCE.format(model="Faults")}}}
        return described
    schema = {"type": "object"} if operation.answers == _JSON else {"type": "string"}
    described["content"] = {operation.answers: {"schema": schema}}
    return described


def _visitor() -> dict[str, Any]:
    schema = {"type": "string", "pattern": "^[A-Za-z0-9-]{8,40}$"}
    return {"name": "Board-Visitor", "in": "header", "required": False, "schema": schema}


def _parameters(path: str) -> list[dict[str, Any]]:
    kinds = {"int": {"type": "integer", "minimum": 0}}
    text = {"type": "string", "minLength": 1}
    return [
        {"name": name, "in": "path", "required": True, "schema": kinds.get(kind, text)}
        for name, kind in _PARAMETER.findall(path)
    ]


def _faults() -> dict[str, Any]:
    text = {"type": "string"}
    fault = {
        "type": "object",
        "properties": {
            "file": text,
            "line": {"type": "integer", "minimum": 0},
            "key": text,
            "message": text,
            "text": text,
            "words": {"type": "object", "properties": {"en": text, "zh": text}, "required": ["en", "zh"]},
        },
        "required": ["file", "line", "key", "message", "text"],
    }
    return {
        "type": "object",
        "properties": {"faults": {"type": "array", "items": fault, "minItems": 1}},
        "required": ["faults"],
    }


async def openapi(request: Request) -> Response:
    """Give the document."""
    return json_response(document())


def routes() -> list[Route]:
    """Return the route of the document."""
    return [Route("/api/openapi.json", openapi)]
