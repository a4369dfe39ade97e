"""How sure a figure is: means with intervals, shares, and what a bootstrap over seeds says."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata, t

from ipsim.study import intervals

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

DRAWS = 2000
"""Resamples of a bootstrap."""


class Estimate(NamedTuple):
    """A mean with its 90 % interval; NaN where there is nothing to say."""

    mean: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out nothing happening."""
        return self.low > 0 or self.high < 0

    def times(self, factor: float) -> Estimate:
        """Return the estimate in another unit."""
        low, high = sorted((self.low * factor, self.high * factor))
        return Estimate(self.mean * factor, low, high)


NOTHING = Estimate(np.nan, np.nan, np.nan)


def mean_of(values: Floats) -> Estimate:
    """Return the mean of independent values (pairs of runs, worlds) with Student's interval."""
    return Estimate(*(float(end) for end in intervals.mean_of(values)))


def share_of(hits: int, count: int) -> Estimate:
    """Return a share with Wilson's interval."""
    if not count:
        return NOTHING
    return Estimate(hits / count, *intervals.wilson(hits, count))


def draws_of(count: int, seed: int = 1) -> Places:
    """Return which of ``count`` seeds (or worlds) each resample holds, shape (DRAWS, count)."""
    return np.random.default_rng(seed).integers(count, size=(DRAWS, count))


def bootstrap(statistic: Callable[[Places], float], count: int) -> Estimate:
    """Return a statistic of all seeds, with the middle 90 % of its values over resamples of them.

    Parameters
    ----------
    statistic
        Takes the seeds to use; NaN where it has no value. Where more than one resample in twenty has
        none, there is no estimate.
    count
        How many seeds there are.
    """
    drawn = np.array([statistic(places) for places in draws_of(count)])
    known = np.isfinite(drawn)
    if known.mean() < 0.95:
        return NOTHING
    tail = 50 * (1 - intervals.CONFIDENCE)
    low, high = np.percentile(drawn[known], [tail, 100 - tail])
    return Estimate(statistic(np.arange(count)), float(low), float(high))


def rank_correlations(places: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Return Spearman's correlation of each column with the values, and the chance of as large a one.

    Parameters
    ----------
    places
        Shape (worlds, factors).
    values
        A value a world.

    Returns
    -------
    tuple of numpy.ndarray
        Correlation and two-sided chance when there is no connection (Student's t), by factor.
    """
    ranks, order = rankdata(places, axis=0), rankdata(values)
    ranks = ranks - ranks.mean(axis=0)
    order = order - order.mean()
    found = ranks.T @ order / np.sqrt((ranks**2).sum(axis=0) * (order**2).sum())
    free = len(values) - 2
    chance = 2 * t.sf(np.abs(found) * np.sqrt(free / np.maximum(1 - found**2, 1e-12)), free)
    return found, chance


def thirds(values: Floats) -> Places:
    """Return the third, 1 to 3, in which each value lies."""
    return np.ceil(3 * rankdata(values) / len(values)).astype(np.int64)
