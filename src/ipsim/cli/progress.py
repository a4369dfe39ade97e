"""Progress of long work: a bar on a terminal, a few plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Told = Callable[[int, int], None]

_SECONDS_BETWEEN_LINES = 5.0


def announce_compilation(quiet: bool = False) -> None:
    """Say so when the model has to be compiled first; nothing would move for a while."""
    from ipsim.engine.compiling import is_warm

    if not quiet and not is_warm():
        sys.stderr.write("Compiling the model for this machine, once after each change; about a minute\n")
        sys.stderr.flush()


@contextmanager
def shown_progress(title: str, quiet: bool = False) -> Iterator[Told | None]:
    """Give a function to be told of the quarters done and of those in all; None when quiet."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bar(title) as told:
            yield told
    else:
        yield _Lines(title)


@contextmanager
def _bar(title: str) -> Iterator[Told]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=None)

        def told(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield told


class _Lines:
    """Says how far it is, at most every few seconds."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._last = time.monotonic()
        sys.stderr.write(f"{title}\n")
        sys.stderr.flush()

    def __call__(self, done: int, total: int) -> None:
        """Say it when the time has come."""
        now = time.monotonic()
        if now - self._last >= _SECONDS_BETWEEN_LINES and done < total:
            self._last = now
            sys.stderr.write(f"{self._title}: {done} of {total} quarters\n")
            sys.stderr.flush()
