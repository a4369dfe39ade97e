"""Emulators: quick stand-ins that say what a run would give, and how surely.

An emulator is a polynomial of the second degree in the scores of those parameters that matter to a
figure. Which matter is found by the lasso on first and second powers; the polynomial with their
products is fitted by ridge regression. What is left over, the luck of runs, the parameters that were
left out and the curvature that a polynomial has not, is its error: the root mean square of its
leave-one-out residuals.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MOST_ACTIVE = 16
"""Parameters that an emulator uses at most, the most important ones."""

_CLIP = 3.0  # scores beyond are taken as this far: a polynomial is no guide out there
_PENALTIES = np.logspace(-1, 4, 16)


@dataclass(frozen=True)
class Emulator:
    """A polynomial of the second degree in some of the scores.

    Attributes
    ----------
    active
        Columns of the scores that it uses, the most important first.
    importance
        Share of the variance of the figure that each explains by itself, shape (active,).
    weights, offset
        Of the terms `_terms`, and the constant.
    error
        Root mean square of leave-one-out residuals.
    explained
        Share of the variance that it predicts, by the same residuals.
    """

    active: NDArray[np.intp]
    importance: Array
    weights: Array
    offset: float
    error: float
    explained: float

    def __call__(self, scores: Array) -> Array:
        """Return the expected figure for scores of shape (draws, parameters)."""
        if not len(self.active):
            return np.full(len(scores), self.offset)
        return self.offset + _terms(scores[:, self.active]) @ self.weights

    def slopes(self, scores: Array) -> Array:
        """Return the derivative by each active score, shape (draws, active); 0 beyond the bounds."""
        there = scores[:, self.active]
        bounded = np.clip(there, -_CLIP, _CLIP)
        count = len(self.active)
        products = np.zeros((count, count))
        products[_pairs(count)] = self.weights[count:]
        return (self.weights[:count] + bounded @ (products + products.T)) * (bounded == there)


@cache
def _pairs(count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return which scores are multiplied, squares included."""
    return np.triu_indices(count)


def _terms(scores: Array) -> Array:
    """Return the scores, their squares and their products, shape (draws, terms)."""
    bounded = np.clip(scores, -_CLIP, _CLIP)
    left, right = _pairs(bounded.shape[1])
    return np.concatenate([bounded, bounded[:, left] * bounded[:, right]], axis=1)


def fit_emulator(scores: Array, figure: Array, weights: Array | None = None) -> Emulator:
    """Fit an emulator of one figure.

    Parameters
    ----------
    scores
        Where runs were made, shape (runs, parameters).
    figure
        What they gave, shape (runs,); runs with NaN are left out.
    weights
        How much each run counts; alike if None.

    Raises
    ------
    ValueError
        With fewer than 40 runs that gave the figure.
    """
    from sklearn.linear_model import RidgeCV

    there = np.isfinite(figure)
    if there.sum() < 40:
        raise ValueError(f"an emulator needs 40 runs at least, not {int(there.sum())}")
    scores, figure = scores[there], figure[there]
    weight = np.ones(len(figure)) if weights is None else weights[there]
    middle = float(np.average(figure, weights=weight))
    variance = float(np.average((figure - middle) ** 2, weights=weight))
    if variance < 1e-18:
        nothing = np.zeros(0)
        return Emulator(np.zeros(0, np.intp), nothing, nothing, middle, 0.0, 1.0)
    active, importance = _screened(scores, figure)
    if not len(active):
        return Emulator(active, importance, np.zeros(0), middle, float(np.sqrt(variance)), 0.0)
    terms = _terms(scores[:, active])
    ridge = RidgeCV(alphas=_PENALTIES, store_cv_results=True).fit(terms, figure, sample_weight=weight)
    place = int(np.argmin(np.abs(_PENALTIES - np.asarray(ridge.alpha_, np.float64))))
    left = float(np.mean(ridge.cv_results_[:, place] / np.mean(weight)))
    explained = max(0.0, 1.0 - left / variance)
    return Emulator(
        active, importance, np.asarray(ridge.coef_), float(ridge.intercept_), float(np.sqrt(left)), explained
    )


def _screened(scores: Array, figure: Array) -> tuple[NDArray[np.intp], Array]:
    """Return the parameters that matter, most important first, and the share each explains by itself."""
    from sklearn.linear_model import LassoCV

    bounded = np.clip(scores, -_CLIP, _CLIP)
    powers = np.concatenate([bounded, bounded**2 - 1.0], axis=1)
    lasso = LassoCV(cv=5, alphas=30, max_iter=2000, tol=1e-3).fit(
        powers, (figure - figure.mean()) / figure.std()
    )
    first, second = np.split(lasso.coef_, 2)
    importance = first**2 + 2.0 * second**2  # variance of a z + b (z^2 - 1) for a standard normal z
    order = np.argsort(-importance, kind="stable")
    active = order[: min(MOST_ACTIVE, int((importance > 1e-4).sum()))]
    return active, importance[active]
