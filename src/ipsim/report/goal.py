"""When a run meets the 2030 pattern."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np

from ipsim.indicators.catalogue import INDICATORS
from ipsim.report.measured import Measured

SIX = tuple(n for n in INDICATORS if n.startswith("pattern_") and n != "pattern_2030")
"""The six indices of the pattern."""

STANDARDS = tuple(n for n in INDICATORS if n.startswith("standard_"))
"""The four standards."""

_BAR = 60.0


def _module() -> Any:
    try:
        return import_module("ipsim.indicators.pattern")
    except ModuleNotFoundError:
        return None


def bar() -> float:
    """Return the level that all six indices must reach, of 100."""
    return float(getattr(_module(), "MET", _BAR))


def definitions() -> dict[str, Any]:
    """Return how each index is made, by name, as far as it is documented."""
    return {str(one.key): one for one in getattr(_module(), "DEFINITIONS", ())}


def met(measured: Measured) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return replicates x years, true where all six indices reach the bar."""
    six = np.array([measured.values(name) for name in SIX])
    return np.asarray((six >= bar()).all(axis=0))


def first_year(measured: Measured) -> int | None:
    """Return the median, over the runs that ever meet the pattern, of the first year."""
    reached = met(measured)
    ever = reached.any(axis=1)
    if not ever.any():
        return None
    return int(np.median(measured.years[reached[ever].argmax(axis=1)]))
