"""Reading a study folder: while it is filled, and when it is done."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ipsim.study.batch.manifest import StudyFacts, kept_study, read_facts
from ipsim.study.batch.parts import FAILURES, PARTS, SCHEMA
from ipsim.study.batch.waves import Wave, read_runs, read_waves

if TYPE_CHECKING:
    from ipsim.study.plan import Outcome, Study

_KEYS = ["run", "point", "replicate"]


class StudyFolder:
    """The results of a study on disk.

    Parameters
    ----------
    path
        The folder; it may still be filled by another process.

    Raises
    ------
    FolderError
        When it holds no study.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.facts: StudyFacts = read_facts(self.path)

    @cached_property
    def study(self) -> Study:
        """What was asked for."""
        return kept_study(self.path)

    @property
    def waves(self) -> list[Wave]:
        """The waves of planned runs."""
        return read_waves(self.path)

    @property
    def runs(self) -> pd.DataFrame:
        """A row a planned run: ``run, point, replicate, seed, name`` and the value of each factor."""
        return read_runs(self.path)

    @property
    def planned(self) -> int:
        """How many runs are planned."""
        return sum(wave.runs for wave in self.waves)

    @property
    def finished(self) -> int:
        """How many runs are on disk, failed ones included."""
        return sum(
            wave.runs - sum(wave.size_of(block) for block in wave.missing(self.path)) for wave in self.waves
        )

    @property
    def failures(self) -> pd.DataFrame:
        """A row a failed run: ``run, point, replicate, seed, kind, message, changes, traceback``."""
        columns = [*_KEYS, "seed", "kind", "message", "changes", "traceback"]
        paths = sorted((self.path / FAILURES).glob("[0-9]*.json"))
        rows = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
        return pd.DataFrame([[row[name] for name in columns] for row in rows], columns=pd.Index(columns))

    def indicators(
        self, names: Sequence[str] | None = None, years: Sequence[int] | None = None
    ) -> pd.DataFrame:
        """Return indicators of all finished runs.

        Parameters
        ----------
        names, years
            Which; all if None. What is left out is not read into memory.

        Returns
        -------
        pandas.DataFrame
            ``run, point, replicate, year, indicator, value``.
        """
        return self._read(names, years, None).sort_values("run", kind="stable", ignore_index=True)

    def outcomes(self, outcomes: Sequence[Outcome] | None = None, wave: int | None = None) -> pd.DataFrame:
        """Return one number a run for each outcome.

        Parameters
        ----------
        outcomes
            Which; those of the study if None.
        wave
            Only the runs of this wave; all if None.

        Returns
        -------
        pandas.DataFrame
            ``run, point, replicate`` and a column an outcome, a row for each planned run; NaN where it
            failed or is not done.
        """
        wanted = self.study.outcomes if outcomes is None else tuple(outcomes)
        waves = self.waves if wave is None else [self.waves[wave]]
        planned = [job[:3] for one in waves for job in one.jobs()]
        table = pd.DataFrame(planned, columns=pd.Index(_KEYS))
        names = list(dict.fromkeys(one.indicator for one in wanted))
        values = self._read(names, sorted({year for one in wanted for year in one.years}), wave)
        for one in wanted:
            mine = values[(values["indicator"] == one.indicator) & values["year"].isin(one.years)]
            by_year = mine.pivot(index="run", columns="year", values="value")
            by_year = by_year.reindex(index=table["run"], columns=list(one.years))
            table[one.name] = one.of(by_year.to_numpy(dtype=np.float64))
        return table

    def _read(
        self, names: Sequence[str] | None, years: Sequence[int] | None, wave: int | None
    ) -> pd.DataFrame:
        import pyarrow.dataset as ds

        blocks = [
            block
            for one in self.waves[slice(wave, None if wave is None else wave + 1)]
            for block in one.blocks
        ]
        files = [self.path / PARTS / f"{block:06d}.parquet" for block in blocks]
        there = [str(file) for file in files if file.exists()]
        if not there:
            return pd.DataFrame({field.name: [] for field in SCHEMA})
        wanted: Any = None
        if names is not None:
            wanted = ds.field("indicator").isin(list(names))
        if years is not None:
            of_years = ds.field("year").isin([int(year) for year in years])
            wanted = of_years if wanted is None else wanted & of_years
        table = ds.dataset(there, schema=SCHEMA).to_table(filter=wanted)
        return table.to_pandas()


def open_study(folder: str | Path) -> StudyFolder:
    """Return the results in a study folder, finished or not.

    Raises
    ------
    FolderError
        When it holds no study.
    """
    return StudyFolder(folder)
