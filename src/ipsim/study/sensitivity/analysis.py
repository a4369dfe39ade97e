"""From the runs of a study to what drives its outcomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ipsim.scenario.errors import Fault, ScenarioError
from ipsim.study.errors import RunError
from ipsim.study.sensitivity.correlation import rank_indices
from ipsim.study.sensitivity.ends import end_effects
from ipsim.study.sensitivity.indices import Floats, Indices
from ipsim.study.sensitivity.luck import Luck, luck_of, point_means
from ipsim.study.sensitivity.screening import morris_indices, morris_luck
from ipsim.study.sensitivity.undefined import UndefinedError
from ipsim.study.sensitivity.variance import sobol_indices, sobol_luck

if TYPE_CHECKING:
    from ipsim.study.plan import Factor, Outcome, Point, Study

KEYS = ["outcome", "unit", "factor", "key", "rank"]
"""First columns of ``sensitivity.csv``; the indices follow."""


@dataclass(frozen=True)
class Finding:
    """What drives one outcome.

    Attributes
    ----------
    outcome
        Which.
    indices
        By factor, in the order of the study; None where they are not defined.
    undefined
        Why they are not, or None.
    luck
        Share of luck in the variance, None with one replicate.
    """

    outcome: Outcome
    indices: Indices | None
    undefined: UndefinedError | None
    luck: Luck | None

    @property
    def order(self) -> list[int]:
        """Places of the factors, the one that matters most first; those without an index last."""
        if self.indices is None:
            return []
        size = np.abs(self.indices.columns[self.indices.rank_by])
        return [int(place) for place in np.argsort(np.where(np.isnan(size), np.inf, -size), kind="stable")]


@dataclass(frozen=True)
class Sensitivity:
    """What drives the outcomes of a study.

    Attributes
    ----------
    study
        What was run; the kind of its design is the method.
    findings
        One for each outcome, in their order.
    planned, missing
        Runs of the design, and those that failed or are not done.
    """

    study: Study
    findings: tuple[Finding, ...]
    planned: int
    missing: int

    @property
    def factors(self) -> tuple[Factor, ...]:
        """What was varied."""
        return self.study.factors

    @cached_property
    def table(self) -> pd.DataFrame:
        """The columns of ``sensitivity.csv``: an outcome's factors by rank, then its indices."""
        parts: list[pd.DataFrame] = []
        for finding in self.findings:
            if finding.indices is None:
                continue
            order = finding.order
            part = pd.DataFrame(
                {
                    "outcome": finding.outcome.name,
                    "unit": finding.outcome.unit,
                    "factor": [self.factors[place].name for place in order],
                    "key": [self.factors[place].key for place in order],
                    "rank": np.arange(1, len(order) + 1),
                }
            )
            for name, column in finding.indices.columns.items():
                part[name] = column[order]
            parts.append(part)
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=pd.Index(KEYS))

    def save(self, folder: str | Path, lang: str = "en", force: bool = False) -> Path:
        """Write ``sensitivity.csv``, ``sensitivity.json``, figures and the page into the study's folder.

        Returns
        -------
        Path
            The page.

        Raises
        ------
        FolderError
            When there is an analysis already and ``force`` is not given, or the disk refuses.
        """
        from ipsim.study.sensitivity.keeping import keep_sensitivity

        return keep_sensitivity(self, Path(folder), lang, force)


def analyse_folder(folder: str | Path) -> Sensitivity:
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
    points = study.points()
    compute = _METHODS[study.design.kind](study, points)
    tables = (replicate_table(study, len(points), outcomes, one.name) for one in study.outcomes)
    findings = tuple(map(partial(_finding, study, compute), study.outcomes, tables))
    _ensure_some(study, findings)
    planned = len(points) * study.replicates
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
    if study.policies:
        message = "indices of several policies taken together say nothing; leave `policies` out"
        raise ScenarioError([Fault(study.file, 0, "policies", message)])


def replicate_table(study: Study, points: int, outcomes: pd.DataFrame, name: str) -> Floats:
    """Return an outcome by point and replicate, shape (points, replicates), NaN where there is none."""
    table = np.full((points, study.replicates), np.nan)
    table[outcomes["point"], outcomes["replicate"] - 1] = outcomes[name]
    return table


def _finding(study: Study, compute: Computes, outcome: Outcome, table: Floats) -> Finding:
    luck = None if study.design.kind == "one-at-a-time" else luck_of(table, not study.distinct)
    try:
        return Finding(outcome, compute(table), None, luck)
    except UndefinedError as error:
        return Finding(outcome, None, error, luck)


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
