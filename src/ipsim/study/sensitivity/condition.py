"""Conditions on outcomes, such as ``pattern_2030 >= 60 and public_spending < 3000``: parsed, never run."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ipsim.scenario.errors import Fault, ScenarioError, nearest

_OPERATORS: dict[str, Callable[[Any, float], Any]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
}
_COMPARISON = re.compile(r"(?P<name>[^<>=!]+?)\s*(?P<sign>>=|<=|==|!=|=|>|<)\s*(?P<bound>[^<>=!]+)")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_EXAMPLE = "expected OUTCOME >= NUMBER, several joined with `and`"


class Clause(NamedTuple):
    """One comparison: an outcome, one of ``>= <= == != > <``, and a number in the outcome's unit."""

    name: str
    sign: str
    bound: float

    def __str__(self) -> str:
        """Return it as it can be written."""
        return f"{self.name} {self.sign} {self.bound:g}"


class Condition(NamedTuple):
    """Comparisons that all have to hold."""

    clauses: tuple[Clause, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The outcomes it is about, each once."""
        return tuple(dict.fromkeys(clause.name for clause in self.clauses))

    def holds(self, outcomes: pd.DataFrame) -> NDArray[np.bool_]:
        """Return for each row whether the condition holds; a missing value never meets it."""
        met = np.ones(len(outcomes), dtype=np.bool_)
        for clause in self.clauses:
            values = outcomes[clause.name].to_numpy(dtype=np.float64)
            met &= np.isfinite(values) & _OPERATORS[clause.sign](values, clause.bound)
        return met

    def __str__(self) -> str:
        """Return it as it can be written."""
        return " and ".join(str(clause) for clause in self.clauses)


def read_condition(text: str, known: Sequence[str], where: str = "--where") -> Condition:
    """Return the condition of a text.

    Parameters
    ----------
    text
        Comparisons joined with ``and``.
    known
        Names that may stand in it.
    where
        What to call its place in messages.

    Raises
    ------
    ScenarioError
        With every fault: what can't be read, and names that are not known with the nearest that is.
    """
    faults: list[Fault] = []
    parts = [part.strip() for part in _AND.split(text.strip())]
    clauses = [_clause(part, known, where, faults) for part in parts]
    if faults:
        raise ScenarioError(faults)
    return Condition(tuple(clause for clause in clauses if clause is not None))


def _clause(part: str, known: Sequence[str], where: str, faults: list[Fault]) -> Clause | None:
    found = _COMPARISON.fullmatch(part)
    if found is None:
        faults.append(Fault(where, 0, "", f"{part[:80]!r} can't be read; {_EXAMPLE}"))
        return None
    name, sign, bound = found["name"].strip(), found["sign"], _number(found["bound"])
    if name not in known:
        message = f"no outcome of this study; there are: {', '.join(known[:8])}"
        more = f" and {len(known) - 8} more" if len(known) > 8 else ""
        faults.append(Fault(where, 0, name[:80], f"{message}{more}{nearest(name, known)}"))
    if bound is None:
        faults.append(Fault(where, 0, name[:80], f"{found['bound'][:40]!r} is no number; {_EXAMPLE}"))
        return None
    return Clause(name, "==" if sign == "=" else sign, bound)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
