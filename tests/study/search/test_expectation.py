import numpy as np

from ipsim.study.plan import Factor
from ipsim.study.search.affordable import pilots
from ipsim.study.search.expectation import Expectation

FACTORS = tuple(Factor(f"x{place}", None, 0.0, 1.0) for place in range(4))
KNOWN = pilots(FACTORS, 1)
UNITS = np.array([one.unit for one in KNOWN])
PRICES = np.array([100.0, 10.0, 0.0, 50.0])


def test_what_is_linear_is_expected_beyond_what_is_known() -> None:
    places = np.array([[0, 0, 0, 0], [1, 1, 1, 1], [0.5, 0, 0.3, 0.1]])
    expected = Expectation(KNOWN, np.column_stack([UNITS @ PRICES, -UNITS[:, 0]])).of(places)
    np.testing.assert_allclose(expected[:, 0], places @ PRICES, atol=1)
    np.testing.assert_allclose(expected[:, 1], -places[:, 0], atol=0.01)


def test_bends_are_learnt() -> None:
    many = np.random.default_rng(1).random((200, 4))
    bent = 1 - np.exp(-4 * many[:, :1])
    known = [KNOWN[0].__class__(tuple(unit), {"x": float(unit[0])}, {}) for unit in many]
    places = np.random.default_rng(2).random((50, 4))
    error = Expectation(known, bent).of(places) - (1 - np.exp(-4 * places[:, :1]))
    assert np.sqrt((error**2).mean()) < 0.25 * bent.std()


def test_failed_policies_and_too_few_are_borne() -> None:
    costs = UNITS @ PRICES[:, None]
    costs[::3] = np.nan
    np.testing.assert_allclose(Expectation(KNOWN, costs).of(np.array([[0.5] * 4])), [[80]], atol=1)
    few = np.array([[4.0], [5.0], [np.nan]])
    assert ((expected := Expectation(KNOWN[:3], few).of(UNITS)) >= 3.9).all() and (expected <= 5.1).all()
    assert Expectation(KNOWN[:1], few[:1]).of(np.zeros((2, 4))).tolist() == [[4.0], [4.0]]
    assert Expectation([], np.empty((0, 1))).of(np.zeros((1, 4))).tolist() == [[0]]
    same = np.full((len(KNOWN), 1), 7.0)
    np.testing.assert_allclose(Expectation(KNOWN, same).of(np.zeros((1, 4))), [[7]])
