"""A predictive sample laid beside one published figure: bands, hits, PIT and CRPS."""

from __future__ import annotations

import math
import zlib
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ipsim.published import Published

LEVELS = (50, 90)
"""Per cent that the bands should hold."""

COPIES = 40
"""How often each draw is repeated with another measurement error."""

_SEED = 2016


class Band(NamedTuple):
    """The middle part of a predictive sample."""

    low: float
    high: float

    def holds(self, figure: Published) -> bool:
        """Whether a figure lies inside; one published as a range or a bound, whether they overlap."""
        low, high = bounds(figure)
        return self.high >= low and self.low <= high


def bounds(figure: Published) -> tuple[float, float]:
    """Return between what a figure lies: itself twice, its range, or a bound and infinity."""
    if figure.low is None and figure.high is None:
        return figure.value, figure.value
    return (
        -math.inf if figure.low is None else figure.low,
        math.inf if figure.high is None else figure.high,
    )


def is_point(figure: Published) -> bool:
    """Whether a figure was published as one number."""
    low, high = bounds(figure)
    return low == high


def as_measured(draws: NDArray[np.float64], figure: Published) -> NDArray[np.float64]:
    """Return what an office would have published of each draw: times a lognormal error of median 1.

    Its relative standard deviation is that of the figure; a range or a bound says by itself how uncertain it
    is. The seed hangs on the figure alone, so that other figures, or their order, change nothing.

    Parameters
    ----------
    draws
        Shape (draws,).

    Returns
    -------
    ndarray
        Shape (draws x COPIES,), or the draws themselves for a figure without error.
    """
    if not figure.error > 0 or not is_point(figure):
        return draws
    name = f"{figure.place}/{figure.indicator}/{figure.year}/{figure.period}"
    luck = np.random.default_rng([_SEED, zlib.crc32(name.encode())])
    sigma = math.sqrt(math.log1p(figure.error**2))
    errors = np.exp(sigma * luck.standard_normal((COPIES, len(draws))))
    return (draws * errors).ravel()


def band(sample: NDArray[np.float64], level: float) -> Band:
    """Return the central band that should hold ``level`` per cent.

    Quantiles are those at ``k / (n + 1)``, so that a new figure of the same distribution falls inside as
    often as it should even in a small sample (Hyndman and Fan 1996, type 6).
    """
    ends = np.array([50 - level / 2, 50 + level / 2]) / 100
    low, high = np.quantile(sample, ends, method="weibull")
    return Band(float(low), float(high))


def pit(sample: NDArray[np.float64], value: float) -> float:
    """Return the share of a sample below a value, half of what equals it counted in (Dawid 1984)."""
    return float(np.mean(sample < value) + np.mean(sample == value) / 2)


def crps(sample: NDArray[np.float64], value: float) -> float:
    """Return the continuous ranked probability score of a sample, in its unit; less is better.

    Mean distance to the value less half the mean distance of two members, members drawn from a larger
    population (Gneiting and Raftery 2007, equation 21; the fair form of Ferro 2014). Of a single number it
    is the absolute error, which makes it comparable with a naive forecast.
    """
    size = len(sample)
    distance = float(np.mean(np.abs(sample - value)))
    if size < 2:
        return distance
    ordered = np.sort(sample)
    between = 2 * float(np.dot(2 * np.arange(size) - size + 1, ordered)) / (size * (size - 1))
    return distance - between / 2


def log_error(forecast: float, figure: Published) -> float:
    """Return the log of a forecast over what was published; NaN where that has no meaning.

    A forecast within a published range or bound has no error.
    """
    low, high = bounds(figure)
    near = min(max(forecast, low), high)
    if not (forecast > 0 and near > 0 and math.isfinite(forecast)):
        return math.nan
    return math.log(forecast / near)
