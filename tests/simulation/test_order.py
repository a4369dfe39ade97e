"""The order of agents within an order-free mechanism makes no difference."""

import random

import pytest

from ipsim.mechanisms.quarter import QUARTER
from ipsim.model import CityModel
from tests.simulation.small import CITIES, SCALE, differences, ran, small

FREE = [mechanism.name for mechanism in QUARTER if mechanism.order == "free"]


def shuffled(rows: list[int]) -> list[int]:
    return random.Random(len(rows)).sample(rows, len(rows))


@pytest.mark.parametrize("city", CITIES)
def test_any_order_of_agents_gives_the_same_bits(city: str) -> None:
    model = CityModel(small(city), 1, SCALE)
    for quarter in range(6):
        model.step_by_agents(order=shuffled if quarter % 2 else lambda rows: rows[::-1])
    assert differences(ran(small(city), 6).city, model.city) == []


def test_most_mechanisms_of_enterprises_are_order_free() -> None:
    assert {"earning", "learning", "research", "chain", "entry"} <= set(FREE)
