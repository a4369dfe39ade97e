"""Progress of a calibration: runs of all cities together, and what each wave found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from ipsim.cli.batch_progress import Pace
from ipsim.cli.progress import Reporter, reporter

if TYPE_CHECKING:
    from ipsim.study.batch import BatchProgress
    from ipsim.study.batch.progress import Told


class Shown(NamedTuple):
    """Who is told what: of each city's runs, of what a wave found, and of the search for conflicts."""

    progress: Callable[[str], Told | None] | None
    say: Callable[[str], None]
    told: Callable[[int, int], None]


@contextmanager
def calibration_progress(title: str, quiet: bool, runs: int) -> Iterator[Shown]:
    """Give what calibration takes as ``progress``, ``say`` and ``told``; silent when quiet.

    Parameters
    ----------
    title
        What is done.
    quiet
        Whether to say nothing.
    runs
        How many runs it will make, in all cities.
    """
    with reporter(title, quiet, worded=True) as shown:
        if shown is None:
            yield Shown(None, lambda text: None, lambda done, of: None)
        else:
            cities = _Cities(shown, runs)

            def told(done: int, of: int) -> None:
                shown.at(done, of, f"looked for conflicts of {done} of {of} figures")

            yield Shown(cities.of, lambda text: shown.say(f"{text}\n"), told)


class _Cities:
    """Adds up how far the cities are."""

    def __init__(self, shown: Reporter, runs: int) -> None:
        self._shown, self._runs = shown, runs
        self._at: dict[str, BatchProgress] = {}
        self._pace = Pace()

    def of(self, city: str) -> Told:
        """Return what is to be told how far a city is."""

        def told(at: BatchProgress) -> None:
            self._at[city] = at
            if at.stopping:
                self._shown.say(f"Finishing {at.stopping} runs that are begun; Ctrl-C again stops at once\n")
                return
            every = self._at.values()
            done = sum(one.done for one in every)
            planned = max(self._runs, sum(one.planned for one in every))
            whole = at._replace(done=done, planned=planned, failed=sum(one.failed for one in every))
            self._shown.at(done, planned, f"{self._pace.words(whole)} ({city})")

        return told
