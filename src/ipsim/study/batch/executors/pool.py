"""What the driver of a batch asks of a pool of workers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol


class Pool(Protocol):
    """Workers that run tasks, wherever they are."""

    @property
    def capacity(self) -> int:
        """How many tasks are worth keeping in flight; it may change as workers come and go."""
        ...

    @property
    def isolates(self) -> bool:
        """Whether a lost task is surely the one that killed its worker."""
        ...

    @property
    def title(self) -> str:
        """Where tasks run, in a few words for the log."""
        ...

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Start a task: a function of a module, and arguments that can be sent between processes.

        What it raises comes through its future; an :class:`~ipsim.study.errors.ExecutorError` there
        says that the workers are no good, whatever the task.
        """
        ...

    def is_loss(self, error: BaseException) -> bool:
        """Tell whether a task was lost together with its worker, rather than raising this itself."""
        ...

    def deaths(self, error: BaseException) -> int:
        """Return how many workers died under the task until its loss was given up with this error.

        0 if the loss says nothing about the task, as when a scheduler went away.
        """
        ...

    def renew(self) -> None:
        """Make the pool usable again after a loss, where that is needed.

        Raises
        ------
        RunError
            When it can't be.
        """
        ...

    def stop(self) -> None:
        """End at once, even in the middle of tasks."""
        ...

    def close(self) -> None:
        """End when no task is in flight any more."""
        ...
