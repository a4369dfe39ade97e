"""What the model takes as given: each parameter with its source or its range."""

from __future__ import annotations

from dataclasses import dataclass

from ipsim.scenario.words import Words


@dataclass(frozen=True)
class Assumption:
    """One parameter of the model.

    Attributes
    ----------
    key
        Name in scenario files (``assumptions: {key: value}``) and in the code.
    value, low, high
        The value used, and the range within which it may lie.
    unit
        Unit of the three.
    meaning
        What it is, in both languages.
    source
        The published source, or the reason for the assumption.
    cited
        True when the value comes from a published source; otherwise it is an
        assumption that studies sweep from ``low`` to ``high``.
    """

    key: str
    value: float
    low: float
    high: float
    unit: str
    meaning: Words
    source: str
    cited: bool = False


_ALL: tuple[Assumption, ...] = ()

ASSUMPTIONS: dict[str, Assumption] = {a.key: a for a in _ALL}
