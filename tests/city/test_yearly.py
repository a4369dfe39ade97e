"""Lists that are brought up to date once a year, and the ledger that sheds what ended."""

import numpy as np
import pytest

from ipsim.city.enterprise import ALIVE
from ipsim.city.patent import IN_FORCE, PENDING
from ipsim.city.state import City
from ipsim.city.yearly import (
    crowd_fields,
    drop_closed_cases,
    drop_ended_patents,
    list_customers,
    list_members,
)
from tests.simulation.small import SCALE, ran, small


@pytest.fixture
def city() -> City:
    return ran(small(), 7, 2 * SCALE).city


def test_members_are_the_living_by_industry(city: City) -> None:
    list_members(city)
    table = city.enterprises
    for k in range(len(city.industries)):
        mine = city.members[city.member_starts[k] : city.member_starts[k + 1]]
        assert set(mine) == set(np.flatnonzero((table.status == ALIVE) & (table.industry == k)))
        weights = city.member_weights[city.member_starts[k] : city.member_starts[k + 1]]
        assert np.allclose(np.diff(weights, prepend=0.0), table.sales[mine])


def test_customers_are_the_reverse_of_suppliers(city: City) -> None:
    list_customers(city)
    for j in range(len(city.enterprises)):
        mine = city.customer_targets[city.customer_starts[j] : city.customer_starts[j + 1]]
        assert sorted(mine) == sorted(np.nonzero(city.suppliers == j)[0])


def test_the_ledger_keeps_what_lives_in_order(city: City) -> None:
    used = city.patents[: city.clock[0].patents]
    living = used[np.isin(used.stage, (PENDING, IN_FORCE))].copy()
    ended = len(used) - len(living)
    assert ended > 0
    drop_ended_patents(city)
    assert city.clock[0].patents == len(living)
    assert np.array_equal(city.patents.key[: len(living)], living.key)
    assert not city.patents.stage[len(living) :].any()


def test_the_docket_keeps_open_cases(city: City) -> None:
    waiting = int((city.cases.open == 1).sum())
    drop_closed_cases(city)
    assert city.clock[0].cases == waiting == city.bodies.backlog.sum()


def test_fields_know_their_largest_holder(city: City) -> None:
    crowd_fields(city)
    table = city.enterprises
    for k, row in enumerate(city.industries.largest):
        mine = (table.status == ALIVE) & (table.industry == k)
        assert table.inventions[row] == table.inventions[mine].max()
    assert (city.industries.thicket > 0).all()
