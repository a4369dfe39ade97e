"""Finished runs, kept small: one array of numbers, and names that all runs share."""

from __future__ import annotations

import itertools
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipsim.study.simulations import Replicate

_BESIDE = 400
"""Bytes of a kept run beside its numbers, about."""


class Shape(NamedTuple):
    """The names of a run's numbers.

    Attributes
    ----------
    indicators
        Year and name of each indicator.
    accounts
        Names of the checks of the accounts.
    columns
        Names of the columns of the industry chain.
    texts
        By row of the chain, the values of the columns that hold text; None where there is a number.
    """

    indicators: tuple[tuple[int, str], ...]
    accounts: tuple[str, ...]
    columns: tuple[str, ...]
    texts: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, eq=False)
class Kept:
    """A finished run.

    Attributes
    ----------
    seed
        Its seed.
    shape
        The names of its numbers.
    numbers
        Indicators; errors of the accounts; numbers of the chain, row by row.
    """

    seed: int
    shape: Shape
    numbers: NDArray[np.float64]

    @property
    def values(self) -> NDArray[np.float64]:
        """The indicators, in the order of ``shape.indicators``."""
        return self.numbers[: len(self.shape.indicators)]

    @property
    def nbytes(self) -> int:
        """Memory in bytes, without what is shared."""
        return self.numbers.nbytes + _BESIDE


def kept_of(replicate: Replicate) -> Kept:
    """Make a replicate small. Its accounts close, else `simulate` would have failed."""
    columns = tuple(replicate.chain[0]) if replicate.chain else ()
    texts = tuple(tuple(_text(row[name]) for name in columns) for row in replicate.chain)
    shape = Shape(tuple(replicate.indicators), tuple(replicate.accounts), columns, texts)
    numbers = [
        *replicate.indicators.values(),
        *(float(check["relative_error"]) for check in replicate.accounts.values()),
        *(float(value) for row in replicate.chain for value in row.values() if _text(value) is None),
    ]
    return Kept(replicate.seed, shape, np.array(numbers, dtype=np.float64))


def replicate_of(kept: Kept) -> Replicate:
    """Return the replicate that was made small."""
    shape = kept.shape
    numbers = iter(kept.numbers.tolist())
    indicators = dict(zip(shape.indicators, numbers, strict=False))
    # zip takes one number too many where it ends with its first argument: it asks that one first.
    accounts: dict[str, dict[str, Any]] = {
        name: {"relative_error": error, "ok": True}
        for name, error in zip(shape.accounts, numbers, strict=False)
    }
    chain = [
        {name: next(numbers) if text is None else text for name, text in zip(shape.columns, row, strict=True)}
        for row in shape.texts
    ]
    return Replicate(kept.seed, indicators, accounts, chain)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


class RunsKept:
    """Finished runs by key, those not used for longest dropped when there are too many.

    Parameters
    ----------
    most
        Bytes that they may take.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._runs: OrderedDict[Hashable, Kept] = OrderedDict()
        self.nbytes = 0

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._runs)

    def get(self, key: Hashable) -> Kept | None:
        """Return a run, or None."""
        found = self._runs.get(key)
        if found is not None:
            self._runs.move_to_end(key)
        return found

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keep a run."""
        old = self._runs.pop(key, None)
        self.nbytes += kept.nbytes - (old.nbytes if old else 0)
        self._runs[key] = kept
        while self.nbytes > self._most and len(self._runs) > 1:
            _, dropped = self._runs.popitem(last=False)
            self.nbytes -= dropped.nbytes


_MOST_SHAPES = 64
"""Shapes known at a time: what ships has thirty, by city and last year; opened cities have their own."""


class Shapes:
    """The names of runs, each kept once; between processes they go by number.

    When there are too many all are forgotten, here and where they are sent to, and sent anew.
    """

    def __init__(self) -> None:
        self._numbers: dict[Shape, int] = {}
        self._next = itertools.count()

    def __len__(self) -> int:
        """Return how many are known."""
        return len(self._numbers)

    def numbered(self, shape: Shape) -> tuple[int, Shape | None]:
        """Return the number of a shape, and the shape itself when it is new."""
        known = self._numbers.get(shape)
        if known is not None:
            return known, None
        _make_room(self._numbers)
        number = self._numbers[shape] = next(self._next)
        return number, shape


def _make_room(shapes: dict[Any, Any]) -> None:
    """Forget shapes when there are too many: they would fill the memory of a board that runs for weeks."""
    if len(shapes) >= _MOST_SHAPES:
        shapes.clear()


Sent = tuple[int, int, "Shape | None", NDArray[np.float64]]
"""A run between processes: seed, number of its shape, the shape when it is new, its numbers."""


def opened(sent: Sent, known: dict[int, Shape], shared: dict[Shape, Shape]) -> Kept:
    """Return a run that a worker sent.

    Parameters
    ----------
    sent
        What came.
    known
        The shapes of this worker, by number.
    shared
        The shapes of all.
    """
    seed, number, shape, numbers = sent
    if shape is not None:
        _make_room(known)
        if shape not in shared:
            _make_room(shared)
        known[number] = shared.setdefault(shape, shape)
    return Kept(seed, known[number], numbers)


__all__ = ["Kept", "RunsKept", "Sent", "Shape", "Shapes", "kept_of", "opened", "replicate_of"]
