"""Simulated figures beside published ones, for both cities."""

from __future__ import annotations

import numpy as np
from many import Job, run_jobs, short

from ipsim.evidence import observations
from ipsim.indicators.catalogue import INDICATORS

CITIES = {"jinhua": "Jinhua", "xiamen": "Xiamen"}


def published(workers: int, seeds: int) -> list[dict[str, object]]:
    """Return a row for each published figure of 2016 or later that the model has."""
    rows: list[dict[str, object]] = []
    for city, place in CITIES.items():
        jobs = [Job(city, seed) for seed in range(1, seeds + 1)]
        runs = list(run_jobs(jobs, workers))
        for seen in observations(place):
            if seen.value is None or seen.indicator not in INDICATORS or seen.year < 2016:
                continue
            if (seen.year, seen.indicator) not in runs[0]:
                continue
            months = seen.months if 0 < seen.months < 12 else 12
            value = seen.value * 12.0 / months
            simulated = np.array([run[(seen.year, seen.indicator)] for run in runs])
            low, middle, high = np.nanquantile(simulated, [0.05, 0.5, 0.95])
            rows.append(
                {
                    "city": place,
                    "year": seen.year,
                    "indicator": seen.indicator,
                    "unit": seen.unit,
                    "published": short(value)
                    + ("" if months == 12 else f" ({months} months x {12 / months:.2g})"),
                    "confidence": seen.confidence,
                    "simulated median": short(middle),
                    "90 % band": f"{short(low)} to {short(high)}",
                    "inside": "yes" if low <= value <= high else "no",
                    "ratio": f"{middle / value:.2f}",
                }
            )
    return sorted(rows, key=lambda r: (str(r["city"]), str(r["indicator"]), str(r["year"])))
