"""A small recorded city, made once."""

from __future__ import annotations

import pytest

import ipsim
from ipsim.app.city.names import Names
from ipsim.app.city.recording import Recording, record
from ipsim.scenario import Scenario

SEED, SCALE = 1, 0.02


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    """Jinhua to the end of 2018, with the parameters of the first replicate."""
    base = ipsim.load("jinhua")
    return base.drawn(base.ensemble.member_of(SEED)).replace({"horizon.end": 2018})


@pytest.fixture(scope="session")
def recording(scenario: Scenario) -> Recording:
    """Its run."""
    return record(scenario, SEED, SCALE)


@pytest.fixture(scope="session")
def names(scenario: Scenario, recording: Recording) -> Names:
    """What its agents are called."""
    return Names(scenario.city, recording)
