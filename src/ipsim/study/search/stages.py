"""The stages of a search, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

Name = Literal["pilots", "generation", "final", "random", "check"]


class Stage(NamedTuple):
    """A stage that is done.

    Attributes
    ----------
    name
        ``pilots``, ``generation``, ``final``, ``random`` or ``check``.
    number, of
        Which of how many, counted from 1.
    policies, within
        How many policies were judged in it, and how many of these keep to the budget.
    best
        Best value so far by name of the goal, within the budget; empty while there is none.
    expected_runs
        Runs that the whole search will have made, as far as can be told.
    """

    name: Name
    number: int
    of: int
    policies: int
    within: int
    best: dict[str, float]
    expected_runs: int


Told = Callable[[Stage], None]
