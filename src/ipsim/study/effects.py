"""What an alternative changes, replicate by replicate, and how sure that is."""

from __future__ import annotations

import numpy as np
import pandas as pd

EFFECT_COLUMNS = [
    "alternative",
    "year",
    "indicator",
    "unit",
    "base",
    "alternative_value",
    "difference",
    "low",
    "high",
    "pairs",
    "pairs_needed",
]
CONFIDENCE = 0.90
"""Confidence of the interval from ``low`` to ``high``."""

PRECISION = 0.10
"""``pairs_needed`` brings the half-width of the interval down to this share of the difference."""

_KEYS = ["year", "indicator", "unit"]


def paired_effects(name: str, base: pd.DataFrame, alternative: pd.DataFrame) -> pd.DataFrame:
    """Compare two tables of indicators that hold the same seeds in the same order.

    Parameters
    ----------
    name
        What to call the alternative.
    base, alternative
        Tidy indicators, as in `Result.indicators`.

    Returns
    -------
    pandas.DataFrame
        `EFFECT_COLUMNS`: medians of both; the mean paired difference with its 90 % interval (Student's t,
        absent with one pair); the pairs, and how many would give the difference to within 10 %.
    """
    pairs = pd.merge(
        base[[*_KEYS, "replicate", "value"]],
        alternative[[*_KEYS, "replicate", "value"]],
        on=[*_KEYS, "replicate"],
        suffixes=("_base", "_alternative"),
        sort=False,
    ).dropna()
    pairs["difference"] = pairs["value_alternative"] - pairs["value_base"]
    groups = pairs.groupby(_KEYS, sort=False)
    table = groups.agg(
        base=("value_base", "median"),
        alternative_value=("value_alternative", "median"),
        difference=("difference", "mean"),
        spread=("difference", "std"),
        pairs=("difference", "size"),
    ).reset_index()
    table.insert(0, "alternative", name)
    return _with_certainty(table)[EFFECT_COLUMNS]


def _with_certainty(table: pd.DataFrame) -> pd.DataFrame:
    count = table["pairs"].to_numpy(dtype=np.int64)
    spread = table["spread"].to_numpy(dtype=np.float64)
    difference = table["difference"].to_numpy(dtype=np.float64)
    half = student_quantile(count) * spread / np.sqrt(count)
    return table.assign(
        low=difference - half, high=difference + half, pairs_needed=pairs_needed(difference, spread, count)
    )


def student_quantile(count: np.ndarray) -> np.ndarray:
    """Return the two-sided 90 % quantile of Student's t for so many pairs; NaN for fewer than two."""
    from scipy.special import stdtrit  # here, because a single run has no use for it

    quantile = stdtrit(np.maximum(count - 1, 1), 0.5 + CONFIDENCE / 2)
    return np.where(count > 1, quantile, np.nan)


def pairs_needed(difference: np.ndarray, spread: np.ndarray, count: np.ndarray) -> pd.arrays.IntegerArray:
    """Return the pairs that would give each difference to within 10 %.

    Absent where it can't be told: with one pair, or where the mean difference is nothing but the pairs
    do differ. Where all pairs agree, two are enough to see it.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.ceil((student_quantile(count) * spread / (PRECISION * np.abs(difference))) ** 2)
    needed = np.where(spread == 0, 2.0, np.maximum(needed, 2.0))
    unknown = ~np.isfinite(needed)
    return pd.arrays.IntegerArray(np.where(unknown, 0, np.minimum(needed, 1e15)).astype(np.int64), unknown)
