"""Coverage and error over many figures: all, by place, by indicator and by year."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ipsim.study.hindcast.samples import LEVELS
from ipsim.study.intervals import clopper_pearson

GROUPS = ("place", "indicator", "year")


def summarised(table: pd.DataFrame) -> pd.DataFrame:
    """Return coverage, error and skill of the rows of ``hindcast.csv``, sure figures and unsure ones apart.

    ``over`` and ``group`` say of which figures a row speaks. ``coverage_50`` is the share inside the 50 %
    band, with its exact interval (Clopper and Pearson 1934) at 90 %, which counts figures as independent;
    those of one city are not quite. ``model_coverage_50`` leaves the error of measurement out of the band.
    Errors are means of absolute log ratios: ``error`` over all figures; ``error_paired``, ``last_paired``
    and ``growth_paired`` over those where model and both naive forecasts exist; ``last_skill`` and
    ``growth_skill`` compare over those where that naive forecast exists.
    """
    rows: list[dict[str, Any]] = []
    for sure in (True, False):
        kind = table[table["sure"].astype(bool) == sure]
        rows += [
            {"over": over, "group": group, "sure": sure, **_of(part)} for over, group, part in _parts(kind)
        ]
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS))


def _parts(table: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    if len(table):
        yield "all", "", table
    for over in GROUPS:
        for group, part in table.groupby(over, sort=over == "year"):
            yield over, str(group), part


def _of(part: pd.DataFrame) -> dict[str, Any]:
    cells: dict[str, Any] = {"figures": len(part)}
    for prefix in ("", "model_"):
        for level in LEVELS:
            cells |= _coverage(part, level, prefix)
    errors = part[["log_error", "last_log_error", "growth_log_error"]].astype(float).abs()
    cells["error"] = errors["log_error"].mean()
    cells["crps_share"] = part["crps_share"].astype(float).mean()
    paired = errors.dropna()
    cells["paired"] = len(paired)
    for name, column in (("error", "log_error"), ("last", "last_log_error"), ("growth", "growth_log_error")):
        cells[f"{name}_paired"] = paired[column].mean()
    for name in ("last", "growth"):
        both = errors[["log_error", f"{name}_log_error"]].dropna()
        naive = float(both[f"{name}_log_error"].mean())
        cells[f"{name}_figures"] = len(both)
        cells[f"{name}_skill"] = 1 - float(both["log_error"].mean()) / naive if naive > 0 else math.nan
    return cells


def _coverage(part: pd.DataFrame, level: int, prefix: str) -> dict[str, float]:
    inside = part[f"{prefix}inside_{level}"].astype(bool)
    hits, count = int(inside.sum()), len(inside)
    low, high = clopper_pearson(hits, count)
    name = f"{prefix}coverage_{level}"
    return {name: hits / count if count else np.nan, f"{name}_low": low, f"{name}_high": high}


COLUMNS = [
    *"over group sure figures".split(),
    *[
        f"{prefix}coverage_{level}{end}"
        for prefix in ("", "model_")
        for level in LEVELS
        for end in ("", "_low", "_high")
    ],
    *"error crps_share paired error_paired last_paired growth_paired".split(),
    *"last_figures last_skill growth_figures growth_skill".split(),
]
"""Columns of ``summary.csv``."""
