"""Simulations that take as long as they are told, and workers that die of them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipsim.scenario import Scenario

Progress = Callable[[int, int], None]


@dataclass
class Record:
    indicators: dict[tuple[int, str], float]
    accounts: dict[str, dict[str, Any]]
    chain: list[dict[str, Any]]


@dataclass
class Sleeping:
    """A run of ``scale`` seconds, in quarters; with seed 666 it fails."""

    scenario: Scenario
    seed: int
    scale: float | None

    def run(self, progress: Progress | None = None) -> Record:
        for quarter in range(self.scenario.quarters):
            time.sleep((self.scale or 0.0) / self.scenario.quarters)
            if progress:
                progress(quarter + 1, self.scenario.quarters)
        if self.seed == 666:
            raise RuntimeError("as told")
        years = range(2016, self.scenario.end_year + 1)
        values = {(year, "revenue"): 1000.0 * self.seed + year for year in years}
        chain = [{"industry": "toys", "stage": "parts", "patents": float(self.seed), "debt": 2}]
        return Record(values, {"cash": {"relative_error": 1e-16, "ok": True}}, chain)


@dataclass
class Deadly:
    """As `Sleeping`; with seed 13 the worker dies, as often as there are files in a folder."""

    folder: Path
    scenario: Scenario
    seed: int
    scale: float | None

    def run(self, progress: Progress | None = None) -> Record:
        lives = sorted(self.folder.iterdir())
        if self.seed == 13 and lives:
            lives[0].unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        return Sleeping(self.scenario, self.seed, self.scale).run(progress)


def mark(path: str, seconds: float, progress: Progress) -> str:
    """Sleep in steps of 10 ms, write a file at the end, and return the process."""
    steps = round(seconds / 0.01)
    for step in range(steps):
        time.sleep(0.01)
        progress(step + 1, steps)
    Path(path).write_text("done", encoding="utf-8")
    return str(os.getpid())


def doze(seconds: float, progress: Progress) -> None:
    """Sleep, and hear nothing meanwhile."""
    time.sleep(seconds)


def raise_value_error(progress: Progress) -> None:
    raise ValueError("as told")


def die_at_once(tell: Callable[[str], None]) -> None:
    tell("warming")
    os._exit(3)
