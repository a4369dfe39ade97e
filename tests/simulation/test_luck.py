"""Luck belongs to the agent: one more enterprise shifts nobody else's draws."""

import numpy as np
import pytest

from ipsim.city.enterprise import ABSENT, ALIVE
from ipsim.engine.rules import interpreted
from ipsim.mechanisms.entry import give_traits, take_over_beliefs
from ipsim.simulation import Simulation
from tests.simulation.small import CITIES, ran, small, switched


def with_newcomer(city: str) -> tuple[Simulation, int]:
    """Return a city after a year with one more enterprise, and its row."""
    simulation = ran(small(city), 4)
    table = simulation.city.enterprises
    row = int(np.flatnonzero(table.status == ABSENT)[0])
    interpreted(give_traits)(simulation.city, row)
    interpreted(take_over_beliefs)(table[row], simulation.city.news[0])
    table.status[row] = ALIVE
    table.researches[row] = 1
    table.research[row] = 5.0
    table.cash[row] = 50.0
    return simulation, row


def first_half(simulation: Simulation) -> None:
    """Run the quarter up to filing."""
    simulation.begin_quarter()
    for mechanism in simulation.mechanisms:
        mechanism.loop(simulation.city)
        if mechanism.name == "filing":
            break


@pytest.mark.parametrize("city", CITIES)
def test_one_more_enterprise_changes_no_other_enterprises_draws(city: str) -> None:
    plain = ran(small(city), 4)
    crowded, row = with_newcomer(city)
    held = int(plain.city.clock[0].patents)
    for simulation in (plain, crowded):
        first_half(simulation)
        assert simulation.city.clock[0].overflow == 0
    others = np.arange(len(plain.city.enterprises)) != row
    for name in ("sales", "growth", "secret_flow", "research", "capability", "experience"):
        one, other = plain.city.enterprises[name], crowded.city.enterprises[name]
        assert np.array_equal(one[others], other[others]), name

    def filed(simulation: Simulation, without: int) -> list[tuple[float, ...]]:
        new = simulation.city.patents[held : simulation.city.clock[0].patents]
        new = new[new.owner != without]
        return sorted(zip(new.key, new.quality, new.flow, new.kind, new.due, strict=True))

    assert filed(plain, row) == filed(crowded, row)
    assert len(filed(plain, row)) > 0


def test_the_luck_of_enterprises_does_not_depend_on_policy() -> None:
    base = small()
    rich = switched(base, "policy.subsidies.filing.utility_model", 9000)
    one, other = ran(base, 6), ran(rich, 6)
    both = (one.city.enterprises.status == ALIVE) & (other.city.enterprises.status == ALIVE)
    assert both.sum() > 100
    assert np.array_equal(one.city.enterprises.margin[both], other.city.enterprises.margin[both])
