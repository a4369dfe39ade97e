"""Regression discontinuity: units just above a cut-off beside those just below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ipsim.study.natural.estimators.bandwidth import imbens_kalyanaraman
from ipsim.study.natural.estimators.estimation import Estimate, Floats, Ints, with_t_interval
from ipsim.study.natural.estimators.panel import (
    check_columns,
    check_fixed,
    codes,
    count,
    numbers,
    read_outcome,
)

if TYPE_CHECKING:
    import pandas as pd

_FEWEST = 5


class Sample(NamedTuple):
    """Units around the cut-off: outcome, distance above it, cluster."""

    outcome: Floats
    distance: Floats
    cluster: Ints


def read_sample(frame: pd.DataFrame, options: Mapping[str, Any]) -> Sample:
    """Return a sample from a table with columns ``unit, outcome, running`` and, where there is, ``cluster``.

    ``treated``, where it is given, has to be 1 at the cut-off and above and 0 below: the design is sharp.

    Raises
    ------
    ValueError
        With what is wrong.
    """
    check_columns(frame, ("unit", "outcome", "running"))
    outcome = read_outcome(frame, options["log"], options["missing"])
    known = np.isfinite(outcome)
    frame, outcome = frame.loc[known], outcome[known]
    distance = numbers(frame, "running") - options["cutoff"]
    if not np.isfinite(distance).all():
        raise ValueError("running: missing or infinite in some rows")
    unit = codes(frame, "unit")
    cluster = codes(frame, "cluster") if "cluster" in frame else unit
    check_fixed(unit, cluster, "cluster", "lies in two clusters")
    if "treated" in frame and (numbers(frame, "treated") != (distance >= 0)).any():
        raise ValueError("treated: has to be 1 at the cut-off and above and 0 below it; the design is sharp")
    for side, which in (("below", distance < 0), ("at or above", distance >= 0)):
        if len(np.unique(distance[which])) < _FEWEST:
            raise ValueError(f"running: fewer than {_FEWEST} different values {side} the cut-off")
    return Sample(outcome, distance, cluster)


def regression_discontinuity(sample: Sample, options: Mapping[str, Any]) -> Estimate:
    """Return the jump of the outcome at the cut-off: local lines on both sides, triangular kernel.

    ``value`` is the local linear estimate. With ``interval: robust`` the interval is that of the local
    quadratic at the same bandwidth, which corrects the line's bias and allows for the correction (Calonico,
    Cattaneo and Titiunik 2014, their case of equal bandwidths); ``conventional`` takes the line's own, which
    covers too little at a bandwidth that is best for the error. Errors are robust to heteroskedasticity, or
    clustered where clusters hold several rows. The detail has ``bandwidth``, ``below``, ``above`` (rows
    used) and both intervals' centres and errors.

    Raises
    ------
    ValueError
        If the bandwidth leaves too few units on a side.
    """
    width = options["bandwidth"]
    if width == "imbens-kalyanaraman":
        width = imbens_kalyanaraman(sample.distance, sample.outcome)
    inside = np.abs(sample.distance) < width
    near = Sample(sample.outcome[inside], sample.distance[inside], sample.cluster[inside])
    below, above = int((near.distance < 0).sum()), int((near.distance >= 0).sum())
    for side, which in (("below", near.distance < 0), ("at or above", near.distance >= 0)):
        if len(np.unique(near.distance[which])) < _FEWEST:
            raise ValueError(f"bandwidth: {width:g} leaves fewer than {_FEWEST} values {side} the cut-off")
    line, curve = (_jump(near, width, degree) for degree in (1, 2))
    centre, se = curve if options["interval"] == "robust" else line
    detail = {
        "bandwidth": float(width),
        "below": below,
        "above": above,
        "observations": len(sample.outcome),
        "clusters": count(near.cluster),
        "conventional": {"value": line[0], "se": line[1]},
        "robust": {"value": curve[0], "se": curve[1]},
        "notes": [],
    }
    around = with_t_interval(centre, se, _df(near), options["level"], "rd", detail)
    return Estimate(line[0], se, around.low, around.high, around.level, "rd", around.detail)


def _df(near: Sample) -> int:
    return count(near.cluster) - 1 if _is_clustered(near) else len(near.outcome) - 4


def _is_clustered(near: Sample) -> bool:
    return count(near.cluster) < len(near.outcome)


def _jump(near: Sample, width: float, degree: int) -> tuple[float, float]:
    """Return the jump of a local polynomial and its robust standard error."""
    from statsmodels.regression.linear_model import WLS

    scaled = near.distance / width
    above = (scaled >= 0).astype(np.float64)
    powers = np.column_stack([scaled**p for p in range(degree + 1)])
    design = np.column_stack([above[:, None] * powers, powers])
    clustered = _is_clustered(near)
    kernel: Any = 1 - np.abs(scaled)
    fitted: Any = WLS(near.outcome, design, weights=kernel).fit(
        cov_type="cluster" if clustered else "HC1",
        cov_kwds={"groups": near.cluster} if clustered else {},
        use_t=True,
    )
    return float(fitted.params[0]), float(fitted.bse[0])
