"""Worker processes of this machine, each apart, so that the death of one is known to be its task's."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from typing import Any

from ipsim.study.processes import available_cores, kill_all, prepare_worker, worker_context


class LocalPool:
    """One executor for each worker process, with one task at a time.

    An executor with several processes gives up all its tasks when one process dies, and doesn't tell
    whose death it was.
    """

    isolates = True

    def __init__(self, workers: int | None = None) -> None:
        """Prepare the workers; each starts with its first task."""
        self._slots = [_Slot() for _ in range(workers or available_cores())]

    @property
    def capacity(self) -> int:
        """One task for each worker."""
        return len(self._slots)

    @property
    def title(self) -> str:
        """The number of processes."""
        return f"{self.capacity} worker process{'es' if self.capacity > 1 else ''} here"

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Start a task on a worker that has none.

        Raises
        ------
        RuntimeError
            When every worker has a task already.
        """
        for slot in self._slots:
            if not slot.is_busy:
                return slot.submit(function, *args)
        raise RuntimeError(f"each of the {self.capacity} workers has a task already")

    def is_loss(self, error: BaseException) -> bool:
        """Tell whether the worker process died."""
        return isinstance(error, BrokenProcessPool)

    def deaths(self, error: BaseException) -> int:
        """Return 1 for a loss."""
        return int(self.is_loss(error))

    def renew(self) -> None:
        """Do nothing: a worker that died is replaced when it is needed again."""

    def stop(self) -> None:
        """Kill the workers."""
        for slot in self._slots:
            slot.stop()

    def close(self) -> None:
        """Let the workers end."""
        for slot in self._slots:
            slot.close()


class _Slot:
    """A worker process, replaced when it died."""

    def __init__(self) -> None:
        self._executor: ProcessPoolExecutor | None = None
        self._task: Future[Any] | None = None
        self._processes: list[BaseProcess] = []

    @property
    def is_busy(self) -> bool:
        return self._task is not None and not self._task.done()

    def submit(self, function: Callable[..., Any], *args: Any) -> Future[Any]:
        if self._executor is not None:
            try:
                self._task = self._executor.submit(function, *args)
                return self._task
            except BrokenProcessPool:
                self._executor.shutdown(wait=False)
        self._executor = ProcessPoolExecutor(1, worker_context(), prepare_worker)
        before = set(multiprocessing.active_children())
        self._task = self._executor.submit(function, *args)
        self._processes = [child for child in multiprocessing.active_children() if child not in before]
        return self._task

    def stop(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            kill_all(self._processes)
            self.close()

    def close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown()
        self._executor, self._task, self._processes = None, None, []
