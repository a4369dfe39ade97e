"""A run of a city, recorded: what every agent did, quarter by quarter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ipsim.app.city.dossiers import Docket, Ledger, still_in_ledger
from ipsim.app.city.enterprises import Register, give_places
from ipsim.app.city.happenings import Diary
from ipsim.app.city.institutions import Institutions
from ipsim.app.city.links import Links, copies
from ipsim.app.city.tables import Kind
from ipsim.city.enterprise import ALIVE

if TYPE_CHECKING:
    from ipsim.engine.mechanisms import Mechanism
    from ipsim.scenario import Scenario
    from ipsim.simulation.run import Simulation

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Recording:
    """What is kept of one run.

    Attributes
    ----------
    start_year, quarters, scale, seed
        Of the run.
    lives
        Rows of `tables.LIFE`: every enterprise there was.
    starts, states
        The states of life ``n`` are ``states[starts[n]:starts[n + 1]]`` (`tables.STATE`), a quarter each.
    filings, cases, happenings
        Rows of `tables.FILING`, `tables.CASE` and `tables.HAPPENING`.
    supplies, copies
        Rows of `links.LINK`.
    institutions
        Figures by name (``banks.loans``): a row a quarter, a column an institution.
    careful
        How many of the agencies are careful; they come first.
    indicators
        The yearly figures of the run, as any run has them.
    """

    start_year: int
    quarters: int
    scale: float
    seed: int
    lives: NDArray[Any]
    starts: NDArray[np.int64]
    states: NDArray[Any]
    filings: NDArray[Any]
    cases: NDArray[Any]
    happenings: NDArray[Any]
    supplies: NDArray[Any]
    copies: NDArray[Any]
    institutions: dict[str, NDArray[np.float32]]
    careful: int
    indicators: dict[tuple[int, str], float]

    @property
    def bytes_held(self) -> int:
        """Bytes of all tables."""
        tables = (self.lives, self.starts, self.states, self.filings, self.cases, self.happenings)
        tables += (self.supplies, self.copies, *self.institutions.values())
        return sum(table.nbytes for table in tables)

    def states_of(self, life: int) -> NDArray[Any]:
        """Return the states of one enterprise, a row a quarter of its life."""
        return self.states[self.starts[life] : self.starts[life + 1]]


class Recorder:
    """Runs a city and looks at its tables before and after each mechanism.

    The model isn't touched: its own compiled loops run in its own order.
    """

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation
        city = simulation.city
        self._register = Register(city)
        self.ledger = Ledger()
        self.docket = Docket()
        self._diary = Diary(self._register.of_row)
        self._institutions = Institutions()
        self._links = Links()
        self.ledger.enter(city, self._register.of_row)
        self._alive_before = city.enterprises.status == ALIVE

    def step(self) -> None:
        """Run and record one quarter."""
        simulation = self._simulation
        simulation.step(self._perform)
        if simulation.quarter % 4 == 0:
            self.ledger.turn_year(self._kept)
            self.docket.turn_year(self._open)

    def _perform(self, mechanism: Mechanism) -> None:
        simulation = self._simulation
        city = simulation.city_for(mechanism)
        look = getattr(self, f"_around_{mechanism.name}", None)
        if look is None:
            mechanism.loop(city)
        else:
            look(lambda: mechanism.loop(city))

    # -- one for each mechanism that is looked at, by its name ---------------------------------

    def _around_earning(self, run: Callable[[], None]) -> None:
        self._alive_before = self._simulation.city.enterprises.status == ALIVE
        run()

    def _around_research(self, run: Callable[[], None]) -> None:
        before = self._simulation.city.enterprises.copy()
        run()
        self._diary.after_research(self._simulation.quarter, before, self._simulation.city.enterprises)

    def _around_universities(self, run: Callable[[], None]) -> None:
        run()
        self.ledger.enter(self._simulation.city, self._register.of_row)

    def _around_examination(self, run: Callable[[], None]) -> None:
        self._follow_patents(run)

    def _around_renewal(self, run: Callable[[], None]) -> None:
        self._follow_patents(run)

    def _follow_patents(self, run: Callable[[], None]) -> None:
        city, quarter = self._simulation.city, self._simulation.quarter
        before = city.patents[: int(city.clock[0].patents)].copy()
        run()
        moved = self.ledger.note(city, before, quarter)
        if not len(moved):
            return
        buyers, numbers = city.patents.owner[moved], self.ledger.numbers(moved)
        filings = self.ledger.filings.rows
        sellers = filings["owner"][numbers].copy()
        filings["owner"][numbers] = self._register.of_row[buyers]
        self._diary.note(quarter, Kind.TAKEN_OVER, buyers, sellers, numbers)

    def _around_transfer(self, run: Callable[[], None]) -> None:
        city, quarter = self._simulation.city, self._simulation.quarter
        used = int(city.clock[0].patents)
        licensed, before = city.patents.licensed[:used].copy(), city.enterprises.copy()
        run()
        sold = np.flatnonzero(city.patents.licensed[:used] > licensed)
        numbers = self.ledger.numbers(sold)
        self.ledger.filings.rows["licensed"][numbers] = 1
        self.ledger.filings.rows["in_use"][numbers] = 1
        self._diary.after_transfer(quarter, city, before, sold)

    def _around_copying(self, run: Callable[[], None]) -> None:
        before = self._simulation.city.enterprises.copy()
        run()
        self._diary.after_copying(self._simulation.quarter, before, self._simulation.city.enterprises)

    def _around_disputes(self, run: Callable[[], None]) -> None:
        city = self._simulation.city
        before = city.enterprises.copy()
        run()
        self._diary.after_disputes(self._simulation.quarter, before, city.enterprises)
        self.docket.enter(city, self._register.of_row)

    def _around_enforcement(self, run: Callable[[], None]) -> None:
        city, quarter = self._simulation.city, self._simulation.quarter
        before, waiting = city.enterprises.copy(), city.cases.open[: int(city.clock[0].cases)].copy()
        run()
        self.docket.decide(city, before, waiting, quarter)
        self._diary.after_enforcement(quarter, before, city.enterprises)

    def _around_lending(self, run: Callable[[], None]) -> None:
        before = self._simulation.city.enterprises.copy()
        run()
        self._diary.after_lending(self._simulation.quarter, before, self._simulation.city.enterprises)

    def _around_settlement(self, run: Callable[[], None]) -> None:
        before = self._simulation.city.enterprises.copy()
        run()
        self._diary.after_settlement(self._simulation.quarter, before, self._simulation.city.enterprises)

    def _around_news(self, run: Callable[[], None]) -> None:
        """Look at the whole city, the last time before closed cases and ended patents are dropped."""
        city, quarter = self._simulation.city, self._simulation.quarter
        run()
        alive = city.enterprises.status == ALIVE
        born = np.flatnonzero(alive & ~self._alive_before)
        self._register.enter(city, born, quarter)
        self._diary.note(quarter, Kind.FOUNDED, born)
        present = np.flatnonzero(self._alive_before | alive)
        self._register.note_quarter(city, present, quarter)
        self._institutions.note(city)
        if quarter % 4 == 0:
            self._links.note_year(city, self._register.of_row, quarter)
        self._kept = still_in_ledger(city)
        self._open = city.cases.open[: int(city.clock[0].cases)] == 1

    def finished(self) -> Recording:
        """Return what was recorded."""
        simulation = self._simulation
        lives, happenings = self._register.lives.finished(), self._diary.happenings.finished()
        give_places(lives)
        starts, states = self._register.by_life()
        return Recording(
            simulation.scenario.start_year,
            simulation.quarter,
            simulation.scale,
            simulation.seed,
            lives,
            starts,
            states,
            self.ledger.filings.finished(),
            self.docket.cases.finished(),
            happenings,
            self._links.finished(),
            copies(happenings, lives),
            self._institutions.finished(),
            int(simulation.city.careful[0]),
            dict(simulation.indicators),
        )


def record(scenario: Scenario, seed: int, scale: float, progress: Progress | None = None) -> Recording:
    """Run a city and return what happened in it.

    Parameters
    ----------
    scenario
        With the parameters to be used: see `Scenario.drawn`.
    seed, scale
        As of any run.
    progress
        Called after each quarter with quarters done and in all.
    """
    from ipsim.simulation.run import Simulation

    recorder = Recorder(Simulation(scenario, seed, scale))
    for quarter in range(scenario.quarters):
        recorder.step()
        if progress is not None:
            progress(quarter + 1, scenario.quarters)
    return recorder.finished()
