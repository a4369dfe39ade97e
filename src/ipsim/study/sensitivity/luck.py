"""Replicates: their mean at each point, and how much of the variance is luck."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipsim.study.sensitivity.indices import Floats


class Luck(NamedTuple):
    """Variance between replicates beside the variance between points.

    Attributes
    ----------
    share
        Share of luck in the variance of a single run; the rest are the factors'. From 0 to 1.
    left
        Share of luck that is left in the mean over replicates, on which indices rest. What all points have
        in common because they share their seeds is not in it.
    """

    share: float
    left: float


def point_means(values: Floats, common: bool) -> Floats:
    """Return the mean of each point over the replicates that succeeded.

    Parameters
    ----------
    values
        Outcome by point and replicate, shape (points, replicates), NaN where the run failed.
    common
        Whether all points share their seeds. Where they do and a run is missing, the mean is corrected for
        what that seed does elsewhere: points with other seeds missing stay comparable.

    Returns
    -------
    ndarray
        Shape (points,), NaN where every run failed.
    """
    known = np.isfinite(values)
    if common and not known.all() and known.any():
        seeds = _mean(values, known, axis=0)
        there = np.isfinite(seeds)
        values = values - np.where(there, seeds - seeds[there].mean(), 0.0)
    return _mean(values, known, axis=1)


def _mean(values: Floats, known: np.ndarray[tuple[int, int], np.dtype[np.bool_]], axis: int) -> Floats:
    count = known.sum(axis=axis)
    total = np.where(known, values, 0.0).sum(axis=axis)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def luck_of_differences(values: Floats, here: NDArray[np.intp], there: NDArray[np.intp]) -> float:
    """Return the variance that luck leaves in the mean difference between two points.

    Parameters
    ----------
    values
        Outcome by point and replicate, shape (points, replicates), NaN where the run failed.
    here, there
        The points of each pair. Differences are taken replicate by replicate.

    Returns
    -------
    float
        Variance between replicates over their number, mean over the pairs with at least two replicates;
        NaN where there is no such pair.
    """
    each = values[there] - values[here]
    known = np.isfinite(each)
    count = known.sum(axis=1)
    each, known, count = each[count > 1], known[count > 1], count[count > 1]
    if not len(count):
        return float("nan")
    centred = np.where(known, each - _mean(each, known, axis=1)[:, None], 0.0)
    return float(((centred**2).sum(axis=1) / (count - 1) / count).mean())


def luck_of(values: Floats, common: bool) -> Luck | None:
    """Return the share of luck by an analysis of variance, over the points with every run.

    With common seeds the model is point + seed + rest, without replication; else point + rest. Components
    of variance by the method of moments, negative ones set to nought (Searle, Casella and McCulloch 1992).
    None with one replicate, fewer than two such points, or no variance at all.
    """
    whole = values[np.isfinite(values).all(axis=1)]
    points, replicates = whole.shape
    if replicates < 2 or points < 2:
        return None
    rows = whole.mean(axis=1, keepdims=True)
    columns = whole.mean(axis=0, keepdims=True) if common else np.full((1, replicates), whole.mean())
    between = replicates * float(((rows - whole.mean()) ** 2).sum()) / (points - 1)
    freedom = (points - 1) * (replicates - 1) if common else points * (replicates - 1)
    rest = float(((whole - rows - columns + whole.mean()) ** 2).sum()) / freedom
    seed = points * float(((columns - whole.mean()) ** 2).sum()) / (replicates - 1) if common else rest
    of_factors = max(between - rest, 0.0) / replicates
    of_seeds = max(seed - rest, 0.0) / points
    whole_variance = of_factors + of_seeds + rest
    if whole_variance <= 0:
        return None
    mean_variance = of_factors + rest / replicates
    return Luck(
        (of_seeds + rest) / whole_variance,
        rest / replicates / mean_variance if mean_variance > 0 else 0.0,
    )
