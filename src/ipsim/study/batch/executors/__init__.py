"""Where the tasks of a batch run: worker processes here, a Dask cluster, or any other executor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ipsim.study.batch.executors.pool import Pool
from ipsim.study.errors import ExecutorError

__all__ = ["Pool", "open_pool"]


@contextmanager
def open_pool(
    executor: str = "local", workers: int | None = None, address: str | None = None
) -> Iterator[Pool]:
    """Give a pool of workers, whose processes are gone when it is left, even in the middle of a task.

    Parameters
    ----------
    executor
        ``local`` for worker processes of this machine, ``dask`` for a Dask cluster, or
        ``module:factory``: a function that returns something shaped like
        :class:`concurrent.futures.Executor`.
    workers
        Worker processes to start (``local``; as many as there are cores if None), or how many to
        expect elsewhere.
    address
        Address of the scheduler (``dask`` only).

    Raises
    ------
    ExecutorError
        When there is no such executor or it can't be used; before any task runs.
    """
    pool = _make(executor, workers, address)
    try:
        yield pool
    except BaseException:
        pool.stop()
        raise
    pool.close()


def _make(executor: str, workers: int | None, address: str | None) -> Pool:
    if workers is not None and workers < 1:
        raise ExecutorError(f"--workers must be at least 1, not {workers}")
    if address is not None and executor != "dask":
        raise ExecutorError(f"--address is for --executor dask alone, not for {executor}")
    if executor == "local":
        from ipsim.study.batch.executors.local import LocalPool

        return LocalPool(workers)
    if executor == "dask":
        from ipsim.study.batch.executors.dask import DaskPool

        return DaskPool(address, workers)
    if ":" in executor:
        from ipsim.study.batch.executors.factory import FactoryPool

        return FactoryPool(executor, workers)
    raise ExecutorError(
        f"--executor {executor}: there is no such executor; allowed: local, dask, MODULE:FACTORY"
    )
