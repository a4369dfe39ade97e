"""Anything shaped like ``concurrent.futures.Executor``, made by a function that the user names."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from difflib import get_close_matches
from types import ModuleType
from typing import Any

from ipsim.study.batch.executors.environment import environment, run_where_equal
from ipsim.study.errors import ExecutorError, RunError
from ipsim.study.processes import kill_all


class FactoryPool:
    """An executor that ``module:factory`` makes, made anew when it broke."""

    isolates = False

    def __init__(self, name: str, workers: int | None = None) -> None:
        """Make the executor and see that it is one.

        Raises
        ------
        ExecutorError
            When the module, the factory or what it returns is no good.
        """
        self._name = name
        self._factory = _find(name)
        self._known = set(multiprocessing.active_children())
        self._executor = self._make()
        self._capacity = workers or _workers_of(self._executor)

    @property
    def capacity(self) -> int:
        """Two tasks for each worker, so that none waits for the next."""
        return 2 * self._capacity

    @property
    def title(self) -> str:
        """The factory's name and the number of workers."""
        return f"{self._name} with {self._capacity} worker{'s' if self._capacity > 1 else ''}"

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Start a task.

        Raises
        ------
        RunError
            When the executor broke and can't be made anew.
        """
        try:
            return self._submit(function, *args)
        except BrokenExecutor:
            self.renew()
            return self._submit(function, *args)

    def _submit(self, function: Callable[..., Any], *args: Any) -> Future[Any]:
        return self._executor.submit(run_where_equal, environment(), function, *args)

    def is_loss(self, error: BaseException) -> bool:
        """Tell whether the executor broke."""
        return isinstance(error, BrokenExecutor)

    def deaths(self, error: BaseException) -> int:
        """Return 1 for a loss."""
        return int(self.is_loss(error))

    def renew(self) -> None:
        """Make another executor if this one is broken.

        Raises
        ------
        RunError
            When the factory gives none.
        """
        try:
            self._executor.submit(os.getpid)
        except BrokenExecutor:
            self._executor.shutdown(wait=False)
        else:
            return
        try:
            self._executor = self._make()
        except ExecutorError as error:
            raise RunError(f"the executor broke and could not be made anew: {error}") from error

    def stop(self) -> None:
        """Give up all tasks and kill the processes that the executor started here."""
        try:
            self._executor.shutdown(wait=False, cancel_futures=True)
        except TypeError:  # an executor of before Python 3.9
            self._executor.shutdown(wait=False)
        kill_all(set(multiprocessing.active_children()) - self._known)

    def close(self) -> None:
        """Shut the executor down."""
        self._executor.shutdown(wait=True)

    def _make(self) -> Any:
        try:
            made = self._factory()
        except Exception as error:
            raise ExecutorError(
                f"--executor {self._name}: it raised {type(error).__name__}: {error}"
            ) from error
        for method in ("submit", "shutdown"):
            if not callable(getattr(made, method, None)):
                raise ExecutorError(
                    f"--executor {self._name}: it returned a {type(made).__name__}, which has no method "
                    f"{method}; it has to be shaped like concurrent.futures.Executor"
                )
        if not isinstance(future := made.submit(os.getpid), Future):
            made.shutdown(wait=False)
            raise ExecutorError(
                f"--executor {self._name}: its submit gives a {type(future).__name__}, "
                "not a concurrent.futures.Future"
            )
        return made


def _find(name: str) -> Callable[[], Any]:
    """Return the factory of ``module:factory``, also from the current folder."""
    module_name, _, attribute = name.partition(":")
    if not module_name or not attribute:
        raise ExecutorError(f"--executor {name}: write MODULE:FACTORY, such as mycluster:make_executor")
    module = _module(name, module_name)
    factory = getattr(module, attribute, None)
    if factory is None:
        near = get_close_matches(attribute, dir(module), n=1)
        hint = f"; the nearest is {near[0]}" if near else ""
        raise ExecutorError(f"--executor {name}: {module_name} has no {attribute}{hint}")
    if not callable(factory):
        raise ExecutorError(
            f"--executor {name}: {attribute} is a {type(factory).__name__}, "
            "not a function that returns an executor"
        )
    return factory


def _module(name: str, module_name: str) -> ModuleType:
    here = os.getcwd()  # noqa: PTH109 - import paths are strings
    if here not in sys.path:
        sys.path.insert(0, here)
    try:
        return importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is not None and (module_name + ".").startswith(error.name + "."):
            raise ExecutorError(
                f"--executor {name}: no module {module_name} in {here} or among the installed packages"
            ) from error
        raise ExecutorError(f"--executor {name}: {module_name} can't be imported: {error}") from error
    except Exception as error:
        raise ExecutorError(
            f"--executor {name}: {module_name} can't be imported: {type(error).__name__}: {error}"
        ) from error


def _workers_of(executor: object) -> int:
    """Return how many workers it has, or as many as there are cores where it doesn't say."""
    count = getattr(executor, "_max_workers", None)
    return count if isinstance(count, int) and count > 0 else os.cpu_count() or 1
