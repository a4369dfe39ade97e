"""Benchmarks of batches: what a study costs beside its bare runs, and how it grows.

    python experiments/benchmarks/batch.py [--quick] [--out FILE]

Times are of whole processes, with compiled rules in the cache; what is compared runs in turn, and
ratios are medians over pairs.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import psutil
from paired import command_seconds, in_turn, text_table

from ipsim.study.batch import BatchProgress, run_batch
from ipsim.study.batch.parts import write_block
from ipsim.study.batch.tasks import Figures, Finished, Job, kept_figures
from ipsim.study.batch.waves import block_length
from ipsim.study.plan import Keep, read_study
from ipsim.study.simulations import Replicate, simulate

HERE = Path(__file__).resolve().parent
MOST_OVERHEAD = 0.10
LEAST_SPEEDUP = 1.9

STUDY = """\
scenario: jinhua
factors: {{policy.protection.strength: {{low: 0, high: 1}}, assumptions.blocking: range}}
design: {{kind: latin-hypercube, points: {points}}}
scale: {scale}
"""


class Canned:
    """Gives the figures of one real run at once: what is left is the cost of the batch itself."""

    figures: dict[tuple[int, str], float]

    def __init__(self, scenario: Any, *, seed: int, scale: float | None) -> None:
        self.seed = seed

    def run(self, progress: Any = None) -> Any:
        """Return the figures, a little otherwise for each seed."""
        shift = 1.0 + 1e-6 * self.seed
        values = {key: value * shift for key, value in _figures().items()}
        return SimpleNamespace(indicators=values, accounts={}, chain=[])


def _figures() -> dict[tuple[int, str], float]:
    if not hasattr(Canned, "figures"):
        import ipsim

        Canned.figures = simulate(ipsim.load("jinhua"), 1, 0.02).indicators
    return Canned.figures


@contextmanager
def study_file(points: int, scale: float) -> Iterator[tuple[Path, Path]]:
    """Give a study file and a folder for results."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "study.yaml"
        file.write_text(STUDY.format(points=points, scale=scale), encoding="utf-8")
        yield file, Path(name) / "out"


def whole(points: int, scale: float, pairs: int, speed_pairs: int) -> list[dict[str, str]]:
    """Time a batch with 2 workers against bare loops in 2 processes, and with 1 worker against 2."""
    ipsim = str(Path(sys.executable).with_name("ipsim"))

    def batch(workers: int) -> float:
        with study_file(points, scale) as (file, out):
            return command_seconds(
                [ipsim, "batch", str(file), "--out", str(out), "--workers", str(workers), "--quiet"]
            )

    def bare() -> float:
        with study_file(points, scale) as (file, _):
            return command_seconds([sys.executable, str(HERE / "bare.py"), str(file), "2"])

    over = in_turn(lambda: batch(2), bare, pairs)
    speed = in_turn(lambda: batch(1), lambda: batch(2), speed_pairs)
    runs = f"{points:,} at scale {scale:g}, {block_length(points)} a task"
    return [
        {
            "runs": runs,
            "compared": "batch with 2 workers / bare loops in 2 processes",
            "seconds": f"{over.medians[0]:.1f} / {over.medians[1]:.1f}",
            "ratio": f"{over.ratio:.3f}",
            "target": f"at most {1 + MOST_OVERHEAD:.2f}",
        },
        {
            "runs": runs,
            "compared": "batch with 1 worker / with 2",
            "seconds": f"{speed.medians[0]:.1f} / {speed.medians[1]:.1f}",
            "ratio": f"{speed.ratio:.2f}",
            "target": f"at least {LEAST_SPEEDUP}",
        },
    ]


def writing(blocks: int) -> dict[str, str]:
    """Write blocks of 25 runs and count rows a second, the disk's answer included."""
    figures = _figures()
    kept = [_luckier(figures, 1.0 + 1e-3 * place) for place in range(25)]
    scenario: Any = SimpleNamespace(name="jinhua", hash="")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = time.perf_counter()
        for block in range(blocks):
            jobs = [Job(25 * block + place, 0, 1, 1, "{}") for place in range(25)]
            done = [Finished(job.run, one, None, 0.0) for job, one in zip(jobs, kept, strict=True)]
            write_block(folder, block, jobs, done, scenario)
        seconds = time.perf_counter() - began
    rows = blocks * 25 * len(figures)
    return {
        "blocks": f"{blocks:,}",
        "rows": f"{rows:,}",
        "rows a second": f"{rows / seconds:,.0f}",
        "runs a second": f"{25 * blocks / seconds:,.0f}",
    }


def _luckier(figures: dict[tuple[int, str], float], by: float) -> Figures:
    return kept_figures(Replicate(1, {key: value * by for key, value in figures.items()}, {}, []), Keep())


def memory(points: int) -> list[dict[str, str]]:
    """Run a study of canned runs with 2 workers and note the memory of all its processes on the way."""
    at: dict[int, tuple[float, float, float]] = {}
    began = time.perf_counter()

    def told(so_far: BatchProgress) -> None:
        if so_far.done in (points // 10, points // 2, points):
            at[so_far.done] = (time.perf_counter() - began, *_megabytes())

    with study_file(points, 0.02) as (file, out):
        run_batch(read_study(file), out, workers=2, progress=told, make=Canned)
    return [
        {
            "runs done": f"{done:,}",
            "seconds": f"{seconds:.1f}",
            "driver, MB": f"{driver:.0f}",
            "workers, MB": f"{workers:.0f}",
        }
        for done, (seconds, driver, workers) in sorted(at.items())
    ]


def _megabytes() -> tuple[float, float]:
    me = psutil.Process()
    return me.memory_info().rss / 1e6, sum(one.memory_info().rss for one in me.children(recursive=True)) / 1e6


def start_up(times: int) -> dict[str, str]:
    """Time a study of one run as a whole process, against one run."""
    ipsim = str(Path(sys.executable).with_name("ipsim"))

    def one(study: bool) -> float:
        with study_file(1, 0.02) as (file, out):
            run = [ipsim, "run", "jinhua", "--replicates", "1", "--scale", "0.02", "--quiet"]
            command = [ipsim, "batch", str(file), "--workers", "1", "--quiet"] if study else run
            return command_seconds([*command, "--out", str(out)])

    found = in_turn(lambda: one(True), lambda: one(False), times)
    return {
        "process": "ipsim batch, one run / ipsim run, one replicate with report",
        "seconds": f"{found.medians[0]:.2f} / {found.medians[1]:.2f}",
        "ratio": f"{found.ratio:.2f}",
    }


@click.command()
@click.option("--quick", is_flag=True, help="Smaller and fewer: two minutes.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Also write the tables here.")
def main(quick: bool, out: Path | None) -> None:
    """Measure and print the tables."""
    said: list[str] = []

    def tell(title: str, rows: list[dict[str, str]]) -> None:
        text = f"## {title}\n\n{text_table(tuple(rows[0]), rows)}"
        said.append(text)
        click.echo(text + "\n")

    tell("Whole processes", whole(100 if quick else 1000, 0.02, 1 if quick else 2, 1))
    tell("Start-up", [start_up(2 if quick else 5)])
    tell("Writing", [writing(40 if quick else 400)])
    tell(
        "Memory, and the most that one driver handles (runs that cost nothing)",
        memory(2_000 if quick else 10_000),
    )
    if out is not None:
        command = "`python experiments/benchmarks/batch.py --out docs/results/batch.md`"
        out.write_text("\n\n".join(["# Benchmarks of batches", command, *said]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
