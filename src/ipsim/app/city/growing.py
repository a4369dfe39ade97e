"""Tables that grow while a run is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Growing:
    """A structured array to which rows are added at the end.

    Parameters
    ----------
    dtype
        Its fields.
    room
        Rows to begin with; it doubles when they are used.
    """

    def __init__(self, dtype: np.dtype[Any], room: int = 1024) -> None:
        self._table = np.zeros(room, dtype)
        self._used = 0

    def __len__(self) -> int:
        return self._used

    @property
    def rows(self) -> NDArray[Any]:
        """The rows in use, to be read and written."""
        return self._table[: self._used]

    def add(self, count: int, columns: Mapping[str, Any]) -> NDArray[np.int64]:
        """Add rows from columns (an array or one value each) and return their numbers."""
        first, last = self._used, self._used + count
        if last > len(self._table):
            longer = np.zeros(max(2 * len(self._table), last), self._table.dtype)
            longer[:first] = self._table[:first]
            self._table = longer
        for name, values in columns.items():
            self._table[name][first:last] = values
        self._used = last
        return np.arange(first, last)

    def finished(self) -> NDArray[Any]:
        """Return the rows in use, without the room."""
        return self.rows.copy()
