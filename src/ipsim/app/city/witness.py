"""Letting the model decide for one agent on a copy of the city, and noting what its rules say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ipsim.city.state import City
from ipsim.engine.rules import interpreted, replaced

if TYPE_CHECKING:
    from ipsim.engine.mechanisms import Mechanism

Note = Callable[[tuple[Any, ...], Any], None]
"""Told the arguments and the result of a rule, at once: the rows among them change afterwards."""


def copy_of(city: City) -> City:
    """Return a city whose tables are copies."""
    return City(*(table.copy() for table in city))


def witnessed(act: Any, rules: Mapping[str, tuple[Any, Note]]) -> Callable[[City, int], Any]:
    """Return ``act`` as plain Python, with some of the rules that it uses watched.

    Parameters
    ----------
    act
        What one agent does in a mechanism, or any rule.
    rules
        By name, the rule itself and who is told of its arguments and result. Watched rules that call
        watched rules are seen to do so.
    """
    watched: dict[str, Callable[..., Any]] = {}
    for name, (rule, note) in rules.items():
        watched[name] = _watched(name, rule, note, watched)
    return replaced(interpreted(act), watched)


def _watched(name: str, rule: Any, note: Note, all_watched: Mapping[str, Any]) -> Callable[..., Any]:
    made: list[Any] = []

    def call(*arguments: Any) -> Any:
        if not made:
            others = {key: one for key, one in all_watched.items() if key != name}
            made.append(replaced(interpreted(rule), others))
        result = made[0](*arguments)
        note(arguments, result)
        return result

    return call


def brought_to_turn(mechanism: Mechanism, city: City, i: int) -> City:
    """Return a copy of the city in which all agents before enterprise ``i`` have acted.

    For mechanisms in which enterprises share something: a fund, a queue.
    """
    copy = copy_of(city)
    status = copy.enterprises.status[i:].copy()
    copy.enterprises.status[i:] = 0
    mechanism.loop(copy)
    copy.enterprises.status[i:] = status
    return copy
