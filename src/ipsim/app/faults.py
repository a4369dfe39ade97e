"""Faults as the page is told of them, and the bodies of requests, read within bounds."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json
from starlette.requests import Request
from starlette.responses import Response

from ipsim.app.encoding import json_response
from ipsim.scenario.errors import Fault, ScenarioError

LARGEST_BODY = 256 * 1024
"""Bytes of a request."""
_MOST_FAULTS = 20

Asking = TypeVar("Asking", bound=BaseModel)


class RequestError(Exception):
    """A request that is answered with faults.

    Attributes
    ----------
    status
        Status of the answer.
    faults
        What is wrong with the request.
    headers
        Further headers of the answer, such as ``Retry-After``.
    """

    def __init__(
        self, status: int, faults: Iterable[Fault] | str, headers: Mapping[str, str] | None = None
    ) -> None:
        self.status = status
        self.faults = [Fault("", 0, "", faults)] if isinstance(faults, str) else list(faults)
        self.headers = dict(headers or {})
        super().__init__("\n".join(str(fault) for fault in self.faults))


def told(faults: Iterable[Fault]) -> dict[str, Any]:
    """Return faults as the page reads them; ``text`` is the line of the command line."""
    return {"faults": [fault._asdict() | {"text": str(fault)} for fault in faults]}


def refusal(refused: RequestError) -> Response:
    """Answer with the faults of a refused request."""
    return json_response(told(refused.faults), refused.status, refused.headers)


def faults_of(error: Exception) -> list[Fault]:
    """Return what the page is told of an error; one that nobody foresaw is logged and not told."""
    from ipsim.study.errors import RunError

    if isinstance(error, ScenarioError | RequestError):
        return error.faults
    if isinstance(error, RunError):
        return [Fault("", 0, "", " ".join(str(error).split()))]
    log_surprise(error)
    return [Fault("", 0, "", "the board failed here; where it was started it says why")]


def log_surprise(error: BaseException) -> None:
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
        A request with a body of JSON.
    asked
        What its body must be.

    Raises
    ------
    RequestError
        With every fault of the body.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise RequestError(415, "content-type must be application/json")
    body = await _bounded(request)
    try:
        return asked.model_validate_json(body)
    except ValidationError as error:
        raise _refused(error, body) from None


async def _bounded(request: Request) -> bytes:
    """Read a body, and no more than is allowed."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_BODY:
            raise too_large()
        chunks.append(chunk)
    return b"".join(chunks)


def too_large() -> RequestError:
    """Return what a request with too long a body is answered."""
    message = f"a request can have at most {LARGEST_BODY // 1024} kB"
    return RequestError(413, message, {"Connection": "close"})


def _refused(error: ValidationError, body: bytes) -> RequestError:
    details = error.errors(include_url=False, include_context=False)
    if any(detail["type"] == "json_invalid" for detail in details):
        return RequestError(400, details[0]["msg"])
    given = from_json(body)
    found: dict[str, Fault] = {}
    for detail in details:
        key = _key(detail["loc"], given, detail["type"])
        message = detail["msg"].removeprefix("Value error, ")
        found.setdefault(key, Fault("", 0, key, message))
    return RequestError(422, list(found.values())[:_MOST_FAULTS])


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
