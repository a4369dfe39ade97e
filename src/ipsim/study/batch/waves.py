"""The planned runs of a study on disk: a table for each wave, a wave for each time runs were added.

A wave is written and read in pieces, since a screening of 150 assumptions lists some kilobytes a run.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ipsim.scenario.quantity import is_number
from ipsim.study.batch.parts import part_path
from ipsim.study.batch.tasks import Job
from ipsim.study.folders import written_beside
from ipsim.study.plan import Point, Points

LONGEST_BLOCK = 25
"""Runs in a block at most: a task's worth of work, and what is lost at worst when a worker dies."""

_FEWEST_BLOCKS = 40
_PIECE = 1000
"""Runs in a row group: what is in memory at a time."""

_TYPES = {
    "run": pa.int32(),
    "point": pa.int32(),
    "replicate": pa.int32(),
    "seed": pa.int64(),
    "changes": pa.string(),
}


def block_length(runs: int) -> int:
    """Return how many runs make a block in a wave; it hangs on nothing else, so parts are alike anywhere."""
    return min(LONGEST_BLOCK, max(1, -(-runs // _FEWEST_BLOCKS)))


@dataclass(frozen=True)
class Wave:
    """Runs that were planned together.

    Attributes
    ----------
    path
        The table that lists them.
    runs
        How many there are.
    first_run, first_block
        Where its numbers begin: those of the wave before count on.
    """

    path: Path
    runs: int
    first_run: int
    first_block: int

    @property
    def length(self) -> int:
        """Runs in a block."""
        return block_length(self.runs)

    @property
    def blocks(self) -> range:
        """Numbers of its blocks."""
        return range(self.first_block, self.first_block + -(-self.runs // self.length))

    def size_of(self, block: int) -> int:
        """Return how many runs a block has."""
        return min(self.length, self.runs - (block - self.first_block) * self.length)

    def runs_of(self, block: int) -> range:
        """Return the numbers of a block's runs."""
        start = self.first_run + (block - self.first_block) * self.length
        return range(start, start + self.size_of(block))

    def jobs_of(self, block: int) -> list[Job]:
        """Return the runs of a block."""
        rows = (run - self.first_run for run in self.runs_of(block))
        written = self.path.stat().st_mtime_ns
        return [_piece(self.path, written, row // _PIECE)[row % _PIECE] for row in rows]

    def jobs(self) -> Iterator[Job]:
        """Yield all runs, piece by piece."""
        for piece in range(-(-self.runs // _PIECE)):
            yield from _piece(self.path, self.path.stat().st_mtime_ns, piece)

    def missing(self, folder: Path) -> list[int]:
        """Return the blocks that are not on disk."""
        return [block for block in self.blocks if not part_path(folder, block).exists()]


@lru_cache(maxsize=4)
def _piece(path: Path, _written: int, number: int) -> list[Job]:
    """Return the runs of a row group; a file that was written anew is read anew."""
    table = pq.ParquetFile(path).read_row_group(number, columns=list(Job._fields))
    columns = [table.column(field).to_pylist() for field in Job._fields]
    return [Job(*row) for row in zip(*columns, strict=True)]


def identity(changes: str, seed: int) -> bytes:
    """Return a short mark that is equal for runs that do the same."""
    return hashlib.sha256(f"{seed} {changes}".encode()).digest()[:16]


def wave_path(folder: Path, number: int) -> Path:
    """Return where the runs of a wave are listed."""
    return folder / f"runs-{number:03d}.parquet"


def write_wave(
    path: Path, jobs: Iterable[tuple[Job, Point]], numbers: set[str], texts: Sequence[str]
) -> None:
    """Write the runs of a wave with the values of the factors at each.

    Parameters
    ----------
    jobs
        Each run with its point.
    numbers, texts
        Names of the factors: those that are numbers, and all in order.

    Raises
    ------
    OSError
        When the disk refuses.
    """
    fields = [pa.field(name, kind) for name, kind in _TYPES.items()]
    fields.insert(4, pa.field("name", pa.string()))
    fields += [pa.field(name, pa.float64() if name in numbers else pa.string()) for name in texts]
    schema = pa.schema(fields)
    rows = iter(jobs)
    with written_beside(path) as beside, pq.ParquetWriter(beside, schema, compression="zstd") as writer:
        while piece := list(itertools.islice(rows, _PIECE)):
            columns = [_column(field.name, piece, field.name in numbers) for field in fields]
            writer.write_table(pa.Table.from_arrays([*map(pa.array, columns)], schema=schema), _PIECE)


def _column(name: str, piece: Sequence[tuple[Job, Point]], number: bool) -> Any:
    if name in _TYPES:
        return [getattr(job, name) for job, _ in piece]
    if name == "name":
        return [point.name for _, point in piece]
    values = [point.values.get(name) for _, point in piece]
    if number:
        return pa.array(values, pa.float64(), from_pandas=False)
    return pa.array([None if value is None else json.dumps(value, ensure_ascii=False) for value in values])


def columns_of(points: Sequence[Point]) -> tuple[set[str], list[str]]:
    """Return which factors of the points are numbers, and the names of all in order."""
    if isinstance(points, Points):
        return (
            {factor.name for factor in points.factors if factor.is_number},
            [factor.name for factor in points.factors],
        )
    names = list(dict.fromkeys(name for point in points for name in point.values))
    mixed = {name for point in points for name, value in point.values.items() if not is_number(value)}
    return set(names) - mixed, names


def read_waves(folder: Path) -> list[Wave]:
    """Return the waves of a study folder, in order."""
    waves: list[Wave] = []
    while (path := wave_path(folder, len(waves))).exists():
        runs = pq.read_metadata(path).num_rows
        before = waves[-1] if waves else None
        first_run = before.first_run + before.runs if before else 0
        waves.append(Wave(path, runs, first_run, before.blocks.stop if before else 0))
    return waves


def read_runs(folder: Path) -> Any:
    """Return the runs of all waves with the values of the factors, as a DataFrame."""
    import pandas as pd

    tables = [pd.read_parquet(wave.path).drop(columns="changes") for wave in read_waves(folder)]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=pd.Index(_TYPES))
