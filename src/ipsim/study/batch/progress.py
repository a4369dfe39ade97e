"""How far a batch is, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class BatchProgress(NamedTuple):
    """How far a batch is.

    Attributes
    ----------
    done, planned, failed
        Runs on disk, runs in all so far, and those of the first that failed.
    stopping
        Runs it still waits for after a first Ctrl-C; 0 while nothing stops it.
    """

    done: int
    planned: int
    failed: int
    stopping: int = 0


Told = Callable[[BatchProgress], None]


@dataclass(frozen=True)
class BatchSummary:
    """What came of a batch.

    Attributes
    ----------
    folder
        Where it is.
    planned, done, failed
        Runs in all, on disk (failed ones included), and failed.
    made
        Runs of this call, without those that were there.
    seconds
        Duration of this call.
    interrupted
        Whether it was stopped before the end.
    warnings
        What a reader of the results should know.
    """

    folder: Path
    planned: int
    done: int
    failed: int
    made: int
    seconds: float
    interrupted: bool
    warnings: tuple[str, ...] = ()
