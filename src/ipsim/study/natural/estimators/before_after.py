"""Before and after: treated units against themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ipsim.study.natural.estimators.estimation import Estimate, Floats, with_t_interval
from ipsim.study.natural.estimators.fixed_effects import dummies, fit_fixed_effects, notes_on_clusters
from ipsim.study.natural.estimators.panel import Panel, count


def before_after(panel: Panel, options: Mapping[str, Any]) -> Estimate:
    """Return the mean change of treated units from before their treatment to after it.

    Each unit has its own level; ``season: quarter`` takes out a level of each quarter. Controls are left
    aside (``controls_left_aside`` counts them), and with them whatever else changed at the time: a trend
    enters in full. The interval is clustered.

    Raises
    ------
    ValueError
        If no unit is treated, none is seen on both sides, or there is one cluster only.
    """
    whole = panel.within(options["window"])
    if not np.isfinite(whole.first).any():
        raise ValueError("no unit is treated at any time")
    both = np.isin(whole.unit, whole.unit[whole.on]) & np.isin(whole.unit, whole.unit[~whole.on])
    if not both.any():
        raise ValueError("no treated unit is seen both before its treatment and after")
    treated = whole.kept(both)
    if count(treated.cluster) < 2:
        raise ValueError("treated units lie in a single cluster: an interval needs at least 2")
    on = treated.on.astype(np.float64)[:, None]
    fit = fit_fixed_effects(treated, on, _season(treated, options["season"]))
    detail = {
        **treated.sizes(),
        "controls_left_aside": count(whole.unit) - count(treated.unit),
        "notes": notes_on_clusters(treated),
    }
    se = float(np.sqrt(fit.covariance[0, 0]))
    return with_t_interval(float(fit.coefficients[0]), se, fit.df, options["level"], "before-after", detail)


def _season(panel: Panel, season: str) -> Floats:
    if season == "none":
        return np.empty((len(panel), 0))
    if (panel.quarter == 0).any() or count(panel.quarter) < 2:
        raise ValueError(
            "season: quarter needs times within the year (such as 2018.25) or a column quarter with 1 to 4"
        )
    return dummies(panel.quarter)
