"""Which mechanisms really read a lever, found in the code of their rules."""

from __future__ import annotations

import types
from typing import Any

from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import plain
from ipsim.mechanisms.ledger import by_rapid_centre
from ipsim.mechanisms.public import pay_programmes
from ipsim.mechanisms.quarter import QUARTER
from ipsim.scenario.levers import DIAL, INDUSTRIES, LEVERS

FIELDS = {lever.field for lever in LEVERS.values()}


def rules_of(mechanism: Mechanism) -> dict[str, types.FunctionType]:
    """Return every rule that a mechanism calls, its own included, by name."""
    found: dict[str, types.FunctionType] = {}
    queue: list[Any] = [plain(mechanism.act), plain(mechanism.loop)]
    while queue:
        function = queue.pop()
        if function.__qualname__ + function.__module__ in found:
            continue
        found[function.__qualname__ + function.__module__] = function
        scope = function.__globals__
        called = [plain(scope[name]) for name in function.__code__.co_names if name in scope]
        queue.extend(thing for thing in called if isinstance(thing, types.FunctionType))
    return found


def levers_read(mechanism: Mechanism) -> set[str]:
    """Return the fields of the levers that a mechanism responds to; paying is no response."""
    rules = [rule for rule in rules_of(mechanism).values() if rule is not plain(pay_programmes)]
    return {name for rule in rules for name in rule.__code__.co_names} & FIELDS


READERS = {mechanism.name: levers_read(mechanism) for mechanism in QUARTER}


def real_pathway(key: str) -> set[str]:
    """Return the names of the mechanisms that respond to a lever."""
    if key == DIAL:
        parts = [key for key, lever in LEVERS.items() if lever.dial is not None]
        return set().union(*(real_pathway(part) for part in parts))
    if key == INDUSTRIES:  # no field of the policy: a column of the industries
        asks = plain(by_rapid_centre)
        return {m.name for m in QUARTER if asks in rules_of(m).values()}
    field = LEVERS[key].field
    return {name for name, fields in READERS.items() if field in fields}
