"""The results of a study as arrays: points by replicates, worlds by policies, years."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipsim.study.batch import open_study

Floats = NDArray[np.float64]

_STAMP = "%Y-%m-%d %H:%M:%S"


class Facts(NamedTuple):
    """What a report says of how its figures were made."""

    name: str
    command: str
    runs: int
    failed: int
    points: int
    replicates: int
    scale: float
    scenario: str
    hash: str
    version: str
    model: str
    minutes: float


class Sheet:
    """A study folder, read for a report.

    Parameters
    ----------
    folder
        What `ipsim batch` filled.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept = open_study(folder)
        self.study = self._kept.study
        self.points = list(self.study.points())
        self.names = [point.name for point in self.points]

    def companion(self, ending: str) -> Sheet | None:
        """Return the study in the folder beside this one, ``NAME-ending``; None where there is none."""
        beside = self.folder.with_name(f"{self.folder.name}-{ending}")
        return Sheet(beside) if beside.exists() else None

    @cached_property
    def _outcomes(self) -> dict[str, Floats]:
        table = self._kept.outcomes()
        found: dict[str, Floats] = {}
        for one in self.study.outcomes:
            values = np.full((len(self.points), self.study.replicates), np.nan)
            values[table["point"], table["replicate"] - 1] = table[one.name]
            found[one.name] = values
        return found

    def outcome(self, name: str) -> Floats:
        """Return an outcome, shape (points, replicates); NaN where a run failed."""
        return self._outcomes[name]

    def in_worlds(self, name: str) -> Floats:
        """Return an outcome of a study with policies, shape (worlds, policies, replicates)."""
        values = self.outcome(name)
        return values.reshape(-1, len(self.study.policies), values.shape[1])

    def yearly(self, indicator: str) -> tuple[NDArray[np.int64], Floats]:
        """Return years, and an indicator of shape (points, replicates, years)."""
        table = self._kept.indicators([indicator])
        years = np.unique(table["year"].to_numpy(dtype=np.int64))
        values = np.full((len(self.points), self.study.replicates, len(years)), np.nan)
        places = np.searchsorted(years, table["year"].to_numpy())
        values[table["point"], table["replicate"] - 1, places] = table["value"]
        return years, values

    def total(self, indicator: str, first: int) -> Floats:
        """Return the sum of an indicator from a year on, shape (points, replicates)."""
        years, values = self.yearly(indicator)
        return values[:, :, years >= first].sum(axis=2)

    @property
    def facts(self) -> Facts:
        """How it was made."""
        kept, facts = self._kept, self._kept.facts
        return Facts(
            name=facts.name,
            command=f"ipsim batch experiments/{facts.name}.yaml --workers 2 --out results/{facts.name}",
            runs=kept.planned,
            failed=len(kept.failures),
            points=len(self.points),
            replicates=self.study.replicates,
            scale=facts.scale,
            scenario=facts.scenario_name,
            hash=facts.scenario_hash[:12],
            version=facts.versions["ipsim"],
            model=facts.model[:12],
            minutes=self._minutes(),
        )

    def _minutes(self) -> float:
        """Return the time that the log covers, without the pauses before it was gone on with."""
        lines = (self.folder / "log.txt").read_text(encoding="utf-8").splitlines()
        times = [datetime.strptime(line[:19], _STAMP) for line in lines]
        steps = zip(times, times[1:], lines[1:], strict=False)
        worked = [(after - before).total_seconds() for before, after, line in steps if "resumed" not in line]
        return sum(worked) / 60
