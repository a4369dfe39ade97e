"""Worker processes of this machine: how they are started, and how they end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

_SECONDS_TO_END = 10.0


def worker_context() -> BaseContext:
    """Return a way to start workers that shares no locks or threads with this process.

    It is named explicitly because a library may have changed the default of the whole process.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ipsim.simulation"])
    return context


def prepare_worker() -> None:
    """Make a new worker leave Ctrl-C to its parent, and end when the parent is gone.

    A parent that was killed can't end its workers, and a worker in the middle of a task would not
    notice: a thread waits for it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="end with parent", daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def kill_all(processes: Iterable[BaseProcess]) -> None:
    """End processes at once, and return when they are gone."""
    ending = list(processes)
    for process in ending:
        process.kill()
    for process in ending:
        process.join(_SECONDS_TO_END)


def available_cores() -> int:
    """Return the cores that this process may use: fewer than the machine has under many schedulers."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
