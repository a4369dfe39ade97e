"""The state of the board's page as it stands in an address."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

_RAW = -15
"""Deflate without a header."""


def address_of(state: dict[str, Any]) -> str:
    """Return the part of an address, from its ``#`` on, that opens the page in a state."""
    packer = zlib.compressobj(wbits=_RAW)
    packed = packer.compress(json.dumps(state, ensure_ascii=False).encode()) + packer.flush()
    return "#s=" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def state_of(address: str) -> dict[str, Any]:
    """Return the state that an address holds."""
    text = address.partition("#s=")[2].partition("&")[0]
    packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    return json.loads(zlib.decompress(packed, wbits=_RAW))


def policy(start: str = "jinhua", name: str = "", **parts: Any) -> dict[str, Any]:
    """Return a policy as the page holds it; ``parts`` are ``changes`` and ``subsidies``."""
    return {"start": start, "name": name, "changes": {}} | parts


def state(**parts: Any) -> dict[str, Any]:
    """Return the state of a first visit, with parts of it replaced."""
    return {
        "v": 1,
        "lang": "en",
        "theme": "auto",
        "view": "whatif",
        "baseline": policy(),
        "alternatives": [policy()],
        "edited": 0,
        "show": "difference",
        "from": 2021,
        "replicates": 30,
        "scale": 0.25,
        "seed": 1,
        "lesson": None,
        "city": None,
    } | parts
