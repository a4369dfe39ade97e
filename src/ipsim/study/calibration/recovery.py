"""Recovery: whether a method finds parameters whose truth is known.

Synthetic cities are runs at draws of the prior that the method has not seen. Their figures, moved by
the errors that published figures and the model have, stand in place of the published ones. A good
method's intervals then hold the truth as often as they say, and are narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ipsim.study.calibration.aims import Aim

Array = NDArray[np.float64]
Method = Callable[[Sequence[Aim], int], tuple[Array, Array]]
"""Takes aims at synthetic figures and the number of the truth; returns draws of scores and weights."""

LEVEL = 0.9


@dataclass(frozen=True)
class Recovery:
    """What a method made of several synthetic cities.

    Attributes
    ----------
    table
        A row a truth and parameter: ``truth, parameter, true, mean, low, high, inside, contraction``;
        scores are in prior standard deviations, contraction is 1 less the posterior variance.
    """

    table: pd.DataFrame

    def narrowed(self, least: float = 0.2) -> list[str]:
        """Return the parameters whose mean contraction reaches so much."""
        mean = self.table.groupby("parameter", sort=False)["contraction"].mean()
        return list(mean.index[mean >= least])

    def summary(self, parameters: Sequence[str] | None = None) -> dict[str, float]:
        """Return bias, error, coverage and width, in prior standard deviations of scores.

        Parameters
        ----------
        parameters
            Which; all if None. Without knowing anything the error would be 1 and the width 3.29.
        """
        table = self.table
        if parameters is not None:
            table = table[table["parameter"].isin(list(parameters))]
        miss = table["mean"] - table["true"]
        return {
            "truths": float(table["truth"].nunique()),
            "parameters": float(table["parameter"].nunique()),
            "bias": float(miss.mean()),
            "root_mean_square_error": float(np.sqrt((miss**2).mean())),
            "coverage_90": float(table["inside"].mean()),
            "mean_width_90": float((table["high"] - table["low"]).mean()),
        }


def synthetic(aims: Sequence[Aim], gaps: Array, seed: int) -> list[Aim]:
    """Return the aims at the figures of a run, moved by error and discrepancy.

    Parameters
    ----------
    aims
        The aims at published figures.
    gaps
        Gaps of the run that is the truth, shape (aims,).
    seed
        Of the errors.
    """
    rng = np.random.default_rng((seed, 13))
    moved = gaps + rng.standard_normal(len(aims)) * np.array([aim.spread for aim in aims])
    return [aim.aimed_at(float(aim.figure(gap))) for aim, gap in zip(aims, moved, strict=True)]


def recover(
    names: Sequence[str], truths: Array, gaps: Array, aims: Sequence[Aim], method: Method, seed: int = 1
) -> Recovery:
    """Let a method look for known truths.

    Parameters
    ----------
    names
        Of the parameters.
    truths, gaps
        Scores of the truths, shape (truths, parameters), and gaps of their runs, shape (truths, aims).
    aims
        The aims at published figures.
    method
        What is tested.
    seed
        Of the errors of the first truth's figures; the next ones count on from it.
    """
    rows: list[pd.DataFrame] = []
    for number, (truth, found) in enumerate(zip(truths, gaps, strict=True)):
        draws, weights = method(synthetic(aims, found, seed + number), number)
        mean = weights @ draws
        variance = weights @ (draws - mean) ** 2
        low, high = weighted_quantiles(draws, weights, (0.5 - LEVEL / 2, 0.5 + LEVEL / 2))
        rows.append(
            pd.DataFrame(
                {
                    "truth": number,
                    "parameter": list(names),
                    "true": truth,
                    "mean": mean,
                    "low": low,
                    "high": high,
                    "inside": (low <= truth) & (truth <= high),
                    "contraction": 1.0 - variance,
                }
            )
        )
    return Recovery(pd.concat(rows, ignore_index=True))


def weighted_quantiles(draws: Array, weights: Array, levels: Sequence[float]) -> Array:
    """Return quantiles of each column, shape (levels, columns)."""
    found = np.empty((len(levels), draws.shape[1]))
    for column in range(draws.shape[1]):
        order = np.argsort(draws[:, column])
        upto = np.cumsum(weights[order]) - 0.5 * weights[order]
        found[:, column] = np.interp(levels, upto, draws[order, column])
    return found
