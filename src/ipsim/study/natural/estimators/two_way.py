"""Two-way fixed effects: the estimator of most published city panels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ipsim.study.natural.estimators.estimation import Estimate, Floats, with_t_interval
from ipsim.study.natural.estimators.fixed_effects import (
    dummies,
    fit_fixed_effects,
    notes_on_clusters,
    swept,
)
from ipsim.study.natural.estimators.panel import Panel, check_comparison, without_single_rows
from ipsim.study.natural.estimators.pre_trend import pre_trend


def two_way_fixed_effects(panel: Panel, options: Mapping[str, Any]) -> Estimate:
    """Regress the outcome on treatment with effects of units and of times, errors clustered.

    The interval takes Student's t with one degree of freedom less than clusters. Under staggered treatment
    with effects that grow, units treated earlier serve as controls of later ones and the coefficient is
    biased, even to the wrong sign (Goodman-Bacon 2021); it is here because studies used it. The detail says
    in ``forbidden`` whether the panel is of that sort, and in ``negative_weights`` what share of treated
    observations enters with a negative weight (de Chaisemartin and D'Haultfoeuille 2020).
    """
    panel = without_single_rows(panel.within(options["window"]))
    check_comparison(panel)
    treatment = panel.on.astype(np.float64)[:, None]
    times = dummies(panel.time)
    fit = fit_fixed_effects(panel, treatment, times)
    detail = {
        **panel.sizes(),
        "forbidden": len(np.unique(panel.first[panel.on])) > 1,
        "negative_weights": _negative_weights(panel, times),
        "notes": notes_on_clusters(panel),
        "pre_trend": pre_trend(panel, options["leads"]),
    }
    se = float(np.sqrt(fit.covariance[0, 0]))
    return with_t_interval(float(fit.coefficients[0]), se, fit.df, options["level"], "twfe", detail)


def _negative_weights(panel: Panel, times: Floats) -> float:
    """Return the share of treated observations whose residual treatment is negative."""
    columns = swept(np.column_stack([panel.on.astype(np.float64), times]), panel.unit)
    explained = columns[:, 1:] @ np.linalg.lstsq(columns[:, 1:], columns[:, 0], rcond=None)[0]
    return float(np.mean((columns[:, 0] - explained)[panel.on] < -1e-12))
