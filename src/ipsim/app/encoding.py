"""JSON as the page reads it: UTF-8, numbers that are not finite as null."""

from __future__ import annotations

from typing import Any

from pydantic_core import to_json
from starlette.responses import Response


def as_json(value: Any) -> bytes:
    """Return a value of lists, mappings, numbers, arrays and texts as JSON on one line."""
    return to_json(value, inf_nan_mode="null", fallback=_plain)


def json_response(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Answer with a value as JSON."""
    return Response(as_json(value), status, headers, media_type="application/json")


def _plain(value: Any) -> Any:
    """Return a NumPy scalar or array as numbers and lists."""
    return value.tolist()
