import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from ipsim.study.batch.executors import open_pool
from ipsim.study.batch.executors.factory import FactoryPool
from ipsim.study.errors import ExecutorError, RunError
from tests.study.batch import jobs
from tests.study.batch.jobs import die, refuse, sleep

HERE = "tests.study.batch.jobs"


@pytest.mark.parametrize(
    ("executor", "message"),
    [
        (":make", "--executor :make: write MODULE:FACTORY, such as mycluster:make_executor"),
        ("jobs:", "--executor jobs:: write MODULE:FACTORY"),
        ("no_such_cluster:make", "no_such_cluster:make: no module no_such_cluster in .* or among the inst"),
        (f"{HERE}.more:make", f"no module {HERE}.more"),
        (f"{HERE}:proceses", f"{HERE} has no proceses; the nearest is processes"),
        (f"{HERE}:number", "number is a int, not a function that returns an executor"),
        (f"{HERE}:broken_factory", "broken_factory: it raised OSError: no licence for this cluster"),
        (f"{HERE}:NotAnExecutor", "it returned a NotAnExecutor, which has no method submit; it has to be"),
        (f"{HERE}:OddFutures", "its submit gives a str, not a concurrent.futures.Future"),
        (f"{HERE}:sleep", "it raised TypeError"),
    ],
)
def test_what_is_wrong_is_told_before_any_work(executor: str, message: str) -> None:
    with pytest.raises(ExecutorError, match=message), open_pool(executor):
        pass


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import no_such_library", "can't be imported: No module named 'no_such_library'"),
        ("1 / 0", "can't be imported: ZeroDivisionError: division by zero"),
    ],
)
def test_a_module_with_a_fault_is_told(
    text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "faulty_cluster.py").write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", sys.path[:])
    with pytest.raises(ExecutorError, match=message), open_pool("faulty_cluster:make"):
        pass


def test_a_module_of_the_current_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "from concurrent.futures import ThreadPoolExecutor\n\ndef make(): return ThreadPoolExecutor(3)\n"
    (tmp_path / "own_cluster.py").write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", sys.path[:])
    with open_pool("own_cluster:make") as pool:
        assert pool.submit(pow, 2, 5).result(10) == 32
        assert (pool.capacity, pool.isolates) == (6, False)
        assert pool.title == "own_cluster:make with 3 workers"


def test_the_number_of_workers_can_be_given() -> None:
    with open_pool(f"{HERE}:threads", 5) as pool:
        assert pool.capacity == 10


def test_threads_do_as_well_as_processes() -> None:
    with open_pool(f"{HERE}:threads") as pool:
        assert pool.submit(sleep, 0.01).result(10)
        error = pool.submit(refuse, "not today").exception(10)
        assert isinstance(error, ValueError) and not pool.is_loss(error)


def test_an_executor_that_broke_is_made_anew_once() -> None:
    made = 0

    def make() -> object:
        nonlocal made
        made += 1
        return jobs.processes()

    jobs.count_and_make = make  # type: ignore[attr-defined]
    with open_pool(f"{HERE}:count_and_make") as pool:
        assert isinstance(pool.submit(die).exception(30), BrokenProcessPool)
        pool.renew()
        task = pool.submit(sleep, 0.2)
        pool.renew()
        assert task.result(30)
    assert made == 2


def test_a_factory_that_gives_no_second_executor_fails_the_study(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_pool(f"{HERE}:processes") as pool:
        assert isinstance(pool, FactoryPool)
        assert isinstance(pool.submit(die).exception(30), BrokenProcessPool)
        monkeypatch.setattr(pool, "_factory", jobs.broken_factory)
        with pytest.raises(RunError, match=r"the executor broke and could not be made anew: .* no licence"):
            pool.renew()
