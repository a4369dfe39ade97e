"""One number of base and alternative over pairs of runs: the difference and how sure it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ipsim.study.comparison.effects import pairing_gain
from ipsim.study.intervals import mean_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


class Paired(NamedTuple):
    """A difference over pairs of runs that have the same luck.

    Attributes
    ----------
    base, value
        Means of base and alternative, so that ``value - base`` is the difference.
    mean, low, high
        Mean difference and its 90 % interval (Student's t); the interval is not a number with one pair.
    pairs
        How many pairs there are.
    same_sign
        Share of the pairs whose difference has the sign of the mean.
    pairing_gain
        How many times as many runs it would take without pairing; see `effects.pairing_gain`.
    """

    base: float
    value: float
    mean: float
    low: float
    high: float
    pairs: int
    same_sign: float
    pairing_gain: float

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out nothing happening."""
        return self.low > 0 or self.high < 0

    @property
    def nothing(self) -> bool:
        """Whether no pair differs at all."""
        return self.mean == 0 and self.same_sign == 1

    @property
    def sign(self) -> int:
        """1 or -1 where the difference is sure, else 0."""
        return (self.low > 0) - (self.high < 0)


def paired(base: ArrayLike, alternative: ArrayLike) -> Paired:
    """Compare the values of base and alternative, run by run.

    Parameters
    ----------
    base, alternative
        One value for each replicate, in the same order; a pair with a missing value is left out.

    Raises
    ------
    ValueError
        When there are not as many of one as of the other, or no pair.
    """
    before, after = np.asarray(base, dtype=np.float64), np.asarray(alternative, dtype=np.float64)
    if before.shape != after.shape:
        raise ValueError(f"pairs need as many values of both: {before.size} and {after.size}")
    there = ~(np.isnan(before) | np.isnan(after))
    before, after = before[there], after[there]
    if not before.size:
        raise ValueError("there is no pair of values")
    each = after - before
    mean, low, high = (float(end) for end in mean_of(each))
    gain = math.nan
    if each.size > 1:
        gain = float(pairing_gain(before.std(ddof=1), after.std(ddof=1), each.std(ddof=1)))
    agree = float((np.sign(each) == np.sign(mean)).mean())
    return Paired(float(before.mean()), float(after.mean()), mean, low, high, each.size, agree, gain)
