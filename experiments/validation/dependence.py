"""What a difference hangs on: parameters or luck, which parameters, and whether one turns its sign over."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import f, norm, rankdata
from sklearn.linear_model import Ridge, RidgeCV
from sklearn.model_selection import KFold, cross_val_predict

from ipsim.study.intervals import CONFIDENCE, mean_of

Floats = NDArray[np.float64]

LEADING = 5
"""Parameters that are named for each difference."""

DRAWS = 200
"""Resamples of the members, for the intervals of coefficients."""

_ALPHAS = np.logspace(0, 4, 17)
_TAIL = 0.5 - CONFIDENCE / 2
_FIFTH = 0.2


class Shares(NamedTuple):
    """How much of the variance between members is due to their parameters.

    Attributes
    ----------
    parameters, parameters_low, parameters_high
        Intraclass correlation of members that ran twice, with its 90 % interval; the rest is luck.
    explained
        Share that a linear regression on the parameters foretells of members it has not seen.
    """

    parameters: float
    parameters_low: float
    parameters_high: float
    explained: float


def scores_of(values: Floats) -> Floats:
    """Return normal scores of the ranks of each column, shape (members, parameters).

    Ranks make one parameter on a logarithm comparable with another one that is not.
    """
    ranks = rankdata(values, axis=0)
    return np.asarray(norm.ppf((ranks - 0.5) / len(values)))


def intraclass(first: Floats, second: Floats) -> tuple[float, float, float]:
    """Return the share of variance between members, from two runs of each with other luck.

    One-way analysis of variance (Shrout and Fleiss 1979, case 1), with the exact interval of the F ratio.
    """
    known = np.isfinite(first) & np.isfinite(second)
    first, second = first[known], second[known]
    count = len(first)
    if count < 3:
        return np.nan, np.nan, np.nan
    between = 2 * np.var((first + second) / 2, ddof=1)
    within = float(np.mean((first - second) ** 2) / 2)
    if not within > 0:
        return (1.0, 1.0, 1.0) if between > 0 else (np.nan, np.nan, np.nan)
    ratio = between / within
    low = ratio / f.ppf(1 - _TAIL, count - 1, count)
    high = ratio * f.ppf(1 - _TAIL, count, count - 1)
    found = [float(np.clip((one - 1) / (one + 1), 0.0, 1.0)) for one in (ratio, low, high)]
    return found[0], found[1], found[2]


def shares(scores: Floats, differences: Floats, first: Floats, second: Floats) -> Shares:
    """Return the shares of one difference.

    Parameters
    ----------
    scores
        Shape (members, parameters).
    differences
        One a member.
    first, second
        The same difference of members that ran twice.
    """
    explained = np.nan
    if len(differences) >= 20 and np.std(differences) > 0:
        folds = KFold(10, shuffle=True, random_state=1)
        said = cross_val_predict(RidgeCV(alphas=_ALPHAS), scores, differences, cv=folds)
        explained = 1 - float(np.mean((differences - said) ** 2) / np.var(differences))
    return Shares(*intraclass(first, second), explained)


def leading(names: list[str], scores: Floats, differences: Floats, seed: int = 1) -> pd.DataFrame:
    """Return the parameters with the largest standardised coefficients of a ridge regression.

    Returns
    -------
    pandas.DataFrame
        ``rank, parameter, coefficient, low, high, lowest_fifth, highest_fifth, turns_over``: change of the
        difference for one standard deviation of the parameter, with the middle 90 % over resamples of
        the members; mean difference in the fifths of members where the parameter is lowest and highest;
        and whether a difference that is sure in the mean has surely the other sign in one of them.
    """
    if np.std(differences) == 0:
        return pd.DataFrame(columns=pd.Index(_COLUMNS))
    fitted = RidgeCV(alphas=_ALPHAS).fit(scores, differences)
    found, alpha = np.asarray(fitted.coef_), float(np.asarray(fitted.alpha_))
    rng = np.random.default_rng(seed)
    drawn = np.array(
        [
            Ridge(alpha).fit(scores[rows], differences[rows]).coef_
            for rows in rng.integers(len(scores), size=(DRAWS, len(scores)))
        ]
    )
    lows, highs = np.quantile(drawn, (_TAIL, 1 - _TAIL), axis=0)
    order = np.argsort(-np.abs(found))[:LEADING]
    rows: list[dict[str, Any]] = []
    for rank, place in enumerate(order, start=1):
        ends = [_fifth(scores[:, place], differences, side) for side in (-1, 1)]
        is_sure = bool(lows[place] > 0 or highs[place] < 0)
        rows.append(
            {
                "rank": rank,
                "parameter": names[place],
                "coefficient": found[place],
                "low": lows[place],
                "high": highs[place],
                "lowest_fifth": float(np.mean(ends[0])),
                "highest_fifth": float(np.mean(ends[1])),
                "turns_over": is_sure and any(_turned(differences, end) for end in ends),
            }
        )
    return pd.DataFrame(rows, columns=pd.Index(_COLUMNS))


_COLUMNS = "rank parameter coefficient low high lowest_fifth highest_fifth turns_over".split()


def _fifth(score: Floats, differences: Floats, side: int) -> Floats:
    """Return the differences of the members where a parameter is lowest (-1) or highest (1)."""
    count = max(2, round(_FIFTH * len(score)))
    return differences[np.argsort(side * -score, kind="stable")[:count]]


def _turned(differences: Floats, end: Floats) -> bool:
    whole, part = mean_of(differences), mean_of(end)
    return bool(whole.sure and part.sure and np.sign(whole.mean) != np.sign(part.mean))
