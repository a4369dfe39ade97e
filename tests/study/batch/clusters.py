"""A real Dask cluster on loopback: a scheduler and worker processes, ended by their numbers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
_SECONDS_TO_START = 60.0


class Cluster:
    """A scheduler and the workers that were started with it."""

    def __init__(self, folder: Path, allowed_failures: int) -> None:
        self._folder = folder
        self._environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(allowed_failures),
        }
        self.file = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start_scheduler("0")
        self.address = self._address()

    def restart(self, workers: int) -> None:
        """Kill scheduler and workers, and start as many anew at the same address."""
        for process in self.processes:
            process.kill()
            process.wait()
        self.file.unlink()
        self.scheduler = self._start_scheduler(self.address.rpartition(":")[2])
        self._address()
        for _ in range(workers):
            self.add_worker()

    def _start_scheduler(self, port: str) -> subprocess.Popen[bytes]:
        file = str(self.file)
        return self._start("scheduler", "--host", "127.0.0.1", "--port", port, "--scheduler-file", file)

    def _address(self) -> str:
        deadline = time.monotonic() + _SECONDS_TO_START
        while time.monotonic() < deadline:
            try:
                return str(json.loads(self.file.read_text())["address"])
            except (OSError, ValueError):  # not there yet, or half written
                time.sleep(0.02)
        raise TimeoutError("the Dask scheduler did not start")

    def add_worker(self, *options: str, path: Path = ROOT) -> subprocess.Popen[bytes]:
        """Start a worker process with one thread; ``path`` comes first among its imports."""
        self._environment["PYTHONPATH"] = os.pathsep.join([str(path), str(ROOT)])
        return self._start(
            "worker", self.address, "--nthreads", "1", "--local-directory", str(self._folder), *options
        )

    def worker_process(self) -> int:
        """Return the number of a worker's process, which is a child of its nanny."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            found: Any = client.run(os.getpid)
            return next(iter(found.values()))

    def _start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{kind}-{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", kind, "--no-dashboard", *options],
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.processes.append(process)
        return process

    def end(self) -> None:
        """End the scheduler, which tells its workers, and then those that are in a task."""
        for process in self.processes:
            process.terminate()
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:  # a worker process ends when its nanny does
                process.kill()
                process.wait()


@contextmanager
def dask_cluster(folder: Path, *workers: tuple[str, ...], allowed_failures: int = 3) -> Iterator[Cluster]:
    """Give a cluster with a worker for each tuple of further options."""
    cluster = Cluster(folder, allowed_failures)
    try:
        for options in workers:
            cluster.add_worker(*options)
        yield cluster
    finally:
        cluster.end()


def wait_for(condition: object, seconds: float = 30.0) -> None:
    """Wait until a function says yes."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)


def session_processes(number: int) -> list[int]:
    """Return the processes of a session that still run."""
    found: list[int] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = stat.read_text().rpartition(")")[2].split()[:4]
        except OSError:  # it ended meanwhile
            continue
        if int(session) == number and state != "Z":
            found.append(int(stat.parent.name))
    return found
