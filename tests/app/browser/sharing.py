"""One board for all processes of a test session."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from experiments.board.boards import Board


@contextmanager
def shared_board(folder: Path) -> Iterator[str]:
    """Give the address of one board that all test processes with this folder use.

    The first to come starts it, and ends it after the others have left. Users hold a shared lock while
    they use it, so a process that dies is not waited for.
    """
    folder.mkdir(parents=True, exist_ok=True)
    address = folder / "address"
    with (folder / "turn").open("a") as turn, (folder / "users").open("a") as users:
        while True:
            fcntl.flock(turn, fcntl.LOCK_EX)
            if not address.exists():
                break
            try:
                fcntl.flock(users, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:  # it is about to end
                fcntl.flock(turn, fcntl.LOCK_UN)
                time.sleep(0.1)
                continue
            fcntl.flock(turn, fcntl.LOCK_UN)
            yield address.read_text()
            return
        try:
            board = Board(folder / f"board-{os.getpid()}.log").start(warm=False)
            address.write_text(board.url)
        finally:
            fcntl.flock(turn, fcntl.LOCK_UN)
        try:
            yield board.url
        finally:
            fcntl.flock(users, fcntl.LOCK_EX)
            address.unlink()
            board.end()
