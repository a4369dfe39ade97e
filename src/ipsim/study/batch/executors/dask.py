"""A Dask cluster, wherever its workers run."""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from ipsim.study.batch.executors.environment import environment, run_where_equal
from ipsim.study.errors import ExecutorError, RunError

if TYPE_CHECKING:
    from distributed import Client

_SECONDS_TO_ANSWER = 15.0
_SECONDS_TO_COME_BACK = 60.0  #: how long Dask tries to connect again
_SECONDS_BETWEEN_COUNTS = 2.0
_TASKS_PER_THREAD = 2  #: one that runs and one that waits, so that no worker waits for the next


class DaskPool:
    """The workers of a Dask scheduler, which sends the tasks of a worker that died to another."""

    isolates = False

    def __init__(self, address: str | None, workers: int | None = None) -> None:
        """Connect to the scheduler and see that the workers hold the model of here.

        Parameters
        ----------
        address
            Where the scheduler listens, such as ``tcp://10.0.0.1:8786``, or the file that it wrote
            (``dask scheduler --scheduler-file FILE``).
        workers
            How many worker threads to expect, so that tasks are waiting for those yet to come.

        Raises
        ------
        ExecutorError
            When Dask is not installed, the scheduler does not answer, or a worker holds another model.
        """
        self._expected = workers or 1
        self._address = address
        self._client = _connect(address)
        self._executor = self._client.get_executor(pure=False)
        self._counted, self._threads = float("-inf"), 0
        try:
            self._check_workers()
        except BaseException:
            self._client.close()
            raise

    @property
    def threads(self) -> int:
        """The threads of all workers that are there now."""
        now = time.monotonic()
        if now - self._counted > _SECONDS_BETWEEN_COUNTS and self._client.status == "running":
            with suppress(OSError, RuntimeError):  # the scheduler goes away: tasks in flight will tell
                threads: Any = self._client.nthreads()
                self._threads = sum(threads.values())
            self._counted = now
        return self._threads

    @property
    def capacity(self) -> int:
        """Two tasks for each thread of the workers that are there or expected."""
        return _TASKS_PER_THREAD * max(self.threads, self._expected)

    @property
    def title(self) -> str:
        """The scheduler's address and the threads of its workers."""
        return f"Dask at {self._address} with {self.threads or 'no'} worker threads so far"

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Hand a task to the scheduler; a worker without ipsim raises ImportError."""
        name = f"ipsim-{uuid4().hex}"  # as Dask's dashboard shows it
        return self._executor.submit(pickle.loads, _packed(function, *args), key=name)

    def is_loss(self, error: BaseException) -> bool:
        """Tell whether workers died under the task, or the scheduler lost it."""
        from distributed import KilledWorker
        from distributed.comm.core import CommClosedError

        return isinstance(error, KilledWorker | CommClosedError | CancelledError)

    def deaths(self, error: BaseException) -> int:
        """Return how many workers died before Dask gave the task up; 0 if only the connection was lost."""
        from distributed import KilledWorker

        return error.allowed_failures + 1 if isinstance(error, KilledWorker) else 0

    def renew(self) -> None:
        """Wait until Dask is connected again, when the connection to the scheduler was lost.

        Raises
        ------
        RunError
            When the scheduler doesn't come back.
        """
        deadline = time.monotonic() + 1.5 * _SECONDS_TO_COME_BACK
        while self._client.status == "connecting" and time.monotonic() < deadline:
            time.sleep(0.05)
        if self._client.status != "running":
            raise RunError(
                f"the Dask scheduler at {self._address} is gone; start it again and go on with --resume"
            )

    def stop(self) -> None:
        """Give up all tasks; workers end the ones that they are at, and nobody waits for these."""
        if self._client.status == "running":
            self._executor.shutdown(wait=False)
        self._client.close()

    def close(self) -> None:
        """Leave the cluster as it was found."""
        self._client.close()

    def _check_workers(self) -> None:
        found: Any = self._client.run(pickle.loads, _packed(str), on_error="return")
        for worker, answer in found.items():
            if isinstance(answer, ExecutorError):
                raise answer
            if isinstance(answer, BaseException):
                raise ExecutorError(f"the worker {worker} can't run ipsim: {answer}")


class _Call:
    """A call that is made when it is unpickled."""

    def __init__(self, *parts: Any) -> None:
        self._parts = parts

    def __reduce__(self) -> tuple[Any, ...]:
        return run_where_equal, (environment(), *self._parts)


def _packed(function: Callable[..., Any], /, *args: Any) -> bytes:
    """Return a call as bytes, whose unpickling runs it.

    A worker that can't unpickle a task closes itself, and the next worker takes the task. Bytes can
    always be unpickled, and what is wrong then is an error of the task.
    """
    return pickle.dumps(_Call(function, *args), pickle.HIGHEST_PROTOCOL)


def _connect(address: str | None) -> Client:
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise ExecutorError("--executor dask needs Dask: pip install 'ipsim[cluster]'") from None
    if address is None:
        raise ExecutorError("--executor dask needs --address: tcp://HOST:8786, or the scheduler's file")
    # What happens to the connection is told by this program, in a line and without a traceback.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    listening = _from_file(address) if address.endswith(".json") else address
    try:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, _greet(listening)).result()
        return Client(listening, timeout=_SECONDS_TO_COME_BACK, set_as_default=False)
    except MemoryError:  # from what it took for the length of a message
        raise ExecutorError(f"no Dask scheduler answers at {address}: something else listens there") from None
    except Exception as error:
        reason = str(error) or "it says nothing"
        raise ExecutorError(f"no Dask scheduler answers at {address}: {reason}") from error


async def _greet(address: str) -> None:
    """Raise an error if nobody there speaks as Dask does; a client that fails later can't be closed."""
    from distributed.comm.core import connect
    from distributed.security import Security

    security: dict[str, Any] = Security().get_connection_args("client")
    async with asyncio.timeout(1.5 * _SECONDS_TO_ANSWER):  # the greeting itself is waited for without an end
        comm = await connect(address, timeout=_SECONDS_TO_ANSWER, **security)
        await comm.close()


def _from_file(path: str) -> str:
    """Return the address in the file of ``dask scheduler --scheduler-file``."""
    try:
        return str(json.loads(Path(path).read_text(encoding="utf-8"))["address"])
    except OSError as error:
        raise ExecutorError(
            f"--address {path} can't be read: {error.strerror}; has the scheduler started?"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ExecutorError(f"--address {path} is not the file of a Dask scheduler") from error
