"""Three policies swept from end to end."""

from __future__ import annotations

import numpy as np
from many import Job, interval, mean_over, run_jobs, short

YEARS = range(2024, 2031)
SCALE = 0.1
SWEEPS: dict[str, tuple[str, tuple[float, ...], tuple[str, ...]]] = {
    "protection": (
        "policy.protection.strength",
        tuple(round(0.1 * n, 1) for n in range(11)),
        (
            "rd_expenditure",
            "invention_applications",
            "mean_quality_filed",
            "high_value_inventions",
            "share_patentees_infringed",
            "licence_rate_invention",
            "revenue",
        ),
    ),
    "pledge fund": (
        "policy.utilisation.pledge_fund.capital",
        (0, 30, 50, 100, 200, 500, 1000, 2000),
        (
            "patent_pledge_amount",
            "patent_pledge_projects",
            "pledge_first_time_share",
            "pledge_default_rate",
            "fund_payout",
            "fund_balance",
        ),
    ),
    "loss share (fund of 200 million)": (
        "policy.utilisation.pledge_fund.loss_share",
        (0, 0.2, 0.4, 0.6, 0.8, 0.95),
        (
            "patent_pledge_amount",
            "patent_pledge_projects",
            "pledge_first_time_share",
            "pledge_default_rate",
            "fund_payout",
            "fund_balance",
        ),
    ),
    "filing subsidy (all types)": (
        "policy.subsidies.filing",
        (0, 500, 1000, 2000, 3000, 5000, 7000, 10000),
        (
            "patent_applications_total",
            "invention_applications",
            "mean_quality_filed",
            "invention_grant_rate",
            "abnormal_filing_share",
            "high_value_inventions",
            "share_valid_inventions_maintained_over_5y",
            "public_spending",
        ),
    ),
}


def changed(sweep: str, key: str, value: float) -> tuple[tuple[str, object], ...]:
    """Return the changes for one value: the lever as it is until 2017, the value from 2018."""
    kinds = ("invention", "utility_model", "design")
    keys = [f"{key}.{kind}" for kind in kinds] if sweep.startswith("filing") else [key]
    set_to: list[tuple[str, object]] = [(name, {"2018": value}) for name in keys]
    if sweep.startswith("loss share"):
        set_to.append(("policy.utilisation.pledge_fund.capital", {"2018": 200}))
    return tuple(set_to)


def sweeps(workers: int, seeds: int) -> list[dict[str, object]]:
    """Return means of 2024-2030 with 90 % intervals for each value of each sweep."""
    rows: list[dict[str, object]] = []
    for sweep, (key, values, names) in SWEEPS.items():
        jobs = [
            Job("jinhua", seed, changed(sweep, key, value), scale=SCALE)
            for value in values
            for seed in range(1, seeds + 1)
        ]
        runs = iter(list(run_jobs(jobs, workers)))
        table = {value: [next(runs) for _ in range(seeds)] for value in values}
        first = table[values[0]]
        for value in values:
            for name in names:
                here = np.array([mean_over(run, name, YEARS) for run in table[value]])
                there = np.array([mean_over(run, name, YEARS) for run in first])
                mean, low, high = interval(here - there)
                rows.append(
                    {
                        "sweep": sweep,
                        "value": value,
                        "indicator (mean 2024-2030)": name,
                        "mean": short(float(np.nanmean(here))),
                        "against the first value": short(mean),
                        "90 % interval": f"{short(low)} to {short(high)}",
                    }
                )
    return rows
