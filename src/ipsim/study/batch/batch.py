"""A study on its way: planned runs, a pool of workers, and a folder that fills."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from ipsim.study.batch.driver import Block, Driver
from ipsim.study.batch.executors import Pool, open_pool
from ipsim.study.batch.folder import StudyFolder
from ipsim.study.batch.interrupts import finishing
from ipsim.study.batch.lock import locked
from ipsim.study.batch.manifest import MANIFEST, StudyFacts, check_same, read_facts, write_facts
from ipsim.study.batch.parts import FAILURES, write_block
from ipsim.study.batch.tasks import Job, Task, compile_model
from ipsim.study.batch.waves import Wave, columns_of, identity, read_waves, wave_path, write_wave
from ipsim.study.errors import FolderError, RunError
from ipsim.study.plan import Point, Study
from ipsim.study.plan.study import PlannedRun

if TYPE_CHECKING:
    import pandas as pd

    from ipsim.study.simulations import MakesSimulation

LOG = "log.txt"


class BatchProgress(NamedTuple):
    """How far a batch is.

    Attributes
    ----------
    done, planned, failed
        Runs on disk, runs in all so far, and those of the first that failed.
    stopping
        Runs it still waits for after a first Ctrl-C; 0 while nothing stops it.
    """

    done: int
    planned: int
    failed: int
    stopping: int = 0


Told = Callable[[BatchProgress], None]


@dataclass(frozen=True)
class BatchSummary:
    """What came of a batch.

    Attributes
    ----------
    folder
        Where it is.
    planned, done, failed
        Runs in all, on disk (failed ones included), and failed.
    made
        Runs of this call, without those that were there.
    seconds
        Duration of this call.
    interrupted
        Whether it was stopped before the end.
    warnings
        What a reader of the results should know.
    """

    folder: Path
    planned: int
    done: int
    failed: int
    made: int
    seconds: float
    interrupted: bool
    warnings: tuple[str, ...] = ()


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
        self.interrupted = False
        self.warnings: tuple[str, ...] = ()
        self.made = 0
        self._where = (executor, workers, address)
        self._resume = resume
        self._progress = progress
        self._make = make
        self._open = ExitStack()
        self._pool: Pool | None = None
        self._used = 0
        self._began = time.perf_counter()
        self._planned = self._done = self._failed = 0

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
            if others := [path.name for path in self.folder.iterdir() if not path.name.startswith(".")]:
                raise FolderError(
                    f"{self.folder} holds something else ({others[0]}); use another folder (--out)"
                )
            self._keep_facts(facts)
            self._log(f"began {self.study.name}")
            return
        if not self._resume:
            raise FolderError(
                f"{self.folder} holds a study already; go on with it (--resume) or use another folder (--out)"
            )
        kept = read_facts(self.folder)
        changed = check_same(self.folder, kept, facts, self.study.scenario)
        self.warnings = tuple(f"not the versions that the study began with: {one}" for one in changed)
        if facts.study != kept.study:
            self._keep_facts(replace(facts, versions=kept.versions, name=kept.name))
        self._failed = len(list((self.folder / FAILURES).glob("[0-9]*.json")))
        self._log("resumed")

    def _keep_facts(self, facts: StudyFacts) -> None:
        try:
            write_facts(self.folder, facts, self.study.scenario)
        except OSError as error:
            raise FolderError(f"{self.folder} can't be written to: {error.strerror or error}") from error

    def _log(self, line: str) -> None:
        """Note what happened when; results hold no times, so that equal studies are equal to the byte."""
        try:
            with (self.folder / LOG).open("a", encoding="utf-8") as log:
                log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {line}\n")
        except OSError:
            return  # a full disk is told where results are lost, not here

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
            known = (planned.point, identity(points[planned.point].written, planned.seed)) in there
            found += known
            new += [] if known else [planned]
        if found < len(there):
            raise FolderError(
                f"{self.folder} can't be gone on with: the study no longer asks for {len(there) - found} of "
                f"the {len(there)} runs planned there; runs can be added, by more replicates or by more "
                "points at the end of a list, but not changed; use another folder (--out)"
            )
        if new:
            waves.append(self._plan(points, new, waves, 0))
        self._run(waves)

    def evaluate(self, points: Sequence[Point], replicates: int = 1, seed: int | None = None) -> pd.DataFrame:
        """Run points as a wave of their own and return their outcomes.

        A batch that calls this again with the same points, in the same order, finds what is on disk:
        a search is resumed by searching again.

        Parameters
        ----------
        points
            What to run.
        replicates
            Runs at each point that has no seeds of its own.
        seed
            Of the first replicate; that of the study if None.

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
        first = self.study.seed if seed is None else seed
        wanted = [
            PlannedRun(place, one, own)
            for place, point in enumerate(points)
            for one, own in enumerate(point.seeds or range(first, first + replicates), start=1)
        ]
        waves = read_waves(self.folder)
        number, self._used = self._used, self._used + 1
        if number < len(waves):
            marks = [identity(job.changes, job.seed) for job in waves[number].jobs()]
            if marks != [identity(points[point].written, own) for point, _, own in wanted]:
                raise FolderError(
                    f"{self.folder} can't be gone on with: it holds other runs in {waves[number].path.name}"
                )
        else:
            offset = 1 + max((job.point for wave in waves for job in wave.jobs()), default=-1)
            waves.append(self._plan(points, wanted, waves, offset))
        self._run(waves[number : number + 1])
        if self.interrupted:
            raise KeyboardInterrupt
        table = StudyFolder(self.folder).outcomes(self.study.outcomes, number)
        return table.assign(point=[one.point for one in wanted])

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
        with self._disk():
            write_wave(path, jobs(), *columns_of(points))
        return Wave(path, len(planned), first, waves[-1].blocks.stop if waves else 0)

    # -- running ---------------------------------------------------------------------------

    def _run(self, waves: Sequence[Wave]) -> None:
        missing = [(wave, block) for wave in waves for block in wave.missing(self.folder)]
        planned = sum(wave.runs for wave in waves)
        self._planned += planned
        self._done += planned - sum(wave.size_of(block) for wave, block in missing)
        if not missing:
            return
        driver = Driver(self._workers(), self._task, self._keep_block)
        with finishing(lambda: self._stop(driver)):
            driver.run(Block(block, wave.jobs_of(block)) for wave, block in missing)
        if driver.deaths:
            self._log(f"{driver.deaths} worker processes died and were replaced")
        if driver.stopping:
            self.interrupted = True
            self._log("stopped")

    def _workers(self) -> Pool:
        """Return the pool, made when the first run is needed."""
        if self._pool is None:
            executor, workers, address = self._where
            self._pool = self._open.enter_context(open_pool(executor, workers, address))
            self._log(f"runs on {self._pool.title}")
            if executor == "local" and self._make is None:
                self._compile(self._pool)
        return self._pool

    def _compile(self, pool: Pool) -> None:
        """Let one worker compile the model where that was not done; all at once would each do it."""
        from ipsim.engine.compiling import is_warm

        if not is_warm():
            pool.submit(compile_model, self.study.scenario).result()

    def _task(self, jobs: tuple[Job, ...]) -> Task:
        return Task(self.study.scenario, self.study.scale, self.study.keep, jobs, self._make)

    def _keep_block(self, block: Block) -> None:
        with self._disk():
            failed = write_block(
                self.folder, block.number, block.jobs, block.finished.values(), self.study.scenario
            )
        self._failed += failed
        self._done += len(block.jobs)
        self.made += len(block.jobs)
        note = f", {failed} failed" if failed else ""
        self._log(f"block {block.number:06d}: {len(block.jobs)} runs in {block.seconds:.1f} s{note}")
        self._tell()

    def _stop(self, driver: Driver) -> None:
        driver.stop()
        self._tell(driver.flying)

    def _tell(self, stopping: int = 0) -> None:
        if self._progress is not None:
            self._progress(BatchProgress(self._done, self._planned, self._failed, stopping))

    @contextmanager
    def _disk(self) -> Iterator[None]:
        """Say what a disk that refuses means: what was written stays."""
        try:
            yield
        except OSError as error:
            raise RunError(
                f"{self.folder} can't be written to: {error.strerror or error}; the {self._done} runs there "
                "are safe; go on with --resume when it can"
            ) from error

    def summary(self) -> BatchSummary:
        """Return what came of it so far."""
        return BatchSummary(
            folder=self.folder,
            planned=self._planned,
            done=self._done,
            failed=self._failed,
            made=self.made,
            seconds=time.perf_counter() - self._began,
            interrupted=self.interrupted,
            warnings=self.warnings,
        )
