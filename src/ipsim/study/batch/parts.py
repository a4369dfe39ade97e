"""The results of a study on disk: a Parquet part for each block of runs, and a file for each failure.

A part is written beside its place and renamed, so that it is whole or not there. Equal runs give
equal bytes: nothing in these files tells when or where a run was made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ipsim.study.batch.tasks import Figures, Finished, Job
from ipsim.study.folders import write_whole
from ipsim.study.scenario_files import scenario_text

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.study.batch.waves import Wave

PARTS, FAILURES = "parts", "failures"

SCHEMA = pa.schema(
    [
        ("run", pa.int32()),
        ("point", pa.int32()),
        ("replicate", pa.int32()),
        ("year", pa.int16()),
        ("indicator", pa.dictionary(pa.int16(), pa.string())),
        ("value", pa.float64()),
    ]
)
"""Columns of a part; values are those of the whole city, in the unit of the catalogue."""

_PARQUET: dict[str, Any] = {
    "compression": "zstd",
    "use_dictionary": ["run", "point", "replicate", "year", "indicator"],
    "column_encoding": {"value": "BYTE_STREAM_SPLIT"},
}
"""Bytes of equal rank stand together: floats that are alike then compress by a third."""


def part_path(folder: Path, block: int) -> Path:
    """Return where a block's part stands."""
    return folder / PARTS / f"{block:06d}.parquet"


def failure_path(folder: Path, run: int) -> Path:
    """Return where a failed run is recorded; beside it stands its scenario."""
    return folder / FAILURES / f"{run:06d}.json"


def write_block(
    folder: Path, block: int, jobs: Sequence[Job], finished: Iterable[Finished], scenario: Scenario
) -> int:
    """Write a block's failures and, last, its part: from then on the block is done.

    Returns
    -------
    int
        How many of its runs failed.

    Raises
    ------
    OSError
        When the disk refuses; no part is left then.
    """
    found = {one.run: one for one in finished}
    failed = 0
    for job in jobs:
        one = found[job.run]
        if one.failure is not None:
            failed += 1
            facts = {**job._asdict(), "changes": json.loads(job.changes), **one.failure._asdict()}
            facts["scenario"] = {"name": scenario.name, "hash": scenario.hash}
            write_whole(failure_path(folder, job.run), _json(facts))
            write_whole(failure_path(folder, job.run).with_suffix(".yaml"), _as_scenario(job))
    done = [(job, found[job.run].figures) for job in jobs]
    table = part_table([(job, figures) for job, figures in done if figures is not None])
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, **_PARQUET)
    write_whole(part_path(folder, block), sink.getvalue().to_pybytes())
    return failed


def count_failures(folder: Path, waves: Iterable[Wave]) -> int:
    """Return how many runs of the finished blocks of some waves failed."""
    failed = {int(path.stem) for path in (folder / FAILURES).glob("[0-9]*.json")}
    if not failed:
        return 0
    return sum(
        run in failed
        for wave in waves
        for block in wave.blocks
        if part_path(folder, block).exists()
        for run in wave.runs_of(block)
    )


def remove_unfinished(folder: Path) -> None:
    """Remove what a process left that was killed while it wrote."""
    for path in (
        *folder.glob(".*.tmp"),
        *(folder / PARTS).glob(".*.tmp"),
        *(folder / FAILURES).glob(".*.tmp"),
    ):
        path.unlink(missing_ok=True)


def part_table(runs: Sequence[tuple[Job, Figures]]) -> pa.Table:
    """Return the runs of a block as one table, run by run."""
    names = list(dict.fromkeys(name for _, figures in runs for name in figures.names))
    place = {name: number for number, name in enumerate(names)}
    sizes = [len(figures.values) for _, figures in runs]
    codes = [
        np.array([place[name] for name in figures.names], dtype=np.int16)[figures.codes]
        for _, figures in runs
    ]
    columns = [
        pa.array(np.repeat([job[field] for job, _ in runs], sizes).astype(np.int32)) for field in range(3)
    ]
    columns += [
        pa.array(_joined([figures.years for _, figures in runs], np.int16)),
        pa.DictionaryArray.from_arrays(pa.array(_joined(codes, np.int16)), pa.array(names, pa.string())),
        pa.array(_joined([figures.values for _, figures in runs], np.float64)),
    ]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def _joined(arrays: Sequence[Any], kind: type) -> Any:
    return np.concatenate(arrays) if arrays else np.empty(0, kind)


def _json(facts: dict[str, Any]) -> bytes:
    return (json.dumps(facts, indent=2, ensure_ascii=False) + "\n").encode()


def _as_scenario(job: Job) -> bytes:
    """Return what ``ipsim run`` takes to make the run again, with its seed."""
    text = scenario_text({"extends": "../scenario.yaml"}, json.loads(job.changes))
    return f"# ipsim run THIS_FILE --central --replicates 1 --seed {job.seed}\n{text}".encode()
