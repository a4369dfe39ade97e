"""A class at once: 30 visitors of one board for two minutes, over HTTP.

    python experiments/board/load.py [--visitors 30] [--seconds 120] [--url URL] [--write]

Each visitor moves a lever at random, reads the answer as it comes, and either waits until it is settled, for
45 s at most, or moves on, which drops the answer; between moves they think for 4 to 8 seconds. Half of them
look at Jinhua and half at Xiamen, and no two ask the same, so that nothing is shared but the baselines.
"""

from __future__ import annotations

import asyncio
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import httpx2
import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent))
from boards import Board
from results import PAGE, machine, renew, spread, table
from students import LONGEST, Student, Tally


class Memory:
    """Memory of the board's processes, looked at every second."""

    def __init__(self, process: int) -> None:
        self.process = psutil.Process(process)
        self.peaks: dict[str, float] = {}

    async def watch(self) -> None:
        """Look until cancelled."""
        while True:
            self.look()
            await asyncio.sleep(1)

    def look(self) -> None:
        """Note the largest so far: the server, its largest worker, and all together."""
        processes = [self.process, *self.process.children(recursive=True)]
        sizes = [size for size in map(_megabytes, processes) if size]
        found = {"server": sizes[0], "largest worker": max(sizes[1:], default=0.0), "together": sum(sizes)}
        for name, size in found.items():
            self.peaks[name] = max(size, self.peaks.get(name, 0.0))


def _megabytes(process: psutil.Process) -> float:
    """Return a process's memory, its part of what it shares; 0 if it has gone."""
    try:
        full = process.memory_full_info()
    except psutil.Error:
        return 0.0
    return getattr(full, "pss", full.rss) / 1e6


async def attend(url: str, visitors: int, seconds: float) -> list[Tally]:
    """Let a class in, and return what each of its visitors lived through."""
    limits = httpx2.Limits(max_connections=None)
    async with httpx2.AsyncClient(base_url=url, timeout=LONGEST, limits=limits, trust_env=False) as client:
        catalogue = (await client.get("/api/board")).json()
        levers = [one for project in catalogue["projects"] for one in project["levers"]]
        numbers = [lever for lever in levers if lever["kind"] == "number"]
        students = [Student(number, client, numbers) for number in range(visitors)]
        began = time.monotonic()
        tasks = [asyncio.create_task(student.play(began + seconds)) for student in students]
        try:
            while not all(task.done() for task in tasks):
                await asyncio.wait(tasks, timeout=10)
                _report(time.monotonic() - began, [student.tally for student in students])
        except asyncio.CancelledError:
            click.echo("stopped", err=True)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return [student.tally for student in students]


def _report(elapsed: float, tallies: Sequence[Tally]) -> None:
    first = [wait for tally in tallies for wait in tally.first]
    errors = sum(len(tally.errors) for tally in tallies)
    median = f"{statistics.median(first):.2f} s" if first else "none"
    click.echo(
        f"{elapsed:.0f} s: {len(first)} first answers, median {median}, "
        f"{sum(len(tally.settled) for tally in tallies)} settled, {errors} errors",
        err=True,
    )


def page_part(tallies: Sequence[Tally], seconds: float, memory: Mapping[str, float]) -> str:
    """Return what the page says of a class."""
    waits = {
        "first answer (sketch)": [wait for tally in tallies for wait in tally.first],
        "first answer at the city's own scale": [wait for tally in tallies for wait in tally.real],
        "settled, where it was waited for": [wait for tally in tallies for wait in tally.settled],
    }
    rows = []
    for kind, times in waits.items():
        found = spread(times)
        rows.append(
            {
                "wait to": kind,
                "answers": str(len(times)),
                "median, s": found["median"],
                "95 %, s": found["95 %"],
                "worst, s": found["worst"],
            }
        )
    medians = [statistics.median(tally.first) for tally in tallies if tally.first]
    errors = [error for tally in tallies for error in tally.errors]
    lines = [
        f"{len(tallies)} visitors for {seconds:.0f} s; {machine()}, the visitors on the same machine.",
        "",
        table(rows),
        "",
        f"- moves: {sum(tally.moves for tally in tallies)}; told that they wait: "
        f"{sum(tally.told_to_wait for tally in tallies)}; asked to come back later (429, 503): "
        f"{sum(tally.refused for tally in tallies)}",
        f"- not settled when patience (45 s) or the time was up: {sum(tally.unsettled for tally in tallies)}",
        f"- visitors without any answer: {len(tallies) - len(medians)}; median wait to a first answer of the "
        f"visitor who waits longest: {max(medians, default=float('nan')):.2f} s, shortest: "
        f"{min(medians, default=float('nan')):.2f} s",
        f"- errors: {len(errors)}" + "".join(f"; {error}" for error in sorted(set(errors))[:5]),
    ]
    if memory:
        sizes = ", ".join(f"{name} {size:.0f} MB" for name, size in memory.items())
        lines.append(f"- most memory: {sizes}")
    return "\n".join(lines)


async def attend_watched(
    url: str, process: int | None, visitors: int, seconds: float
) -> tuple[list[Tally], Mapping[str, float]]:
    """Let a class in while the board's memory is looked at, if its process is known."""
    if process is None:
        return await attend(url, visitors, seconds), {}
    memory = Memory(process)
    watching = asyncio.create_task(memory.watch())
    try:
        return await attend(url, visitors, seconds), memory.peaks
    finally:
        watching.cancel()


@click.command()
@click.option("--visitors", default=30, show_default=True)
@click.option("--seconds", default=120.0, show_default=True)
@click.option("--url", help="A board that runs already.")
@click.option("--write", is_flag=True, help="Renew the table in docs/results/board.md.")
def main(visitors: int, seconds: float, url: str | None, write: bool) -> None:
    """Let a class in; stopped with Ctrl-C it prints what it has."""
    if url:
        tallies, memory = asyncio.run(attend_watched(url.rstrip("/"), None, visitors, seconds))
    else:
        with tempfile.TemporaryDirectory() as folder:
            click.echo("starting a board ...", err=True)
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # it must not leave its board behind
            board = Board(Path(folder) / "board.log").start()
            assert board.process is not None
            try:
                tallies, memory = asyncio.run(attend_watched(board.url, board.process.pid, visitors, seconds))
            finally:
                board.end()
            for line in board.said().splitlines():
                click.echo(f"board: {line}", err=True)
    text = page_part(tallies, seconds, memory)
    click.echo(text)
    if write:
        renew(PAGE, "load", text)


if __name__ == "__main__":
    main()
