"""What a difference hangs on: parameters or luck, which parameters, and whether one turns its sign over."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import f, norm, rankdata, t
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import KFold, cross_val_predict

from ipsim.study.intervals import CONFIDENCE, mean_of

Floats = NDArray[np.float64]

LEADING = 5
"""Parameters that are named for each difference."""

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


def firmness(mean: float, deviation: float, parameters: float) -> float:
    """Return the share of parameter sets under which the expected difference has the sign of the mean.

    Luck of single runs is taken out: what is left of the variance between members is normal about the mean.

    Parameters
    ----------
    mean, deviation
        Of the difference over members.
    parameters
        Share of the variance that is due to parameters; not a number where nothing is known of it.
    """
    own = deviation * np.sqrt(parameters)
    if np.isnan(own):
        return float("nan")
    return float(norm.cdf(abs(mean) / own)) if own > 0 else 1.0


def leading(names: list[str], scores: Floats, differences: Floats) -> pd.DataFrame:
    """Return the parameters with which a difference moves most.

    The first few of two hundred parameters look strong by luck alone. Intervals therefore hold for all
    parameters at once (Bonferroni): one of them is wrong in one table of ten.

    Returns
    -------
    pandas.DataFrame
        ``rank, parameter, coefficient, low, high, lowest_fifth, highest_fifth, turns_over``: slope of the
        difference for one standard deviation of the parameter, with its 90 % interval; mean
        difference in the fifths of members where the parameter is lowest and highest; and whether the
        sign hangs on it: it is surely another one in one of them than in the other, or than on the whole.
    """
    count = len(differences)
    if count < 4 or np.std(differences) == 0:
        return pd.DataFrame(columns=pd.Index(_COLUMNS))
    unit = (scores - scores.mean(axis=0)) / scores.std(axis=0)
    off = differences - differences.mean()
    slopes = unit.T @ off / count
    error = np.sqrt(np.maximum(np.mean(off**2) - slopes**2, 0.0) / (count - 2))
    half = error * t.ppf(1 - (1 - CONFIDENCE) / 2 / len(names), count - 2)
    order = np.argsort(-np.abs(slopes))[:LEADING]
    rows: list[dict[str, Any]] = []
    for rank, place in enumerate(order, start=1):
        ends = [_fifth(scores[:, place], differences, side) for side in (-1, 1)]
        low, high = slopes[place] - half[place], slopes[place] + half[place]
        is_sure = bool(low > 0 or high < 0)
        rows.append(
            {
                "rank": rank,
                "parameter": names[place],
                "coefficient": slopes[place],
                "low": low,
                "high": high,
                "lowest_fifth": float(np.mean(ends[0])),
                "highest_fifth": float(np.mean(ends[1])),
                "turns_over": is_sure and _turned([ends[0], differences, ends[1]]),
            }
        )
    return pd.DataFrame(rows, columns=pd.Index(_COLUMNS))


_COLUMNS = "rank parameter coefficient low high lowest_fifth highest_fifth turns_over".split()


def _fifth(score: Floats, differences: Floats, side: int) -> Floats:
    """Return the differences of the members where a parameter is lowest (-1) or highest (1)."""
    count = max(2, round(_FIFTH * len(score)))
    return differences[np.argsort(side * -score, kind="stable")[:count]]


def _turned(parts: list[Floats]) -> bool:
    """Return whether one part is surely above nought and another one surely below."""
    means = [mean_of(part) for part in parts]
    signs = {float(np.sign(one.mean)) for one in means if one.sure}
    return {-1.0, 1.0} <= signs
