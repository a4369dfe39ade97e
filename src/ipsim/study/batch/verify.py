"""Run again what a study folder holds and compare, value by value."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow.parquet as pq

from ipsim.study.batch.driver import Block, Driver
from ipsim.study.batch.executors import open_pool
from ipsim.study.batch.folder import StudyFolder
from ipsim.study.batch.parts import part_path, part_table
from ipsim.study.batch.progress import BatchProgress, Told
from ipsim.study.batch.tasks import Job, Task
from ipsim.study.batch.waves import Wave
from ipsim.study.errors import FolderError
from ipsim.study.manifest import changed_versions
from ipsim.study.verify import Verification, differing

if TYPE_CHECKING:
    from ipsim.study.simulations import MakesSimulation

_KEYS = ["run", "year", "indicator"]
_MOST_ROWS = 1000
"""Rows that differ are kept up to so many: a wholly different study must not fill the memory."""


def verify_study(
    folder: str | Path,
    workers: int | None = None,
    runs: int | None = None,
    progress: Told | None = None,
    make: MakesSimulation | None = None,
) -> Verification:
    """Run the blocks of a study folder again, from what the folder itself says.

    Parameters
    ----------
    folder
        What `run_batch` made, finished or not.
    workers
        Worker processes; as many as there are cores if None.
    runs
        About how many runs to make again, in blocks spread evenly; all if None.
    progress
        Told after each block.
    make
        Another simulation than the one of ipsim.

    Raises
    ------
    FolderError
        When there is no study, or no finished run of it.
    """
    there = StudyFolder(folder)
    study = there.study
    blocks = _chosen(there, runs)
    planned = sum(wave.size_of(block) for wave, block in blocks)
    found: list[pd.DataFrame] = []
    values = done = 0

    def task(jobs: tuple[Job, ...]) -> Task:
        return Task(study.scenario, study.scale, study.keep, jobs, make)

    def compare(block: Block) -> None:
        nonlocal values, done
        kept = pq.read_table(part_path(there.path, block.number)).to_pandas()
        figures = [(job, block.finished[job.run].figures) for job in block.jobs]
        again = part_table([(job, one) for job, one in figures if one is not None]).to_pandas()
        rows = differing(kept, again, _KEYS)
        values += len(kept)
        done += len(block.jobs)
        if sum(len(table) for table in found) < _MOST_ROWS:
            found.append(rows.head(_MOST_ROWS))
        if progress is not None:
            progress(BatchProgress(done, planned, 0))

    with open_pool("local", workers) as pool:
        Driver(pool, task, compare).run(Block(block, wave.jobs_of(block)) for wave, block in blocks)
    changed = changed_versions(there.facts.versions)
    return Verification(values, pd.concat(found, ignore_index=True), changed)


def _chosen(folder: StudyFolder, runs: int | None) -> Sequence[tuple[Wave, int]]:
    """Return the finished blocks, or some of them, spread evenly."""
    waves = folder.waves
    finished = [
        (wave, block) for wave in waves for block in wave.blocks if part_path(folder.path, block).exists()
    ]
    if not finished:
        raise FolderError(f"{folder.path} holds no finished run")
    if runs is None:
        return finished
    longest = max(wave.length for wave in waves)
    count = min(len(finished), max(1, round(runs / longest)))
    return [finished[place * len(finished) // count] for place in range(count)]
