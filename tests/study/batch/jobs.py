"""What workers are given to do in tests, and executors to do it."""

import os
import signal
import threading
import time
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ipsim.study.processes import prepare_worker, worker_context
from ipsim.study.simulations import Progress
from tests.study.batch.stand_in import Quick
from tests.study.stand_ins import Record


def refuse(reason: str) -> None:
    raise ValueError(reason)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleep(seconds: float) -> int:
    """Sleep and return the number of the process."""
    time.sleep(seconds)
    return os.getpid()


def note_and_sleep(folder: str, seconds: float) -> None:
    """Leave a file named by the process, and sleep."""
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(seconds)


def note_and_count(folder: str, seconds: float) -> None:
    """Leave a file named by the process, and let no other thread have the interpreter for long."""
    (Path(folder) / str(os.getpid())).touch()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        sum(range(1_000_000))


def processes() -> Executor:
    return ProcessPoolExecutor(2, worker_context(), prepare_worker)


def threads() -> Executor:
    return ThreadPoolExecutor(2)


class Slow(Quick):
    """Takes a moment, so that a worker can be killed meanwhile."""

    def run(self, progress: Progress | None = None) -> Record:
        time.sleep(0.02)
        return super().run(progress)


class NotAnExecutor:
    """Has no way to submit."""


class OddFutures:
    """Its submit gives something else than a future."""

    def __init__(self) -> None:
        self.thread = threading.current_thread().name

    def submit(self, function: Any, *args: Any) -> str:
        return "later"

    def shutdown(self, wait: bool = True) -> None:
        return None


def broken_factory() -> Executor:
    raise OSError("no licence for this cluster")


number = 7
