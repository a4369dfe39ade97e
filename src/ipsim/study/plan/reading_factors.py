"""Reading the factors of a study file."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.errors import Fault, ScenarioError, nearest
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.quantity import is_number, shown
from ipsim.scenario.timeline import month_of
from ipsim.scenario.tree import Node
from ipsim.study.plan.factors import Factor

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

RANGE = "range"
"""Stands for the declared range of a lever or an assumption."""

_ENTRIES = ("low", "high", "values", "log", "integer", "from")
_FORMS = "expected a list of values, {low: number, high: number} or `range`"


def read_factors(
    section: Node | None, scenario: Scenario, faults: list[Fault], name: str = "factors"
) -> tuple[Factor, ...]:
    """Return the factors of a section, each tried on the scenario at its ends.

    Parameters
    ----------
    section
        A map of key to values; None for none.
    scenario
        What they are to change.
    faults
        Every fault found is added to this list.
    name
        Name of the section in messages.
    """
    if section is None:
        return ()
    if not isinstance(section.value, dict):
        faults.append(section.fault(name, f"expected a map of key: values, got {shown(section.plain())}"))
        return ()
    found: dict[str, Factor] = {}
    for written, node in section.items.items():
        for key in _matching(str(written), node, name, faults):
            factor = _factor(key, node, f"{name}.{key}", faults)
            if factor is None:
                continue
            if factor.name in found:
                faults.append(node.fault(f"{name}.{key}", "is given twice; keep one"))
            found[factor.name] = factor
            faults.extend(_refused(factor, node, scenario, name))
    return tuple(found.values())


def _matching(key: str, node: Node, name: str, faults: list[Fault]) -> Iterator[str]:
    """Yield the key, or all assumptions with a range that a pattern with ``*`` matches."""
    if "*" not in key:
        yield key
        return
    free = [f"assumptions.{one.key}" for one in ASSUMPTIONS.values() if one.low < one.high]
    matches = [one for one in free if fnmatchcase(one, key)]
    if not matches:
        message = (
            f"matches no assumption with a range; `ipsim list assumptions` names them{nearest(key, free)}"
        )
        faults.append(node.fault(f"{name}.{key}", message))
    yield from matches


def _factor(key: str, node: Node, shown_key: str, faults: list[Fault]) -> Factor | None:
    if isinstance(node.value, list):
        return _of_levels(key, node, node, None, shown_key, faults)
    if node.value == RANGE:
        return _of_range(key, Node({}, node.file, node.line), None, shown_key, faults)
    if not isinstance(node.value, dict):
        faults.append(node.fault(shown_key, f"{_FORMS}, got {shown(node.plain())}"))
        return None
    for entry, child in node.items.items():
        if entry not in _ENTRIES:
            message = f"unknown key; allowed: {', '.join(_ENTRIES)}{nearest(entry, _ENTRIES)}"
            faults.append(child.fault(f"{shown_key}.{entry}", message))
    start = _start(node.items.get("from"), shown_key, faults)
    levels = node.items.get("values")
    if levels is not None:
        return _of_levels(key, levels, node, start, shown_key, faults)
    return _of_range(key, node, start, shown_key, faults)


def _start(node: Node | None, key: str, faults: list[Fault]) -> int | str | None:
    if node is None:
        return None
    if month_of(node.value) is None:
        message = f"expected a date such as 2021 or 2021-07, got {shown(node.plain())}"
        faults.append(node.fault(f"{key}.from", message))
    return node.value


def _of_levels(
    key: str, node: Node, at: Node, start: int | str | None, shown_key: str, faults: list[Fault]
) -> Factor | None:
    levels = node.plain()
    if not isinstance(levels, list) or not levels:
        faults.append(at.fault(shown_key, f"expected a list of values, got {shown(levels)}"))
        return None
    if any(levels[place] in levels[:place] for place in range(len(levels))):
        faults.append(at.fault(shown_key, "a value comes twice; keep one"))
    if all(is_number(level) for level in levels):
        return Factor(key, tuple(levels), float(min(levels)), float(max(levels)), start=start)
    return Factor(key, tuple(levels), start=start)


def _of_range(
    key: str, node: Node, start: int | str | None, shown_key: str, faults: list[Fault]
) -> Factor | None:
    declared = _declared(key)
    ends: list[float] = []
    for entry, default in zip(("low", "high"), declared, strict=True):
        given = node.items.get(entry)
        value = default if given is None else given.value
        if value is None:
            message = "has no declared range; give low and high, or a list of values"
            faults.append(node.fault(shown_key, message))
            return None
        if not is_number(value) or not math.isfinite(value):
            message = f"expected a number, got {shown((given or node).plain())}"
            faults.append((given or node).fault(f"{shown_key}.{entry}", message))
            return None
        ends.append(float(value))
    factor = Factor(
        key,
        None,
        *ends,
        log=_flag(node, "log", shown_key, faults),
        integer=_flag(node, "integer", shown_key, faults),
        start=start,
    )
    if not factor.low < factor.high:
        faults.append(node.fault(shown_key, f"low ({factor.low:g}) has to be below high ({factor.high:g})"))
        return None
    if factor.log and factor.low <= 0:
        faults.append(node.fault(shown_key, f"log: true needs a low above 0, not {factor.low:g}"))
        return None
    return factor


def _declared(key: str) -> tuple[float | None, float | None]:
    lever = LEVERS.get(key)
    if lever is not None and lever.kind == "number":
        return lever.low, lever.high
    known = ASSUMPTIONS.get(key.removeprefix("assumptions.")) if key.startswith("assumptions.") else None
    if known is not None and known.low < known.high:
        return known.low, known.high
    return None, None


def _flag(node: Node, entry: str, key: str, faults: list[Fault]) -> bool:
    given = node.items.get(entry)
    if given is not None and not isinstance(given.value, bool):
        message = f"expected true or false, got {shown(given.plain())}"
        faults.append(given.fault(f"{key}.{entry}", message))
    return given is not None and given.value is True


def _refused(factor: Factor, node: Node, scenario: Scenario, name: str) -> list[Fault]:
    """Return what the scenario says against the factor's values."""
    values = factor.levels if factor.levels is not None else (factor.value(0.0), factor.value(1.0))
    faults: list[Fault] = []
    for value in values:
        try:
            scenario.replace(factor.changes(value))
        except ScenarioError as error:
            faults += [
                Fault(node.file, node.line, f"{name}.{factor.key}", one.message) for one in error.faults
            ]
    return faults
