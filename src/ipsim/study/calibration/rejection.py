"""Approximate Bayesian computation: the rival of emulation, kept to be tested against.

Two kinds. *Adjusted rejection* keeps the runs nearest to the aims and shifts them by a regression on
what is left of the gaps (Beaumont, Zhang & Balding 2002, *Genetics* 162:2025-2035). *Sequential* makes
new runs around the best ones, generation by generation (Beaumont et al. 2009, *Biometrika* 96:983-990).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ipsim.study.calibration.aims import Aim

Array = NDArray[np.float64]
Simulate = Callable[[Array], Array]
"""Takes scores, shape (draws, parameters), and returns gaps, shape (draws, aims)."""


def misfit(aims: Sequence[Aim], found: Array) -> Array:
    """Return the root mean square of distances from the aims, in spreads, shape (draws,)."""
    squares = [(aim.distance(found[:, place]) / aim.spread) ** 2 for place, aim in enumerate(aims)]
    return np.sqrt(np.nanmean(squares, axis=0))


def adjusted_rejection(
    scores: Array, found: Array, aims: Sequence[Aim], kept: float = 0.1
) -> tuple[Array, Array]:
    """Return draws of the posterior from runs of the prior, and their weights.

    Parameters
    ----------
    scores, found
        Where runs were made, shape (runs, parameters), and their gaps, shape (runs, aims).
    aims
        What is aimed at.
    kept
        Share of the runs that is kept.
    """
    from sklearn.linear_model import RidgeCV

    known = np.where(np.isfinite(found), found, 0.0)
    distance = misfit(aims, known)
    bound = float(np.quantile(distance, kept))
    near = distance <= bound
    weights = 1.0 - (distance[near] / bound) ** 2 + 1e-9
    spreads = np.array([aim.spread for aim in aims])
    left = np.column_stack([aim.distance(known[near, place]) for place, aim in enumerate(aims)]) / spreads
    fitted = RidgeCV(alphas=np.logspace(-1, 3, 9)).fit(left, scores[near], sample_weight=weights)
    return scores[near] - left @ np.asarray(fitted.coef_).T, weights / weights.sum()


def sequential(
    simulate: Simulate,
    aims: Sequence[Aim],
    parameters: int,
    runs: int,
    population: int = 200,
    seed: int = 1,
) -> tuple[Array, Array]:
    """Return draws and weights of a sequential approximation with so many runs in all.

    Each generation is drawn around the better half of the last, with twice its variance, and weighted
    by the prior over the density it was drawn from.
    """
    rng = np.random.default_rng((seed, 11))
    scores = rng.standard_normal((2 * population, parameters))
    distance = misfit(aims, simulate(scores))
    best = np.argsort(distance)[:population]
    scores, distance, weights = scores[best], distance[best], np.ones(population)
    for _ in range((runs - 2 * population) // population):
        shares = weights / weights.sum()
        middle = shares @ scores
        widths = np.sqrt(2.0 * (shares @ (scores - middle) ** 2))
        parents = scores[rng.choice(len(scores), population, p=shares)]
        fresh = parents + widths * rng.standard_normal(parents.shape)
        away = distance.max()
        found = misfit(aims, simulate(fresh))
        density = np.array([_density(one, scores, shares, widths) for one in fresh])
        scores = np.concatenate([scores, fresh])
        weights = np.concatenate([weights, np.exp(-0.5 * (fresh**2).sum(axis=1) - density)])
        distance = np.concatenate([distance, found])
        bound = min(away, float(np.quantile(distance, 0.5)))
        scores, weights, distance = (part[distance <= bound] for part in (scores, weights, distance))
    return scores, weights / weights.sum()


def _density(place: Array, scores: Array, weights: Array, widths: Array) -> float:
    """Return the logarithm of the density of a generation's proposals at a place.

    Up to the constant that the standard normal prior has as well, so that their ratio is exact.
    """
    from scipy.special import logsumexp

    powers = -0.5 * (((place - scores) / widths) ** 2).sum(axis=1)
    return float(np.asarray(logsumexp(powers, b=weights))) - float(np.log(widths).sum())
