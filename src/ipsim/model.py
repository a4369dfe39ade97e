"""The city as a Mesa model: the same tables and rules, seen as agents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ipsim.city.bodies import AGENCY, BANK, BODY, UNIVERSITY_RECORD
from ipsim.city.enterprise import ALIVE, ENTERPRISE
from ipsim.city.state import City
from ipsim.engine.faces import Face, FacedModel
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.networks import CompressedRows, from_slots
from ipsim.mechanisms.quarter import QUARTER
from ipsim.scenario import Scenario
from ipsim.simulation import Simulation


class Enterprise(Face, record=ENTERPRISE, over="enterprises"):
    """An enterprise: earns, invents, files, copies, sues, borrows, grows and fails."""

    @classmethod
    def living(cls, table: Any) -> NDArray[np.int64]:
        """Return the rows of the enterprises that are alive."""
        return np.flatnonzero(table.status == ALIVE)


class University(Face, record=UNIVERSITY_RECORD, over="universities"):
    """A university: invents, files, and transfers through an office."""


class Bank(Face, record=BANK, over="banks"):
    """A bank: lends against patents and learns from its losses."""


class ServiceAgency(Face, record=AGENCY, over="agencies"):
    """A service agency: drafts filings with care, or in volume."""


class EnforcementBody(Face, record=BODY, over="bodies"):
    """An enforcement body: administrative, court, or mediation."""


class CityModel(FacedModel):
    """A city that runs quarter by quarter, its enterprises and bodies Mesa agents.

    Parameters
    ----------
    scenario
        The city and its policies, from `ipsim.load`.
    seed
        Names the luck of the run; equal seeds give equal runs.
    scale
        Enterprises simulated for each one in the city; the profile's default if None.
    rules
        Rules to replace, by name, with plain Python functions.
    mechanisms
        The quarter as a list, to add or leave out mechanisms.

    Attributes
    ----------
    simulation
        The run itself; compiled loops work on the same tables.

    Examples
    --------
    >>> import ipsim
    >>> model = ipsim.CityModel(ipsim.load("jinhua"), seed=1)  # doctest: +SKIP
    >>> model.step()  # doctest: +SKIP
    >>> model.agents_by_type[ipsim.Enterprise].get("cash")  # doctest: +SKIP
    """

    kinds = (Enterprise, University, Bank, ServiceAgency, EnforcementBody)

    def __init__(
        self,
        scenario: Scenario,
        seed: int = 1,
        scale: float | None = None,
        *,
        rules: Mapping[str, Callable[..., Any]] | None = None,
        mechanisms: Iterable[Mechanism] = QUARTER,
    ) -> None:
        super().__init__(seed)
        self.simulation = Simulation(scenario, seed, scale, rules=rules, mechanisms=mechanisms)

    @property
    def scenario(self) -> Scenario:
        """The city and its policies."""
        return self.simulation.scenario

    @scenario.setter
    def scenario(self, scenario: object) -> None:
        """Drop the empty scenario that Mesa 3.5 gives every model."""

    @property
    def city(self) -> City:
        """All tables."""
        return self.simulation.city

    @property
    def tables(self) -> Mapping[str, Any]:
        """All tables by name."""
        return self.simulation.city._asdict()

    @property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        """The quarter, in order."""
        return self.simulation.mechanisms

    def seen_by(self, mechanism: Mechanism | None) -> City:
        """Return the tables, with the policy that the mechanism responds to."""
        if mechanism is None:
            return self.simulation.city
        return self.simulation.city_for(mechanism)

    @property
    def quarter(self) -> int:
        """The quarter to run next, 0 = first of the run."""
        return self.simulation.quarter

    @property
    def year(self) -> int:
        """The calendar year of that quarter."""
        return self.simulation.year

    @property
    def chain(self) -> CompressedRows:
        """Supply links: those of row ``i`` lead to its suppliers."""
        return from_slots(self.city.suppliers)

    @property
    def indicators(self) -> dict[tuple[int, str], float]:
        """Yearly figures so far, by year and name, the city in real units."""
        return self.simulation.indicators

    def step(self) -> None:
        """Run one quarter, compiled; ``running`` ends with the scenario."""
        self._take_gifts()
        self.simulation.step()
        self._note_quarter()

    def step_by_agents(self, order: Callable[[list[int]], list[int]] | None = None) -> None:
        """Run one quarter in plain Python, one agent at a time through its ``act``.

        Parameters
        ----------
        order
            Puts the rows of order-free mechanisms into an order, for example
            ``lambda rows: rows[::-1]``; by number if None. The result is the same.
        """
        self._take_gifts()
        self.simulation.step(lambda mechanism: self.perform(mechanism, order))
        self._note_quarter()

    def _take_gifts(self) -> None:
        """Let the accounts begin with the money that there is: agents may have been given some."""
        accounts, city = self.simulation.accounts, self.city
        accounts.cash = city.enterprises.cash.copy()
        accounts.bank_cash = float(city.banks.cash.sum())
        accounts.university_cash = float(city.universities.cash.sum())
        accounts.agency_cash = float(city.agencies.cash.sum())

    def _note_quarter(self) -> None:
        self.steps = self.simulation.quarter
        self.running = self.simulation.quarter < self.scenario.quarters
