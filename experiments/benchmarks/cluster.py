"""Figures for sizing a cluster: what a run takes on a worker, what travels, and what the scheduler bears.

    python experiments/benchmarks/cluster.py [--quick] [--out FILE]

Times of runs are processor seconds, so that they hold on a busy machine too. The cluster is a real
Dask scheduler with two worker processes on loopback.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import click
import psutil
from paired import HERE, ROOT, in_turn, text_table

import ipsim
from ipsim.study.batch import BatchProgress, run_batch
from ipsim.study.batch.executors import open_pool
from ipsim.study.batch.tasks import Job, Task, run_task
from ipsim.study.plan import Keep, read_study

sys.path.insert(0, str(HERE))
from batch import STUDY, Canned

SCALES = (0.02, 0.1, 0.25, 1.0)
LONGEST_BLOCK = 25


class Cost(NamedTuple):
    """What runs took in a fresh process."""

    first: float
    each: float
    megabytes: float
    result_bytes: float


def cost_here(scale: float, runs: int) -> Cost:
    """Run Jinhua in this process, and see what it takes."""
    import resource

    scenario = ipsim.load("jinhua")
    at = [time.process_time()]
    done = []
    for seed in range(1, runs + 2):
        done += run_task(Task(scenario, scale, Keep(), (Job(seed, 0, 1, seed, "{}"),)))
        at.append(time.process_time())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return Cost(at[1] - at[0], (at[-1] - at[1]) / runs, peak, len(pickle.dumps(done)) / len(done))


def by_scale(quick: bool) -> Iterator[dict[str, str]]:
    """Yield a row for each scale, from a process of its own."""
    for scale in SCALES:
        runs = 2 if quick else max(5, int(10 / max(scale, 0.05)))
        with open_pool("local", 1) as pool:
            cost: Cost = pool.submit(cost_here, scale, runs).result()
        yield {
            "scale": f"{scale:g}",
            "seconds a run": f"{cost.each:.2f}",
            "runs a second a core": f"{1 / cost.each:.2f}",
            "first run": f"{cost.first:.1f} s",
            "peak memory, MB": f"{cost.megabytes:.0f}",
            "a block of 25 takes": f"{25 * cost.each:.0f} s",
        }


def traffic() -> dict[str, str]:
    """Return the bytes of a block of 25 runs on its way out, back and on disk."""
    scenario = ipsim.load("jinhua")
    jobs = tuple(Job(run, run, 1, run, '{"policy.protection.strength": 0.5}') for run in range(LONGEST_BLOCK))
    task = Task(scenario, 0.02, Keep(), jobs)
    with open_pool("local", 1) as pool:
        finished = pool.submit(run_task, task).result()
    from ipsim.study.batch.parts import part_path, write_block

    with tempfile.TemporaryDirectory() as name:
        write_block(Path(name), 0, jobs, finished, scenario)
        size = part_path(Path(name), 0).stat().st_size
    out, back = len(pickle.dumps(task)), len(pickle.dumps(finished))
    return {
        "": "a run of Jinhua, all indicators and years, in a block of 25",
        "bytes sent": f"{out / LONGEST_BLOCK:,.0f}",
        "bytes sent back": f"{back / LONGEST_BLOCK:,.0f}",
        "bytes written": f"{size / LONGEST_BLOCK:,.0f}",
    }


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, Sequence[psutil.Process]]]:
    """Give the address of a scheduler with so many worker processes, and its processes."""
    file = folder / "scheduler.json"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(HERE)])}

    def start(*command: str) -> subprocess.Popen[bytes]:
        whole = [sys.executable, "-m", "dask", *command, "--no-dashboard", "--scheduler-file", str(file)]
        return subprocess.Popen(whole, env=environment, stderr=subprocess.DEVNULL)

    started = [start("scheduler", "--host", "127.0.0.1", "--port", "0")]
    while not file.exists():
        time.sleep(0.1)
    started += [start("worker", "--nthreads", "1", "--local-directory", str(folder)) for _ in range(workers)]
    try:
        yield json.loads(file.read_text())["address"], [psutil.Process(one.pid) for one in started]
    finally:
        for process in started:
            process.terminate()
            process.wait()


def beside_local(points: int, pairs: int) -> dict[str, str]:
    """Time the same study over two Dask workers and over two worker processes of here, in turn."""

    def seconds(**where: Any) -> float:
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "study.yaml").write_text(STUDY.format(points=points, scale=0.1))
            study = read_study(Path(name) / "study.yaml")
            return run_batch(study, Path(name) / "out", **where).seconds

    with tempfile.TemporaryDirectory() as name, cluster(Path(name), 2) as (address, _):
        over_dask: dict[str, Any] = {"executor": "dask", "address": address}
        for where in (over_dask, {"workers": 2}):  # compiles where that is needed
            seconds(**where)
        found = in_turn(lambda: seconds(**over_dask), lambda: seconds(workers=2), pairs)
    return {
        "runs": f"{points:,} at scale 0.1",
        "compared": "two Dask workers / two worker processes of here",
        "seconds": f"{found.medians[0]:.1f} / {found.medians[1]:.1f}",
        "ratio": f"{found.ratio:.2f}",
    }


def scheduler_load(runs: int) -> dict[str, str]:
    """Run a study of canned runs over Dask, and see what scheduler and driver take for a block."""
    at: list[tuple[int, float, float, float]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "study.yaml").write_text(STUDY.format(points=runs, scale=0.02))
        with cluster(folder, 2) as (address, processes):

            def told(so_far: BatchProgress) -> None:
                used = sum(processes[0].cpu_times()[:2])
                at.append((so_far.done, time.perf_counter(), used, time.process_time()))

            run_batch(
                read_study(folder / "study.yaml"),
                folder / "out",
                executor="dask",
                address=address,
                make=Canned,
                progress=told,
            )
            memory = max(one.memory_info().rss for one in processes[1].children(recursive=True)) / 1e6
            scheduler_memory = processes[0].memory_info().rss / 1e6
    first, last = at[len(at) // 10], at[-1]
    count = (last[0] - first[0]) / LONGEST_BLOCK
    taken: list[Any] = [(b - a) / count * 1e3 for a, b in zip(first[1:], last[1:], strict=True)]
    return {
        "blocks": f"{count:,.0f}",
        "blocks a second": f"{1e3 / taken[0]:.0f}",
        "scheduler, ms a block": f"{taken[1]:.1f}",
        "driver, ms a block": f"{taken[2]:.1f}",
        "scheduler, MB": f"{scheduler_memory:.0f}",
        "a worker process, MB": f"{memory:.0f}",
    }


@click.command()
@click.option("--quick", is_flag=True, help="Fewer: two minutes.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Also write the tables here.")
def main(quick: bool, out: Path | None) -> None:
    """Measure and print the tables."""
    said: list[str] = []

    def tell(title: str, rows: Sequence[dict[str, str]]) -> None:
        said.append(f"## {title}\n\n{text_table(tuple(rows[0]), rows)}")
        click.echo(said[-1] + "\n")

    tell("A run of Jinhua, 2016-2030, by scale", list(by_scale(quick)))
    tell("What travels", [traffic()])
    tell(
        "What scheduler and driver bear (runs that cost nothing)",
        [scheduler_load(1_000 if quick else 10_000)],
    )
    tell("A study over Dask and here", [beside_local(100 if quick else 200, 1 if quick else 3)])
    if out is not None:
        command = "`python experiments/benchmarks/cluster.py --out docs/results/cluster.md`"
        out.write_text("\n\n".join(["# Sizing a cluster", command, *said]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
