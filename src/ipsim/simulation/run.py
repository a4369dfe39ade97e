"""A city that runs, quarter by quarter."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ipsim.city.founding import (
    describe_industries,
    empty_city,
    found_bodies,
    found_enterprises,
    set_common_knowledge,
)
from ipsim.city.state import POLICY, City
from ipsim.city.yearly import (
    crowd_fields,
    drop_closed_cases,
    drop_ended_patents,
    list_customers,
    list_members,
)
from ipsim.engine.compiling import mark_warm
from ipsim.engine.mechanisms import Mechanism, check_names
from ipsim.engine.records import as_bytes
from ipsim.indicators.measure import measure_year
from ipsim.mechanisms.agencies import run_agencies
from ipsim.mechanisms.quarter import QUARTER
from ipsim.scenario import LEVERS, Scenario
from ipsim.simulation.accounts import Accounts
from ipsim.simulation.anchoring import anchor
from ipsim.simulation.copies import found_copies
from ipsim.simulation.picture import chain_rows
from ipsim.simulation.places import chance_of_founding

Progress = Callable[[int, int], None]


@dataclass
class RunRecord:
    """What one run leaves.

    Attributes
    ----------
    indicators
        Value by (year, indicator), the city in real units.
    accounts
        The largest relative error of each identity, and whether it holds.
    chain
        The industry chain at the end: a row an industry and stage.
    seconds
        Duration.
    """

    indicators: dict[tuple[int, str], float]
    accounts: dict[str, dict[str, float | bool]]
    chain: list[dict[str, Any]]
    seconds: float


def policy_path(scenario: Scenario) -> Any:
    """Return the policy of each quarter as the rows of a table."""
    table = POLICY.table(scenario.quarters)
    for name, path in scenario.lever_table().items():
        table[name] = path
    return table


class Simulation:
    """One city under one scenario with one seed.

    Parameters
    ----------
    scenario
        The city and its policies.
    seed
        Names the luck of the run; equal seeds give equal runs.
    scale
        Enterprises simulated for each one in the city; the profile's default if None.
    rules
        Rules to replace, by name, with plain Python functions.
    mechanisms
        The quarter as a list, to add or leave out mechanisms.
    cut
        Names of mechanisms that see ``cut_policy`` instead of the scenario's.
    cut_policy
        The scenario whose policy the cut mechanisms see.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int = 1,
        scale: float | None = None,
        *,
        rules: Mapping[str, Callable[..., Any]] | None = None,
        mechanisms: Iterable[Mechanism] = QUARTER,
        cut: Iterable[str] = (),
        cut_policy: Scenario | None = None,
    ) -> None:
        self.scenario = scenario
        self.seed = int(seed)
        self.scale = float(scale if scale is not None else scenario.city.default_scale)
        quarter = tuple(mechanisms)
        if rules:
            check_names(rules, quarter)
            quarter = tuple(mechanism.with_rules(rules) for mechanism in quarter)
        self.mechanisms = quarter
        self.cut = frozenset(cut)
        self._policy = policy_path(scenario)
        self._cut_policy = policy_path(cut_policy or scenario)
        self._rapid = scenario.rapid_industries()
        self._cut_rapid = (cut_policy or scenario).rapid_industries()
        self.indicators: dict[tuple[int, str], float] = {}
        self.city = self._founded()
        self._cut_city = self.city._replace(policy=POLICY.table(1))
        self._set_policy()
        self.accounts = Accounts.opened(self.city)
        self._largest_quarter = 0

    # -- founding -----------------------------------------------------------------

    def _founded(self) -> City:
        city = empty_city(self.scenario, self.seed, self.scale)
        profile = self.scenario.city
        p = city.parameters[0]
        for key, value in self.scenario.founding.items():  # 2015 knew the city's own policies alone
            city.policy[LEVERS[key].field] = value
        describe_industries(city, profile)
        found_enterprises(city, profile)
        found_bodies(city, profile)
        set_common_knowledge(city, profile)
        city.clock[0].entry_rate = profile.entry_rate.value * p.founders_per_entry
        city.clock[0].exit_rate = profile.exit_rate.value
        city.clock[0].funding_cost = profile.banks.funding_cost.value
        city.clock[0].appetite = profile.banks.pledge_appetite.value
        run_agencies(city)
        anchor(city, profile)
        list_members(city)
        found_copies(city)
        crowd_fields(city)
        return city

    # -- time -----------------------------------------------------------------------

    @property
    def quarter(self) -> int:
        """The quarter to run next, 0 = first of the run."""
        return int(self.city.clock[0].quarter)

    @property
    def year(self) -> int:
        """The calendar year of that quarter."""
        return self.scenario.start_year + self.quarter // 4

    def _set_policy(self) -> None:
        quarter = min(self.quarter, self.scenario.quarters - 1)
        self.city.policy[0] = self._policy[quarter]
        self._cut_city.policy[0] = self._cut_policy[quarter]
        self.city.industries.rapid[:] = self._rapid[quarter]

    def _set_environment(self) -> None:
        city, profile = self.city, self.scenario.city
        when = self.scenario.start_year + self.quarter / 4.0
        growth = profile.revenue_growth.at(when) - float(city.parameters[0].growth_from_within)
        yearly = [growth + industry.growth_premium.value for industry in profile.industries]
        city.industries.growth[:] = [(1.0 + rate) ** 0.25 - 1.0 for rate in yearly]
        clock = city.clock[0]
        opportunity = 1.0 + float(city.parameters[0].opportunity_growth)
        clock.capability *= opportunity**0.25 if self.quarter > 0 else 1.0
        clock.lending_rate = profile.banks.lending_rate.at(when)
        clock.entrants = chance_of_founding(city)

    def _make_room(self) -> None:
        clock, places = self.city.clock[0], len(self.city.enterprises)
        filings = 6 * self._largest_quarter + 3 * places + 1000
        self._lengthen("patents", int(clock.patents), filings)
        self._lengthen("cases", int(clock.cases), places // 10 + 100)

    def _lengthen(self, table: str, used: int, room: int) -> None:
        old = getattr(self.city, table)
        if used + room <= len(old):
            return
        longer = np.zeros(int(1.5 * (used + room)), old.dtype).view(np.recarray)
        as_bytes(longer)[:used] = as_bytes(old)[:used]
        self.city = self.city._replace(**{table: longer})
        self._cut_city = self._cut_city._replace(**{table: longer})

    # -- running ---------------------------------------------------------------------

    def begin_quarter(self) -> None:
        """Set policy and environment of the quarter; in January bring lists up to date."""
        if self.quarter % 4 == 0:
            list_members(self.city)
        self._set_policy()
        self._set_environment()
        self._make_room()

    def city_for(self, mechanism: Mechanism) -> City:
        """Return the city as a mechanism sees it: with the policy it responds to."""
        if not self.cut:
            return self.city
        cut = mechanism.name in self.cut
        covered = self._cut_rapid if cut else self._rapid
        self.city.industries.rapid[:] = covered[min(self.quarter, self.scenario.quarters - 1)]
        return self._cut_city if cut else self.city

    def end_quarter(self) -> None:
        """Check the accounts; at the end of a year measure it."""
        if self.city.clock[0].overflow:
            what = ("ledger", "docket")[int(self.city.clock[0].overflow) - 1]
            raise RuntimeError(f"the {what} was full: more in a quarter than foreseen")
        self.check_accounts()
        clock = self.city.clock[0]
        clock.quarter += 1
        if clock.quarter % 4 == 0:
            self._end_year(self.year - 1)

    def _end_year(self, year: int) -> None:
        city = self.city
        self.measure(year)
        before = int(city.clock[0].patents)
        drop_ended_patents(city)
        drop_closed_cases(city)
        self.accounts.year_ends(city, before - int(city.clock[0].patents))
        crowd_fields(city)
        city.tally[:] = np.zeros((), city.tally.dtype)
        city.spending[:] = np.zeros((), city.spending.dtype)

    def check_accounts(self) -> None:
        """Check that money and patents are conserved.

        Raises
        ------
        AccountsError
            If they are not.
        """
        self.accounts.check_quarter(self.city)

    def measure(self, year: int) -> None:
        """Note the figures of a year."""
        for name, value in measure_year(self.city, self.scenario, year).items():
            self.indicators[(year, name)] = value

    def step(self, perform: Callable[[Mechanism], None] | None = None) -> None:
        """Run one quarter.

        Parameters
        ----------
        perform
            Runs one mechanism for all its agents; its compiled loop if None.
        """
        self.begin_quarter()
        before = int(self.city.clock[0].patents)
        for mechanism in self.mechanisms:
            if perform is None:
                mechanism.loop(self.city_for(mechanism))
            else:
                perform(mechanism)
            if mechanism.name == "chain" and self.quarter % 4 == 0:
                list_customers(self.city)
        filed = int(self.city.clock[0].patents) - before
        self._largest_quarter = max(self._largest_quarter, filed)
        self.end_quarter()

    def run(self, progress: Progress | None = None) -> RunRecord:
        """Run to the end and return the record.

        Parameters
        ----------
        progress
            Called after each quarter with quarters done and in all.

        Raises
        ------
        AccountsError
            If money or patents were made or lost.
        """
        began = time.perf_counter()
        quarters = self.scenario.quarters
        while self.quarter < quarters:
            self.step()
            if progress is not None:
                progress(self.quarter, quarters)
        mark_warm()
        seconds = time.perf_counter() - began
        chain = chain_rows(self.city, self.scenario)
        return RunRecord(dict(self.indicators), self.accounts.result(), chain, seconds)
