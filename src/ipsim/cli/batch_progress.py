"""Progress of a study: count, rate, time left and failures."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

    from ipsim.study.batch import BatchProgress

    Told = Callable[[BatchProgress], None]

_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def batch_progress(title: str, quiet: bool = False) -> Iterator[Told | None]:
    """Give a function to be told how far a batch is; None when quiet."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bar(title) as told:
            yield told
    else:
        yield _Lines(title)


class Pace:
    """How fast runs come in, and how long the rest takes at that rate.

    Parameters
    ----------
    clock
        Returns seconds; for tests.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._start: tuple[float, int] | None = None

    def words(self, at: BatchProgress) -> str:
        """Return count, rate, time left and failures of a moment."""
        now = self._clock()
        if self._start is None:
            self._start = (now, at.done)
        began, before = self._start
        made, seconds = at.done - before, now - began
        parts = [f"{at.done:,} of {at.planned:,} runs"]
        if made and seconds > 0:
            rate = made / seconds
            parts.append(f"{rate:.1f} a second" if rate >= 1 else f"{60 * rate:.1f} a minute")
            parts.append(f"{_duration((at.planned - at.done) / rate)} left")
        if at.failed:
            parts.append(f"{at.failed:,} failed")
        return ", ".join(parts)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d} h" if hours else f"{minutes}:{rest:02d} min"


def _stopping(at: BatchProgress) -> str:
    return f"Finishing {at.stopping} runs that are begun; Ctrl-C again stops at once\n"


@contextmanager
def _bar(title: str) -> Iterator[Told]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[words]}"))
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True) as progress:
        yield _Bar(progress, title)


class _Bar:
    def __init__(self, progress: Progress, title: str) -> None:
        self._progress = progress
        self._pace = Pace()
        self._task = progress.add_task(title, total=None, words="")

    def __call__(self, at: BatchProgress) -> None:
        if at.stopping:
            self._progress.console.print(_stopping(at), end="")
            return
        words = self._pace.words(at)
        self._progress.update(self._task, completed=at.done, total=at.planned, words=words)

    def say(self, text: str) -> None:
        """Say something else, above the bar."""
        self._progress.console.print(text, end="", highlight=False, markup=False)


class _Lines:
    """Says how far it is, at most every few seconds."""

    def __init__(self, title: str) -> None:
        self._pace = Pace()
        self._title = title
        self._last = time.monotonic()
        self.say(f"{title}\n")

    def __call__(self, at: BatchProgress) -> None:
        if at.stopping:
            self.say(_stopping(at))
            return
        words = self._pace.words(at)
        now = time.monotonic()
        if now - self._last >= _SECONDS_BETWEEN_LINES and at.done < at.planned:
            self._last = now
            self.say(f"{self._title}: {words}\n")

    def say(self, text: str) -> None:
        """Say something else."""
        sys.stderr.write(text)
        sys.stderr.flush()
