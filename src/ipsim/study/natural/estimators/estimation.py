"""What an estimator found: a value with its interval."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Estimate:
    """An effect, estimated.

    Attributes
    ----------
    value
        The effect, in the unit of the outcome: log points with ``log``, percent with ``percent``, an
        elasticity or an effect of one unit of dose with ``per``.
    se
        Its standard error.
    low, high
        Ends of the interval.
    level
        Share of samples whose interval should hold the truth.
    kind
        The estimator: a name in `KINDS`.
    detail
        What else is known, by name: sizes of the sample (``units``, ``clusters``, ``treated_clusters``,
        ``observations``), ``df`` of the interval, ``pre_trend`` of designs with controls, ``notes`` on
        what to be careful with, and what the design adds. Plain numbers, texts, lists and dicts.
    """

    value: float
    se: float
    low: float
    high: float
    level: float = 0.9
    kind: str = ""
    detail: dict[str, Any] = field(default_factory=dict[str, Any])

    def __str__(self) -> str:
        """Return value, interval and design in one line."""
        return f"{self.value:.4g} ({self.low:.4g} to {self.high:.4g}; {self.kind})"


def with_t_interval(
    value: float, se: float, df: int, level: float, kind: str, detail: dict[str, Any]
) -> Estimate:
    """Return an estimate with the interval of Student's t with ``df`` degrees of freedom."""
    from scipy.stats import t

    half = float(t.ppf(0.5 + level / 2, df)) * se
    return Estimate(value, se, value - half, value + half, level, kind, {**detail, "df": df})
