"""The yardstick of the benchmarks gives what the compiled model gives, to the last bit."""

from typing import Any

import pytest

from experiments.benchmarks.twin.compare import differences
from experiments.benchmarks.twin.start import twin_of
from ipsim.scenario import load
from ipsim.simulation import Simulation

#: Every pathway is open, so that each method of the twin is gone through.
BUSY: dict[str, Any] = {
    "policy.subsidies.research": 0.1,
    "policy.subsidies.filing": 2000,
    "policy.subsidies.grant": 3000,
    "policy.subsidies.high_value": 20000,
    "policy.protection.mediation": 300,
    "policy.protection.speed": 1.5,
    "policy.protection.judicial_confirmation": 0.5,
    "policy.utilisation.pledge_fund.capital": 500,
    "policy.utilisation.pledge_fund.first_loan_bonus": 0.02,
    "policy.utilisation.university_transfer": 0.8,
    "policy.quality.agency_supervision": 0.4,
}


@pytest.mark.parametrize("city", ["jinhua", "xiamen"])
def test_the_twin_in_plain_mesa_objects_gives_the_same_bits(city: str) -> None:
    scenario = load(city)
    centre = {"industries": [scenario.city.industry_keys[0]], "capacity": 2000}
    busy = scenario.replace({**BUSY, "policy.protection.rapid_centre": centre})
    simulation = Simulation(busy, 2, 0.015)
    twin = twin_of(simulation)
    assert differences(simulation, twin) == []
    for _ in range(10):
        simulation.step()
        twin.step()
    assert differences(simulation, twin) == []
    assert simulation.city.tally[0].filed_invention > 0 and simulation.city.banks.loans.sum() > 0


def test_a_twin_starts_with_the_first_quarter() -> None:
    simulation = Simulation(load("jinhua"), 1, 0.005)
    simulation.step()
    with pytest.raises(ValueError, match="first quarter"):
        twin_of(simulation)
