"""One factor at a time: what the outcome does between the ends of each, all else as it is."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ipsim.study.intervals import mean_of, student_quantile
from ipsim.study.sensitivity.indices import Floats, Indices, ensure_it_moves
from ipsim.study.sensitivity.undefined import UndefinedError

_NOTHING = (math.nan, math.nan, math.nan)


def end_effects(values: Floats, owners: Sequence[int], dimensions: int, paired: bool) -> Indices:
    """Return what the outcome changes at the low and at the high end of each factor.

    Parameters
    ----------
    values
        Outcome by point and replicate, shape (points, replicates), NaN where the run failed. The first
        point is the scenario as it is.
    owners
        Which factor each point moves, -1 for the first; the points of a factor stand in the order of its
        values.
    dimensions
        Number of factors D.
    paired
        Whether a replicate has the same seed at each point, so that differences are paired.

    Returns
    -------
    Indices
        ``at_low`` and ``at_high``: mean difference from the scenario at the first and the last value, with
        Student's interval over replicates (NaN with one); ``swing``: from the lowest to the highest mean
        difference over all values, the scenario itself included.

    Raises
    ------
    UndefinedError
        If every run of the scenario as it is failed, or nothing ever moves.
    """
    if not np.isfinite(values[0]).any():
        raise UndefinedError("few", 0, 1)
    ensure_it_moves(values[np.isfinite(values)])
    table = np.full((dimensions, 7), np.nan)
    for factor in range(dimensions):
        places = [place for place, owner in enumerate(owners) if owner == factor]
        effects = [_difference(values[place], values[0], paired) for place in places]
        low, high = (effects[0], effects[-1]) if effects else (_NOTHING, _NOTHING)
        means = [0.0, *(effect[0] for effect in effects if np.isfinite(effect[0]))]
        swing = max(means) - min(means) if len(means) > 1 else np.nan
        table[factor] = [*low, *high, swing]
    if not np.nanmax(np.abs(table[:, -1]), initial=0.0):
        raise UndefinedError("constant")
    names = ("at_low", "at_low_low", "at_low_high", "at_high", "at_high_low", "at_high_high", "swing")
    missing = int((~np.isfinite(values)).all(axis=1).sum())
    columns: dict[str, Floats] = dict(zip(names, table.T, strict=True))
    return Indices(columns, "swing", len(values) - missing, missing, {"base": float(np.nanmean(values[0]))})


def _difference(there: Floats, here: Floats, paired: bool) -> tuple[float, float, float]:
    """Return the mean difference with its interval."""
    if paired:
        mean, low, high = mean_of(there - here)
        return float(mean), float(low), float(high)
    a, b = there[np.isfinite(there)], here[np.isfinite(here)]
    if not len(a):
        return _NOTHING
    mean = float(a.mean() - b.mean())
    several = len(a) > 1 and len(b) > 1
    error = float(np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))) if several else np.nan
    half = float(student_quantile(min(len(a), len(b)))) * error
    return mean, mean - half, mean + half
