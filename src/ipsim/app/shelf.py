"""Finished files that wait to be fetched: each once, by the one who asked, for a few minutes."""

from __future__ import annotations

import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

SECONDS: Final = 300.0
"""How long a file waits."""
MOST_BYTES: Final = 64 * 1024**2
"""Bytes of all files that wait; for a new one the oldest make room."""
_TOKEN_BYTES: Final = 24


@dataclass(frozen=True)
class Ready:
    """A file.

    Attributes
    ----------
    name
        What the visitor's computer calls it.
    media_type
        What it holds.
    data
        Its bytes.
    owners
        Who may fetch it: the visitor, and the address from which they asked, for a plain link says no more.
    until
        When it is thrown away.
    """

    name: str
    media_type: str
    data: bytes
    owners: frozenset[str]
    until: float

    @property
    def disposition(self) -> str:
        """The header that says that it is to be kept, under its name (RFC 6266, RFC 5987)."""
        plain = re.sub(r"-+(?=[-.])", "", self.name.encode("ascii", "ignore").decode())
        return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(self.name, safe='')}"


class Shelf:
    """Files by token.

    Parameters
    ----------
    most
        Bytes of all files together.
    seconds
        How long each waits.
    clock
        Seconds from some moment on.
    """

    def __init__(
        self,
        most: int = MOST_BYTES,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._files: OrderedDict[str, Ready] = OrderedDict()

    @property
    def nbytes(self) -> int:
        """Bytes of all files that wait."""
        return sum(len(one.data) for one in self._files.values())

    def put(self, owners: frozenset[str], name: str, media_type: str, data: bytes) -> str:
        """Keep a file; return the token that fetches it, which nobody can guess."""
        self._tidy()
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        self._files[token] = Ready(name, media_type, data, owners, self._clock() + self._seconds)
        while self.nbytes > self._most and len(self._files) > 1:
            self._files.popitem(last=False)
        return token

    def take(self, token: str, visitor: str) -> Ready | None:
        """Return a file and keep it no longer; None when it is gone or somebody else's."""
        self._tidy()
        found = self._files.get(token)
        if found is None or visitor not in found.owners:
            return None
        return self._files.pop(token)

    def _tidy(self) -> None:
        now = self._clock()
        for token in [token for token, one in self._files.items() if one.until <= now]:
            del self._files[token]
