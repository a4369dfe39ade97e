"""PRIM: boxes in the space of the factors where a condition mostly holds, through EMA Workbench."""

from __future__ import annotations

import math
import warnings
from collections import Counter
from dataclasses import dataclass, replace
from inspect import signature
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ipsim.study.errors import RunError

SIGNIFICANT = 0.05
"""A restriction whose quasi-p value is above this is dropped (Bryant and Lempert 2010)."""

SMALLEST_MASS = 0.05
"""Share of all cases below which a box is not peeled further."""

RESAMPLES = 10
"""Halves of the cases that are searched again, to see which factors come back."""

_ANY_CASE = 1e-9


@dataclass(frozen=True)
class Limit:
    """What a box allows of one factor.

    Attributes
    ----------
    factor
        Its column.
    low, high
        Ends of what is allowed, NaN at an end that is not restricted, and for levels that are no numbers.
    levels
        The levels allowed, of a factor whose values are no numbers; else empty.
    low_p, high_p
        Quasi-p value of each restriction: the chance that the density gained by it is luck. NaN where
        there is none; that of levels is ``low_p``.
    reproduced
        Share of halves of the cases in which a box restricts the factor again.
    """

    factor: str
    low: float
    high: float
    levels: tuple[str, ...]
    low_p: float
    high_p: float
    reproduced: float = math.nan


@dataclass(frozen=True)
class Box:
    """A part of the space of the factors.

    Attributes
    ----------
    density
        Share of its cases in which the condition holds.
    coverage
        Share of all cases in which the condition holds that lie in it.
    mass
        Share of all cases that lie in it.
    cases, met
        Its cases, and those in which the condition holds.
    limits
        The factors that it restricts, the surest first.
    peeling
        The trajectory that led to it: ``coverage, density, mass, restricted`` and whether it was
        ``chosen``, from the whole space on.
    """

    density: float
    coverage: float
    mass: float
    cases: int
    met: int
    limits: tuple[Limit, ...]
    peeling: pd.DataFrame


def find_boxes(
    cases: pd.DataFrame, met: NDArray[np.bool_], density: float, most: int, seed: int
) -> tuple[Box, ...]:
    """Return boxes in which a condition mostly holds, the first found first.

    From the whole space thin slices are peeled off, each time the one that raises density most, and pasted
    back where that raises it further (Friedman and Fisher 1999). Of the boxes passed on the way the largest
    one of at least the density asked for is taken, else the densest; restrictions that are not significant
    are dropped. The cases of a box are taken away before the next is sought, and further boxes count only
    when they have the density asked for.

    Parameters
    ----------
    cases
        A column for each factor: numbers, or texts for levels that are none.
    met
        Whether the condition holds in each case.
    density
        Wanted share of cases in a box in which it does, above 0 and up to 1.
    most
        Boxes at most.
    seed
        Of the halves that show which restrictions come back.

    Raises
    ------
    RunError
        When EMA Workbench is not installed.
    """
    module = _workbench()
    draws = np.random.default_rng(seed)
    boxes: list[Box] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library about pandas, not for our readers
        search = _search(module, cases, met)
        left = np.ones(len(met), dtype=np.bool_)
        while len(boxes) < most and met[left].any() and not met[left].all():
            found = search.find_box()
            box = _chosen(search, found, density)
            if not box.limits or (boxes and box.density < density):
                break
            reproduced = _reproduced(module, cases[left], met[left], density, draws)
            boxes.append(_with_reproduced(box, reproduced))
            left[found.yi] = False
    return tuple(boxes)


def _workbench() -> ModuleType:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of parts that it misses and we do not use
            from ema_workbench.analysis import prim
    except ImportError as error:
        raise RunError(
            "discovering scenarios needs EMA Workbench, which is not installed here: "
            f"pip install 'ipsim[discovery]' ({error})"
        ) from error
    return prim


def _search(module: ModuleType, cases: pd.DataFrame, met: NDArray[np.bool_]) -> Any:
    """Return a search of the library; version 2 asks for a threshold, which version 3 no longer knows."""
    settings: dict[str, Any] = {"mass_min": SMALLEST_MASS}
    if "threshold" in signature(module.Prim).parameters:
        settings["threshold"] = _ANY_CASE
    return module.Prim(cases.reset_index(drop=True), met.astype(np.int64), **settings)


def _chosen(search: Any, found: Any, density: float) -> Box:
    """Take one of the boxes on the way, without restrictions that are not significant."""
    peeling = found.peeling_trajectory.copy()
    origin, place = _best(search, found, density)
    found.select(place)
    row = found.peeling_trajectory.iloc[place]
    table = pd.DataFrame(
        {
            "coverage": peeling["coverage"].astype(float),
            "density": peeling["density"].astype(float),
            "mass": peeling["mass"].astype(float),
            "restricted": peeling["res_dim"].astype(int),
            "chosen": np.arange(len(peeling)) == origin,
        }
    )
    numbers = (float(row["density"]), float(row["coverage"]), float(row["mass"]))
    return Box(*numbers, int(row["n"]), int(row["k"]), _limits(search, found, place), table)


def _best(search: Any, found: Any, density: float) -> tuple[int, int]:
    """Return the box on the way to take, and its place once restrictions are dropped from it.

    The first that still has the density asked for, else the densest one.
    """
    densities = found.peeling_trajectory["density"].to_numpy(dtype=np.float64)
    for origin in np.flatnonzero(densities >= density):
        place = _dropped(search, found, int(origin))
        if found.peeling_trajectory["density"].iloc[place] >= density:
            return int(origin), place
    count = len(densities)
    places = [_dropped(search, found, origin) for origin in range(count)]
    rows = found.peeling_trajectory[["density", "coverage"]].iloc[places].to_numpy(dtype=np.float64)
    origin = max(range(count), key=lambda one: tuple(rows[one]))
    return origin, places[origin]


def _dropped(search: Any, found: Any, place: int) -> int:
    """Drop what is not significant, the weakest first, and return the place of what is left."""
    while weak := _weakest(found, place):
        factor, end = weak
        limits = found.box_lims[place].copy()
        limits.loc[end, factor] = search.box_init.loc[end, factor]
        if isinstance(limits.loc[0, factor], set):
            limits[factor] = search.box_init[factor]
        found.update(limits, _inside(search, limits))
        place = len(found.peeling_trajectory) - 1
    return place


def _inside(search: Any, limits: pd.DataFrame) -> NDArray[np.intp]:
    """Return which of the cases that no earlier box took lie within limits."""
    cases = search.x.loc[search.yi_remaining]
    inside = np.ones(len(cases), dtype=np.bool_)
    for factor in limits.columns:
        low, high = limits[factor]
        values = cases[factor]
        inside &= (values.isin(low) if isinstance(low, set) else values.between(low, high)).to_numpy()
    return search.yi_remaining[inside]


def _p_values(found: Any, place: int) -> dict[str, list[float]]:
    """Return the quasi-p values of the restrictions, -1 where there is none; versions name them apart."""
    values = getattr(found, "p_values", None)
    return (found.qp if values is None else values)[place]


def _weakest(found: Any, place: int) -> tuple[str, int] | None:
    """Return the restriction that is most likely luck, by factor and end, unless all are significant."""
    weak = {
        (factor, end): value
        for factor, values in _p_values(found, place).items()
        for end, value in enumerate(values)
        if value > SIGNIFICANT
    }
    return max(weak, key=lambda restriction: weak[restriction]) if weak else None


def _limits(search: Any, found: Any, place: int) -> tuple[Limit, ...]:
    box, whole = found.box_lims[place], search.box_init
    limits: list[Limit] = []
    for factor, values in _p_values(found, place).items():
        low_p, high_p = (value if value >= 0 else math.nan for value in values)
        if isinstance(box[factor].iloc[0], set):
            levels = tuple(sorted(map(str, box[factor].iloc[0])))
            limits.append(Limit(factor, math.nan, math.nan, levels, low_p, math.nan))
            continue
        low, high = (
            float(box[factor].iloc[end]) if box[factor].iloc[end] != whole[factor].iloc[end] else math.nan
            for end in (0, 1)
        )
        limits.append(Limit(factor, low, high, (), low_p, high_p))
    return tuple(sorted(limits, key=lambda limit: float(np.nanmin([limit.low_p, limit.high_p]))))


def _reproduced(
    module: ModuleType,
    cases: pd.DataFrame,
    met: NDArray[np.bool_],
    density: float,
    draws: np.random.Generator,
) -> dict[str, float]:
    """Return how often each factor is restricted when half of the cases are searched."""
    counts: Counter[str] = Counter()
    for _ in range(RESAMPLES):
        half = draws.permutation(len(cases))[: -(-len(cases) // 2)]
        if not met[half].any() or met[half].all():
            continue
        search = _search(module, cases.iloc[half], met[half])
        counts.update(limit.factor for limit in _chosen(search, search.find_box(), density).limits)
    return {factor: count / RESAMPLES for factor, count in counts.items()}


def _with_reproduced(box: Box, reproduced: dict[str, float]) -> Box:
    limits = [replace(one, reproduced=reproduced.get(one.factor, 0.0)) for one in box.limits]
    return replace(box, limits=tuple(limits))
