"""Why an agent chose as it did: the run is made again up to a quarter, and the model reckons in plain Python.

Nothing is reckoned in a second way: the sentences show arguments and results of the model's own rules, on
the state that the agent met. The compiled run goes on on the tables of which the agent's copy was taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ipsim.app.city.sums import date_of

if TYPE_CHECKING:
    from ipsim.app.city.reckoned.decision import Decision
    from ipsim.city.state import City
    from ipsim.engine.mechanisms import Mechanism
    from ipsim.scenario import Scenario

REASONED = ("enterprise", "university", "bank")
"""Kinds of agents whose reasons can be told."""

Tell = Callable[["City", int], "list[Decision]"]


def _tellers(kind: str) -> dict[str, Tell]:
    """Return who tells of the decisions in each mechanism."""
    from ipsim.app.city.reckoned import (
        bank,
        copying,
        filing,
        lending,
        living,
        renewing,
        research,
        university,
    )

    if kind == "bank":
        return {"lending": bank.reckoned_applications}
    if kind == "university":
        return {
            "universities": university.reckoned_projects,
            "renewal": lambda city, i: renewing.reckoned_renewals(city, i, 1),
            "transfer": university.reckoned_transfers,
        }
    return {
        "research": research.reckoned_research,
        "filing": filing.reckoned_filings,
        "renewal": renewing.reckoned_renewals,
        "copying": copying.reckoned_copying,
        "disputes": copying.reckoned_disputes,
        "lending": lending.reckoned_lending,
        "settlement": living.reckoned_end,
        "entry": living.reckoned_founding,
    }


def reasons(
    scenario: Scenario,
    seed: int,
    scale: float,
    kind: str,
    row: int,
    quarter: int,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Return what an agent reckoned in a quarter, ready for JSON.

    Parameters
    ----------
    scenario
        With the parameters of the run.
    seed, scale
        Of the run.
    kind, row
        The agent: its row in the model's table.
    quarter
        0 for the first of the run.
    progress
        Told of quarters done and in all while the run is made again.
    """
    from ipsim.simulation.run import Simulation

    simulation = Simulation(scenario, seed, scale)
    for done in range(quarter):
        simulation.step()
        if progress is not None:
            progress(done + 1, quarter + 1)
    decisions: list[Decision] = []
    tellers = _tellers(kind)

    def perform(mechanism: Mechanism) -> None:
        city = simulation.city_for(mechanism)
        tell = tellers.get(mechanism.name)
        if tell is not None and _is_there(city, kind, row, mechanism.name):
            decisions.extend(tell(city, row))
        mechanism.loop(city)

    simulation.step(perform)
    return {
        "kind": kind,
        "quarter": quarter,
        "date": date_of(quarter, scenario.start_year)._asdict(),
        "decisions": [decision.told() for decision in decisions],
    }


def _is_there(city: City, kind: str, row: int, mechanism: str) -> bool:
    """Tell whether the agent lives; a founder is heard before the enterprise does."""
    return kind != "enterprise" or mechanism == "entry" or bool(city.enterprises.status[row] == 1)
