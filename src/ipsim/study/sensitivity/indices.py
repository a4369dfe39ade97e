"""Indices of one outcome: what they hold, and which points they may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ipsim.study.sensitivity.undefined import UndefinedError

Floats = NDArray[np.float64]

RESAMPLES = 1000
"""Bootstrap resamples behind each interval, where memory allows."""

_SMALLEST_SPREAD = 1e-12
"""An outcome that moves by less than this share of its size does not move: the rest is rounding."""


@dataclass(frozen=True)
class Indices:
    """What one outcome owes to each factor.

    Attributes
    ----------
    columns
        Index by name, an entry for each factor; an interval stands beside its index as ``*_low`` and
        ``*_high``, what luck alone would give as ``*_luck``.
    rank_by
        The column whose size says how much a factor matters.
    used, left_out
        Trajectories, blocks or points that the indices rest on, and those with a run missing.
    facts
        Single figures that belong to the indices, such as the share of variance explained.
    """

    columns: Mapping[str, Floats]
    rank_by: str
    used: int
    left_out: int
    facts: Mapping[str, float] = field(default_factory=dict[str, float])

    def with_column(self, name: str, column: Floats) -> Indices:
        """Return the same with one more column."""
        return replace(self, columns={**self.columns, name: column})


def complete_blocks(values: Floats, size: int, needed: int) -> tuple[NDArray[np.bool_], int]:
    """Find the blocks of a design of which every point has a value.

    Parameters
    ----------
    values
        Outcome by point, NaN where all runs of the point failed; shape (blocks * size,).
    size
        Points in a block: D+1 in a Morris trajectory, D+2 in a Sobol block, for D factors.
    needed
        Fewest complete blocks that make sense.

    Returns
    -------
    tuple
        Whether each point lies in a complete block, shape (points,), and the number of such blocks.

    Raises
    ------
    ValueError
        If the points are not whole blocks.
    UndefinedError
        If too few blocks are complete, or the outcome does not move in them.
    """
    if not len(values) or len(values) % size:
        raise ValueError(f"{len(values)} points are no blocks of {size}")
    complete = np.isfinite(values).reshape(-1, size).all(axis=1)
    count = int(complete.sum())
    if count < needed:
        raise UndefinedError("few", count, needed)
    kept = np.repeat(complete, size)
    ensure_it_moves(values[kept])
    return kept, count


def ensure_it_moves(values: Floats) -> None:
    """Raise UndefinedError when the values are all the same but for rounding."""
    if float(np.ptp(values)) <= _SMALLEST_SPREAD * float(np.abs(values).max()):
        raise UndefinedError("constant")
