"""The page of measured figures of the board: each script renews its own part."""

from __future__ import annotations

import platform
import re
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

PAGE = Path(__file__).resolve().parents[2] / "docs" / "results" / "board.md"


def table(rows: Sequence[Mapping[str, str]]) -> str:
    """Return a Markdown table; the first row names the columns."""
    heads = list(rows[0])
    lines = [heads, ["---"] * len(heads), *([row[head] for head in heads] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def share(times: Sequence[float], percent: float) -> float:
    """Return a percentile; NaN of nothing."""
    if not times:
        return float("nan")
    ordered = sorted(times)
    at = (len(ordered) - 1) * percent / 100
    low, high = ordered[int(at)], ordered[min(int(at) + 1, len(ordered) - 1)]
    return low + (high - low) * (at % 1)


def spread(times: Sequence[float], digits: int = 2) -> dict[str, str]:
    """Return median, 95th percentile and worst of some times, as cells."""
    if not times:
        return dict.fromkeys(("median", "95 %", "worst"), "none")
    found = (statistics.median(times), share(times, 95), max(times))
    return dict(zip(("median", "95 %", "worst"), (f"{value:.{digits}f}" for value in found), strict=True))


def machine() -> str:
    """Return a line on the machine: cores, memory, Python."""
    memory = psutil.virtual_memory().total / 2**30
    cores = psutil.cpu_count()
    return (
        f"{cores} cores, {memory:.0f} GB of memory, Python {platform.python_version()}, {platform.system()}"
    )


def renew(page: Path, part: str, text: str) -> None:
    """Put a part in place of the one before it on a page.

    Raises
    ------
    ValueError
        If the page has no such part.
    """
    begin, end = f"<!-- {part} -->", f"<!-- end {part} -->"
    old = page.read_text(encoding="utf-8")
    place = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not place.search(old):
        raise ValueError(f"{page} has no part {part}")
    page.write_text(place.sub(lambda _: f"{begin}\n{text.strip()}\n{end}", old), encoding="utf-8")
