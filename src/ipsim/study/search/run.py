"""Run a search from beginning to end, into a study folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ipsim.study.batch import Batch, BatchProgress, BatchSummary
from ipsim.study.plan import Point, Study
from ipsim.study.search.reading import read_search
from ipsim.study.search.result import SearchResult
from ipsim.study.search.searching import search
from ipsim.study.search.stages import Told

if TYPE_CHECKING:
    from ipsim.study.simulations import MakesSimulation


def run_search(
    study: Study,
    folder: str | Path,
    *,
    lang: str = "en",
    workers: int | None = None,
    executor: str = "local",
    address: str | None = None,
    resume: bool = False,
    progress: Callable[[BatchProgress], None] | None = None,
    told: Told | None = None,
    make: MakesSimulation | None = None,
) -> tuple[SearchResult, BatchSummary]:
    """Look for the best policies under a budget and write what was found into a folder.

    Parameters
    ----------
    study
        A study with ``design: {kind: search}``; see `read_study`.
    folder
        Where to; made with its parents.
    lang
        Language of figures and report, ``en`` or ``zh``.
    workers, executor, address, make
        As in `run_batch`.
    resume
        Go on with what the folder holds: the search is gone through again, with the runs that are there.
    progress
        Told after each block of runs.
    told
        Told after each stage of the search.

    Returns
    -------
    SearchResult
        The frontier and what it was chosen from.
    BatchSummary
        How many runs there are, and how many failed.

    Raises
    ------
    ScenarioError
        When the section ``search`` is faulty.
    FolderError
        When the folder can't be used, or holds another search.
    RunError
        When the disk refuses, or every run fails.
    KeyboardInterrupt
        When it was stopped; it can be gone on with.
    """
    settings = read_search(study)
    asked = replace(study, outcomes=settings.outcomes)
    where = Path(folder)
    with Batch(
        where,
        asked,
        workers=workers,
        executor=executor,
        address=address,
        resume=resume,
        progress=progress,
        make=make,
    ) as batch:
        result = search(asked, settings, _from(batch), told)
        result.save(where, lang)
        return result, batch.summary()


def _from(batch: Batch) -> Callable[[Sequence[Point]], NDArray[np.float64]]:
    """Return what runs points in a batch: a wave each, the mean over a point's replicates."""
    names = [outcome.name for outcome in batch.study.outcomes]

    def runs(points: Sequence[Point]) -> NDArray[np.float64]:
        table = batch.evaluate(points)
        means = table.groupby("point", sort=True)[names].mean()
        return means.reindex(range(len(points))).to_numpy(dtype=np.float64)

    return runs
