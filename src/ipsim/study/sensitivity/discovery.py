"""Discovering scenarios: where among the factors a condition on the outcomes holds."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ipsim.study.errors import RunError
from ipsim.study.sensitivity.cases import POLICY, Each, cases_of
from ipsim.study.sensitivity.condition import Condition, read_condition
from ipsim.study.sensitivity.prim import Box, Limit, find_boxes

if TYPE_CHECKING:
    from ipsim.study.plan import Factor, Outcome, Study

FEWEST_CASES = 20
"""Cases below which no box can be told from luck."""


@dataclass(frozen=True)
class Discovery:
    """Boxes in which a condition mostly holds.

    Attributes
    ----------
    study
        What was run.
    condition
        What has to hold.
    each
        What a case is: a point with the mean over its replicates, or a run.
    density
        Share that was asked for.
    cases, met
        Cases with every figure that the condition needs, and those in which it holds.
    missing
        Cases without.
    outcomes
        What the names of the condition mean.
    columns
        What was varied, by column.
    spans
        Lowest and highest value of each column of numbers.
    boxes
        What was found; may be empty.
    policy, against
        The policy it is about, and the one it is compared with; else empty.
    """

    study: Study
    condition: Condition
    each: Each
    density: float
    cases: int
    met: int
    missing: int
    outcomes: tuple[Outcome, ...]
    columns: dict[str, Factor]
    spans: dict[str, tuple[float, float]]
    boxes: tuple[Box, ...]
    policy: str = ""
    against: str = ""

    @cached_property
    def table(self) -> pd.DataFrame:
        """The columns of ``discovery.csv``: a row for each factor that a box restricts."""
        rows = [
            {
                "box": number,
                "density": box.density,
                "coverage": box.coverage,
                "mass": box.mass,
                "cases": box.cases,
                "met": box.met,
                "factor": limit.factor,
                "key": self.columns[limit.factor].key,
                "unit": self.columns[limit.factor].unit,
                "low": limit.low,
                "high": limit.high,
                "levels": " | ".join(limit.levels),
                "low_quasi_p": limit.low_p,
                "high_quasi_p": limit.high_p,
                "reproduced": limit.reproduced,
            }
            for number, box in enumerate(self.boxes, start=1)
            for limit in box.limits
        ]
        return pd.DataFrame(rows, columns=None if rows else pd.Index(["box", "density", "coverage", "mass"]))

    def save(self, folder: str | Path, lang: str = "en", force: bool = False) -> Path:
        """Write ``discovery.csv``, ``discovery.json``, figures and ``discovery.html`` beside the runs.

        Returns
        -------
        Path
            The page.

        Raises
        ------
        FolderError
            When there is a discovery already and ``force`` is not given, or the disk refuses.
        """
        from ipsim.study.sensitivity.keeping import keep_discovery

        return keep_discovery(self, Path(folder), lang, force)


def discover(
    folder: str | Path,
    where: str,
    each: Each = "point",
    density: float = 0.8,
    most: int = 3,
    policy: str = "",
    against: str = "",
) -> Discovery:
    """Return where among the factors of a study a condition holds.

    Parameters
    ----------
    folder
        A study folder.
    where
        Condition on its outcomes, or on indicators that it kept (in their last year), such as
        ``pattern_2030 >= 60 and public_spending < 3000``; numbers in the unit of the files.
    each
        Whether a case is a ``point``, with the mean over its replicates, or a ``run``.
    density
        Wanted share of cases in a box in which the condition holds.
    most
        Boxes at most.
    policy, against
        Of a study that runs several policies at each point: the one to look at, and the one whose figures are
        taken off, so that the condition is about the difference.

    Raises
    ------
    FolderError
        When the folder holds no study.
    ScenarioError
        When the condition can't be read, points leave factors unset, or there is no such policy.
    RunError
        When no case or every case meets the condition, there are too few, or EMA Workbench is missing.
    """
    from ipsim.study.batch import open_study

    there = open_study(folder)
    known = _known(there.study)
    condition = read_condition(where, list(known))
    outcomes = tuple(known[name] for name in condition.names)
    cases, figures, missing = cases_of(there, outcomes, each, policy, against)
    met = condition.holds(figures)
    _ensure_both(condition, met, figures, each)
    columns = {name: _factor(there.study, name) for name in cases.columns}
    boxes = find_boxes(cases, met, density, most, there.study.seed)
    return Discovery(
        there.study,
        condition,
        each,
        density,
        len(met),
        int(met.sum()),
        missing,
        outcomes,
        columns,
        {
            str(name): (float(column.min()), float(column.max()))
            for name, column in cases.items()
            if pd.api.types.is_numeric_dtype(column)
        },
        tuple(_tightened(box, columns) for box in boxes),
        policy,
        against,
    )


def _known(study: Study) -> dict[str, Outcome]:
    """Return what a condition may speak of: the study's outcomes, then the indicators that it kept."""
    from ipsim.indicators.catalogue import INDICATORS
    from ipsim.study.plan import Outcome

    names = INDICATORS if study.keep.indicators is None else study.keep.indicators
    last = study.scenario.end_year if study.keep.years is None else study.keep.years[-1]
    kept = {name: Outcome(name, name, (last,)) for name in names}
    own = {outcome.name: outcome for outcome in study.outcomes}
    return {**own, **{name: outcome for name, outcome in kept.items() if name not in own}}


def _ensure_both(condition: Condition, met: np.ndarray, figures: pd.DataFrame, each: Each) -> None:
    """Raise RunError when there is nothing to tell apart."""
    if len(met) < FEWEST_CASES:
        raise RunError(
            f"{len(met)} {each}s with results are too few to find boxes; {FEWEST_CASES} are needed"
        )
    if met.any() and not met.all():
        return
    spans = ", ".join(
        f"{name} runs from {figures[name].min():.6g} to {figures[name].max():.6g}" for name in condition.names
    )
    which = f"no {each} meets" if not met.any() else f"every {each} meets"
    raise RunError(f"{which} {condition}: there is nothing to tell apart; {spans}")


def _factor(study: Study, name: str) -> Factor:
    """Return what a column of the runs was; points of a list or a search name keys that are no factors."""
    from ipsim.scenario.assumptions import ASSUMPTIONS
    from ipsim.study.plan import Factor

    for factor in study.factors:
        if factor.name == name:
            return factor
    if name == POLICY:
        return Factor(name)
    short, _, start = name.partition("@")
    key = f"assumptions.{short}" if short in ASSUMPTIONS else f"policy.{short}"
    return Factor(key, start=start or None)


def _tightened(box: Box, columns: dict[str, Factor]) -> Box:
    """Draw limits that lie between two values of a factor back to the one that is allowed."""
    return replace(box, limits=tuple(_tight(limit, columns[limit.factor]) for limit in box.limits))


def _tight(limit: Limit, factor: Factor) -> Limit:
    if factor.integer:
        return replace(limit, low=_whole(math.ceil, limit.low), high=_whole(math.floor, limit.high))
    if factor.levels is None or not factor.is_number:
        return limit
    levels = [float(str(level)) for level in factor.levels]
    low = min((level for level in levels if level >= limit.low), default=limit.low)
    high = max((level for level in levels if level <= limit.high), default=limit.high)
    return replace(limit, low=low, high=high)


def _whole(turn: Callable[[float], int], value: float) -> float:
    return value if math.isnan(value) else float(turn(value))
