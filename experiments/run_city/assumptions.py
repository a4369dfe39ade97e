"""Each assumption at its low and at its high: what it moves by 2030."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from many import Job, mean_over, run_jobs, short

from ipsim.scenario.assumptions import ASSUMPTIONS

OUTCOMES = (
    "patent_applications_total",
    "high_value_inventions",
    "patent_pledge_amount",
    "rd_expenditure",
    "pattern_2030",
)
YEARS = range(2028, 2031)
TABLE = Path(__file__).resolve().parents[2] / "src/ipsim/report/data/assumption_effects.csv"


def assumptions(workers: int, seeds: int) -> list[dict[str, object]]:
    """Return, for each assumption that is not cited, the change of outcomes at its ends."""
    swept = [a for a in ASSUMPTIONS.values() if a.low < a.high]
    numbers = range(1, seeds + 1)
    ends = [(a.key, value) for a in swept for value in (a.low, a.high)]
    rows: list[dict[str, object]] = []
    raw: list[dict[str, object]] = []
    for city in ("jinhua", "xiamen"):
        jobs = [Job(city, n, scale=0.1) for n in numbers]
        jobs += [
            Job(city, n, ((f"assumptions.{key}", value),), scale=0.1) for key, value in ends for n in numbers
        ]
        runs = iter(list(run_jobs(jobs, workers)))
        base = [next(runs) for _ in numbers]
        for a in swept:
            low = [next(runs) for _ in numbers]
            high = [next(runs) for _ in numbers]
            for name in OUTCOMES:
                middle = np.array([mean_over(r, name, YEARS) for r in base])
                down = float(np.nanmean([mean_over(r, name, YEARS) for r in low] - middle))
                up = float(np.nanmean([mean_over(r, name, YEARS) for r in high] - middle))
                raw.append(_raw(city, a.key, name, a.low, a.high, down, up))
                rows.append(_shown(city, a.key, name, float(np.nanmean(middle)), down, up))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(raw[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(raw)
    return sorted(rows, key=lambda r: -abs(float(str(r["largest change, %"]))))[:60]


def _raw(
    city: str, key: str, name: str, low: float, high: float, down: float, up: float
) -> dict[str, object]:
    return {
        "city": city,
        "assumption": key,
        "indicator": name,
        "low_value": low,
        "high_value": high,
        "effect_low": f"{down:.6g}",
        "effect_high": f"{up:.6g}",
    }


def _shown(city: str, key: str, name: str, middle: float, down: float, up: float) -> dict[str, object]:
    largest = down if abs(down) > abs(up) else up
    return {
        "city": city,
        "assumption": key,
        "indicator (mean 2028-2030)": name,
        "base": short(middle),
        "at its low": short(down),
        "at its high": short(up),
        "largest change, %": f"{100.0 * largest / middle:.1f}",
    }
