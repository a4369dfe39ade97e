"""Predictive distributions of a city's indicators: parameters, the city's own figures and luck, all drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipsim.study.executor import run_all
from ipsim.study.hindcast.own import drawn_figures
from ipsim.study.simulations import PlannedRun

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.study.simulations import MakesSimulation, Progress, Replicate

COLUMNS = ["place", "member", "year", "indicator", "value"]
CENTRAL = "central"
"""The single best set of an ensemble; it is not drawn."""


def predict(
    city_scenarios: Sequence[Scenario],
    draws: int,
    workers: int = 1,
    progress: Progress | None = None,
    ensemble: pd.DataFrame | None = None,
    last: int = 2019,
    make: MakesSimulation | None = None,
    scale: float | None = None,
) -> pd.DataFrame:
    """Simulate cities and return the distribution of their indicators.

    Draw ``n`` of a city is one run with seed ``n``, member ``n`` of the ensemble, and, for the city's own
    figures that the ensemble does not give, a draw over their ranges (see `drawn_figures`).

    Parameters
    ----------
    city_scenarios
        One scenario for each city.
    draws
        Draws for each city.
    workers
        Processes to use.
    progress
        Told of the quarters done and those in all.
    ensemble
        Parameter sets: column ``member``, then keys such as ``assumptions.X`` and, for what is a city's own,
        ``jinhua:patents.invention_applications``. Members are used in order, from the first again when they
        run out; the row ``central`` is left out. None: assumptions as the scenarios give them.
    last
        Last year to simulate.
    make, scale
        As in `ipsim.run`.

    Returns
    -------
    DataFrame
        Columns ``place, member, year, indicator, value``.
    """
    runs: list[PlannedRun] = []
    for scenario in city_scenarios:
        short = scenario.replace({"horizon.end": last})
        members = changes_by_draw(short, draws, ensemble)
        runs += [PlannedRun(short.replace(changes), seed) for seed, changes in enumerate(members, start=1)]
    done = run_all(runs, scale, workers, progress, make)
    frames = [_tidy(run.scenario, replicate) for run, replicate in zip(runs, done, strict=True)]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=pd.Index(COLUMNS))


def changes_by_draw(scenario: Scenario, draws: int, ensemble: pd.DataFrame | None) -> list[dict[str, object]]:
    """Return what each draw changes in a city's scenario: its own figures, then what the ensemble says."""
    own = drawn_figures(scenario, draws)
    if ensemble is None:
        return own
    rows = ensemble[ensemble["member"].astype(str) != CENTRAL].drop(columns="member")
    members = [_changes(row, scenario.city.key) for row in rows.to_dict(orient="records")]
    return [{**figures, **members[place % len(members)]} for place, figures in enumerate(own)]


def _changes(row: Mapping[Any, Any], city: str) -> dict[str, object]:
    """Return a member's values for one city; those of other cities are left out."""
    changes: dict[str, object] = {}
    for name, value in row.items():
        place, colon, key = str(name).partition(":")
        if not colon:
            changes[place] = float(value)
        elif place == city and pd.notna(value):
            changes[f"city.{key.removeprefix('city.')}"] = float(value)
    return changes


def _tidy(scenario: Scenario, replicate: Replicate) -> pd.DataFrame:
    table = pd.DataFrame(
        [(year, key, value) for (year, key), value in replicate.indicators.items()],
        columns=pd.Index(COLUMNS[2:]),
    )
    return table.assign(place=scenario.city.name.en, member=replicate.seed)[COLUMNS].astype(
        {"value": "float64"}
    )
