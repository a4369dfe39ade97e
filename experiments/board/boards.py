"""A real `ipsim board` of this checkout, started and ended."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LONGEST_START = 600.0
"""Seconds until ready; a machine without a compile cache takes minutes."""
LONGEST_END = 20.0


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Board:
    """One server process.

    Parameters
    ----------
    log
        What it prints goes here.
    port
        A free one if not given.
    options
        Further options of the command.
    """

    def __init__(self, log: Path, port: int | None = None, options: tuple[str, ...] = ()) -> None:
        self.log, self.options = log, options
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, warm: bool = True) -> Board:
        """Start it, and wait until it is compiled, and unless told otherwise until it is warm."""
        command = [sys.executable, "-m", "ipsim", "board", "--no-browser", "--port", str(self.port)]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [*command, *self.options], cwd=ROOT, stdout=out, stderr=out, stdin=subprocess.DEVNULL
            )
        deadline = time.monotonic() + LONGEST_START
        while not _is_there(health(self.url), warm):
            if self.process.poll() is not None:
                raise RuntimeError(f"the board ended with {self.process.returncode}: {self.said()}")
            if time.monotonic() > deadline:
                self.end()
                raise TimeoutError(f"the board is not ready after {LONGEST_START:.0f} s: {self.said()}")
            time.sleep(0.05)
        return self

    def end(self) -> int:
        """End it as Ctrl-C would, and return its exit status."""
        assert self.process is not None
        self.process.terminate()
        try:
            return self.process.wait(LONGEST_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def said(self) -> str:
        """Return what it has printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")


def _is_there(now: dict[str, Any], warm: bool) -> bool:
    return now.get("ready", False) if warm else now.get("state", "compiling") != "compiling"


def health(url: str) -> dict[str, Any]:
    """Return what a board says of itself; nothing if it does not answer."""
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as fault:
        fault.close()
        return {}
    except OSError:
        return {}


@contextmanager
def board_at(url: str | None, warm: bool = True) -> Iterator[str]:
    """Give the address of a board: the one named, or one of this checkout, started and ended here."""
    if url:
        yield url.rstrip("/")
        return
    # A script that is told to end must not leave its board behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory() as folder:
        board = Board(Path(folder) / "board.log").start(warm)
        try:
            yield board.url
        finally:
            board.end()
