"""From the runs of a study to what drives its outcomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from ipsim.scenario.errors import Fault, ScenarioError
from ipsim.study.errors import RunError
from ipsim.study.sensitivity.correlation import rank_indices
from ipsim.study.sensitivity.ends import end_effects
from ipsim.study.sensitivity.findings import Finding, Sensitivity
from ipsim.study.sensitivity.indices import Floats, Indices
from ipsim.study.sensitivity.luck import luck_of, point_means
from ipsim.study.sensitivity.screening import morris_indices, morris_luck
from ipsim.study.sensitivity.undefined import UndefinedError
from ipsim.study.sensitivity.variance import sobol_indices, sobol_luck

if TYPE_CHECKING:
    from ipsim.study.plan import Factor, Outcome, Point, Study


def sensitivity(folder: str | Path) -> Sensitivity:
    """Return what drives the outcomes of the study in a folder.

    Raises
    ------
    FolderError
        When there is no study.
    ScenarioError, RunError
        As `analyse` does.
    """
    from ipsim.study.batch import open_study

    there = open_study(folder)
    check_design(there.study)
    return analyse(there.study, there.outcomes())


def analyse(study: Study, outcomes: pd.DataFrame) -> Sensitivity:
    """Return what drives the outcomes of a study.

    Parameters
    ----------
    study
        With a design of Morris, Sobol, Latin hypercube or one factor at a time.
    outcomes
        ``point, replicate`` and a column an outcome, NaN where the run failed.

    Raises
    ------
    ScenarioError
        When the design is of another kind.
    RunError
        When no outcome has indices, since too many runs failed.
    """
    check_design(study)
    compute = _METHODS[study.design.kind](study, study.design.points(study.factors, study.seed))
    planned = len(study.points()) * study.replicates
    findings = tuple(
        _finding(study, compute, outcome, view)
        for outcome in study.outcomes
        for view in _views(study, outcomes, outcome)
    )
    _ensure_some(study, findings)
    failed = outcomes[[outcome.name for outcome in study.outcomes]].isna().all(axis=1)
    return Sensitivity(study, findings, planned, int(failed.sum()) + planned - len(outcomes))


def check_design(study: Study) -> None:
    """Raise ScenarioError unless the design can say what drives outcomes."""
    if study.design.kind not in _METHODS:
        message = (
            f"a {study.design.kind} design can't say what drives the outcomes; "
            f"those that can: {', '.join(_METHODS)}"
        )
        raise ScenarioError([Fault(study.file, 0, "design.kind", message)])


class _View(NamedTuple):
    """An outcome by point of the design and replicate, NaN where there is none; see `Finding`."""

    values: Floats
    policy: str = ""
    against: str = ""


def _views(study: Study, outcomes: pd.DataFrame, outcome: Outcome) -> list[_View]:
    """Return the outcome, or with policies that of the first and what the others change against it."""
    table = np.full((len(study.points()), study.replicates), np.nan)
    table[outcomes["point"], outcomes["replicate"] - 1] = outcomes[outcome.name]
    if not study.policies:
        return [_View(table)]
    first, *others = study.policies
    cube = table.reshape(-1, len(study.policies), study.replicates)
    base = _View(cube[:, 0], first.name)
    differences = (cube[:, place] - cube[:, 0] for place in range(1, len(study.policies)))
    return [base, *(_View(each, one.name, first.name) for one, each in zip(others, differences, strict=True))]


def _finding(study: Study, compute: Computes, outcome: Outcome, view: _View) -> Finding:
    luck = None if study.design.kind == "one-at-a-time" else luck_of(view.values, not study.distinct)
    try:
        return Finding(outcome, compute(view.values), None, luck, view.policy, view.against)
    except UndefinedError as error:
        return Finding(outcome, None, error, luck, view.policy, view.against)


def _ensure_some(study: Study, findings: Sequence[Finding]) -> None:
    """Raise RunError when failed runs leave no outcome with indices."""
    reasons = [finding.undefined for finding in findings]
    few = [reason for reason in reasons if reason is not None and reason.reason == "few"]
    if few and None not in reasons:
        raise RunError(f"{study.name}: {few[0]} ({_COUNTED[study.design.kind]})")


Computes = Callable[[Floats], Indices]
"""Makes indices of an outcome by point and replicate."""


def _morris(study: Study, points: Sequence[Point]) -> Computes:
    sample, levels = _sample(points), study.design.options["levels"]

    def compute(table: Floats) -> Indices:
        found = morris_indices(sample, _means(study, table), levels, study.seed)
        return found.with_column("mu_star_luck", morris_luck(sample, table, levels))

    return compute


def _sobol(study: Study, points: Sequence[Point]) -> Computes:
    del points  # the order is known, and nothing else is needed
    dimensions = len(study.factors)

    def compute(table: Floats) -> Indices:
        means = _means(study, table)
        found = sobol_indices(dimensions, means, study.seed)
        return found.with_column("ST_luck", sobol_luck(dimensions, table, means))

    return compute


def _ranks(study: Study, points: Sequence[Point]) -> Computes:
    rows = [[_place(factor, point.values[factor.name]) for factor in study.factors] for point in points]
    places = np.array(rows, dtype=np.float64)
    return lambda table: rank_indices(places, _means(study, table), study.seed)


def _ends(study: Study, points: Sequence[Point]) -> Computes:
    names = {factor.name: place for place, factor in enumerate(study.factors)}
    owners = [names[next(iter(point.values))] if point.values else -1 for point in points]
    return lambda table: end_effects(table, owners, len(names), paired=not study.distinct)


def _means(study: Study, table: Floats) -> Floats:
    return point_means(table, not study.distinct)


def _sample(points: Sequence[Point]) -> Floats:
    return np.array([point.unit for point in points], dtype=np.float64)


def _place(factor: Factor, value: object) -> float:
    """Return a number for a value: itself, or its place among the factor's levels."""
    if isinstance(value, int | float) and factor.is_number:
        return float(value)
    return float((factor.levels or ()).index(value))


_METHODS: dict[str, Callable[[Study, Sequence[Point]], Computes]] = {
    "morris": _morris,
    "sobol": _sobol,
    "latin-hypercube": _ranks,
    "one-at-a-time": _ends,
}

_COUNTED = {
    "morris": "a trajectory counts when every point of it has a run that succeeded",
    "sobol": "a block counts when every point of it has a run that succeeded",
    "latin-hypercube": "a point counts when it has a run that succeeded",
    "one-at-a-time": "the scenario itself needs a run that succeeded",
}
