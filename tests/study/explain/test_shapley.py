"""Values of games of which the answer is known."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipsim.study.explain.shapley import Coalition, along, coalitions, drawn_orders, exact, joined


def _glove(some: Coalition) -> np.ndarray:
    """Player 0 has a left glove, 1 and 2 have a right one; a pair is worth 1."""
    return np.array(float(0 in some and bool(some & {1, 2})))


def _runway(some: Coalition) -> np.ndarray:
    """Players need runways of length 1, 2 and 3; the longest is built."""
    return np.array(max((player + 1.0 for player in some), default=0.0))


def _pairs(some: Coalition) -> np.ndarray:
    """Each player brings its number, each pair the product."""
    return np.array(sum(some) + sum(a * b for a, b in combinations(sorted(some), 2)), dtype=float)


def test_games_from_the_literature() -> None:
    assert exact(3, _glove) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert exact(3, _runway) == pytest.approx([1 / 3, 5 / 6, 11 / 6])


def test_a_coalition_is_listed_once() -> None:
    assert len(coalitions(4)) == len(set(coalitions(4))) == 16


@given(st.integers(1, 5), st.integers(0, 1000))
def test_values_of_any_game_add_up_and_a_dummy_gets_nothing(players: int, seed: int) -> None:
    table = np.random.default_rng(seed).normal(size=(2**players, 3))

    def worth(some: Coalition) -> np.ndarray:
        return table[sum(2**player for player in some)]

    def with_dummy(some: Coalition) -> np.ndarray:
        return worth(some - {players})

    values = exact(players, worth)
    assert values.sum(axis=0) == pytest.approx(worth(Coalition(range(players))) - worth(Coalition()))
    more = exact(players + 1, with_dummy)
    assert (more[players] == 0).all()
    assert more[:players] == pytest.approx(values)


def test_alike_players_get_alike() -> None:
    first, second, third = exact(3, lambda some: np.array(float(len(some)) ** 3))
    assert first == pytest.approx(second) == pytest.approx(third)


def test_an_order_goes_from_none_to_all() -> None:
    assert list(joined((2, 0, 1))) == [set(), {2}, {2, 0}, {2, 0, 1}]


def test_orders_come_in_opposite_pairs_and_are_the_same_each_time() -> None:
    orders = drawn_orders(8, 4, 5)
    assert orders == drawn_orders(8, 4, 5)
    assert orders != drawn_orders(8, 4, 6)
    assert all(order == there[::-1] for order, there in zip(orders[::2], orders[1::2], strict=True))
    assert all(sorted(order) == list(range(8)) for order in orders)


def test_one_pair_of_opposite_orders_is_enough_for_a_game_of_pairs() -> None:
    values, errors = along(drawn_orders(7, 3, 1), _pairs)
    assert values == pytest.approx(exact(7, _pairs))
    assert errors == pytest.approx(np.zeros(7), abs=1e-12)


def test_drawn_orders_are_near_and_say_how_near() -> None:
    values, errors = along(drawn_orders(3, 200, 1), _glove)
    assert values.sum() == pytest.approx(1)
    assert (np.abs(values - exact(3, _glove)) < 4 * errors).all()
    assert errors.max() < 0.03
    few = along(drawn_orders(3, 8, 1), _glove)[1]
    assert few.max() > 2 * errors.max()


def test_one_pair_of_orders_has_no_error() -> None:
    assert np.isnan(along(drawn_orders(3, 1, 1), _glove)[1]).all()
