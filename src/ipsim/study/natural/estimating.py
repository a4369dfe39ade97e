"""What is estimated from a panel, what is true of it, and what estimators find where there is nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ipsim.study.natural.estimators import Estimate, estimate
from ipsim.study.natural.estimators.dose import in_percent, per_dose
from ipsim.study.natural.estimators.estimation import with_t_interval
from ipsim.study.natural.estimators.panel import read_outcome
from ipsim.study.natural.experiment import MEAN
from ipsim.study.natural.treating import assign

if TYPE_CHECKING:
    import pandas as pd

    from ipsim.study.natural.experiment import Estimator, Experiment

_LEVEL = 0.9
_WITH_LEADS = ("twfe", "imputation", "callaway-santanna")


@dataclass(frozen=True)
class Placebo:
    """What an estimator finds when nobody is treated and labels are given by luck.

    Attributes
    ----------
    values
        One estimate for each draw of labels.
    rejected
        How many of their intervals leave out nought; about one in ten should.
    """

    values: tuple[float, ...]
    rejected: int

    @property
    def mean(self) -> float:
        """Mean of the estimates; near nought for an estimator that is right."""
        return float(np.mean(self.values)) if self.values else float("nan")

    @property
    def share_rejected(self) -> float:
        """Share of the draws whose interval leaves out nought."""
        return self.rejected / len(self.values) if self.values else float("nan")


def estimates(panel: pd.DataFrame, estimators: Sequence[Estimator]) -> dict[str, Estimate]:
    """Return what each estimator finds, by its kind."""
    return {one.kind: _estimated(panel, one) for one in estimators}


def _estimated(panel: pd.DataFrame, estimator: Estimator) -> Estimate:
    if estimator.kind == MEAN:
        return mean_over_cities(panel, estimator.options)
    return estimate(estimator.kind, panel, **estimator.options)


def mean_over_cities(panel: pd.DataFrame, options: Mapping[str, Any]) -> Estimate:
    """Return the mean outcome over cities and years; the interval is over cities."""
    means = panel.groupby("unit")["outcome"].mean().dropna().to_numpy()
    se = float(means.std(ddof=1) / np.sqrt(len(means)))
    detail = {"units": len(means), "clusters": len(means), "observations": len(panel)}
    level = float(options.get("level", _LEVEL))
    return with_t_interval(float(means.mean()), se, len(means) - 1, level, "mean", detail)


def true_effect(panel: pd.DataFrame, options: Mapping[str, Any]) -> Estimate:
    """Return the mean difference between treated cities and their twins, over the years under treatment.

    Parameters
    ----------
    panel
        With ``outcome`` and ``untreated``.
    options
        Those of the estimator: the same logarithm, percentage, dose and window.

    Notes
    -----
    Every treated city and year has one weight. The interval is over cities: what other cities of the same
    country would give. The two worlds of a city share their luck, so it holds no noise of the runs beyond.
    """
    kept = _differences(panel, options)
    rows = kept.groupby("unit")["difference"].agg(["sum", "count"])
    cities = len(rows)
    if cities < 2:
        raise ValueError("fewer than two treated cities with an outcome; no interval can be had")
    value = float(kept["difference"].mean())
    gaps = rows["sum"].to_numpy() - value * rows["count"].to_numpy()
    se = float(np.sqrt(cities / (cities - 1) * (gaps**2).sum()) / len(kept))
    # Not the time since treatment alone: late treatments are seen for a short time only.
    event, difference = (kept[name].to_numpy(dtype=float) for name in ("event", "difference"))
    by_event = {float(at): float(difference[event == at].mean()) for at in np.unique(event)}
    detail = {
        "units": cities,
        "observations": len(kept),
        "by_event": by_event,
    }
    found = with_t_interval(value, se, cities - 1, float(options.get("level", _LEVEL)), "twins", detail)
    return _in_unit(found, options)


def _differences(panel: pd.DataFrame, options: Mapping[str, Any]) -> pd.DataFrame:
    event = panel["time"] - panel["first"]
    on = panel.loc[event >= 0].assign(event=event[event >= 0])
    window = options.get("window")
    if window is not None:
        on = on[(on["event"] >= window[0]) & (on["event"] <= window[1])]
    log, missing = options.get("log", False), options.get("missing", "error")
    with_it = read_outcome(on, log, missing)
    without = read_outcome(on.assign(outcome=on["untreated"]), log, missing)
    on = on.assign(difference=with_it - without)
    return on[np.isfinite(on["difference"])]


def _in_unit(found: Estimate, options: Mapping[str, Any]) -> Estimate:
    if options.get("percent"):
        return in_percent(found)
    return found if options.get("per") is None else per_dose(found, options["per"])


def placebo(panel: pd.DataFrame, experiment: Experiment, estimator: Estimator, draws: int) -> Placebo:
    """Let an estimator look for an effect among untreated cities whose labels are given by luck.

    Parameters
    ----------
    panel
        With ``untreated``: every city, the treated ones too, in the world without treatment.
    experiment
        Its share of treated cities and dates are those of the labels.
    draws
        How often to give labels anew.
    """
    treatment = experiment.treatment
    if treatment is None or draws == 0:
        return Placebo((), 0)
    # The test of what came before treatment is not looked at here, and takes half of the time.
    options = {**estimator.options, **({"leads": 0} if estimator.kind in _WITH_LEADS else {})}
    names = list(dict.fromkeys(panel["unit"]))
    values: list[float] = []
    rejected = 0
    for draw in range(1, draws + 1):
        labels = assign(len(names), treatment, experiment.cities.seed, again=draw)
        first = panel["unit"].map(dict(zip(names, labels, strict=True)))
        other = panel.assign(outcome=panel["untreated"], first=first, treated=first.notna().astype(int))
        found = estimate(estimator.kind, other, **options)
        values.append(found.value)
        rejected += not found.low <= 0.0 <= found.high
    return Placebo(tuple(values), rejected)
