"""Shapley values: what each player adds to what a coalition brings, fairly over all orders of joining.

The value of player ``i`` is the mean, over all orders in which players can join one after the other, of
what the coalition brings with ``i`` less what it brings without (Shapley 1953). The values of all players
add up to what all bring together, alike players get alike, and one that never adds anything gets nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Coalition = frozenset[int]
"""Players, counted from 0."""

Worth = Callable[[Coalition], Floats]
"""What a coalition brings: numbers of any one shape."""


def coalitions(players: int) -> list[Coalition]:
    """Return every coalition, from none to all."""
    return [Coalition(some) for size in range(players + 1) for some in combinations(range(players), size)]


def exact(players: int, worth: Worth) -> Floats:
    """Return the values of all players, from what each of the ``2**players`` coalitions brings.

    Parameters
    ----------
    players
        How many there are.
    worth
        What a coalition brings.

    Returns
    -------
    numpy.ndarray
        Shape (players, ...), the rest that of what a coalition brings.
    """
    brought = {some: np.asarray(worth(some), dtype=np.float64) for some in coalitions(players)}
    values = np.zeros((players, *brought[Coalition()].shape))
    for some, before in brought.items():
        if len(some) == players:
            continue
        weight = 1 / (players * comb(players - 1, len(some)))  # the share of orders that begin like this
        for player in set(range(players)) - some:
            values[player] += weight * (brought[some | {player}] - before)
    return values


def drawn_orders(players: int, pairs: int, seed: int) -> tuple[tuple[int, ...], ...]:
    """Return orders of joining drawn at random, each followed by its reverse.

    A player that joins late in an order joins early in the reverse: the errors of the two are opposite
    where players add to or take from each other, and cancel in the mean (antithetic sampling).
    """
    luck = np.random.default_rng(seed)
    drawn: list[tuple[int, ...]] = []
    for _ in range(pairs):
        order = tuple(int(player) for player in luck.permutation(players))
        drawn += [order, order[::-1]]
    return tuple(drawn)


def joined(order: Sequence[int]) -> Iterator[Coalition]:
    """Yield the coalitions that an order goes through, from none to all."""
    for size in range(len(order) + 1):
        yield Coalition(order[:size])


def along(orders: Sequence[Sequence[int]], worth: Worth) -> tuple[Floats, Floats]:
    """Estimate the values from some orders of joining alone.

    Parameters
    ----------
    orders
        As `drawn_orders` gives them: pairs of an order and its reverse.
    worth
        What a coalition brings; asked for those of the orders only.

    Returns
    -------
    values
        Shape (players, ...). They add up to what all bring together, as exact ones do.
    errors
        Standard error from drawing the orders, same shape; not a number with one pair.
    """
    each = np.stack([_added(order, worth) for order in orders])
    pairs = each.reshape(len(orders) // 2, 2, *each.shape[1:]).mean(axis=1)
    count = len(pairs)
    errors = np.full(pairs.shape[1:], np.nan)
    if count > 1:
        errors = pairs.std(axis=0, ddof=1) / np.sqrt(count)
    return pairs.mean(axis=0), errors


def _added(order: Sequence[int], worth: Worth) -> Floats:
    """Return what each player adds when it joins in this order, by player."""
    brought = [np.asarray(worth(some), dtype=np.float64) for some in joined(order)]
    added: Any = np.zeros((len(order), *brought[0].shape))
    for place, player in enumerate(order):
        added[player] = brought[place + 1] - brought[place]
    return added
