"""The same study here, on a Dask cluster and on other executors gives the same bytes."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from ipsim.study.batch import BatchProgress, BatchSummary, run_batch
from tests.study.batch.clusters import Cluster, dask_cluster
from tests.study.batch.hashes import hashes
from tests.study.batch.jobs import Slow
from tests.study.batch.stand_in import Killing, Refusing, study

MANY = """\
scenario: jinhua
set: {horizon.end: 2017}
factors:
  policy.protection.strength: {low: 0, high: 1}
  policy.subsidies.research: [0, 0.1, 0.2]
design: {kind: latin-hypercube, points: 100}
replicates: 2
scale: 0.1
"""
"""Two hundred runs, five a block."""

FEW = """\
scenario: jinhua
set: {horizon.end: 2017}
factors:
  policy.subsidies.research: [0, 0.1, 0.2]
  policy.protection.strength: [0.5]
design: {kind: factorial}
replicates: 2
seed: 5
scale: 0.1
"""
"""Six runs, one a block; of these the last is a deadly one for `Killing`."""

REAL = """\
scenario: jinhua
set: {horizon.end: 2016}
factors:
  policy.protection.strength: {low: 0, high: 1}
design: {kind: latin-hypercube, points: 8}
replicates: 2
scale: 0.01
"""

pytestmark = pytest.mark.slow

PROCESSES, THREADS = "tests.study.batch.jobs:processes", "tests.study.batch.jobs:threads"


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with dask_cluster(tmp_path, (), (), allowed_failures=2) as made:
        yield made


def fill(
    folder: Path,
    text: str,
    make: Any,
    executor: str = THREADS,
    address: str | None = None,
    progress: Callable[[BatchProgress], None] | None = None,
) -> BatchSummary:
    where: dict[str, Any] = {"executor": executor, "workers": 2, "address": address}
    return run_batch(study(folder.parent, text), folder, make=make, progress=progress, **where)


class Murder:
    """Kills a worker process of the cluster, without its nanny, when so many runs are done."""

    def __init__(self, cluster: Cluster, after: int) -> None:
        self.victim: int | None = None
        self._cluster, self._after = cluster, after

    def __call__(self, so_far: BatchProgress) -> None:
        if self.victim is None and so_far.done >= self._after:
            with ThreadPoolExecutor(1) as thread:
                self.victim = thread.submit(self._cluster.worker_process).result()
            os.kill(self.victim, signal.SIGKILL)


def test_a_worker_that_is_killed_changes_no_byte(cluster: Cluster, tmp_path: Path) -> None:
    fill(tmp_path / "here", MANY, Slow)
    murder = Murder(cluster, 50)
    summary = fill(tmp_path / "dask", MANY, Slow, "dask", cluster.address, murder)
    assert murder.victim
    assert (summary.done, summary.failed) == (200, 0)
    assert hashes(tmp_path / "dask") == hashes(tmp_path / "here")


def test_a_worker_that_never_comes_back_changes_no_byte(tmp_path: Path) -> None:
    fill(tmp_path / "here", MANY, Slow)
    with dask_cluster(tmp_path, ("--no-nanny",), ("--no-nanny",)) as cluster:
        lost = cluster.processes[1]

        def kill(so_far: BatchProgress) -> None:
            if so_far.done >= 50:
                lost.kill()

        fill(tmp_path / "dask", MANY, Slow, "dask", cluster.address, kill)
        assert lost.wait(10) == -signal.SIGKILL
    assert hashes(tmp_path / "dask") == hashes(tmp_path / "here")


def test_a_scheduler_that_comes_back_is_gone_on_with(cluster: Cluster, tmp_path: Path) -> None:
    fill(tmp_path / "here", MANY, Slow)
    restarted = False

    def restart(so_far: BatchProgress) -> None:
        nonlocal restarted
        if not restarted and so_far.done >= 50:
            restarted = True
            cluster.restart(2)

    assert fill(tmp_path / "dask", MANY, Slow, "dask", cluster.address, restart).failed == 0
    assert restarted
    assert hashes(tmp_path / "dask") == hashes(tmp_path / "here")


def test_runs_that_fail_are_recorded_alike(cluster: Cluster, tmp_path: Path) -> None:
    assert fill(tmp_path / "here", FEW, Refusing, "local").failed == 2
    assert fill(tmp_path / "dask", FEW, Refusing, "dask", cluster.address).failed == 2
    assert hashes(tmp_path / "dask") == hashes(tmp_path / "here")


def test_a_run_that_kills_its_workers_is_recorded_alike(cluster: Cluster, tmp_path: Path) -> None:
    assert fill(tmp_path / "here", FEW, Killing, "local").failed == 1
    assert fill(tmp_path / "processes", FEW, Killing, PROCESSES).failed == 1
    assert fill(tmp_path / "dask", FEW, Killing, "dask", cluster.address).failed == 1
    assert hashes(tmp_path / "dask") == hashes(tmp_path / "processes") == hashes(tmp_path / "here")


def test_the_model_itself_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    fill(tmp_path / "here", REAL, None, "local")
    fill(tmp_path / "threads", REAL, None, THREADS)
    with dask_cluster(tmp_path, (), ("--nthreads", "2")) as cluster:
        fill(tmp_path / "dask", REAL, None, "dask", cluster.address)
    assert hashes(tmp_path / "here") == hashes(tmp_path / "threads") == hashes(tmp_path / "dask")
