"""Sobol indices: the share of an outcome's variance that each factor brings."""

from __future__ import annotations

import numpy as np

from ipsim.study.intervals import CONFIDENCE
from ipsim.study.sensitivity.indices import RESAMPLES, Floats, Indices, complete_blocks
from ipsim.study.sensitivity.luck import luck_of_differences

FEWEST = 8
"""Blocks below which an estimate of a variance says nothing."""

_FEWEST_RESAMPLES = 100
_LARGEST_TABLE = 4_000_000


def sobol_indices(dimensions: int, values: Floats, seed: int) -> Indices:
    """Return the Sobol indices of one outcome, first order and total.

    ``S1`` is the share of the variance that goes when the factor alone is known (estimator of Saltelli et
    al. 2010), ``ST`` the share that stays when all but the factor are known (Jansen 1999). The intervals
    are those of SALib: the bootstrap's standard deviation times the normal quantile; they may reach
    below 0 and above 1.

    Parameters
    ----------
    dimensions
        Number of factors D.
    values
        Outcome by point in SALib's order without second order: blocks of a point of A, the D points that
        take one column from B, and the point of B. NaN where it is missing; such a block is left out.
    seed
        Of the bootstrap.

    Raises
    ------
    UndefinedError
        If fewer than eight blocks are complete, or the outcome never moves.
    """
    from SALib.analyze import sobol

    from ipsim.study.plan.designs import problem

    size = dimensions + 2
    kept, count = complete_blocks(values, size, FEWEST)
    resamples = int(np.clip(_LARGEST_TABLE // count, _FEWEST_RESAMPLES, RESAMPLES))
    found = sobol.analyze(
        problem(dimensions),
        values[kept],
        calc_second_order=False,
        num_resamples=resamples,
        conf_level=CONFIDENCE,
        seed=seed + 1,  # SALib takes a seed of 0 for none
    )
    columns: dict[str, Floats] = {}
    for name in ("S1", "ST"):
        index, half = (np.asarray(found[key], dtype=np.float64) for key in (name, f"{name}_conf"))
        columns |= {name: index, f"{name}_low": index - half, f"{name}_high": index + half}
    facts = {"resamples": float(resamples), "first_order_sum": float(columns["S1"].sum())}
    return Indices(columns, "ST", count, len(values) // size - count, facts)


def sobol_luck(dimensions: int, values: Floats, means: Floats) -> Floats:
    """Return the ``ST`` that luck alone would give each factor.

    The estimator is half the mean square of differences between two points that one factor tells apart;
    the variance that luck leaves in these differences is part of it.

    Parameters
    ----------
    dimensions
        Number of factors D.
    values
        Outcome by point and replicate, shape (blocks * (D+2), replicates).
    means
        Mean of each point, as in `sobol_indices`.

    Returns
    -------
    ndarray
        Shape (D,), NaN with one replicate.
    """
    size = dimensions + 2
    kept, _ = complete_blocks(means, size, FEWEST)
    first = np.flatnonzero(kept)[::size]
    whole = float(np.var(np.concatenate([means[first], means[first + size - 1]])))
    variances = [luck_of_differences(values, first, first + 1 + factor) for factor in range(dimensions)]
    return np.array(variances) / 2 / whole if whole > 0 else np.full(dimensions, np.nan)
