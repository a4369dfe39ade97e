"""The tables of a search: every policy that was run, and the frontier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ipsim.indicators.catalogue import SPENDING
from ipsim.study.search.judging import BAND, Judged
from ipsim.study.search.result import Places, SearchResult
from ipsim.study.search.rivals import gains
from ipsim.study.search.settings import COST, SearchSettings

Columns = dict[str, Any]


def candidates(result: SearchResult) -> pd.DataFrame:
    """Return all policies in the worlds of the search: the scenario as it is, searched and random ones.

    Returns
    -------
    pandas.DataFrame
        ``source, generation, within_budget, finalist, policy`` (its number on the frontier), ``worlds`` (in
        which it came to an end); each goal and ``public_cost`` with the quantiles between which nine of ten
        worlds lie (``_low``, ``_high``); ``public_spending`` over the years of the budget; the levers.
    """
    nothing = np.empty(0, dtype=np.int64)
    tables = [
        _tried("base", result.base, result, nothing, nothing, np.array([0])),
        _tried(
            "search",
            result.searched.every,
            result,
            result.searched.finalists,
            result.searched.frontier_places,
            result.generations,
        ),
        _tried(
            "random",
            result.random.every,
            result,
            result.random.finalists,
            nothing,
            np.zeros(len(result.random.every), dtype=np.int64),
        ),
    ]
    return pd.concat([table for table in tables if len(table)], ignore_index=True)


def _tried(
    source: str, judged: Judged, result: SearchResult, finalists: Places, front: Places, generations: Places
) -> pd.DataFrame:
    numbers = np.zeros(len(judged), dtype=np.int64)
    numbers[front] = np.arange(1, len(front) + 1)
    return pd.DataFrame(
        {
            "source": [source] * len(judged),
            "generation": _counted(generations),
            "within_budget": judged.within(result.settings.budget),
            "finalist": np.isin(np.arange(len(judged)), finalists),
            "policy": _counted(numbers),
            "worlds": judged.succeeded(),
            **_judged(judged, result.settings),
            **_levers(judged, result),
        }
    )


def frontier(result: SearchResult, files: list[str]) -> pd.DataFrame:
    """Return the policies of the frontier, the best in the first goal first.

    Parameters
    ----------
    result
        A search.
    files
        The scenario file of each policy.

    Returns
    -------
    pandas.DataFrame
        Columns as in `candidates`, in the worlds of search and final; besides, ``_search`` (in the worlds of
        the search alone), ``_gain`` (mean difference from the scenario as it is, in the same worlds) and,
        in worlds that nobody saw, ``_check``, ``_check_low``, ``_check_high`` and the gain there with its
        90 % interval.
    """
    front, settings, side = result.frontier, result.settings, result.searched
    columns: Columns = {
        "policy": np.arange(1, len(front) + 1),
        "file": files,
        "generation": result.generations[side.frontier_places],
        "worlds": front.succeeded(),
        **_judged(front, settings),
    }
    names = [*(goal.name for goal in settings.goals), COST]
    before = side.every.chosen(side.frontier_places)
    for name, value, _ in _numbers(before, settings):
        columns[f"{name}_search"] = value
    for place, name in enumerate(names):
        columns[f"{name}_gain"] = [row[place].mean for row in gains(result, checked=False)]
    checked = result.checked_frontier
    if checked is not None:
        columns |= {"within_budget_check": checked.within(settings.budget)}
        columns |= _judged(checked, settings, "_check")
        for place, name in enumerate(names):
            found = [row[place] for row in gains(result, checked=True)]
            columns[f"{name}_check_gain"] = [one.mean for one in found]
            columns[f"{name}_check_gain_low"] = [one.low for one in found]
            columns[f"{name}_check_gain_high"] = [one.high for one in found]
    return pd.DataFrame({**columns, **_levers(front, result)})


def band(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return between which values nine of ten worlds lie: (policies, worlds) to (policies, 2)."""
    known = np.isfinite(values).any(axis=1)
    found = np.full((len(values), 2), np.nan)
    if known.any():
        found[known] = np.nanquantile(values[known], BAND, axis=1).T
    return found


def _judged(judged: Judged, settings: SearchSettings, mark: str = "") -> Columns:
    columns: Columns = {}
    for name, value, worlds in _numbers(judged, settings):
        low, high = band(worlds).T
        columns |= {f"{name}{mark}": value, f"{name}{mark}_low": low, f"{name}{mark}_high": high}
    spent = np.full(len(judged), np.nan)
    known = np.isfinite(judged.spent).any(axis=1)
    if known.any():
        spent[known] = np.nanmean(judged.spent[known], axis=1)
    return {**columns, f"{SPENDING}{mark}": spent}


def _numbers(
    judged: Judged, settings: SearchSettings
) -> Iterator[tuple[str, NDArray[np.float64], NDArray[np.float64]]]:
    """Yield name, value over the worlds and values in the worlds of each goal, then of the cost."""
    values = judged.goals(settings)
    for place, goal in enumerate(settings.goals):
        yield goal.name, values[:, place], judged.values[:, :, place]
    yield COST, judged.cost(settings.budget), judged.values[:, :, -1]


def _levers(judged: Judged, result: SearchResult) -> Columns:
    return {
        factor.name: [None if one is None else one.values[factor.name] for one in judged.policies]
        for factor in result.study.factors
    }


def _counted(numbers: NDArray[np.int64]) -> pd.Series:
    """Return numbers from 1; below that there is none."""
    return pd.Series([int(one) if one > 0 else pd.NA for one in numbers], dtype="Int64")
