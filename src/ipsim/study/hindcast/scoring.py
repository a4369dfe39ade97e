"""Scoring predictions against what was published afterwards."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ipsim.published.places import english
from ipsim.study.hindcast.naive import KNOWN, Naive, last_growth, last_value
from ipsim.study.hindcast.samples import LEVELS, as_measured, band, crps, is_point, log_error, pit
from ipsim.study.hindcast.scores import MISSING_COLUMNS, Scores
from ipsim.study.hindcast.summary import summarised

if TYPE_CHECKING:
    from ipsim.published import Published

_FEWEST = 2
"""Draws below which there is no distribution to speak of."""

_Draws = dict[tuple[str, str, int], NDArray[np.float64]]


def score(
    published: Sequence[Published], predictions: pd.DataFrame, history: Sequence[Published] = ()
) -> Scores:
    """Score predictions against every published figure after 2016.

    Parameters
    ----------
    published
        What was published, made comparable. Figures of 2016 and before are no test and are listed as missing.
    predictions
        Columns ``place, member, year, indicator, value``: one row for each draw.
    history
        What was known at the end of 2016, for the naive forecasts; see `ipsim.study.hindcast.history`.

    Returns
    -------
    Scores
        A row for each figure, sure or not; a summary; and what could not be scored, with the reason.
    """
    draws = _by_figure(predictions)
    known = {(place, indicator) for place, indicator, _ in draws}
    places = {place for place, _ in known}
    rows: list[dict[str, Any]] = []
    missing: list[tuple[object, ...]] = []
    for figure in published:
        sample = draws.get((english(figure.place), figure.indicator, figure.year), np.empty(0))
        reason = _why_not(figure, sample, places, known)
        if reason:
            missing.append(left_out(figure, *reason))
        else:
            rows.append(_scored(figure, sample, history))
    table = pd.DataFrame(rows, columns=pd.Index(COLUMNS))
    return Scores(table, summarised(table), pd.DataFrame(missing, columns=pd.Index(MISSING_COLUMNS)))


def _by_figure(predictions: pd.DataFrame) -> _Draws:
    grouped = predictions.sort_values("member", kind="stable").groupby(["place", "indicator", "year"])
    found: _Draws = {}
    for key, values in grouped["value"]:
        place, indicator, year = cast("tuple[str, str, int]", key)
        drawn = values.to_numpy(dtype=np.float64)
        found[english(place), indicator, year] = drawn[np.isfinite(drawn)]
    return found


def _why_not(
    figure: Published, sample: NDArray[np.float64], places: set[str], known: set[tuple[str, str]]
) -> tuple[str, str] | None:
    """Return the kind of reason why a figure can't be scored, and the reason; None when it can."""
    place = english(figure.place)
    if figure.year <= KNOWN:
        return "known", f"known at the end of {KNOWN}: history, not a prediction"
    if place not in places and (place.startswith("China") or place.endswith("(province)")):
        return "not_a_city", f"{place} is no city: the model simulates cities"
    if place not in places:
        return "no_profile", f"no profile of {place}: make one with `ipsim new-city` and give it with --city"
    if (place, figure.indicator) not in known:
        return "not_simulated", f"the model gave no {figure.indicator}"
    if len(sample) < _FEWEST:
        reason = (
            f"the model gave {len(sample)} values of {figure.indicator} for {figure.year}; two are needed"
        )
        return "not_simulated", reason
    return None


def left_out(figure: Published, kind: str, reason: str) -> tuple[object, ...]:
    """Return the row of a figure that can't be scored; see `MISSING_COLUMNS`."""
    values = (figure.place, figure.indicator, figure.period, figure.raw, figure.unit)
    return (*values, figure.source, figure.line, kind, reason)


def _scored(figure: Published, sample: NDArray[np.float64], history: Sequence[Published]) -> dict[str, Any]:
    measured = as_measured(sample, figure)
    median = float(np.median(sample))
    row: dict[str, Any] = {
        "place": figure.place,
        "indicator": figure.indicator,
        "year": figure.year,
        "unit": _unit(figure),
        "published": figure.value,
        "published_low": figure.low,
        "published_high": figure.high,
        "error": figure.error,
        "sure": figure.sure,
        "done": "; ".join(figure.done),
        "period": figure.period,
        "source": figure.source,
        "line": figure.line,
        "draws": len(sample),
        "median": median,
        **_bands(figure, measured, ""),
        **_bands(figure, sample, "model_"),
    }
    row["crps"] = crps(measured, figure.value) if is_point(figure) else math.nan
    row["crps_share"] = row["crps"] / abs(figure.value) if figure.value else math.nan
    row["log_error"] = log_error(median, figure)
    return {**row, **_naive(figure, history, abs(row["log_error"]))}


def _unit(figure: Published) -> str:
    from ipsim.indicators.catalogue import indicator

    try:
        return indicator(figure.indicator).unit
    except KeyError:
        return figure.unit


def _bands(figure: Published, sample: NDArray[np.float64], prefix: str) -> dict[str, Any]:
    """Return the bands of a sample, whether the figure is inside each, and its PIT."""
    cells: dict[str, Any] = {}
    for level in LEVELS:
        middle = band(sample, level)
        cells[f"{prefix}low_{level}"], cells[f"{prefix}high_{level}"] = middle
        cells[f"{prefix}inside_{level}"] = middle.holds(figure)
    cells[f"{prefix}pit"] = pit(sample, figure.value) if is_point(figure) else math.nan
    return cells


def _naive(figure: Published, history: Sequence[Published], error: float) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    both: dict[str, Naive] = {
        "last": last_value(figure, history),
        "growth": last_growth(figure, history),
    }
    for name, forecast in both.items():
        own = log_error(forecast.value, figure)
        cells[name] = forecast.value
        cells[f"{name}_made_from"] = forecast.made_from
        cells[f"{name}_log_error"] = own
        cells[f"{name}_skill"] = 1 - error / abs(own) if own else math.nan
    return cells


def _band_columns(prefix: str) -> list[str]:
    return [f"{prefix}{part}_{level}" for level in LEVELS for part in ("low", "high", "inside")] + [
        f"{prefix}pit"
    ]


COLUMNS = [
    *"place indicator year unit published published_low published_high error sure done period".split(),
    *"source line draws median".split(),
    *_band_columns(""),
    *_band_columns("model_"),
    *"crps crps_share log_error".split(),
    *[f"{name}{part}" for name in ("last", "growth") for part in ("", "_made_from", "_log_error", "_skill")],
]
"""Columns of ``hindcast.csv``. ``model_`` marks bands without the error of measurement."""
