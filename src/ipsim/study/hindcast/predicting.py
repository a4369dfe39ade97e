"""Predictive distributions of a city's indicators: parameters, the city's own figures and luck, all drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from ipsim.scenario.calibrated.ensemble import figure_of
from ipsim.study.executor import run_all
from ipsim.study.hindcast.known import known_scenarios
from ipsim.study.hindcast.own import drawn_figures
from ipsim.study.simulations import PlannedRun

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.scenario.calibrated import Ensemble
    from ipsim.study.simulations import MakesSimulation, Progress, Replicate

COLUMNS = ["place", "member", "year", "indicator", "value"]


def predict(
    city_scenarios: Sequence[Scenario],
    draws: int,
    workers: int = 1,
    progress: Progress | None = None,
    ensemble: Ensemble | None = None,
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
        Parameter sets, used in order and from the first again after the last. None: assumptions as the
        scenarios give them.
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


def changes_by_draw(scenario: Scenario, draws: int, ensemble: Ensemble | None) -> list[dict[str, object]]:
    """Return what each draw changes in a city's scenario: its own figures, then what the ensemble says.

    An assumption that the scenario gives stays as given, and so does a figure of the city that is cited.
    """
    own = drawn_figures(scenario, draws)
    if ensemble is None:
        return own
    keys = _moved(scenario, ensemble)
    members = [ensemble.values(draw) for draw in range(1, draws + 1)]
    return [
        {**figures, **{key: member[name] for name, key in keys.items()}}
        for figures, member in zip(own, members, strict=True)
    ]


def _moved(scenario: Scenario, ensemble: Ensemble) -> dict[str, str]:
    """Return the parameters that an ensemble moves in a scenario, with their keys there."""
    pinned = scenario.calibrated(ensemble.shared()).pinned
    moved = {key: key for key in ensemble.keys if figure_of(key) is None and key not in pinned}
    known = any(scenario.city == one.city for one in known_scenarios())
    for key, path in ensemble.figures(scenario.city.key).items():
        figure = scenario.city.number(path)
        if figure is not None and not figure.cited and (known or key in ensemble.own):
            moved[key] = ".".join(("city", *path))
    return moved


def _tidy(scenario: Scenario, replicate: Replicate) -> pd.DataFrame:
    table = pd.DataFrame(
        [(year, key, value) for (year, key), value in replicate.indicators.items()],
        columns=pd.Index(COLUMNS[2:]),
    )
    return table.assign(place=scenario.city.name.en, member=replicate.seed)[COLUMNS].astype(
        {"value": "float64"}
    )
