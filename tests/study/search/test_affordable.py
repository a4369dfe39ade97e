import numpy as np

from ipsim.study.plan import Factor
from ipsim.study.search.affordable import AffordablePolicies, pilots
from ipsim.study.search.expectation import Expectation

FACTORS = tuple(Factor(f"x{place}", None, 0.0, 1.0) for place in range(4))
PRICES = np.array([100.0, 10.0, 0.0, 50.0])


def _expected() -> Expectation:
    known = pilots(FACTORS, 1)
    return Expectation(known, np.array([one.unit for one in known]) @ PRICES[:, None])


def test_pilots_cover_every_lever() -> None:
    found = pilots(FACTORS, 1)
    assert len(found) == 32
    units = np.array([one.unit for one in found])
    assert all(sorted((column * 32).astype(int)) == list(range(32)) for column in units.T)
    assert len(pilots(FACTORS * 9, 1)) == 96 and len(pilots(FACTORS[:1], 1)) == 16


def test_policies_are_drawn_evenly_between_two_sums() -> None:
    drawn = AffordablePolicies(FACTORS, 1, 5).draw(300, _expected(), 20, 60)
    assert len(drawn) == len({one.written for one in drawn}) == 300
    units = np.array([one.unit for one in drawn])
    assert ((units @ PRICES > 19) & (units @ PRICES < 61)).all()
    free = units[:, 2]
    assert abs(free.mean() - 0.5) < 0.06, "a lever that costs nothing is drawn from its whole range"
    again = AffordablePolicies(FACTORS, 1, 5).draw(300, _expected(), 20, 60)
    assert [one.written for one in drawn] == [one.written for one in again]
    other = AffordablePolicies(FACTORS, 1, 4).draw(300, _expected(), 20, 60)
    assert drawn[0].written != other[0].written


def test_where_nothing_is_affordable_the_cheapest_fill_up() -> None:
    affordable = AffordablePolicies(FACTORS, 1, 5)
    assert affordable.draw(5, _expected(), -np.inf, -1e6) == []
    filled = affordable.draw(5, _expected(), -np.inf, -1e6, fill=True)
    assert len(filled) == 5
    assert all(np.array(one.unit) @ PRICES < 20 for one in filled)
