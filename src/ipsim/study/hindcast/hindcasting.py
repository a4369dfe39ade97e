"""A hindcast from end to end: gather figures, predict, score."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from ipsim.published import read_observations
from ipsim.published.places import english, same_place
from ipsim.scenario.errors import Fault, ScenarioError
from ipsim.study.hindcast.gathering import LAST, Gathered, gather, shipped_rows
from ipsim.study.hindcast.history import history
from ipsim.study.hindcast.known import as_known, known_ensemble, known_scenarios, shown_file
from ipsim.study.hindcast.naive import KNOWN
from ipsim.study.hindcast.predicting import predict
from ipsim.study.hindcast.scores import MISSING_COLUMNS, Scores
from ipsim.study.hindcast.scoring import score
from ipsim.study.manifest import model_hash

if TYPE_CHECKING:
    from ipsim.evidence import Observation
    from ipsim.published import Published
    from ipsim.scenario import Scenario
    from ipsim.scenario.calibrated import Ensemble
    from ipsim.study.simulations import MakesSimulation, Progress

DRAWS = 100
"""Draws for each city, unless said otherwise."""


class Task(NamedTuple):
    """What a hindcast has to do.

    Attributes
    ----------
    source
        The file of figures; None for the evidence that ships.
    rows, faults
        The figures that could be read, and what is wrong with the others.
    found
        The figures made comparable, and those that can't be.
    scenarios
        The cities to predict.
    asked
        Names or files of cities that were asked for.
    """

    source: Path | None
    rows: list[Observation]
    faults: list[Fault]
    found: Gathered
    scenarios: list[Scenario]
    asked: tuple[str, ...] = ()

    @property
    def ahead(self) -> list[Published]:
        """The figures after 2016 of places that can be predicted."""
        return [one for one in self.found.figures if one.year > KNOWN and _is_of(one, self.scenarios)]


def hindcast(
    observations: str | Path | None = None,
    cities: Sequence[str] = (),
    draws: int = DRAWS,
    workers: int = 1,
    progress: Progress | None = None,
    ensemble: Ensemble | None = None,
    make: MakesSimulation | None = None,
    scale: float | None = None,
) -> Scores:
    """Predict from what was known at the end of 2016, and score against what was published afterwards.

    Parameters
    ----------
    observations
        A CSV with the columns of the evidence; the evidence of 2017-2019 that ships if None.
    cities
        Names or files of scenarios; of a shipped city the profile as known at the end of 2016. Every such
        city that the figures name if empty.
    draws
        Draws for each city.
    workers, progress, make, scale
        As in `ipsim.run`.
    ensemble
        Parameter sets to draw from; those fitted to what was known at the end of 2016 if None, or
        assumptions as they are where none ships.

    Returns
    -------
    Scores
        Faulty rows of the file are among ``missing`` and in ``facts``. Its table is empty when nothing could
        be scored.

    Raises
    ------
    ScenarioError
        When a city is faulty or there is none of that name.
    RunError
        When a run fails.
    """
    return carried_out(prepared(observations, cities), draws, workers, progress, ensemble, make, scale)


def prepared(observations: str | Path | None = None, cities: Sequence[str] = ()) -> Task:
    """Read the figures and find the cities to predict; parameters as those of `hindcast`."""
    if observations is None:
        rows, faults = shipped_rows(), []
    else:
        rows, faults = read_observations(observations)
    found = gather(rows)
    source = None if observations is None else Path(observations)
    return Task(source, rows, faults, found, chosen(cities, found.figures), tuple(cities))


def carried_out(
    task: Task,
    draws: int = DRAWS,
    workers: int = 1,
    progress: Progress | None = None,
    ensemble: Ensemble | None = None,
    make: MakesSimulation | None = None,
    scale: float | None = None,
) -> Scores:
    """Predict and score; parameters as those of `hindcast`."""
    ahead = task.ahead
    drawn = known_ensemble() if ensemble is None else ensemble
    last = max((one.year for one in ahead), default=LAST)
    named = [one for one in task.scenarios if any(_is_of(figure, [one]) for figure in ahead)]
    predictions = predict(named, draws, workers, progress, drawn, last, make, scale)
    places = dict.fromkeys(english(figure.place) for figure in ahead)
    known = [one for place in places for one in history(place, task.rows)]
    scores = score(task.found.figures, predictions, known)
    _name_unasked(scores.missing)
    apart = pd.DataFrame([*_faulty(task.faults), *task.found.apart], columns=pd.Index(MISSING_COLUMNS))
    listed = [part for part in (apart, scores.missing) if not part.empty]
    missing = pd.concat(listed, ignore_index=True) if listed else apart
    facts = {
        "known": KNOWN,
        "years": [KNOWN + 1, last],
        "draws": draws,
        "seeds": [1, draws],
        "scale": scale,
        "model_hash": model_hash(),
        "ensemble": _ensemble_facts(drawn),
        "cities": {one.city.key: _city_facts(one) for one in named},
        "asked": list(task.asked),
        "observations": _file_facts(task),
        "figures": {"scored": len(scores.table), "not_scored": len(missing)},
    }
    return replace(scores, missing=missing, facts=facts)


def chosen(cities: Sequence[str], figures: Sequence[Published]) -> list[Scenario]:
    """Return the scenarios asked for, or every city as known in 2016 that figures after 2016 name."""
    if cities:
        found = [as_known(city) for city in dict.fromkeys(cities)]
        keys = [one.city.key for one in found]
        twice = [
            Fault("--city", 0, key, "given twice; one scenario a city") for key in keys if keys.count(key) > 1
        ]
        if twice:
            raise ScenarioError(twice)
        return found
    ahead = [one for one in figures if one.year > KNOWN]
    return [one for one in known_scenarios() if any(_is_of(figure, [one]) for figure in ahead)]


def _is_of(figure: Published, scenarios: Sequence[Scenario]) -> bool:
    return any(same_place(figure.place, scenario.city.name.en) for scenario in scenarios)


def _name_unasked(missing: pd.DataFrame) -> None:
    """Say of the cities that ship, where they have no predictions, that nobody asked for them."""
    keys = {scenario.city.name.en: scenario.city.key for scenario in known_scenarios()}
    of_shipped = (missing["kind"] == "no_profile") & missing["place"].map(english).isin(keys)
    missing.loc[of_shipped, "reason"] = [
        f"{place} was not asked for: --city {keys[english(place)]}"
        for place in missing.loc[of_shipped, "place"]
    ]
    missing.loc[of_shipped, "kind"] = "not_asked"


def _faulty(faults: Sequence[Fault]) -> list[tuple[object, ...]]:
    """Return rows of `missing` for faults of the file: all that is known of them is line, key and message."""
    return [
        ("", fault.key, "", "", "", fault.file, fault.line or None, "faulty", fault.message)
        for fault in faults
    ]


def _city_facts(scenario: Scenario) -> dict[str, Any]:
    name = {"en": scenario.city.name.en, "zh": scenario.city.name.zh}
    file = shown_file(scenario.layers[-1].tree.file)
    return {"scenario": scenario.name, "name": name, "file": file, "hash": scenario.hash}


def _ensemble_facts(ensemble: Ensemble | None) -> dict[str, Any]:
    """Return what the parameters are: as assumed, fitted to what was known then, or to later figures."""
    if ensemble is None:
        return {"kind": "assumed", "members": 0}
    kind = "fitted" if ensemble.facts.get("known_by") == KNOWN else "later"
    return {"kind": kind, "members": len(ensemble), "source": ensemble.source, "hash": ensemble.hash}


def _file_facts(task: Task) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "file": None if task.source is None else str(task.source),
        "rows": len(task.rows),
    }
    if task.source is not None and task.source.is_file():
        facts["sha256"] = hashlib.sha256(task.source.read_bytes()).hexdigest()
    return {**facts, "faults": [str(one) for one in task.faults]}
