"""Which policies of a long frontier are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ipsim.study.search import SearchResult

MOST = 8


def spread_along(result: SearchResult, most: int = MOST) -> list[int]:
    """Return places on the frontier, from 0: all of a short one, else both ends and some evenly between."""
    count = len(result.frontier)
    if count <= most:
        return list(range(count))
    return sorted({int(place) for place in np.linspace(0, count - 1, most).round()})
