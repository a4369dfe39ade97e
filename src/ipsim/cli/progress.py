"""Progress of long work: a bar on a terminal, a few plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress

_SECONDS_BETWEEN_LINES = 5.0


class Reporter(Protocol):
    """Says on standard error how far long work is."""

    def at(self, done: int, total: int, words: str) -> None:
        """Say how far it is; ``words`` say it in full."""
        ...

    def say(self, text: str) -> None:
        """Say something else, with its line breaks."""
        ...


def announce_compilation(quiet: bool = False) -> None:
    """Say so when the model has to be compiled first; nothing would move for a while."""
    from ipsim.engine.compiling import is_warm

    if not quiet and not is_warm():
        _write("Compiling the model for this machine, once after each change; about a minute\n")


@contextmanager
def shown_progress(title: str, quiet: bool = False) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function to be told of the quarters done and of those in all; None when quiet."""
    with reporter(title, quiet) as shown:
        if shown is None:
            yield None
        else:
            yield lambda done, total: shown.at(done, total, f"{done} of {total} quarters")


@contextmanager
def reporter(title: str, quiet: bool = False, worded: bool = False) -> Iterator[Reporter | None]:
    """Give what says how far work is; None when quiet.

    Parameters
    ----------
    title
        What is done.
    quiet
        Whether to say nothing.
    worded
        Whether the words stand beside the bar, instead of the share done and the time left.
    """
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bar(worded) as bar:
            yield _Bar(bar, title)
    else:
        yield _Lines(title)


def _bar(worded: bool) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    words = (TextColumn("{task.fields[words]}"),) if worded else (TaskProgressColumn(), TimeRemainingColumn())
    columns = (TextColumn("{task.description}"), BarColumn(), *words)
    return Progress(*columns, console=Console(stderr=True), transient=True)


class _Bar:
    def __init__(self, bar: Progress, title: str) -> None:
        self._bar = bar
        self._task = bar.add_task(title, total=None, words="")

    def at(self, done: int, total: int, words: str) -> None:
        self._bar.update(self._task, completed=done, total=total, words=words)

    def say(self, text: str) -> None:
        self._bar.console.print(text, end="", highlight=False, markup=False)


class _Lines:
    """Says how far it is, at most every few seconds."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._last = time.monotonic()
        self.say(f"{title}\n")

    def at(self, done: int, total: int, words: str) -> None:
        now = time.monotonic()
        if now - self._last >= _SECONDS_BETWEEN_LINES and done < total:
            self._last = now
            self.say(f"{self._title}: {words}\n")

    def say(self, text: str) -> None:
        _write(text)


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
