"""A scenario as the model reads it: a city and its policies, quarter by quarter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

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
