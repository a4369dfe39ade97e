"""Shape of the distributions that published studies speak of: skew, tails, correlations, links.

All functions are pure and take plain arrays. A figure that the data can't give (too few
numbers, no spread) is not a number.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
NAN = float("nan")

TOP = 20  #: the top 5 % of values: one in twenty
FEWEST = 10  #: numbers below which a tail is not fitted


def log_spread(values: Array) -> float:
    """Return the standard deviation of the logarithm of positive ``values``."""
    return float(np.log(values).std()) if len(values) >= FEWEST else NAN


def top_values(values: Array) -> Array:
    """Return the highest 5 % of ``values``, at least one, highest first."""
    ordered = np.sort(values)[::-1]
    return ordered[: max(1, len(ordered) // TOP)]


def top_share(values: Array) -> float:
    """Return the share of the sum of ``values`` that the highest 5 % hold."""
    return float(top_values(values).sum() / values.sum()) if len(values) >= FEWEST else NAN


def top_tail_exponent(values: Array) -> float:
    """Return the Pareto exponent (CDF) of the highest 5 % of ``values``.

    Hill's estimator, the lowest of them as threshold; at least two of them differ.
    """
    if len(values) < FEWEST:
        return NAN
    top = top_values(values)
    above = np.log(top / top[-1])[:-1]
    return float(1.0 / above.mean()) if above.any() else NAN


def pareto_exponent(values: Array, threshold: float) -> float:
    """Return the Pareto exponent (CDF) of the ``values`` above ``threshold``, by maximum likelihood."""
    tail = values[values > threshold]
    return float(1.0 / np.mean(np.log(tail / threshold))) if len(tail) >= FEWEST else NAN


def count_exponent(counts: Array, least: int) -> float:
    """Return the power-law exponent (CDF) of whole numbers of at least ``least``.

    The continuous estimator with the threshold half a unit lower, as whole numbers ask
    (Clauset, Shalizi & Newman 2009, eq. 3.7, less one).
    """
    tail = counts[counts >= least]
    return float(1.0 / np.mean(np.log(tail / (least - 0.5)))) if len(tail) >= FEWEST else NAN


def squared_correlations(research: Array, filings: Array) -> tuple[float, float]:
    """Return the squared correlation of patents and R&D between firms, and within them.

    Parameters
    ----------
    research, filings
        (years, firms): R&D spent and patents filed.

    Returns
    -------
    tuple
        Between: of the means over years. Within: of deviations from firm and year means.
        Both in logarithms (patents plus one), over firms with R&D in every year and at
        least one filing (as Pakes & Griliches 1980).
    """
    doing = (research > 0.0).all(axis=0) & (filings.sum(axis=0) > 0)
    if doing.sum() < FEWEST or len(research) < 2:
        return NAN, NAN
    x, y = np.log(research[:, doing]), np.log1p(filings[:, doing])
    between = squared_correlation(x.mean(axis=0), y.mean(axis=0))
    x, y = x - x.mean(axis=0), y - y.mean(axis=0)
    x, y = x - x.mean(axis=1, keepdims=True), y - y.mean(axis=1, keepdims=True)
    return between, squared_correlation(x.ravel(), y.ravel())


def squared_correlation(x: Array, y: Array) -> float:
    """Return the squared correlation of two rows of numbers, not a number if one doesn't vary."""
    return float(np.corrcoef(x, y)[0, 1] ** 2) if np.ptp(x) > 0.0 and np.ptp(y) > 0.0 else NAN


def network_figures(suppliers: NDArray[np.int32], alive: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the tail exponent (CDF) of customers per enterprise, and links per enterprise.

    Parameters
    ----------
    suppliers
        (enterprises, slots) rows of suppliers, -1 for none.
    alive
        Which enterprises count; a link counts if both its ends do.

    Returns
    -------
    tuple
        Exponent over enterprises with ten customers or more. Mean degree: links in either
        direction, a pair that buys from one another counted once.
    """
    rows = len(suppliers)
    buyers, slots = np.nonzero((suppliers >= 0) & alive[:, None])
    sellers = suppliers[buyers, slots].astype(np.int64)
    kept = alive[sellers]
    links = np.unique(buyers[kept] * rows + sellers[kept])  # the same supplier twice is one link
    buyers, sellers = np.divmod(links, rows)
    customers = np.bincount(sellers, minlength=rows).astype(float)
    pairs = np.unique(np.minimum(buyers, sellers) * rows + np.maximum(buyers, sellers))
    count = int(alive.sum())
    return count_exponent(customers, 10), 2.0 * len(pairs) / count if count else NAN
