"""A recorded run as one binary that the page draws from.

Layout, all little-endian:

- 4 bytes ``IPSC``, 4 bytes version (uint32, 1), 4 bytes length of the header (uint32), 4 bytes nought;
- the header, JSON, padded with blanks to a multiple of 8: ``{"arrays": [{"name", "type", "start", "length"}],
  "log": {"least", "step"}}``. ``start`` is in bytes from the end of the header, a multiple of 8;
  ``type`` is ``u8``, ``u16``, ``u32`` or ``i16``;
- the arrays one after another.

Arrays named ``life.*`` have a number an enterprise; ``state.*`` a number a quarter of each enterprise's life,
life by life: those of enterprise ``n`` begin at ``life.start[n]``, with quarter ``life.first[n]``, and end
before ``life.start[n + 1]``. Amounts of money are 16-bit logarithms: 0 is nought (or less), any other ``c``
is ``least * exp((c - 1) * step)``.
``supply.*`` and ``copy.*`` are links with their first and last quarter.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ipsim.app.city.tables import NEVER

if TYPE_CHECKING:
    from ipsim.app.city.recording import Recording

MAGIC, VERSION = b"IPSC", 1
LEAST = 1e-5
"""The least amount that differs from nought, in million RMB: ten RMB."""
STEP = math.log(1e12) / 65534
"""Of the logarithm; an amount is off by at most 0.02 per cent."""
_TYPES = {"u8": "<u1", "u16": "<u2", "u32": "<u4", "i16": "<i2"}

_LIFE = {
    "industry": "u8",
    "stage": "u8",
    "size_class": "u8",
    "exporter": "u8",
    "status": "u8",
    "row": "u32",
    "generation": "u16",
    "bank": "u16",
    "born": "i16",
    "first": "u8",
    "last": "u8",
    "place": "u32",
}
_AMOUNTS = ("revenue", "debt", "research", "subsidy")
_COUNTS = {"inventions": "u16", "utility_models": "u16", "designs": "u16", "filed": "u16", "copied_by": "u16"}
_CODES = {"quality": "u8", "flags": "u8"}


def logarithm(amounts: NDArray[Any]) -> NDArray[np.uint16]:
    """Return amounts in million RMB as 16-bit logarithms."""
    known = np.maximum(np.nan_to_num(amounts.astype(np.float64)), LEAST)
    codes = 1 + np.rint(np.log(known / LEAST) / STEP)
    return np.where(amounts < LEAST, 0, np.minimum(codes, 65535)).astype(np.uint16)


def arrays_of(recording: Recording) -> dict[str, tuple[str, NDArray[Any]]]:
    """Return the arrays of the picture by name, with their types."""
    found: dict[str, tuple[str, NDArray[Any]]] = {}
    lives, states = recording.lives, recording.states
    for name, kind in _LIFE.items():
        found[f"life.{name}"] = (kind, lives[name])
    found["life.start"] = ("u32", recording.starts)
    for name in _AMOUNTS:
        found[f"state.{name}"] = ("u16", logarithm(states[name]))
    for name, kind in {**_COUNTS, **_CODES}.items():
        found[f"state.{name}"] = (kind, states[name])
    for name, links in (("supply", recording.supplies), ("copy", recording.copies)):
        for end in ("from", "to"):
            found[f"{name}.{end}"] = ("u32", links[end])
        for end in ("first", "last"):
            found[f"{name}.{end}"] = ("u8", links[end])
    return found


def packed(recording: Recording) -> bytes:
    """Return a recorded run as the page reads it."""
    listed: list[dict[str, Any]] = []
    parts: list[bytes] = []
    start = 0
    for name, (kind, values) in arrays_of(recording).items():
        part = values.astype(_TYPES[kind]).tobytes()
        listed.append({"name": name, "type": kind, "start": start, "length": len(values)})
        padding = -len(part) % 8
        parts.append(part + bytes(padding))
        start += len(part) + padding
    header = json.dumps({"arrays": listed, "log": {"least": LEAST, "step": STEP}, "never": NEVER}).encode()
    header += b" " * (-len(header) % 8)
    numbers = np.array([VERSION, len(header), 0], "<u4").tobytes()
    return MAGIC + numbers + header + b"".join(parts)
