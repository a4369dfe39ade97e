"""Whether treated units moved apart from the others before they were treated."""

from __future__ import annotations

from typing import Any

import numpy as np

from ipsim.study.natural.estimators.fixed_effects import dummies, fit_fixed_effects
from ipsim.study.natural.estimators.panel import Panel, count, without_single_rows


def pre_trend(panel: Panel, leads: int) -> dict[str, Any] | None:
    """Test that the times just before treatment differ from earlier ones in no other way than for controls.

    An event study of observations before treatment alone, so that no effect of treatment gets into it
    (Borusyak, Jaravel and Spiess 2024): outcome on unit effects, time effects and dummies of the last
    ``leads`` times before treatment, joint Wald test with clustered errors.

    Parameters
    ----------
    panel
        Observations, treated ones included.
    leads
        Times before treatment to test; fewer are taken where the panel or the number of treated clusters
        allows no more.

    Returns
    -------
    dict or None
        ``p`` (of the F test), ``leads`` (coefficient by times before treatment, as -1, -2 ...), ``se``, or
        ``untested``: ``asked`` or ``short`` (why there is no test).
    """
    if leads == 0:
        return {"untested": "asked"}
    steps = _steps_to_treatment(panel)
    before = without_single_rows(panel.kept(steps < 0))
    steps = _steps_to_treatment(before, np.unique(panel.time))
    treated = count(before.cluster[np.isfinite(before.first)])
    seen = [lead for lead in range(1, leads + 1) if (steps == -lead).any()]
    earlier = int(-steps[np.isfinite(steps)].min()) if np.isfinite(steps).any() else 0
    seen = [lead for lead in seen if lead < earlier][: max(0, treated - 1)]
    while seen:
        columns = (steps[:, None] == -np.array(seen, dtype=np.float64)).astype(np.float64)
        try:
            fit = fit_fixed_effects(before, columns, dummies(before.time))
        except ValueError:
            seen = seen[:-1]
            continue
        return _tested(seen, fit.coefficients, fit.covariance, fit.df)
    return {"untested": "short"}


def _steps_to_treatment(panel: Panel, times: Any = None) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return how many times of the panel lie between treatment and now; minus infinity if never treated."""
    times = np.unique(panel.time) if times is None else times
    start = np.searchsorted(times, panel.first).astype(np.float64)
    start = np.where(np.isfinite(panel.first), start, np.inf)
    return np.searchsorted(times, panel.time).astype(np.float64) - start


def _tested(seen: list[int], coefficients: Any, covariance: Any, df: int) -> dict[str, Any]:
    from scipy.stats import f

    k = len(seen)
    statistic = float(coefficients @ np.linalg.pinv(covariance, hermitian=True) @ coefficients) / k
    return {
        "p": float(f.sf(statistic, k, df)),
        "leads": {-lead: float(b) for lead, b in zip(seen, coefficients, strict=True)},
        "se": {-lead: float(v) for lead, v in zip(seen, np.sqrt(np.diag(covariance)), strict=True)},
    }
