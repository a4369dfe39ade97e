"""Means of paired runs and their shares of an effect, each with its 90 % interval."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipsim.study.comparison.effects import student_quantile

Floats = NDArray[np.float64]


class Estimate(NamedTuple):
    """A mean over pairs of runs and its 90 % interval: numbers of one shape.

    ``low`` and ``high`` are not numbers where there is no interval, as with one pair.
    """

    mean: Floats
    low: Floats
    high: Floats

    @property
    def sure(self) -> NDArray[np.bool_]:
        """Where the interval leaves out nought."""
        return (self.low > 0) | (self.high < 0)


def mean_of(values: Floats) -> Estimate:
    """Return the mean over pairs with its interval by Student's t.

    Parameters
    ----------
    values
        Differences by pair, shape (pairs, ...); a pair without a figure is not a number and left out.
    """
    known = np.isfinite(values)
    count = known.sum(axis=0)
    mean = _mean(values, known, count)
    spread = _mean((values - mean) ** 2, known, count) * count / np.maximum(count - 1, 1)
    half = student_quantile(count) * np.sqrt(spread / np.maximum(count, 1))
    return Estimate(mean, mean - half, mean + half)


def share_of(part: Floats, whole: Floats) -> Estimate:
    """Return the mean of a part over the mean of the whole, with its interval by Fieller's theorem.

    The interval holds every ratio ``r`` for which the mean of ``part - r * whole`` can't be told from
    nought (Fieller 1954). It has two ends just where the whole itself can be told from nought; elsewhere
    there is no share, and all three are not numbers.

    Parameters
    ----------
    part, whole
        By pair, shape (pairs, ...), absent in the same pairs.
    """
    known = np.isfinite(part) & np.isfinite(whole)
    count = known.sum(axis=0)
    a, b = _mean(part, known, count), _mean(whole, known, count)
    factor = student_quantile(count) ** 2 / np.maximum(count - 1, 1)
    aa = factor * _mean((part - a) ** 2, known, count)
    ab = factor * _mean((part - a) * (whole - b), known, count)
    bb = factor * _mean((whole - b) ** 2, known, count)
    lead = b**2 - bb
    told = lead > 0
    lead = np.where(told, lead, np.nan)
    root = np.sqrt(np.maximum((a * b - ab) ** 2 - lead * (a**2 - aa), 0.0))
    middle = a * b - ab
    ends = a / np.where(told, b, np.nan), (middle - root) / lead, (middle + root) / lead
    return Estimate(*(end + 0.0 for end in ends))  # no minus before nought


def _mean(values: Floats, known: NDArray[np.bool_], count: NDArray[np.int_]) -> Floats:
    total = np.where(known, values, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
