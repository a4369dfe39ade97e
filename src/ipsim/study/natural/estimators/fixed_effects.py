"""Regression with fixed effects of units, and of times where they are asked for."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ipsim.study.natural.estimators.estimation import Floats, Ints
from ipsim.study.natural.estimators.panel import Panel, count

_ROUNDING = 1e-9
FEW_CLUSTERS = 6
"""Clusters on one side below which clustered intervals are too narrow (MacKinnon and Webb 2018)."""


class Fit(NamedTuple):
    """Coefficients with their covariance, and the degrees of freedom of an interval."""

    coefficients: Floats
    covariance: Floats
    df: int


def swept(columns: Floats, unit: Ints) -> Floats:
    """Return columns of shape (observations, k) less the mean of each unit."""
    size = np.bincount(unit).astype(np.float64)
    means = np.column_stack([np.bincount(unit, column) for column in columns.T]) / size[:, None]
    return np.asarray(columns - means[unit], dtype=np.float64)


def dummies(values: Floats | Ints) -> Floats:
    """Return a column of 0 and 1 for each value but the first."""
    return (values[:, None] == np.unique(values)[None, 1:]).astype(np.float64)


def fit_fixed_effects(panel: Panel, of_interest: Floats, others: Floats) -> Fit:
    """Regress the outcome on columns, with an effect for each unit and clustered errors.

    Unit effects are swept out, which is exact for unbalanced panels too as long as every other column is
    swept in the same way (Frisch, Waugh and Lovell). They lie within clusters and so take nothing off the
    degrees of freedom (Cameron and Miller 2015, III.B); other columns do.

    Parameters
    ----------
    panel
        Observations.
    of_interest
        Columns whose coefficients are returned; shape (observations, k).
    others
        Further columns, such as dummies of times; shape (observations, m). Those that the rest implies are
        left out.

    Raises
    ------
    ValueError
        If a column of interest is implied by the others.
    """
    from statsmodels.regression.linear_model import OLS

    k = of_interest.shape[1]
    columns = swept(np.column_stack([others, of_interest, panel.outcome]), panel.unit)
    m = others.shape[1]
    design = np.column_stack([columns[:, m : m + k], columns[:, :m]])
    free = _independent(np.column_stack([columns[:, :m], columns[:, m : m + k]]))
    if not free[m:].all():
        raise ValueError("unit and time effects take up the treatment: nothing is left to compare")
    design = design[:, np.concatenate([free[m:], free[:m]])]
    fitted: Any = OLS(columns[:, -1], design).fit(
        cov_type="cluster", cov_kwds={"groups": panel.cluster}, use_t=True
    )
    return Fit(fitted.params[:k], fitted.cov_params()[:k, :k], count(panel.cluster) - 1)


def _independent(columns: Floats) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Tell which columns are not implied by those before them (a Cholesky factor taken step by step)."""
    scale = np.sqrt((columns**2).sum(axis=0))
    unit_columns = columns / np.where(scale > _ROUNDING, scale, 1.0)
    gram = unit_columns.T @ unit_columns
    free = scale > _ROUNDING
    for j in range(len(gram)):
        if free[j] and gram[j, j] > _ROUNDING:
            gram = gram - np.outer(gram[:, j], gram[j]) / gram[j, j]
        else:
            free[j] = False
    return free


def notes_on_clusters(panel: Panel) -> list[str]:
    """Return what to be careful with: ``few_treated_clusters``, ``few_clusters``."""
    notes: list[str] = []
    if count(panel.cluster[panel.on]) < FEW_CLUSTERS:
        notes.append("few_treated_clusters")
    if count(panel.cluster) < 2 * FEW_CLUSTERS:
        notes.append("few_clusters")
    return notes
