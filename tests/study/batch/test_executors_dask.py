import shutil
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

import ipsim
from ipsim.study.batch.executors import dask, open_pool
from ipsim.study.batch.executors.dask import DaskPool
from ipsim.study.errors import ExecutorError, RunError
from tests.study.batch.clusters import Cluster, dask_cluster, wait_for
from tests.study.batch.jobs import sleep


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with dask_cluster(tmp_path) as made:
        yield made


def test_it_grows_with_its_workers(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "_SECONDS_BETWEEN_COUNTS", 0.0)
    with open_pool("dask", None, cluster.address) as pool:
        assert pool.capacity == 2
        assert pool.title == f"Dask at {cluster.address} with no worker threads so far"
        cluster.add_worker()
        cluster.add_worker("--nthreads", "3")
        wait_for(lambda: pool.capacity == 8)
        assert len({task.result(30) for task in [pool.submit(sleep, 0.2) for _ in range(6)]}) == 2
    with open_pool("dask", 10, cluster.address) as pool:
        assert pool.capacity == 20


def test_the_file_of_the_scheduler_is_an_address(cluster: Cluster) -> None:
    with open_pool("dask", None, str(cluster.file)) as pool:
        cluster.add_worker()
        assert pool.submit(pow, 2, 5).result(30) == 32


def test_a_worker_with_another_model_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(
        Path(ipsim.__file__).parent, other / "ipsim", ignore=shutil.ignore_patterns("__pycache__")
    )
    with (other / "ipsim" / "mechanisms" / "quarter.py").open("a") as changed:
        changed.write("# changed\n")
    with open_pool("dask", None, cluster.address) as pool:
        cluster.add_worker(path=other)
        error = pool.submit(pow, 2, 5).exception(30)
    message = "a worker on .* would give other results: sources of the model .* there, .* here; install the s"
    with pytest.raises(ExecutorError, match=message), open_pool("dask", None, cluster.address):
        pass
    assert isinstance(error, ExecutorError) and "would give other results" in str(error)


def test_a_worker_without_the_model_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    empty = tmp_path / "empty" / "ipsim"
    empty.mkdir(parents=True)
    (empty / "__init__.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'ipsim'\", name='ipsim')\n"
    )
    worker = cluster.add_worker(path=empty.parent)
    with open_pool("dask", None, cluster.address) as pool:
        assert isinstance(pool, DaskPool)
        wait_for(lambda: pool.threads == 1)
        error = pool.submit(pow, 2, 5).exception(30)
    assert worker.poll() is None
    with pytest.raises(ExecutorError, match="can't run ipsim"), open_pool("dask", None, cluster.address):
        pass
    assert isinstance(error, ImportError)


def test_a_scheduler_that_went_away_is_told(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "_SECONDS_TO_COME_BACK", 1.0)
    with open_pool("dask", None, cluster.address) as pool:
        task = pool.submit(sleep, 0)
        cluster.scheduler.kill()
        wait_for(task.cancelled)
        assert pool.is_loss(CancelledError())
        with pytest.raises(
            RunError, match=r"scheduler at .* is gone; start it again and go on with --resume"
        ):
            pool.renew()


def test_dask_has_to_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(ExecutorError, match=r"pip install 'ipsim\[cluster\]'"),
        open_pool("dask", None, "tcp://127.0.0.1:1"),
    ):
        pass


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("tcp://127.0.0.1:1", "no Dask scheduler answers at tcp://127.0.0.1:1: "),
        ("somewhere", "no Dask scheduler answers at somewhere: missing port number"),
        ("http://localhost:8787", "unknown address scheme 'http'"),
        ("absent.json", "--address absent.json can't be read: No such file or directory; has the sched"),
    ],
)
def test_an_address_without_an_answer_is_told(
    address: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask, "_SECONDS_TO_ANSWER", 1.0)
    with pytest.raises(ExecutorError, match=message), open_pool("dask", None, address):
        pass


def test_another_service_at_the_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "_SECONDS_TO_ANSWER", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with (
            pytest.raises(ExecutorError, match="no Dask scheduler answers"),
            open_pool("dask", None, address),
        ):
            pass


def test_another_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"
    file.write_text("[]")
    with pytest.raises(ExecutorError, match="is not the file of a Dask sch"), open_pool("dask", 1, str(file)):
        pass
