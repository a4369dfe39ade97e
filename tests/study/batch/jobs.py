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
from tests.study.stand_ins import Record, Steady


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


class Brief(Steady):
    """Takes a while, and gives what seed and scenario say."""

    seconds = 0.01

    def __init__(self, scenario: Any, *, seed: int, scale: float | None) -> None:
        super().__init__(scenario, seed=seed, scale=scale)

    def run(self, progress: Progress | None = None) -> Record:
        time.sleep(self.seconds)
        strength = self.scenario.policy["protection.strength"].at(self.scenario.start_year, 1)
        values = {
            (year, "invention_applications"): self.seed + strength * (year - 2015) / 7
            for year in range(self.scenario.start_year, self.scenario.end_year + 1)
        }
        return Record(values, {"money": {"relative_error": 0.0, "ok": True}}, [])


class Deadly(Brief):
    """Kills its worker with seed 3."""

    def run(self, progress: Progress | None = None) -> Record:
        if self.seed == 3:
            die()
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
