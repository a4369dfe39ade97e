"""What an alternative changes, replicate by replicate, and how sure that is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ipsim.study.intervals import half_width, student_quantile

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
    "same_sign",
    "pairing_gain",
]
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
        absent with one pair); the pairs, and how many would give the difference to within 10 %; the share
        of pairs that have the sign of the mean; and how many times as many runs it would take to be as
        sure with runs that are not paired (see `pairing_gain`).
    """
    pairs = pd.merge(
        base[[*_KEYS, "replicate", "value"]],
        alternative[[*_KEYS, "replicate", "value"]],
        on=[*_KEYS, "replicate"],
        suffixes=("_base", "_alternative"),
        sort=False,
    ).dropna()
    pairs["difference"] = pairs["value_alternative"] - pairs["value_base"]
    means = pairs.groupby(_KEYS, sort=False)["difference"].transform("mean")
    pairs["agrees"] = np.sign(pairs["difference"]) == np.sign(means)
    groups = pairs.groupby(_KEYS, sort=False)
    table = groups.agg(
        base=("value_base", "median"),
        alternative_value=("value_alternative", "median"),
        difference=("difference", "mean"),
        spread=("difference", "std"),
        pairs=("difference", "size"),
        same_sign=("agrees", "mean"),
        spread_base=("value_base", "std"),
        spread_alternative=("value_alternative", "std"),
    ).reset_index()
    table.insert(0, "alternative", name)
    return _with_certainty(table)[EFFECT_COLUMNS]


def _with_certainty(table: pd.DataFrame) -> pd.DataFrame:
    count = table["pairs"].to_numpy(dtype=np.int64)
    spread = table["spread"].to_numpy(dtype=np.float64)
    difference = table["difference"].to_numpy(dtype=np.float64)
    half = half_width(spread, count)
    apart = table[["spread_base", "spread_alternative"]].to_numpy(dtype=np.float64)
    return table.assign(
        low=difference - half,
        high=difference + half,
        pairs_needed=pairs_needed(difference, spread, count),
        pairing_gain=pairing_gain(apart[:, 0], apart[:, 1], spread),
    )


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


def pairing_gain(base: np.ndarray, alternative: np.ndarray, difference: np.ndarray) -> np.ndarray:
    """Return how many times as many runs it would take without pairing to be as sure.

    The variance of a difference of two independent means is the sum of both variances over the runs; that
    of a mean of paired differences is the variance of the differences over the pairs. Their ratio is the
    gain: above 1 where equal luck moves base and alternative alike.

    Parameters
    ----------
    base, alternative, difference
        Standard deviations over the replicates, in one unit.

    Returns
    -------
    numpy.ndarray
        Not a number with one pair, and where the differences do not vary.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = (base**2 + alternative**2) / difference**2
    return np.where(np.isfinite(gain), gain, np.nan)
