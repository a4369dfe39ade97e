"""Imputation: what would have been, from observations without treatment alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from ipsim.study.natural.estimators.estimation import Bools, Estimate, Floats, Ints, with_t_interval
from ipsim.study.natural.estimators.fixed_effects import notes_on_clusters
from ipsim.study.natural.estimators.jackknife import jackknife_se
from ipsim.study.natural.estimators.panel import Panel, check_comparison, count
from ipsim.study.natural.estimators.pre_trend import pre_trend

_ROUNDING = 1e-9


def imputation(panel: Panel, options: Mapping[str, Any]) -> Estimate:
    """Average the gaps between treated outcomes and those imputed (Borusyak, Jaravel and Spiess 2024).

    Unit and time effects come from observations without treatment alone; each treated observation is laid
    beside their sum and the gaps are averaged, all with one weight. No treated unit is ever a control, so
    the mean effect is right under staggered treatment with effects that differ and grow. The interval is
    that of a jackknife over clusters. Treated observations whose unit is never seen untreated, or whose time
    fewer than two clusters are seen at untreated, can't be imputed: ``left_out`` counts them.

    The detail's ``by_event`` holds value, se and number of treated observations by time since treatment.
    """
    panel = panel.within(options["window"])
    check_comparison(panel)
    used = _imputable(panel)
    if not used.any():
        raise ValueError(
            "no treated observation can be imputed: its unit or its time is never seen untreated"
        )
    sums = _by_cluster(panel)
    every = _Gaps.of(panel, used)
    value, se = _effect(sums, every)
    detail = {
        **panel.sizes(),
        "left_out": int(panel.on.sum() - used.sum()),
        "notes": notes_on_clusters(panel),
        "by_event": _by_event(panel, used, sums),
        "pre_trend": pre_trend(panel, options["leads"]),
    }
    df = count(panel.cluster) - 1
    return with_t_interval(value, se, df, options["level"], "imputation", detail)


def _imputable(panel: Panel) -> Bools:
    """Tell which treated observations have a unit seen untreated, and a time with two untreated clusters."""
    off = ~panel.on
    units = np.isin(panel.unit, panel.unit[off])
    pairs = np.unique(np.column_stack([panel.time[off], panel.cluster[off]]), axis=0)
    times, clusters = np.unique(pairs[:, 0], return_counts=True)
    return panel.on & units & np.isin(panel.time, times[clusters > 1])


class _Sums(NamedTuple):
    """Normal equations for time effects, unit effects swept out, summed over each cluster."""

    gram: Floats  #: (G, T, T)
    moment: Floats  #: (G, T)


def _by_cluster(panel: Panel) -> _Sums:
    """Return the sums from which time effects follow; cluster by cluster, so that one can be left out."""
    seen, total = _untreated(panel)
    number = np.maximum(1.0, seen.sum(axis=1))
    mean = total.sum(axis=1) / number
    cluster = _cluster_of_unit(panel)
    grams: list[Floats] = []
    moments: list[Floats] = []
    for group in range(count(panel.cluster)):
        here = cluster == group
        some = seen[here]
        grams.append(np.diag(some.sum(axis=0)) - some.T @ (some / number[here, None]))
        moments.append((total[here] - some * mean[here, None]).sum(axis=0))
    return _Sums(np.stack(grams), np.stack(moments))


def _untreated(panel: Panel) -> tuple[Floats, Floats]:
    """Return which unit is seen untreated when, and its outcome there; both of shape (units, times)."""
    off = ~panel.on
    time = np.unique(panel.time, return_inverse=True)[1]
    seen = np.zeros((count(panel.unit), int(time.max()) + 1))
    total = np.zeros_like(seen)
    seen[panel.unit[off], time[off]] = 1.0
    total[panel.unit[off], time[off]] = panel.outcome[off]
    return seen, total


def _cluster_of_unit(panel: Panel) -> Ints:
    return panel.cluster[np.unique(panel.unit, return_index=True)[1]]


class _Gaps(NamedTuple):
    """Sum of gaps of each cluster's treated rows: ``fixed + by_time @ time effects``, and their number."""

    fixed: Floats  #: (G,)
    by_time: Floats  #: (G, T)
    number: Floats  #: (G,)

    @classmethod
    def of(cls, panel: Panel, used: Bools) -> _Gaps:
        """Return those of the observations marked.

        A gap is ``y - a_i - b_t`` with the unit effect ``a_i`` the mean over the unit's untreated rows of
        ``y - b``; it is linear in the time effects ``b``.
        """
        seen, total = _untreated(panel)
        share = seen / np.maximum(1.0, seen.sum(axis=1))[:, None]
        mean = total.sum(axis=1) / np.maximum(1.0, seen.sum(axis=1))
        time = np.unique(panel.time, return_inverse=True)[1][used]
        unit, cluster = panel.unit[used], panel.cluster[used]
        groups, times = count(panel.cluster), seen.shape[1]
        fixed = np.bincount(cluster, panel.outcome[used] - mean[unit], groups).astype(np.float64)
        by_time = np.zeros((groups, times))
        np.add.at(by_time, (cluster, time), -1.0)
        rows_of_unit = np.bincount(unit, minlength=len(seen)).astype(np.float64)
        np.add.at(by_time, _cluster_of_unit(panel), rows_of_unit[:, None] * share)
        return cls(fixed, by_time, np.bincount(cluster, minlength=groups).astype(np.float64))


def _effect(sums: _Sums, gaps: _Gaps) -> tuple[float, float]:
    """Return the mean gap and its standard error; NaN for the latter if it rests on a single cluster."""
    whole = _mean_gap(sums.gram.sum(axis=0)[None], sums.moment.sum(axis=0)[None], _total(gaps))
    if (gaps.number > 0).sum() < 2:
        return float(whole[0]), float("nan")
    rest = _Gaps(*(part.sum(axis=0) - part for part in gaps))
    without = _mean_gap(sums.gram.sum(axis=0) - sums.gram, sums.moment.sum(axis=0) - sums.moment, rest)
    return float(whole[0]), jackknife_se(float(whole[0]), without)


def _total(gaps: _Gaps) -> _Gaps:
    return _Gaps(*(part.sum(axis=0)[None] for part in gaps))


def _mean_gap(gram: Floats, moment: Floats, gaps: _Gaps) -> Floats:
    """Return mean gaps of several samples at once; gram (S, T, T), moment (S, T)."""
    inverse = np.linalg.pinv(gram, rcond=1e-10, hermitian=True)
    implied = np.einsum("st,stu,suv->sv", gaps.by_time, inverse, gram)
    if np.abs(implied - gaps.by_time).max() > _ROUNDING * max(1.0, float(np.abs(gaps.by_time).max())) * 1e3:
        raise ValueError(
            "some time effect of treated units rests on a single cluster: "
            "more units have to be seen both there and at other times without treatment"
        )
    effects = np.einsum("stu,su->st", inverse, moment)
    return (gaps.fixed + (gaps.by_time * effects).sum(axis=1)) / gaps.number


def _by_event(panel: Panel, used: Bools, sums: _Sums) -> dict[float, dict[str, float]]:
    """Return effects by time since treatment; se NaN where one cluster alone is seen so late."""
    found: dict[float, dict[str, float]] = {}
    for event in np.unique(np.round(panel.event[used], 6)):
        at = used & (np.round(panel.event, 6) == event)
        value, se = _effect(sums, _Gaps.of(panel, at))
        found[float(event)] = {"value": value, "se": se, "number": int(at.sum())}
    return found
