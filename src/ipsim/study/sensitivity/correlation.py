"""Rank correlation: how a random design's factors order an outcome, each by itself."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ipsim.study.intervals import CONFIDENCE
from ipsim.study.sensitivity.indices import RESAMPLES, Floats, Indices, ensure_it_moves
from ipsim.study.sensitivity.undefined import UndefinedError

FEWEST = 20
"""Points below which a rank correlation says little."""

_POINTS_PER_FACTOR = 2
_SPARE_POINTS = 6
_LARGEST_BATCH = 2_000_000
_LARGEST_BOOTSTRAP = 20_000_000
_FEWEST_RESAMPLES = 200
_ROUNDING = 1e-12


def enough_for_partial(dimensions: int) -> int:
    """Return the points that partial correlations take.

    A resample holds two thirds of the points and still has to tell the factors apart.
    """
    return _POINTS_PER_FACTOR * dimensions + _SPARE_POINTS


def rank_indices(places: Floats, values: Floats, seed: int) -> Indices:
    """Return rank correlations of one outcome: partial ones where the points are enough for them.

    ``rho`` is Spearman's rank correlation of a factor and the outcome. ``prcc`` is the correlation between
    the two once the ranks of all other factors are taken out of both (McKay et al. 1979; Marino et al.
    2008), ``srrc`` the coefficient of the regression of ranks on ranks; the fact ``rank_r2`` says how much of
    the outcome's order that regression explains: where it is low, effects are not monotone and all three
    miss them. Intervals are normal on Fisher's scale with the standard deviation of a bootstrap over points.

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
        If fewer than `FEWEST` points are left, or the outcome never moves.
    """
    known = np.isfinite(values)
    x, y = places[known], values[known]
    if len(y) < FEWEST:
        raise UndefinedError("few", len(y), FEWEST)
    ensure_it_moves(y)
    varied = np.ptp(x, axis=0) > 0
    both = np.column_stack([x[:, varied], y])
    partial = len(y) >= enough_for_partial(int(varied.sum()))
    found = _Correlations.of(both[None], partial)
    resamples = int(np.clip(_LARGEST_BOOTSTRAP // both.size, _FEWEST_RESAMPLES, RESAMPLES))
    spread = _bootstrap_spread(both, partial, resamples, seed)
    columns: dict[str, Floats] = {}
    facts = {"resamples": float(resamples)}
    if partial:
        columns |= _with_interval("prcc", found.prcc[0], spread.prcc) | {"srrc": found.srrc[0]}
        facts["rank_r2"] = float(found.explained[0])
    columns |= _with_interval("rho", found.rho[0], spread.rho)
    columns = {name: _spread_out(column, varied) for name, column in columns.items()}
    return Indices(columns, "prcc" if partial else "rho", len(y), len(values) - len(y), facts)


def _with_interval(name: str, values: Floats, spread: Floats) -> dict[str, Floats]:
    from scipy.stats import norm

    half = float(norm.ppf(0.5 + CONFIDENCE / 2)) * spread
    centre = _fisher(values)
    return {name: values, f"{name}_low": np.tanh(centre - half), f"{name}_high": np.tanh(centre + half)}


def _spread_out(part: Floats, varied: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    """Put the figures of the factors that vary in their places; a factor that stays still has none."""
    whole = np.full(len(varied), np.nan)
    whole[varied] = part
    return whole


class _Correlations(NamedTuple):
    """Correlations of several tables at once, each of shape (tables, factors); partial ones may be empty."""

    rho: Floats
    prcc: Floats
    srrc: Floats
    explained: Floats

    @classmethod
    def of(cls, tables: Floats, partial: bool) -> _Correlations:
        """Return those of tables of shape (tables, points, factors + 1), the outcome in the last column."""
        from scipy.stats import rankdata

        ranks = rankdata(tables, axis=1)
        ranks = ranks - ranks.mean(axis=1, keepdims=True)
        size = np.sqrt((ranks**2).sum(axis=1, keepdims=True))
        ranks = np.divide(ranks, size, out=np.zeros_like(ranks), where=size > 0)
        rho = (ranks[:, :, :-1] * ranks[:, :, -1:]).sum(axis=1)
        if not partial:
            nothing = np.empty((len(rho), 0))
            return cls(rho, nothing, nothing, nothing)
        own = ranks[:, :, :-1].transpose(0, 2, 1) @ ranks[:, :, :-1]
        inverse = _inverse(own)
        coefficient = (inverse @ rho[:, :, None])[:, :, 0]
        explained = np.clip((coefficient * rho).sum(axis=1), 0, 1)
        # As from the t statistic of each coefficient: it holds where nothing is left to explain as well.
        rest = np.maximum(1 - explained, _ROUNDING)[:, None] * np.diagonal(inverse, axis1=1, axis2=2)
        size = np.sqrt(coefficient**2 + np.maximum(rest, 0))
        prcc = np.divide(coefficient, size, out=np.zeros_like(size), where=size > 0)
        return cls(rho, prcc, coefficient, explained)


def _inverse(matrices: Floats) -> Floats:
    """Return inverses; a resample in which a factor stays still has none, and a pseudo-inverse has to do."""
    try:
        inverse = np.linalg.inv(matrices)
    except np.linalg.LinAlgError:
        inverse = np.linalg.pinv(matrices, hermitian=True)
    return np.asarray(inverse, dtype=np.float64)


def _fisher(correlation: Floats) -> Floats:
    largest = 1 - 1e-12
    return np.arctanh(np.clip(correlation, -largest, largest))


class _Spread(NamedTuple):
    """Standard deviations of Fisher's z of each factor."""

    rho: Floats
    prcc: Floats


def _bootstrap_spread(both: Floats, partial: bool, resamples: int, seed: int) -> _Spread:
    """Return how the correlations vary over resamples of the points."""
    draws = np.random.default_rng(seed)
    batch = max(1, _LARGEST_BATCH // both.size)
    rho: list[Floats] = []
    prcc: list[Floats] = []
    for start in range(0, resamples, batch):
        chosen = draws.integers(len(both), size=(min(batch, resamples - start), len(both)))
        found = _Correlations.of(both[chosen], partial)
        rho.append(_fisher(found.rho))
        prcc.append(_fisher(found.prcc))
    return _Spread(*(np.concatenate(part).std(axis=0, ddof=1) for part in (rho, prcc)))
