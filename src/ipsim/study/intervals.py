"""How sure a figure is: the 90 % intervals of means, of ratios of means and of shares of runs."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

CONFIDENCE = 0.90
"""Confidence of every interval from ``low`` to ``high``."""


class Estimate(NamedTuple):
    """A mean over runs, pairs of runs or worlds and its 90 % interval: numbers of one shape.

    ``low`` and ``high`` are not numbers where there is no interval, as with one pair.
    """

    mean: Floats
    low: Floats
    high: Floats

    @property
    def sure(self) -> NDArray[np.bool_]:
        """Where the interval leaves out nought."""
        return (self.low > 0) | (self.high < 0)


def student_quantile(count: ArrayLike) -> Floats:
    """Return the two-sided 90 % quantile of Student's t for so many values; NaN for fewer than two."""
    from scipy.special import stdtrit  # here, because a single run has no use for it

    count = np.asarray(count)
    quantile = stdtrit(np.maximum(count - 1, 1), 0.5 + CONFIDENCE / 2)
    return np.where(count > 1, quantile, np.nan)


def half_width(spread: ArrayLike, count: ArrayLike) -> Floats:
    """Return half the width of a mean's interval by Student's t.

    Parameters
    ----------
    spread
        Standard deviation of the values.
    count
        How many values there are.
    """
    return student_quantile(count) * np.asarray(spread, dtype=np.float64) / np.sqrt(np.maximum(count, 1))


def mean_of(values: Floats) -> Estimate:
    """Return the mean over runs with its interval by Student's t.

    Parameters
    ----------
    values
        Values, or differences of pairs, shape (runs, ...); what is not a finite number is left out.
    """
    known = np.isfinite(values)
    count = known.sum(axis=0)
    mean = _mean(values, known, count)
    variance = _mean((values - mean) ** 2, known, count) * count / np.maximum(count - 1, 1)
    half = half_width(np.sqrt(variance), count)
    return Estimate(mean, mean - half, mean + half)


def ratio_of(above: Floats, below: Floats) -> Estimate:
    """Return the mean of one thing over the mean of another, with its interval by Fieller's theorem.

    The interval holds every ratio ``r`` for which the mean of ``above - r * below`` can't be told from
    nought (Fieller 1954). It asks no normal ratio, only normal means. It has two ends just where the mean of
    ``below`` can be told from nought; elsewhere there is no ratio, and all three are not numbers.

    Parameters
    ----------
    above, below
        By pair, shape (pairs, ...); a pair that lacks either is left out.
    """
    known = np.isfinite(above) & np.isfinite(below)
    count = known.sum(axis=0)
    a, b = _mean(above, known, count), _mean(below, known, count)
    factor = student_quantile(count) ** 2 / np.maximum(count - 1, 1)
    aa = factor * _mean((above - a) ** 2, known, count)
    ab = factor * _mean((above - a) * (below - b), known, count)
    bb = factor * _mean((below - b) ** 2, known, count)
    lead = b**2 - bb
    told = lead > 0
    lead = np.where(told, lead, np.nan)
    root = np.sqrt(np.maximum((a * b - ab) ** 2 - lead * (a**2 - aa), 0.0))
    middle = a * b - ab
    ends = a / np.where(told, b, np.nan), (middle - root) / lead, (middle + root) / lead
    return Estimate(*(end + 0.0 for end in ends))  # no minus before nought


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Return Wilson's interval of a share of runs."""
    return _of_share(hits, count, "wilson")


def clopper_pearson(hits: int, count: int) -> tuple[float, float]:
    """Return the exact interval of a share (Clopper and Pearson 1934); NaN where nothing was counted."""
    return _of_share(hits, count, "exact") if count else (math.nan, math.nan)


def _of_share(hits: int, count: int, method: Literal["wilson", "exact"]) -> tuple[float, float]:
    from scipy.stats import binomtest  # here, because it takes half a second to import

    interval = binomtest(hits, count).proportion_ci(CONFIDENCE, method=method)
    return float(interval.low), float(interval.high)


def _mean(values: Floats, known: NDArray[np.bool_], count: NDArray[np.int_]) -> Floats:
    total = np.where(known, values, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
