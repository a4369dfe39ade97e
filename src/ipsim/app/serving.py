"""Serving the board: where it listens, who may come, and how it ends."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette

from ipsim.app.security import ANY_ADDRESS, LOOPBACK
from ipsim.study.errors import RunError

DEFAULT_HOST = "127.0.0.1"
FIRST_PORT = 8765
_PORTS_TRIED = 50
_MOST_CONNECTIONS = 1000
_SECONDS_TO_END = 2


class AddressError(Exception):
    """The board cannot listen there; ``option`` is the option at fault."""

    def __init__(self, option: str, message: str) -> None:
        self.option = option
        super().__init__(message)


@dataclass(frozen=True)
class Place:
    """Where the board listens.

    Attributes
    ----------
    listener
        The socket, bound already.
    host
        As it was given.
    token
        What visitors must show; None on loopback.
    """

    listener: socket.socket
    host: str
    token: str | None

    @property
    def names(self) -> frozenset[str]:
        """The names by which visitors may address it."""
        given = LOOPBACK | {self.host.lower(), self.listener.getsockname()[0]}
        if self.token is None:
            return given
        machine = socket.gethostname().lower()
        return given | {machine, f"{machine}.local"}

    @property
    def link(self) -> str:
        """What visitors open."""
        address = self.listener.getsockname()[0]
        host = _own_address() if address in ANY_ADDRESS else self.host
        named = f"[{host}]" if ":" in host else host
        query = f"?token={self.token}" if self.token else ""
        return f"http://{named}:{self.listener.getsockname()[1]}/{query}"


def find_place(host: str = DEFAULT_HOST, port: int | None = None) -> Place:
    """Take an address and a port to listen on.

    Parameters
    ----------
    host
        A name or address of this machine; beyond loopback, a token is made that visitors must show.
    port
        The first that is free from 8765 on if not given.

    Raises
    ------
    AddressError
        When nothing can listen there.
    """
    family, address = _resolved(host)
    ports = range(FIRST_PORT, FIRST_PORT + _PORTS_TRIED) if port is None else (port,)
    for tried in ports:
        listener = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":  # elsewhere it would let two boards share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((address, tried))
            listener.listen(128)
        except OSError as error:
            listener.close()
            _explain(error, host, port)
            continue
        is_loopback = ip_address(address).is_loopback
        return Place(listener, host, None if is_loopback else secrets.token_urlsafe(16))
    last = FIRST_PORT + _PORTS_TRIED - 1
    raise AddressError("--port", f"the ports {FIRST_PORT} to {last} are all taken; give a free one")


def _resolved(host: str) -> tuple[socket.AddressFamily, str]:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        raise AddressError("--host", f"{host!r} is not a name or address of this machine") from None
    return family, str(address[0])


def _explain(error: OSError, host: str, port: int | None) -> None:
    """Raise what no other port would cure."""
    import errno

    if error.errno == errno.EADDRNOTAVAIL:
        raise AddressError("--host", f"{host!r} is not an address of this machine") from None
    if port is not None and error.errno == errno.EADDRINUSE:
        message = f"{port} is taken, perhaps by another board; give another, or leave the option out"
        raise AddressError("--port", message) from None
    if port is not None:
        raise AddressError("--port", f"can't listen on {port}: {error.strerror}") from None


def _own_address() -> str:
    """Return the address by which other machines of the network reach this one; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # an address for documentation: any outside one would do
            return str(asking.getsockname()[0])
        except OSError:
            return socket.gethostname()


def serve(app: Starlette, place: Place, ready: Callable[[], None]) -> None:
    """Serve the board until Ctrl-C or a signal to end.

    Parameters
    ----------
    app
        The board.
    place
        Where it listens.
    ready
        Called once, when the page can be opened.

    Raises
    ------
    RunError
        When the board cannot start.
    """
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        ws="none",
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )
    server = _Server(config, app, ready)
    for name in ("SIGTERM", "SIGHUP"):  # a window that is closed ends its board
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), server.end)
    try:
        server.run(sockets=[place.listener])
    except KeyboardInterrupt:
        return
    except SystemExit:  # uvicorn's, which has said why
        raise RunError("the board could not start") from None


class _Server(uvicorn.Server):
    """Says when it is ready, and does not wait for pages to leave when it ends."""

    def __init__(self, config: uvicorn.Config, app: Starlette, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._app = app
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # What breaks off now breaks off on purpose.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        self._app.state.underway.ended.set()
        await super().shutdown(sockets)

    def end(self, number: int, frame: FrameType | None) -> None:
        if self.should_exit:  # it has ended, and the signal comes again as after every server
            raise KeyboardInterrupt
        self.should_exit = True


def has_display() -> bool:
    """Tell whether a browser could be shown here."""
    if sys.platform in {"darwin", "win32"}:
        return True
    return any(os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"))


def open_browser(link: str) -> threading.Thread:
    """Open the page; what a browser prints or takes to start does not hold up the board."""
    opening = threading.Thread(target=_open, args=(link,), daemon=True)
    opening.start()
    return opening


def _open(link: str) -> Any:
    try:
        webbrowser.open(link)
    except webbrowser.Error as error:
        sys.stderr.write(f"ipsim board: no browser was opened: {error}\n")
