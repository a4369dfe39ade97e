"""Runs in processes of their own, in pairs, and what came out of them."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a timed process: byte code may be written, as usual."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    paths = [str(ROOT), *filter(None, [kept.get("PYTHONPATH")])]
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), **more}


def work(model: str, **options: Any) -> dict[str, Any]:
    """Time one model in a process of its own; see ``worker.py``."""
    given = [text for name, value in options.items() for text in (f"--{name}", str(value))]
    plain = {"NUMBA_DISABLE_JIT": "1"} if model == "plain" else {}
    done = subprocess.run(
        [sys.executable, str(HERE / "worker.py"), model, *given],
        env=environment(**plain),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{model} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def command_seconds(command: Sequence[str]) -> float:
    """Return the wall time of a command."""
    began = time.perf_counter()
    subprocess.run(command, env=environment(), cwd=ROOT, capture_output=True, check=True)
    return time.perf_counter() - began


@dataclass(frozen=True)
class Pairs:
    """Times of two things, run in turn."""

    first: list[float]
    second: list[float]

    @property
    def medians(self) -> tuple[float, float]:
        """Median times, in seconds."""
        return statistics.median(self.first), statistics.median(self.second)

    @property
    def ratio(self) -> float:
        """Median over pairs of first over second."""
        return statistics.median(a / b for a, b in zip(self.first, self.second, strict=True))


def in_turn(first: Callable[[], float], second: Callable[[], float], pairs: int) -> Pairs:
    """Time two things alternately, the first of a pair changing each time."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(pairs):
        for which in (0, 1) if number % 2 == 0 else (1, 0):
            times[which].append((first, second)[which]())
    return Pairs(*times)


def text_table(heads: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    """Return a Markdown table."""
    cells = [list(heads), *([row.get(head, "") for head in heads] for row in rows)]
    widths = [max(len(line[k]) for line in cells) for k in range(len(heads))]
    lines = [" | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) for line in cells]
    rule = " | ".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in [lines[0], rule, *lines[1:]])
