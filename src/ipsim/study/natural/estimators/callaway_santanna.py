"""Group-time effects with controls that are not treated yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from ipsim.study.natural.estimators.estimation import Estimate, Floats, Ints, with_t_interval
from ipsim.study.natural.estimators.fixed_effects import notes_on_clusters
from ipsim.study.natural.estimators.jackknife import jackknife_se
from ipsim.study.natural.estimators.panel import Panel, check_comparison, count
from ipsim.study.natural.estimators.pre_trend import pre_trend


def callaway_santanna(panel: Panel, options: Mapping[str, Any]) -> Estimate:
    """Average the effects of each group at each time (Callaway and Sant'Anna 2021).

    ``ATT(g, t)`` is the mean change since the last time before ``g`` of the units first treated at ``g``,
    less that of units still untreated at ``t``. They are averaged with weights of the treated units seen
    (the simple aggregation), the interval is that of a jackknife over clusters. Group-times with fewer than
    two control clusters have no effect; ``left_out`` counts their treated observations. The detail's
    ``groups`` holds the mean effect of each group.
    """
    panel = panel.within(options["window"])
    check_comparison(panel)
    effects, left_out = _group_times(panel)
    if not effects:
        raise ValueError("no group of treated units is seen both before and after beside untreated units")
    value, se = _aggregate(effects)
    groups = sorted({effect.group for effect in effects})
    detail = {
        **panel.sizes(),
        "left_out": left_out,
        "groups": {g: _aggregate([e for e in effects if e.group == g])[0] for g in groups},
        "notes": notes_on_clusters(panel),
        "pre_trend": pre_trend(panel, options["leads"]),
    }
    df = count(panel.cluster) - 1
    return with_t_interval(value, se, df, options["level"], "callaway-santanna", detail)


class _GroupTime(NamedTuple):
    """Changes of one group and of its controls up to one time, summed over each cluster: shape (G,)."""

    group: float
    change: Floats
    number: Floats
    control_change: Floats
    control_number: Floats


def _group_times(panel: Panel) -> tuple[list[_GroupTime], int]:
    """Return the group-times that have an effect, and how many treated observations have none."""
    times, at = np.unique(panel.time, return_inverse=True)
    wide = np.full((count(panel.unit), len(times)), np.nan)
    wide[panel.unit, at] = panel.outcome
    rows = np.unique(panel.unit, return_index=True)[1]
    first, cluster = panel.first[rows], panel.cluster[rows]
    found: list[_GroupTime] = []
    for group in np.unique(panel.first[panel.on]):
        start = int(np.searchsorted(times, group))
        if start == 0:
            continue
        for t in range(start, len(times)):
            change = wide[:, t] - wide[:, start - 1]
            seen = np.isfinite(change)
            treated, control = seen & (first == group), seen & (first > times[t])
            if treated.any() and count(cluster[control]) > 1:
                found.append(_summed(float(group), change, treated, control, cluster))
    used = sum(int(effect.number.sum()) for effect in found)
    return found, int(panel.on.sum()) - used


def _summed(group: float, change: Floats, treated: Any, control: Any, cluster: Ints) -> _GroupTime:
    total = int(cluster.max()) + 1
    parts: list[Floats] = []
    for which in (treated, control):
        parts.append(np.bincount(cluster[which], change[which], total).astype(np.float64))
        parts.append(np.bincount(cluster[which], minlength=total).astype(np.float64))
    return _GroupTime(group, *parts)


def _aggregate(effects: list[_GroupTime]) -> tuple[float, float]:
    """Return the weighted mean effect and its standard error."""
    whole = _weighted(effects, lambda sums: sums.sum()[None])
    touched = sum(effect.number for effect in effects) > 0
    if np.sum(touched) < 2:
        return float(whole[0]), float("nan")
    return float(whole[0]), jackknife_se(float(whole[0]), _weighted(effects, lambda sums: sums.sum() - sums))


def _weighted(effects: list[_GroupTime], taken: Any) -> Floats:
    """Return weighted mean effects from sums over all clusters, or over all but each."""
    gap = sum(
        taken(e.change) - taken(e.number) * taken(e.control_change) / taken(e.control_number) for e in effects
    )
    return np.asarray(gap / sum(taken(e.number) for e in effects), dtype=np.float64)
