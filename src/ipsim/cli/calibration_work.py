"""What `ipsim calibrate` is asked to fit: what cities share, or the figures of one city."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ipsim.cli.calibrating import Asked
    from ipsim.evidence import Observation
    from ipsim.scenario import Scenario
    from ipsim.study.calibration.keeping import Assessment
    from ipsim.study.calibration.waves import Calibrated, Plan

Told = Callable[[int, int], None]
"""Told how many figures were looked at for conflicts, and of how many."""

_FEWEST = 3
"""Figures from which a city can be fitted in earnest."""


@dataclass(frozen=True)
class SharedWork:
    """The calibration of what cities share."""

    plan: Plan
    known_by: int | None
    title: str = "what all cities share"
    default_folder: str = "results/calibrate"

    @property
    def runs(self) -> int:
        """Runs in all cities."""
        from ipsim.study.calibration.calibrating import cities_known
        from ipsim.study.calibration.twins import TWINS

        return self.plan.draws * (len(cities_known(self.known_by)) + len(TWINS))

    def calibrated(self, folder: Path, **how: Any) -> Calibrated:
        """Run it, with the keywords of the study."""
        from ipsim.study.calibration.calibrating import calibrate_shared

        return calibrate_shared(folder, self.plan, self.known_by, **how)

    def assessed(self, found: Calibrated, command: str, seconds: float, told: Told) -> Assessment:
        """Return what it came to."""
        from ipsim.study.calibration.calibrating import cities_known
        from ipsim.study.calibration.keeping import assess

        return assess(
            found,
            cities_known(self.known_by),
            self.plan,
            shared=True,
            command=command,
            seconds=seconds,
            known_by=self.known_by,
            told=told,
        )


def shared_work(asked: Asked) -> SharedWork:
    """Return what is to be done for all cities."""
    from ipsim.study.calibration.calibrating import KNOWN_PLAN
    from ipsim.study.calibration.waves import Plan

    whole = Plan() if asked.known_by is None else KNOWN_PLAN
    plan = whole if asked.draws is None else whole.scaled(asked.draws)
    return SharedWork(plan, asked.known_by)


@dataclass(frozen=True)
class CityWork:
    """The calibration of one city's own figures."""

    plan: Plan
    known_by: int | None
    scenario: Scenario
    rows: list[Observation] | None

    @property
    def title(self) -> str:
        """Name of the city."""
        return self.scenario.city.name.en

    @property
    def default_folder(self) -> str:
        """Folder where nobody names another."""
        return f"results/calibrate-{self.scenario.city.key}"

    @property
    def runs(self) -> int:
        """Runs in all cities."""
        return self.plan.draws

    def calibrated(self, folder: Path, **how: Any) -> Calibrated:
        """Run it, with the keywords of the study."""
        from ipsim.study.calibration.calibrating import (
            calibrate_city,
            inherited_best,
            inherited_parameters,
        )

        laid = None if self.rows is None else _laid(self.scenario, self.rows)
        members, best = inherited_parameters(), inherited_best()
        return calibrate_city(
            folder, self.scenario, members, laid, self.plan, self.known_by, best=best, **how
        )

    def assessed(self, found: Calibrated, command: str, seconds: float, told: Told) -> Assessment:
        """Return what it came to."""
        from ipsim.evidence import observations
        from ipsim.study.calibration.calibrating import END
        from ipsim.study.calibration.keeping import assess
        from ipsim.study.calibration.unused import unused

        rows = observations() if self.rows is None else self.rows
        last = max([END, *(aim.year for aim in found.aims)])
        return assess(
            found,
            {self.scenario.city.key: self.scenario},
            self.plan,
            shared=False,
            command=command,
            seconds=seconds,
            unused=unused(self.scenario.city.name.en, rows, last),
            known_by=self.known_by,
            told=told,
        )


def city_work(asked: Asked) -> CityWork | None:
    """Return what is to be done for a city; None, said why, when there is nothing to fit."""
    from ipsim.study.calibration.calibrating import CITY_PLAN, uncalibrated

    assert asked.city is not None
    scenario = uncalibrated(asked.city)
    rows = None if asked.observations is None else _read(asked.observations)
    plan = CITY_PLAN if asked.draws is None else CITY_PLAN.scaled(asked.draws)
    work = CityWork(plan, asked.known_by, scenario, rows)
    if rows is not None and not rows:
        return None
    return work if _can_be_fitted(work, asked) else None


def _read(file: Path) -> list[Observation]:
    """Read figures of one's own; what is wrong with others is said, a line each."""
    from ipsim.published import read_observations

    rows, faults = read_observations(file)
    for fault in faults:
        click.echo(str(fault), err=True)
    if not rows:
        click.echo(f"ipsim: {file} holds no figure that can be used", err=True)
    return rows


def _can_be_fitted(work: CityWork, asked: Asked) -> bool:
    """Return whether there are figures to fit; say so when there are none, or few."""
    from ipsim.evidence import observations
    from ipsim.study.calibration.calibrating import END, fitted_figures
    from ipsim.study.calibration.unused import unused

    name = work.scenario.city.name.en
    laid = None if work.rows is None else _laid(work.scenario, work.rows)
    count = len(fitted_figures(work.scenario, laid, work.known_by))
    where = asked.observations or "the evidence that ships"
    if count:
        if count < _FEWEST:
            click.echo(
                f"ipsim: {where} has {count} figures of {name} to fit; three are few already", err=True
            )
        return True
    reasons = unused(name, observations() if work.rows is None else work.rows, END)
    if reasons:
        said = "; ".join(sorted({f"{one.indicator} {one.period}: {one.reason.en}" for one in reasons})[:5])
        click.echo(f"ipsim: no figure of {name} in {where} can be fitted: {said}", err=True)
    else:
        more = "" if asked.observations else "; give figures of your own with --observations FILE"
        places = "" if not work.rows else f" (it has {', '.join(sorted({row.place for row in work.rows}))})"
        click.echo(f"ipsim: {where} has no figure of {name}{places}{more}", err=True)
    return False


def _laid(scenario: Scenario, rows: list[Observation]) -> list[Any]:
    """Return the figures of a city made comparable with simulated years."""
    from ipsim.published import of_place
    from ipsim.study.calibration.chosen_aims import FIRST_YEAR

    return of_place(scenario.city.name.en, FIRST_YEAR, scenario.end_year, rows)
