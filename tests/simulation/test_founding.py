"""A what-if changes what comes, not what the city was at the end of 2015."""

import pytest

from ipsim.scenario import load, load_text
from ipsim.simulation import Simulation
from tests.simulation.small import SCALE, differences


@pytest.mark.parametrize(
    "name", ["no-subsidies", "double-filing-subsidies", "strong-protection", "jinhua-opinions"]
)
def test_what_ifs_begin_in_the_same_city(name: str) -> None:
    base, other = (Simulation(load(one), 1, SCALE).city for one in ("jinhua", name))
    assert [
        one for one in differences(base, other) if one.split(".")[0] != "policy" and one != "industries.rapid"
    ] == []


def test_a_scenario_written_out_begins_in_the_same_city() -> None:
    scenario = load("no-subsidies")
    assert load_text(scenario.text).founding == scenario.founding
    assert scenario.founding["policy.subsidies.grant.invention"] > 0.0
