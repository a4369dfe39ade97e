"""What every pool of workers has to do, wherever its workers are."""

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest

from ipsim.study.batch.executors import Pool, open_pool
from tests.study.batch.clusters import dask_cluster, wait_for
from tests.study.batch.jobs import die, refuse, sleep

KINDS = ("local", "dask", "tests.study.batch.jobs:processes")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with dask_cluster(tmp_path_factory.mktemp("dask"), (), (), allowed_failures=0) as cluster:
        yield cluster.address


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def opened(kind: str, request: pytest.FixtureRequest) -> AbstractContextManager[Pool]:
    where = request.getfixturevalue("address") if kind == "dask" else None
    return open_pool(kind, 2, where)


pytestmark = pytest.mark.parametrize("kind", KINDS, indirect=True)


def test_results_come_back(opened: AbstractContextManager[Pool]) -> None:
    with opened as pool:
        assert pool.capacity >= 2
        first, second = pool.submit(pow, 2, 5), pool.submit(max, 3, 4)
        assert (first.result(30), second.result(30)) == (32, 4)
        assert pool.title


def test_what_a_task_raises_comes_through_as_such(opened: AbstractContextManager[Pool]) -> None:
    with opened as pool:
        error = pool.submit(refuse, "not today").exception(30)
        assert isinstance(error, ValueError) and str(error) == "not today"
        assert not pool.is_loss(error)
        assert pool.deaths(error) == 0
        assert pool.submit(pow, 2, 5).result(30) == 32


def test_a_task_whose_worker_is_killed_is_lost_and_the_pool_goes_on(
    opened: AbstractContextManager[Pool],
) -> None:
    with opened as pool:
        error = pool.submit(die).exception(60)
        assert error is not None
        assert pool.is_loss(error)
        assert pool.deaths(error) == 1
        pool.renew()
        pool.renew()
        tasks = [pool.submit(pow, 2, power) for power in range(2)]
        assert [task.result(60) for task in tasks] == [1, 2]


def test_a_task_beside_it_comes_to_an_end(opened: AbstractContextManager[Pool]) -> None:
    with opened as pool:
        beside, killed = pool.submit(sleep, 0.5), pool.submit(die)
        assert pool.is_loss(killed.exception(60) or ValueError())
        if (error := beside.exception(60)) is not None:
            assert not pool.isolates
            assert pool.is_loss(error)
            pool.renew()
            assert pool.submit(sleep, 0).result(60)


def test_left_by_an_error_it_ends_at_once(opened: AbstractContextManager[Pool]) -> None:
    before = set(multiprocessing.active_children())
    left = Stopwatch()
    with pytest.raises(KeyboardInterrupt), opened as pool:
        left.interrupt_when_busy(pool)
    assert left.seconds < 1.5
    assert set(multiprocessing.active_children()) <= before


class Stopwatch:
    """Measures how long a pool needs to end in the middle of tasks."""

    began = 0.0

    def interrupt_when_busy(self, pool: Pool) -> None:
        tasks = [pool.submit(sleep, 2) for _ in range(2)]
        wait_for(lambda: any(task.running() for task in tasks) or pool.title.startswith("Dask"))
        self.began = time.perf_counter()
        raise KeyboardInterrupt

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.began
