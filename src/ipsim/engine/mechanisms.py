"""A mechanism: what the agents of one kind do in a quarter, one after the other.

``act(city, i)`` is what agent ``i`` does; ``loop(city)`` does it for all. The loop is
compiled; ``act`` alone serves the run through Mesa, an agent at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Literal

from ipsim.engine.rules import replaced, rule_names

Order = Literal["free", "index"]


@dataclass(frozen=True)
class Mechanism:
    """One verb of the model.

    Attributes
    ----------
    name
        Its name, also of its file.
    over
        The table whose rows act, for example ``"enterprises"``.
    act, loop
        What one row does, and the same for all rows.
    order
        ``"free"``: any order of agents gives the same result to the last bit, since an
        agent writes its own row alone. ``"index"``: agents act by rising row number,
        because they share something (a queue, a fund, the numbers of the ledger);
        ``why_order`` says what.
    why_order
        What the order decides, for ``order="index"``.
    """

    name: str
    over: str
    act: Callable[[Any, int], None]
    loop: Callable[[Any], None]
    order: Order = "free"
    why_order: str = ""

    def with_rules(self, rules: Mapping[str, Callable[..., Any]]) -> Mechanism:
        """Return this mechanism with the named rules replaced, in plain Python."""
        act, loop = replaced(self.act, rules), replaced(self.loop, rules)
        return self if loop is self.loop else replace(self, act=act, loop=loop)

    def one_by_one(self, city: Any, indices: Iterable[int] | None = None) -> None:
        """Run it an agent at a time, in the order of ``indices`` (default: by row)."""
        for i in range(len(getattr(city, self.over))) if indices is None else indices:
            self.act(city, i)


def check_names(rules: Iterable[str], mechanisms: Iterable[Mechanism]) -> None:
    """Refuse names that no mechanism uses as a rule.

    Raises
    ------
    KeyError
        With the nearest name there is.
    """
    known: set[str] = set()
    for mechanism in mechanisms:
        known |= rule_names(mechanism.loop)
    for name in rules:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise KeyError(f"no mechanism uses a rule named {name!r}{hint}")
