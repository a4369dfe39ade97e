"""Faults as the page is told of them, and the bodies of requests."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from ipsim.app.encoding import json_response
from ipsim.report.phrases import phrase
from ipsim.scenario.errors import Fault, ScenarioError
from ipsim.scenario.words import LANGUAGES

MOST_FAULTS = 50
"""Faults that the page is told of; of more it is told how many."""

Asking = TypeVar("Asking", bound=BaseModel)
Told = dict[str, Any]
"""A fault as the page reads it: file, line, key, message, ``text`` (the line of the command line) and, where
the board itself speaks, ``words`` in both languages."""


class RequestError(Exception):
    """A request that is answered with faults.

    Attributes
    ----------
    status
        Status of the answer.
    faults
        What is wrong with the request, as the page reads it; given as one sentence, it is about no key.
    headers
        Further headers of the answer, such as ``Retry-After``.
    """

    def __init__(
        self, status: int, faults: Iterable[Fault | Told] | str, headers: Mapping[str, str] | None = None
    ) -> None:
        self.status = status
        if isinstance(faults, str):
            faults = [Fault("", 0, "", faults)]
        found = [told(fault) if isinstance(fault, Fault) else fault for fault in faults]
        more = len(found) - MOST_FAULTS
        self.faults = [*found[:MOST_FAULTS], own_fault("more_faults", more=more)] if more > 0 else found
        self.headers = dict(headers or {})
        super().__init__("\n".join(fault["text"] for fault in self.faults))


def refused(
    status: int, what: str, headers: Mapping[str, str] | None = None, **values: object
) -> RequestError:
    """Return an error in the board's own words.

    Parameters
    ----------
    status
        Status of the answer.
    what
        Key of the words in ``board_faults``.
    headers
        Further headers of the answer.
    **values
        What goes into the gaps of the words.
    """
    return RequestError(status, [own_fault(what, **values)], headers)


def told(fault: Fault) -> Told:
    """Return a fault as the page reads it."""
    return fault._asdict() | {"text": str(fault)}


def own_fault(what: str, **values: object) -> Told:
    """Return a fault in the board's own words, in both languages; see `refused`."""
    words = {lang: phrase(f"board_faults.{what}", lang, **values) for lang in LANGUAGES}
    return told(Fault("", 0, "", words["en"])) | {"words": words}


def refusal(error: RequestError, scope: Scope) -> Response:
    """Answer a request with faults: as JSON, or as a small page where a person opened an address."""
    accepted = Headers(scope=scope).get("accept", "")
    if "text/html" in accepted and not scope["path"].startswith("/api/"):
        return HTMLResponse(_page(error), error.status, error.headers)
    return json_response({"faults": error.faults}, error.status, error.headers)


def _page(error: RequestError) -> str:
    lines = [
        f'<p lang="{lang}">{escape(fault["words"][lang] if "words" in fault else fault["text"])}</p>'
        for fault in error.faults
        for lang in reversed(LANGUAGES)
    ]
    return f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>ipsim</title>{"".join(lines)}</html>'


def as_refusal(error: Exception) -> RequestError:
    """Return what the page is told of an error; one that nobody foresaw is logged and not told."""
    from ipsim.study.errors import RunError

    if isinstance(error, RequestError):
        return error
    if isinstance(error, ScenarioError):
        return RequestError(422, error.faults)
    if isinstance(error, RunError):
        return RequestError(500, " ".join(str(error).split()))
    if isinstance(error, HTTPException):
        return _of_route(error)
    log_surprise(error)
    return refused(500, "failed")


def _of_route(error: HTTPException) -> RequestError:
    if error.status_code == 405:
        return refused(405, "bad_method", error.headers)
    # A file that may not be read is none of the board's either.
    return refused(404, "not_found")


def log_surprise(error: Exception) -> None:
    """Name an error in one line on standard error, and show where it came from to those who ask."""
    if os.environ.get("IPSIM_DEBUG"):
        traceback.print_exception(error)
    words = " ".join(str(error).split())[:500] or "no reason was given"
    sys.stderr.write(f"ipsim board: {type(error).__name__}: {words} (IPSIM_DEBUG=1 shows where)\n")
    sys.stderr.flush()


async def body_of(request: Request, asked: type[Asking]) -> Asking:
    """Read what a request asks for.

    Parameters
    ----------
    request
        A request with a body of JSON; its size is bounded by the guard before all routes.
    asked
        What its body must be.

    Raises
    ------
    RequestError
        With every fault of the body.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise refused(415, "bad_type")
    body = await request.body()
    try:
        return asked.model_validate_json(body)
    except ValidationError as error:
        raise _ill_asked(error, body) from None


def _ill_asked(error: ValidationError, body: bytes) -> RequestError:
    details = error.errors(include_url=False, include_context=False)
    if details[0]["type"] == "json_invalid":
        return RequestError(400, details[0]["msg"])
    given = from_json(body)
    found: dict[str, Fault] = {}
    for detail in details:
        key = _key(detail["loc"], given, detail["type"])
        message = detail["msg"].removeprefix("Value error, ")
        found.setdefault(key, Fault("", 0, key, message))
    return RequestError(422, found.values())


def _key(place: tuple[int | str, ...], given: Any, kind: str) -> str:
    """Return the dotted key of a fault, without the names that Pydantic gives kinds of values."""
    parts: list[str] = []
    for part in place:
        if _has(given, part):
            given = given[part]
        elif not (kind == "missing" and part == place[-1]):
            continue
        parts.append(str(part)[:80])
    return ".".join(parts)


def _has(given: Any, part: int | str) -> bool:
    if isinstance(given, list):
        return isinstance(part, int) and part < len(given)
    return isinstance(given, dict) and part in given
