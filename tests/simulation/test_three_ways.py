"""One rule, three ways to run it: compiled, plain Python, an agent at a time through Mesa."""

import os
import subprocess
import sys

import pytest

from ipsim.model import CityModel
from ipsim.simulation import anchoring
from tests.simulation.small import CITIES, SCALE, differences, digest, ran, small

QUARTERS = 7
SAMPLE = 300  #: pilot inventions at founding: the whole sample takes plain Python 10 s a city
PLAIN = """
from ipsim.simulation import anchoring
from tests.simulation.small import digest, ran, small
anchoring.SAMPLE = {sample}
for city in {cities!r}:
    print(digest(ran(small(city), {quarters}).city))
"""


def test_plain_python_gives_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchoring, "SAMPLE", SAMPLE)
    said = subprocess.run(
        [sys.executable, "-c", PLAIN.format(cities=CITIES, quarters=QUARTERS, sample=SAMPLE)],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert said == [digest(ran(small(city), QUARTERS).city) for city in CITIES]


@pytest.mark.parametrize("city", CITIES)
def test_through_mesa_an_agent_at_a_time_gives_the_same_bits(city: str) -> None:
    model = CityModel(small(city), 1, SCALE)
    for _ in range(QUARTERS):
        model.step_by_agents()
    assert differences(ran(small(city), QUARTERS).city, model.city) == []


def test_the_ways_can_be_mixed_and_agents_looked_at() -> None:
    model = CityModel(small(), 1, SCALE)
    for quarter in range(4):
        assert len(model.agents) > 0
        if quarter % 2:
            model.step_by_agents()
        else:
            model.step()
    assert differences(ran(small(), 4).city, model.city) == []


def test_a_seed_is_a_run_and_another_seed_another() -> None:
    assert digest(ran(small(), 2).city) == digest(ran(small(), 2).city)
    other = CityModel(small(), 2, SCALE)
    other.step()
    other.step()
    assert digest(other.city) != digest(ran(small(), 2).city)
