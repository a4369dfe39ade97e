"""Filling a study folder: blocks go out to workers, and what comes back goes to disk."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ipsim.study.batch.driver import Block, Driver
from ipsim.study.batch.executors import Pool, open_pool
from ipsim.study.batch.interrupts import finishing
from ipsim.study.batch.parts import count_failures, write_block
from ipsim.study.batch.progress import BatchProgress, Told
from ipsim.study.batch.tasks import Job, Task, compile_model
from ipsim.study.batch.waves import Wave
from ipsim.study.errors import RunError
from ipsim.study.plan import Study

if TYPE_CHECKING:
    from ipsim.study.simulations import MakesSimulation

LOG = "log.txt"


class Filling:
    """Runs the blocks that a folder lacks; the workers are started with the first of them.

    Parameters
    ----------
    folder
        Where parts and failures go.
    study
        What is run.
    where
        Executor, worker processes, address; see `open_pool`.
    progress
        Told after each block.
    make
        Another simulation than the one of ipsim.

    Attributes
    ----------
    planned, done, failed
        Runs of the waves so far, those on disk (failed ones included), and those that failed.
    made
        Runs that were made here.
    interrupted
        Whether it was stopped before the end.
    """

    def __init__(
        self,
        folder: Path,
        study: Study,
        where: tuple[str, int | None, str | None],
        progress: Told | None,
        make: MakesSimulation | None,
    ) -> None:
        self.planned = self.done = self.failed = self.made = 0
        self.interrupted = False
        self._folder = folder
        self._study = study
        self._where = where
        self._progress = progress
        self._make = make
        self._pool: Pool | None = None

    def run(self, waves: Sequence[Wave], workers: ExitStack) -> None:
        """Run the blocks of some waves that are not on disk.

        Parameters
        ----------
        waves
            Waves of the folder.
        workers
            Ends the workers in the end.

        Raises
        ------
        RunError
            When the disk refuses; what was written stays.
        """
        missing = [(wave, block) for wave in waves for block in wave.missing(self._folder)]
        planned = sum(wave.runs for wave in waves)
        self.planned += planned
        self.done += planned - sum(wave.size_of(block) for wave, block in missing)
        self.failed += count_failures(self._folder, waves)
        if not missing:
            return
        driver = Driver(self._workers(workers), self._task, self._keep)
        self._tell()
        with finishing(lambda: self._stop(driver)):
            driver.run(Block(block, wave.jobs_of(block)) for wave, block in missing)
        if driver.deaths:
            self.log(f"{driver.deaths} worker processes died and were replaced")
        if driver.stopping:
            self.interrupted = True
            self.log("stopped")

    def _workers(self, stack: ExitStack) -> Pool:
        if self._pool is None:
            executor, workers, address = self._where
            self._pool = stack.enter_context(open_pool(executor, workers, address))
            self.log(f"runs on {self._pool.title}")
            if executor == "local" and self._make is None:
                self._compile()
        return self._pool

    def _compile(self) -> None:
        """Compile the model where that was not done, once for all workers.

        A process of its own does it and goes: the compiler leaves half a gigabyte behind.
        """
        from ipsim.engine.compiling import is_warm

        if not is_warm():
            with open_pool("local", 1) as compiler:
                compiler.submit(compile_model, self._study.scenario).result()

    def _task(self, jobs: tuple[Job, ...]) -> Task:
        return Task(self._study.scenario, self._study.scale, self._study.keep, jobs, self._make)

    def _keep(self, block: Block) -> None:
        with self.disk():
            failed = write_block(
                self._folder, block.number, block.jobs, block.finished.values(), self._study.scenario
            )
        self.failed += failed
        self.done += len(block.jobs)
        self.made += len(block.jobs)
        note = f", {failed} failed" if failed else ""
        self.log(f"block {block.number:06d}: {len(block.jobs)} runs in {block.seconds:.1f} s{note}")
        self._tell()

    def _stop(self, driver: Driver) -> None:
        driver.stop()
        self._tell(driver.flying)

    def _tell(self, stopping: int = 0) -> None:
        if self._progress is not None:
            self._progress(BatchProgress(self.done, self.planned, self.failed, stopping))

    def log(self, line: str) -> None:
        """Note what happened when; results hold no times, so that equal studies are equal to the byte."""
        try:
            with (self._folder / LOG).open("a", encoding="utf-8") as log:
                log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {line}\n")
        except OSError:
            return  # a full disk is told where results are lost, not here

    @contextmanager
    def disk(self) -> Iterator[None]:
        """Say what a disk that refuses means: what was written stays.

        Raises
        ------
        RunError
            In place of an OSError.
        """
        try:
            yield
        except OSError as error:
            raise RunError(
                f"{self._folder} can't be written to: {error.strerror or error}; the {self.done} runs there "
                "are safe; go on with --resume when it can"
            ) from error
