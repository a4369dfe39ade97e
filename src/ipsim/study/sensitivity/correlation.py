"""Partial rank correlation: how a random design's factors order an outcome, each by itself."""

from __future__ import annotations

import numpy as np

from ipsim.study.effects import CONFIDENCE
from ipsim.study.sensitivity.indices import RESAMPLES, Floats, Indices, ensure_it_moves
from ipsim.study.sensitivity.undefined import UndefinedError

_POINTS_PER_FACTOR = 2
_SPARE_POINTS = 6
_LARGEST_BATCH = 2_000_000
_ROUNDING = 1e-12


def fewest_points(dimensions: int) -> int:
    """Return the points it takes: a resample holds two thirds of them and still has to tell factors apart."""
    return _POINTS_PER_FACTOR * dimensions + _SPARE_POINTS


def rank_indices(places: Floats, values: Floats, seed: int) -> Indices:
    """Return partial rank correlations and standardised rank regression of one outcome.

    ``prcc`` is the correlation between the ranks of a factor and of the outcome once the ranks of all other
    factors are taken out of both (McKay et al. 1979; Marino et al. 2008); its interval is normal on
    Fisher's scale with the standard deviation of a bootstrap over points. ``srrc`` is the coefficient of
    the regression of ranks on ranks; the fact ``rank_r2`` says how much of the outcome's order the
    regression explains: where it is low, effects are not monotone and both measures miss them.

    Parameters
    ----------
    places
        Value of each factor at each point, or its place in the order of its levels; shape (points, D).
    values
        Outcome by point, NaN where it is missing; such a point is left out.
    seed
        Of the bootstrap.

    Raises
    ------
    UndefinedError
        If too few points are left, or the outcome never moves.
    """
    from scipy.stats import norm

    known = np.isfinite(values)
    x, y = places[known], values[known]
    needed = fewest_points(places.shape[1])
    if len(y) < needed:
        raise UndefinedError("few", len(y), needed)
    ensure_it_moves(y)
    varied = np.ptp(x, axis=0) > 0
    both = np.column_stack([x[:, varied], y])
    prcc, srrc, explained = _correlations(both[None])
    spread = _bootstrap_spread(both, seed)
    half = float(norm.ppf(0.5 + CONFIDENCE / 2)) * spread
    centre = _fisher(prcc[0])
    parts = {"prcc": prcc[0], "prcc_low": np.tanh(centre - half), "prcc_high": np.tanh(centre + half)}
    columns = {name: _spread_out(part, varied) for name, part in (parts | {"srrc": srrc[0]}).items()}
    facts = {"rank_r2": float(explained[0])}
    return Indices(columns, "prcc", len(y), len(values) - len(y), facts)


def _spread_out(part: Floats, varied: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    """Put the figures of the factors that vary in their places; a factor that stays still has none."""
    whole = np.full(len(varied), np.nan)
    whole[varied] = part
    return whole


def _correlations(samples: Floats) -> tuple[Floats, Floats, Floats]:
    """Return partial correlation, coefficient and R2 of ranks for tables of shape (count, points, D+1)."""
    from scipy.stats import rankdata

    ranks = rankdata(samples, axis=1)
    ranks = ranks - ranks.mean(axis=1, keepdims=True)
    size = np.sqrt((ranks**2).sum(axis=1, keepdims=True))
    ranks = np.divide(ranks, size, out=np.zeros_like(ranks), where=size > 0)
    correlation = ranks.transpose(0, 2, 1) @ ranks
    own, with_outcome = correlation[:, :-1, :-1], correlation[:, :-1, -1]
    inverse = np.linalg.pinv(own, hermitian=True)
    coefficient = (inverse @ with_outcome[:, :, None])[:, :, 0]
    explained = np.clip((coefficient * with_outcome).sum(axis=1), 0, 1)
    # As from the t statistic of each coefficient: it holds where nothing is left to explain as well.
    rest = np.maximum(1 - explained, _ROUNDING)[:, None] * np.diagonal(inverse, axis1=1, axis2=2)
    size = np.sqrt(coefficient**2 + np.maximum(rest, 0))
    partial = np.divide(coefficient, size, out=np.zeros_like(size), where=size > 0)
    return partial, coefficient, explained


def _fisher(correlation: Floats) -> Floats:
    largest = 1 - 1e-12
    return np.arctanh(np.clip(correlation, -largest, largest))


def _bootstrap_spread(both: Floats, seed: int) -> Floats:
    """Return the standard deviation of Fisher's z of each factor over resamples of the points."""
    draws = np.random.default_rng(seed)
    batch = max(1, _LARGEST_BATCH // both.size)
    scores: list[Floats] = []
    for start in range(0, RESAMPLES, batch):
        count = min(batch, RESAMPLES - start)
        chosen = draws.integers(len(both), size=(count, len(both)))
        scores.append(_fisher(_correlations(both[chosen])[0]))
    return np.concatenate(scores).std(axis=0, ddof=1)
