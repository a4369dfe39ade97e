"""A study of a simulation that takes no time, can be told to fail, and knows its factors."""

import multiprocessing
import os
import signal
import tempfile
from pathlib import Path
from typing import Any

from ipsim.study.plan import Study, read_study
from ipsim.study.simulations import Progress
from tests.study.stand_ins import Record

TEXT = """\
scenario: jinhua
set: {horizon.end: 2017}
factors:
  policy.protection.strength: {low: 0, high: 1}
  policy.subsidies.research: [0, 0.1, 0.2]
design: {kind: latin-hypercube, points: 15}
replicates: 2
seed: 5
scale: 0.1
outcomes: [rd_intensity, {indicator: public_spending, statistic: sum, name: cost}]
"""
"""Thirty runs, one a block: seeds 5 and 6."""


def study(folder: Path, text: str = TEXT, name: str = "study") -> Study:
    """Write a study file and read it."""
    file = folder / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    return read_study(file)


class Quick:
    """Its figures are what scenario and seed say."""

    def __init__(self, scenario: Any, *, seed: int, scale: float | None) -> None:
        self.scenario, self.seed, self.scale = scenario, seed, scale
        self.strength = float(scenario.path("policy.protection.strength")[-1])
        self.research = float(scenario.path("policy.subsidies.research")[-1])

    def run(self, progress: Progress | None = None) -> Record:
        values = {
            (year, name): value
            for year in (2016, 2017)
            for name, value in (
                ("rd_intensity", self.seed + self.strength * (year - 2015) / 7),
                ("public_spending", self.research * year / 3),
                ("case_months", float("nan")),
            )
        }
        return Record(values, {"money": {"relative_error": 0.0, "ok": True}}, [])


class Central(Quick):
    """Fails with parameters that are not the central ones."""

    def run(self, progress: Progress | None = None) -> Record:
        central = self.scenario.ensemble.values()
        if any(self.scenario.parameter(key) != central[key] for key in self.scenario.drawn_keys):
            raise RuntimeError("not the central set")
        assert self.scenario.drawn_keys
        return super().run(progress)


class Refusing(Quick):
    """Fails where much is spent on research."""

    def run(self, progress: Progress | None = None) -> Record:
        if self.research > 0.15:
            raise ValueError("no money left")
        return super().run(progress)


class Killing(Quick):
    """Kills its worker with much research and the second seed, always."""

    def run(self, progress: Progress | None = None) -> Record:
        if self.research > 0.15 and self.seed == 6:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().run(progress)


class KillingOnce(Quick):
    """Kills its worker when a file asks for it, and takes the file away."""

    def run(self, progress: Progress | None = None) -> Record:
        parent = multiprocessing.parent_process()
        asked = kill_mark(parent.pid or 0) if parent else None
        if asked is not None and asked.exists():
            asked.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().run(progress)


def kill_mark(parent: int) -> Path:
    """Return the file that asks for a worker's death, by the number of its parent's process."""
    return Path(tempfile.gettempdir()) / f"ipsim-test-kill-{parent}"
