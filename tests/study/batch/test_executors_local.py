import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ipsim.study.batch.executors import open_pool
from tests.study.batch.clusters import ROOT, session_processes, wait_for
from tests.study.batch.jobs import die, sleep

PARENT = """
import sys
from ipsim.study.batch.executors import open_pool
from tests.study.batch import jobs

if __name__ == "__main__":
    with open_pool("local", 2) as pool:
        tasks = [pool.submit(getattr(jobs, sys.argv[1]), sys.argv[2], 60) for _ in range(2)]
        tasks[0].result()
"""


def test_it_has_one_task_for_each_worker() -> None:
    with open_pool("local", 2) as pool:
        assert (pool.capacity, pool.isolates, pool.title) == (2, True, "2 worker processes here")
        tasks = [pool.submit(sleep, 0.5) for _ in range(2)]
        with pytest.raises(RuntimeError, match="each of the 2 workers has a task already"):
            pool.submit(sleep, 0)
        assert len({task.result(30) for task in tasks}) == 2


def test_there_are_as_many_workers_as_cores_unless_told() -> None:
    with open_pool() as pool:
        assert pool.capacity == len(os.sched_getaffinity(0))


def test_a_worker_lives_on_and_only_the_dead_one_is_replaced() -> None:
    with open_pool("local", 2) as pool:
        first, second = [task.result(30) for task in [pool.submit(sleep, 0.3) for _ in range(2)]]
        assert pool.is_loss(pool.submit(die).exception(30) or ValueError())
        again = [task.result(30) for task in [pool.submit(sleep, 0.3) for _ in range(2)]]
        assert first not in again
        assert second in again


def test_a_worker_that_was_killed_while_idle_is_replaced() -> None:
    with open_pool("local", 1) as pool:
        worker = pool.submit(sleep, 0).result(30)
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: not Path(f"/proc/{worker}").exists())
        time.sleep(0.2)
        assert pool.submit(sleep, 0).result(30) != worker


def test_workers_leave_ctrl_c_to_the_parent() -> None:
    with open_pool("local", 1) as pool:
        worker = pool.submit(sleep, 0).result(30)
        task = pool.submit(sleep, 0.5)
        os.kill(worker, signal.SIGINT)
        assert task.result(30) == worker


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at the processes of Linux")
@pytest.mark.parametrize("work", ["note_and_sleep", "note_and_count"])
def test_workers_end_by_themselves_when_the_parent_is_killed(work: str, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    started = tmp_path / "started"
    started.mkdir()
    parent = subprocess.Popen(
        [sys.executable, str(script), work, str(started)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    try:
        wait_for(lambda: len(list(started.iterdir())) == 2)
        assert len(session_processes(parent.pid)) >= 3
    finally:
        parent.kill()
        parent.wait()
    killed = time.perf_counter()
    wait_for(lambda: not session_processes(parent.pid), 10)
    assert time.perf_counter() - killed < 3
