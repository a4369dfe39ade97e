"""A study on its way: its folder, locked, and the runs that are planned in it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ipsim.study.batch.filling import LOG, Filling
from ipsim.study.batch.folder import StudyFolder
from ipsim.study.batch.lock import locked
from ipsim.study.batch.manifest import (
    MANIFEST,
    SCENARIO,
    StudyFacts,
    check_same,
    read_facts,
    write_facts,
)
from ipsim.study.batch.parts import remove_unfinished
from ipsim.study.batch.progress import BatchSummary, Told
from ipsim.study.batch.tasks import Job
from ipsim.study.batch.waves import Wave, columns_of, identity, read_waves, wave_path, write_wave
from ipsim.study.errors import FolderError
from ipsim.study.plan import Point, Study
from ipsim.study.plan.study import PlannedRun

if TYPE_CHECKING:
    import pandas as pd

    from ipsim.study.simulations import MakesSimulation


class Batch:
    """A study folder that is being filled; use it as a context.

    Parameters
    ----------
    folder
        Where to; made with its parents.
    study
        What is asked for.
    workers, executor, address
        Where runs are made; see `open_pool`.
    resume
        Go on with what the folder holds.
    progress
        Told after each block.
    make
        Another simulation than the one of ipsim.

    Raises
    ------
    FolderError
        On entering, when the folder can't be used.
    ExecutorError
        When there is no such executor.
    """

    def __init__(
        self,
        folder: str | Path,
        study: Study,
        *,
        workers: int | None = None,
        executor: str = "local",
        address: str | None = None,
        resume: bool = False,
        progress: Told | None = None,
        make: MakesSimulation | None = None,
    ) -> None:
        self.folder = Path(folder)
        self.study = study
        self.warnings: tuple[str, ...] = ()
        self._filling = Filling(self.folder, study, (executor, workers, address), progress, make)
        self._resume = resume
        self._open = ExitStack()
        self._used = 0
        self._newer: StudyFacts | None = None
        self._began = time.perf_counter()

    def __enter__(self) -> Self:
        """Lock the folder, and make it or check that it holds this study."""
        try:
            self._open.enter_context(locked(self.folder))
            self._prepare()
        except BaseException:
            self._open.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers, at once after an error, and free the folder."""
        self._open.__exit__(kind, error, trace)

    # -- the folder ------------------------------------------------------------------------

    def _prepare(self) -> None:
        facts = StudyFacts.of(self.study)
        if not (self.folder / MANIFEST).exists():
            if others := [path.name for path in self.folder.iterdir() if not _is_ours(path.name)]:
                raise FolderError(
                    f"{self.folder} holds something else ({others[0]}); use another folder (--out)"
                )
            self._keep_facts(facts)
            self._filling.log(f"began {self.study.name}")
            return
        if not self._resume:
            raise FolderError(
                f"{self.folder} holds a study already; go on with it (--resume) or use another folder (--out)"
            )
        kept = read_facts(self.folder)
        changed = check_same(self.folder, kept, facts, self.study.scenario)
        self.warnings = tuple(f"not the versions that the study began with: {one}" for one in changed)
        if facts.study != kept.study:
            self._newer = replace(facts, versions=kept.versions, name=kept.name)
        remove_unfinished(self.folder)
        self._filling.log("resumed")

    def _renew_facts(self) -> None:
        """Keep the study as it is asked for now, once it is known to go on from what is there."""
        if self._newer is not None:
            self._keep_facts(self._newer)
            self._newer = None

    def _keep_facts(self, facts: StudyFacts) -> None:
        try:
            write_facts(self.folder, facts, self.study.scenario)
        except OSError as error:
            raise FolderError(f"{self.folder} can't be written to: {error.strerror or error}") from error

    # -- planning --------------------------------------------------------------------------

    def run_all(self) -> None:
        """Run what the study's design asks for and the folder has not; runs can have been added.

        Raises
        ------
        FolderError
            When the folder holds runs that the study does not ask for.
        """
        waves = read_waves(self.folder)
        there = {(job.point, identity(job.changes, job.seed)) for wave in waves for job in wave.jobs()}
        points = self.study.points()
        new: list[PlannedRun] = []
        found = 0
        for planned in self.study.planned(len(points)):
            known = bool(there) and (planned.point, self._mark(points, planned)) in there
            found += known
            new += [] if known else [planned]
        if found < len(there):
            raise FolderError(
                f"{self.folder} can't be gone on with: the study no longer asks for {len(there) - found} of "
                f"the {len(there)} runs planned there; runs can be added, by more replicates or by more "
                "points at the end of a list, but not changed; use another folder (--out)"
            )
        self._renew_facts()
        if new:
            waves.append(self._plan(points, new, waves, 0))
        self._filling.run(waves, self._open)

    def evaluate(self, points: Sequence[Point]) -> pd.DataFrame:
        """Run points as a wave of their own and return their outcomes.

        A batch that calls this again with the same points, in the same order, finds what is on disk:
        a search is resumed by searching again.

        Parameters
        ----------
        points
            What to run, once for each of a point's seeds; a point without seeds runs once, with that of
            the study.

        Returns
        -------
        pandas.DataFrame
            ``run, point, replicate`` and a column for each outcome of the study; points count from 0
            in each call, and failed runs are NaN.

        Raises
        ------
        FolderError
            When the folder holds other runs at this place.
        KeyboardInterrupt
            When it was stopped before the wave was done.
        """
        wanted = [
            PlannedRun(place, one, own)
            for place, point in enumerate(points)
            for one, own in enumerate(point.seeds or (self.study.seed,), start=1)
        ]
        waves = read_waves(self.folder)
        number, self._used = self._used, self._used + 1
        if number < len(waves):
            marks = [identity(job.changes, job.seed) for job in waves[number].jobs()]
            if marks != [self._mark(points, one) for one in wanted]:
                raise FolderError(
                    f"{self.folder} can't be gone on with: it holds other runs in {waves[number].path.name}"
                )
        else:
            offset = 1 + max((job.point for wave in waves for job in wave.jobs()), default=-1)
            waves.append(self._plan(points, wanted, waves, offset))
        self._renew_facts()
        self._filling.run(waves[number : number + 1], self._open)
        if self._filling.interrupted:
            raise KeyboardInterrupt
        table = StudyFolder(self.folder).outcomes(self.study.outcomes, number)
        return table.assign(point=[one.point for one in wanted])

    @staticmethod
    def _mark(points: Sequence[Point], planned: PlannedRun) -> bytes:
        return identity(points[planned.point].written, planned.seed)

    def _plan(
        self, points: Sequence[Point], planned: Sequence[PlannedRun], waves: Sequence[Wave], offset: int
    ) -> Wave:
        """Write the list of new runs; their numbers count on, those of their points from ``offset``."""
        first = waves[-1].first_run + waves[-1].runs if waves else 0

        def jobs() -> Iterator[tuple[Job, Point]]:
            for run, (place, replicate, seed) in enumerate(planned, start=first):
                point = points[place]
                yield Job(run, place + offset, replicate, seed, point.written), point

        path = wave_path(self.folder, len(waves))
        with self._filling.disk():
            write_wave(path, jobs(), *columns_of(points))
        return Wave(path, len(planned), first, waves[-1].blocks.stop if waves else 0)

    def summary(self) -> BatchSummary:
        """Return what came of it so far."""
        filled = self._filling
        return BatchSummary(
            folder=self.folder,
            planned=filled.planned,
            done=filled.done,
            failed=filled.failed,
            made=filled.made,
            seconds=time.perf_counter() - self._began,
            interrupted=filled.interrupted,
            warnings=self.warnings,
        )


def _is_ours(name: str) -> bool:
    """Tell whether a file may stand in a folder that was left before its study had begun."""
    return name.startswith(".") or name in (SCENARIO, LOG)
