"""A scenario as the model reads it: a city and its policies, quarter by quarter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ipsim.scenario.calibrated.ensemble import PREFIX, UNCALIBRATED, Ensemble, figure_of
from ipsim.scenario.chain import Layer
from ipsim.scenario.given import Industries
from ipsim.scenario.levers import LEVERS, NUMBER_LEVERS
from ipsim.scenario.profile import CityProfile
from ipsim.scenario.timeline import START_YEAR, Timeline
from ipsim.scenario.words import Words


@dataclass(frozen=True, eq=False)
class Scenario:
    """A city with its policies from 2016 on; made by `load`, never changed.

    Attributes
    ----------
    name
        Short name, fit for a file.
    title, description
        What a person reads.
    city
        The city profile.
    end_year
        Last year simulated.
    policy
        A timeline for each lever that is a number, by key: what was given, what the
        dial sets, and defaults.
    founding
        Value of each numeric lever in the first quarter under the city's own policies, by key:
        what the patents and research of 2015 answered to, whatever a what-if changes.
    industry_steps
        Industries of the rapid centre, with the month from which each list holds.
    given
        Keys that the city or a scenario file gives; the others are defaults.
    assumptions
        Every assumption of the model with the value in use.
    ensemble
        Calibrated sets of parameters; see `drawn`.
    member
        The set in use, from 1; None for the central one.
    pinned
        Parameters that no draw moves, since the city or a scenario file gives them.
    text
        The whole scenario as YAML, with each value's source; it loads to an equal one.
    hash
        SHA-256 of what the model reads: equal for scenarios that run alike.
    """

    name: str
    title: Words
    description: Words
    city: CityProfile
    end_year: int
    policy: Mapping[str, Timeline]
    founding: Mapping[str, float]
    industry_steps: Industries
    given: frozenset[str]
    assumptions: Mapping[str, float]
    notes: Mapping[str, str] = field(repr=False)
    layers: tuple[Layer, ...] = field(repr=False)
    ensemble: Ensemble = field(repr=False, default=UNCALIBRATED)
    member: int | None = None
    pinned: frozenset[str] = field(repr=False, default=frozenset())

    start_year: int = START_YEAR

    @property
    def quarters(self) -> int:
        """Number of quarters from the start of 2016 to the end of the last year."""
        return 4 * (self.end_year - self.start_year + 1)

    def path(self, key: str) -> NDArray[np.float64]:
        """Return a lever's value in each quarter, in the lever's unit.

        Raises
        ------
        KeyError
            If there is no such lever, or it is a list of industries.
        """
        return self.policy[key].path(self.quarters, self.start_year)

    def lever_table(self) -> dict[str, NDArray[np.float64]]:
        """Return the value in each quarter of every numeric lever, by field name."""
        return {LEVERS[key].field: self.path(key) for key in NUMBER_LEVERS}

    def rapid_industries(self) -> NDArray[np.float64]:
        """Return 1 where the rapid centre covers an industry: (quarters, industries)."""
        keys = self.city.industry_keys
        table = np.zeros((self.quarters, len(keys)), dtype=np.float64)
        for column, key in enumerate(keys):
            steps = {month: float(key in names) for month, names in self.industry_steps}
            if steps:
                covered = Timeline.steps({0: 0.0, **steps})
                table[:, column] = covered.path(self.quarters, self.start_year)
        return table

    def replace(self, changes: Mapping[str, object]) -> Scenario:
        """Return this scenario with other values, checked like those of a file.

        Parameters
        ----------
        changes
            Values by dotted key, such as ``{"policy.utilisation.pledge_fund.capital":
            200, "assumptions.x": 1, "city.enterprises": 2000, "city": "xiamen"}``.

        Raises
        ------
        ScenarioError
            With every fault, its file named ``--set``.
        """
        from ipsim.scenario.loading import changed

        return changed(self, changes)

    @property
    def drawn_keys(self) -> tuple[str, ...]:
        """Parameters that differ between draws, in the order of the ensemble.

        ``assumptions.X``, or ``jinhua:patents.stock_growth`` for a figure of the city.
        """
        here = {None, self.city.key}
        keys = [key for key in self.ensemble.keys if key not in self.pinned]
        return tuple(key for key in keys if (figure_of(key) or (None,))[0] in here)

    def parameter(self, key: str) -> float:
        """Return the value in use of a parameter as an ensemble names it; see `drawn_keys`.

        Raises
        ------
        KeyError
            When the scenario has no such parameter.
        """
        figure = figure_of(key)
        if figure is None:
            return self.assumptions[key.removeprefix(PREFIX)]
        if figure[0] != self.city.key:
            raise KeyError(key)
        found = self.city.number(figure[1])
        if found is None:
            raise KeyError(key)
        return found.value

    def drawn(self, number: int) -> Scenario:
        """Return this scenario with a member of the calibrated ensemble.

        What the city's own file, a scenario file or `replace` gives stays as it is.

        Parameters
        ----------
        number
            Which member, from 1; after the last the first comes again.

        Raises
        ------
        ValueError
            When the number is below 1.
        """
        if number < 1:
            raise ValueError(f"members of an ensemble count from 1, not {number}")
        if not self.drawn_keys:
            return self
        from ipsim.scenario.loading import redrawn

        return redrawn(self, (number - 1) % len(self.ensemble) + 1)

    def calibrated(self, ensemble: Ensemble) -> Scenario:
        """Return this scenario with another ensemble laid on the one it has, and its central set.

        Raises
        ------
        ScenarioError
            When the ensemble does not fit the city.
        """
        from ipsim.scenario.loading import recalibrated

        return recalibrated(self, ensemble)

    def source_note(self, key: str) -> str:
        """Return where the value of a lever or an assumption comes from."""
        return self.notes[key]

    @cached_property
    def text(self) -> str:
        """The whole scenario as YAML, with each value's source."""
        from ipsim.scenario.resolved import resolved_text

        return resolved_text(self)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what the model reads, as hexadecimal digits."""
        from ipsim.scenario.resolved import content_hash

        return content_hash(self)

    def __eq__(self, other: object) -> bool:
        """Two scenarios are equal when they run alike."""
        return isinstance(other, Scenario) and self.hash == other.hash

    def __hash__(self) -> int:
        """Return the hash of the content."""
        return hash(self.hash)
