"""Run a study from beginning to end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ipsim.study.batch.batch import Batch
from ipsim.study.batch.progress import BatchSummary, Told
from ipsim.study.plan import Study

if TYPE_CHECKING:
    from ipsim.study.simulations import MakesSimulation


def run_batch(
    study: Study,
    folder: str | Path,
    *,
    workers: int | None = None,
    executor: str = "local",
    address: str | None = None,
    resume: bool = False,
    progress: Told | None = None,
    make: MakesSimulation | None = None,
) -> BatchSummary:
    """Run a study into a folder.

    Parameters
    ----------
    study
        What to run; see `read_study`.
    folder
        Where to; made with its parents.
    workers
        Worker processes; as many as there are cores if None.
    executor, address
        ``local``, ``dask`` with the address of a scheduler, or ``module:factory``; see `open_pool`.
    resume
        Go on with what the folder holds, and add runs that the study asks for since.
    progress
        Told after each block of runs.
    make
        Another simulation than the one of ipsim: a class or function of a module.

    Returns
    -------
    BatchSummary
        How many runs there are, and how many failed; these are recorded in ``failures``.

    Raises
    ------
    FolderError
        When the folder can't be used: it holds another study, or another process works on it.
    ExecutorError
        When there is no such executor.
    RunError
        When the disk refuses; what was written stays, and the study can be gone on with.
    """
    with Batch(
        folder,
        study,
        workers=workers,
        executor=executor,
        address=address,
        resume=resume,
        progress=progress,
        make=make,
    ) as batch:
        batch.run_all()
        return batch.summary()
