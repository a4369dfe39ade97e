"""One timed run in a process of its own: founds a city, runs quarters, says how long it took.

Called by ``run.py``; prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Callable
from typing import Any

import click
from twin.compare import columns, columns_of_twin, digest
from twin.start import twin_of

from ipsim.model import CityModel
from ipsim.scenario import Scenario, load
from ipsim.simulation import Simulation, anchoring

MODELS = ("compiled", "rules", "plain", "mesa", "twin")
WARM_UP_QUARTERS = 5  #: of a tiny city, so that what is compiled is loaded before the clock starts


def keep_to_one_core() -> None:
    """Keep this process on one core where the system allows it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def bytes_apart_from_patents(simulation: Simulation) -> int:
    """Return the bytes of all tables but the ledger."""
    tables = simulation.city._asdict()
    return sum(table.nbytes for name, table in tables.items() if name != "patents")


class Rules(Simulation):
    """The compiled rules alone: no accounts and no yearly figures, which the twin has not either."""

    def check_accounts(self) -> None:
        """Check nothing."""

    def measure(self, year: int) -> None:
        """Note nothing; remember the year's revenue, which is state."""
        self.city.clock[0].last_revenue = self.city.tally[0].revenue


def prepared(
    model: str, scenario: Scenario, seed: int, scale: float
) -> tuple[Simulation | None, Callable[[], None], Callable[[], str]]:
    """Return the simulation if there is one, what runs a quarter, and what hashes the state."""
    if model == "mesa":
        city = CityModel(scenario, seed, scale)
        return city.simulation, city.step_by_agents, lambda: digest(columns(city.simulation))
    simulation = (Rules if model == "rules" else Simulation)(scenario, seed, scale)
    if model == "twin":
        twin = twin_of(simulation)
        return None, twin.step, lambda: digest(columns_of_twin(twin))
    return simulation, simulation.step, lambda: digest(columns(simulation))


@click.command()
@click.argument("model", type=click.Choice(MODELS))
@click.option("--city", default="jinhua")
@click.option("--enterprises", type=int, required=True)
@click.option("--quarters", type=int, required=True)
@click.option("--seed", type=int, default=1)
@click.option("--pilot", type=int, default=None, help="Inventions in the pilot sample of founding.")
def main(model: str, city: str, enterprises: int, quarters: int, seed: int, pilot: int | None) -> None:
    """Time MODEL over some quarters; founding is set-up and timed apart."""
    keep_to_one_core()
    if pilot is not None:
        anchoring.SAMPLE = pilot
    scenario = load(city)
    began = time.perf_counter()
    if model != "plain":
        tiny = Simulation(scenario, seed, 0.01)
        for _ in range(WARM_UP_QUARTERS):
            tiny.step()
        loaded = time.perf_counter() - began
    else:
        loaded = 0.0
    began = time.perf_counter()
    scale = enterprises / scenario.city.enterprises.value
    simulation, step, hashed = prepared(model, scenario, seed, scale)
    founded = time.perf_counter() - began
    began = time.perf_counter()
    for _ in range(quarters):
        step()
    seconds = time.perf_counter() - began
    said: dict[str, Any] = {"seconds": seconds, "loaded": loaded, "founded": founded}
    said["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    if simulation is not None:
        said["state_bytes"] = bytes_apart_from_patents(simulation)
        said["places"] = len(simulation.city.enterprises)
        said["alive"] = int((simulation.city.enterprises.status == 1).sum())
    said["digest"] = hashed()
    click.echo(json.dumps(said))


if __name__ == "__main__":
    main()
