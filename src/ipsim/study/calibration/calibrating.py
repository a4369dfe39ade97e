"""The two calibrations: of what all cities share, and of what is a city's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import numpy as np
from numpy.typing import NDArray

from ipsim.scenario.timeline import LAST_YEAR
from ipsim.study.calibration.aims import TWIN, Aim
from ipsim.study.calibration.chosen_aims import all_aims, city_aims
from ipsim.study.calibration.parameters import (
    SHARED,
    FreeParameter,
    Parameters,
    own_parameters,
    shared_parameters,
)
from ipsim.study.calibration.prior import Prior
from ipsim.study.calibration.runs import TWIN_FIGURES, CalibrationRuns
from ipsim.study.calibration.waves import Calibrated, Plan, calibrate

if TYPE_CHECKING:
    from ipsim.published import Published
    from ipsim.scenario import Scenario
    from ipsim.study.batch.progress import Told
    from ipsim.study.simulations import MakesSimulation

Array = NDArray[np.float64]

SCALE = 0.1
"""Share of enterprises that calibration simulates: a run takes a tenth of a second."""

_FEWEST = 1500
"""Enterprises of a city that are simulated at least, where it has so many."""

END = 2023
"""Last year simulated: the surveys of use are of 2021 to 2023."""

CITIES = ("jinhua", "xiamen")
"""Cities of the shared calibration; the first one runs the twins."""

RUNS = "runs"
"""Folder of the runs within the folder of a calibration."""

CITY_PLAN = Plan(first=400, further=(200,), last=300)
"""A city has few figures of its own and inherits the rest, so that fewer draws do."""

KNOWN_PLAN = Plan(first=500, further=(250,), last=240, members=200)
"""There are fewer aims, and more cities, when only what was known by then is fitted."""

KNOWN_END = 2019
"""Last year simulated then: what is predicted."""


class How(TypedDict, total=False):
    """How a calibration is run.

    Attributes
    ----------
    workers, resume, progress, make
        As in `CalibrationRuns`.
    say
        Told what each wave found.
    """

    workers: int | None
    resume: bool
    progress: Callable[[str], Told | None] | None
    make: MakesSimulation
    say: Callable[[str], None]


class NothingToFitError(ValueError):
    """No published figure of a city can be laid beside a run."""


def scenarios(names: Sequence[str], end: int = END) -> dict[str, Scenario]:
    """Return the cities of a calibration by key, to its horizon, as nobody has calibrated them.

    Raises
    ------
    ScenarioError
        When one is faulty.
    """
    found = [uncalibrated(name).replace({"horizon.end": end}) for name in names]
    return {one.city.key: one for one in found}


def cities_known(known_by: int | None) -> dict[str, Scenario]:
    """Return the cities of the shared calibration, as known at the end of a year where such profiles ship."""
    from ipsim.study.hindcast.known import known_cities
    from ipsim.study.hindcast.naive import KNOWN

    if known_by is None:
        return scenarios(CITIES)
    files = known_cities() if known_by == KNOWN else {}
    ordered = sorted(files, key=lambda key: (key not in CITIES, key))
    return scenarios([str(files[key]) for key in ordered] or CITIES, KNOWN_END)


def uncalibrated(source: str | Path) -> Scenario:
    """Return a scenario whose priors are those of its files: no ensemble is laid on it.

    Raises
    ------
    ScenarioError
        When it is faulty.
    """
    from ipsim.scenario import load
    from ipsim.scenario.calibrated import UNCALIBRATED

    return load(source, UNCALIBRATED)


def inherited_parameters() -> dict[str, Array]:
    """Return what a city inherits: shared parameters of the ensemble that ships, one value a member.

    Raises
    ------
    ScenarioError
        When no ensemble ships, or the installation is damaged.
    """
    from ipsim.scenario.calibrated import shipped_ensemble

    shipped = shipped_ensemble()
    return {
        key: shipped.members[:, place] for place, key in enumerate(shipped.keys) if key.startswith(SHARED)
    }


def inherited_best() -> dict[str, float]:
    """Return the shared parameters of the single best set that ships, by key; see `inherited_parameters`."""
    from ipsim.scenario.calibrated import shipped_ensemble

    shipped = shipped_ensemble()
    return {
        key: float(shipped.central[place]) for place, key in enumerate(shipped.keys) if key.startswith(SHARED)
    }


def figures_of(aims: Sequence[Aim], twins: bool) -> list[tuple[int, str]]:
    """Return the figures that runs have to give for these aims."""
    wanted = {(aim.year, aim.indicator) for aim in aims if not aim.indicator.startswith(TWIN)}
    return sorted(wanted | set(TWIN_FIGURES if twins else ()))


def calibrate_shared(
    folder: Path, plan: Plan | None = None, known_by: int | None = None, **how: Unpack[How]
) -> Calibrated:
    """Fit what all cities share, with the figures of the cities that ship.

    With ``known_by`` the cities are taken as they were known then, where such profiles ship: that is what a
    hindcast draws from.

    Parameters
    ----------
    folder
        Runs are kept in it, and found again with ``resume``.
    plan
        How much is run.
    known_by
        Fit only what was known at the end of this year.
    **how
        As in `How`.

    Raises
    ------
    FolderError
        When the folder can't be used.
    """
    cities = cities_known(known_by)
    own = {city: own_parameters(scenario.city) for city, scenario in cities.items()}
    parameters = Parameters(shared_parameters(), own)
    prior = Prior(len(parameters))
    whole = Plan() if known_by is None else KNOWN_PLAN
    return _fitted(folder, cities, parameters, prior, all_aims(cities, known_by), plan or whole, SCALE, **how)


def fitted_and_tests(
    scenario: Scenario, rows: Sequence[Published] | None = None, known_by: int | None = None
) -> list[Aim]:
    """Return the aims of a city; what somebody hands in is there to be fitted, up to ``known_by``."""
    aims = city_aims(scenario.city.key, scenario, rows)
    if rows is not None:
        aims = [replace(aim, use="fit") for aim in aims]
    if known_by is not None:
        aims = [replace(aim, use="test") if aim.known > known_by else aim for aim in aims]
    return aims


def fitted_figures(
    scenario: Scenario, rows: Sequence[Published] | None = None, known_by: int | None = None
) -> list[Aim]:
    """Return the aims of a city that are fitted; see `fitted_and_tests`."""
    return [aim for aim in fitted_and_tests(scenario, rows, known_by) if aim.use == "fit"]


def calibrate_city(
    folder: Path,
    scenario: Scenario,
    inherited: Mapping[str, Array],
    rows: Sequence[Published] | None = None,
    plan: Plan = CITY_PLAN,
    known_by: int | None = None,
    *,
    best: Mapping[str, float] | None = None,
    **how: Unpack[How],
) -> Calibrated:
    """Fit the figures of one city that its profile assumes; what cities share comes from an ensemble.

    Shared parameters are not moved, but members of the ensemble under which the city's figures are
    unlikely are chosen less often.

    Parameters
    ----------
    folder
        Runs are kept in it.
    scenario
        The city with its own policies.
    inherited
        Values of shared parameters, one a member, by key ``assumptions.X``.
    rows
        Published figures of the city, all to be fitted; those of the evidence if None.
    plan
        How much is run.
    known_by
        Fit only figures up to this year; later ones are tests.
    best
        Values of shared parameters in the single best set; the mean of members' scores if None.
    **how
        As in `How`.

    Raises
    ------
    NothingToFitError
        When there is no figure that a run can be laid beside.
    FolderError
        When the folder can't be used.
    """
    city = scenario.city
    last = max((one.year for one in rows or ()), default=END)
    scenario = scenario.replace({"horizon.end": min(max(last, END), LAST_YEAR)})
    aims = fitted_and_tests(scenario, rows, known_by)
    if not any(aim.use == "fit" for aim in aims):
        raise NothingToFitError(f"no published figure of {city.name.en} can be laid beside a run")
    shared = tuple(one for one in shared_parameters() if one.key in inherited)
    parameters = Parameters(shared, {city.key: own_parameters(city)})
    prior = Prior(len(parameters), *_inherited_scores(shared, inherited, best))
    scale = min(1.0, max(SCALE, _FEWEST / city.enterprises.value))
    return _fitted(folder, {city.key: scenario}, parameters, prior, aims, plan, scale, twins=False, **how)


def _inherited_scores(
    shared: Sequence[FreeParameter], members: Mapping[str, Array], best: Mapping[str, float] | None
) -> tuple[Array, Array | None]:
    """Return the scores of members, shape (members, shared), and those of the best set if all are known."""
    scores = np.column_stack([one.score(members[one.key]) for one in shared])
    if best is None or any(one.key not in best for one in shared):
        return scores, None
    return scores, np.array([float(one.score(best[one.key])) for one in shared])


def _fitted(
    folder: Path,
    cities: Mapping[str, Scenario],
    parameters: Parameters,
    prior: Prior,
    aims: Sequence[Aim],
    plan: Plan,
    scale: float,
    *,
    twins: bool = True,
    say: Callable[[str], None] = lambda text: None,
    **how: Any,
) -> Calibrated:
    """Run a calibration; ``how`` goes to `CalibrationRuns`."""
    figures = figures_of(aims, twins)
    with CalibrationRuns(folder / RUNS, cities, parameters, scale, figures, twins=twins, **how) as runs:
        return calibrate(parameters, prior, aims, runs.run, plan, say)
