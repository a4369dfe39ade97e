"""Simulated figures beside published ones, for both cities; bands hold luck and parameters."""

from __future__ import annotations

import numpy as np
from many import Job, run_jobs, short

from ipsim.indicators.catalogue import INDICATORS
from ipsim.published import of_place

CITIES = {"jinhua": "Jinhua", "xiamen": "Xiamen"}


def published(workers: int, seeds: int) -> list[dict[str, object]]:
    """Return a row for each published figure of 2016 or later that the model has."""
    rows: list[dict[str, object]] = []
    for city, place in CITIES.items():
        runs = list(run_jobs([Job(city, seed, drawn=True) for seed in range(1, seeds + 1)], workers))
        for seen in of_place(place, 2016, 2030):
            simulated = np.array([run[(seen.year, seen.indicator)] for run in runs])
            low, middle, high = np.nanquantile(simulated, [0.05, 0.5, 0.95])
            rows.append(
                {
                    "city": place,
                    "year": seen.year,
                    "indicator": seen.indicator,
                    "unit": INDICATORS[seen.indicator].unit,
                    "published": short(seen.value) + (f" ({seen.period})" if seen.scaled else ""),
                    "sure": "yes" if seen.sure else "no",
                    "simulated median": short(float(middle)),
                    "90 % band": f"{short(float(low))} to {short(float(high))}",
                    "inside": "yes" if low <= seen.value <= high else "no",
                    "ratio": f"{middle / seen.value:.2f}",
                }
            )
    return rows
