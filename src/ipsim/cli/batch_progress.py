"""Progress of a study: count, rate, time left and failures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ipsim.cli.progress import Reporter, reporter

if TYPE_CHECKING:
    from ipsim.study.batch import BatchProgress


@contextmanager
def batch_progress(title: str, quiet: bool = False) -> Iterator[Told | None]:
    """Give what is to be told how far a batch is; None when quiet."""
    with reporter(title, quiet, worded=True) as shown:
        yield None if shown is None else Told(shown)


class Told:
    """Passes on how far a batch is."""

    def __init__(self, shown: Reporter) -> None:
        self._pace = Pace()
        self._shown = shown

    def __call__(self, at: BatchProgress) -> None:
        """Say it, or that it waits for runs that are begun."""
        if at.stopping:
            self.say(f"Finishing {at.stopping} runs that are begun; Ctrl-C again stops at once\n")
        else:
            self._shown.at(at.done, at.planned, self._pace.words(at))

    def say(self, text: str) -> None:
        """Say something else, with its line breaks."""
        self._shown.say(text)


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
