"""Reading what one file gives for the levers: names, forms of value, units, bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ipsim.scenario.errors import Fault, nearest
from ipsim.scenario.lever import Lever
from ipsim.scenario.levers import LEVERS, PATENT_TYPES
from ipsim.scenario.quantity import is_number, shown
from ipsim.scenario.timeline import FIRST_YEAR, LAST_YEAR, Timeline, month_of
from ipsim.scenario.tree import Node
from ipsim.scenario.waiting import WAITING, is_waiting_group, waiting_message

_DATELIKE = re.compile(r"\d.*")
_SOURCED = ("value", "source", "assumption", "range")

Industries = tuple[tuple[int, tuple[str, ...]], ...]
"""Month from which a list of industries holds, in order; month 0 is always."""


@dataclass(frozen=True)
class Given:
    """What a file gives for one lever."""

    value: Timeline | Industries
    note: str
    node: Node


def read_levers(section: Node, prefix: str, faults: list[Fault]) -> dict[str, Given]:
    """Return what a ``policy`` or ``national`` section gives, by lever key.

    Parameters
    ----------
    section
        The section as a tree.
    prefix
        ``policy`` or ``national``.
    faults
        Every fault found is added to this list.
    """
    given: dict[str, Given] = {}
    for key, shown_key, node in _leaves(section, prefix, faults):
        value_node, note = _unwrapped(node, shown_key, faults)
        value = (
            _industries(value_node, key, faults)
            if LEVERS[key].kind == "industries"
            else _timeline(value_node, LEVERS[key], shown_key, faults)
        )
        if value is not None:
            given[key] = Given(value, note, value_node)
    return given


def _leaves(node: Node, key: str, faults: list[Fault]) -> Iterator[tuple[str, str, Node]]:
    """Yield (lever key, key as written, node); a value for a group goes to its three types."""
    if key in LEVERS:
        yield key, key, node
        return
    children = _children(key)
    if not isinstance(node.value, dict) or _is_value(node):
        if node.value is not None and children == PATENT_TYPES:
            for kind in children:
                yield f"{key}.{kind}", key, node
            return
        message = f"expected a map, got {shown(node.plain())}; allowed keys: {', '.join(children)}"
        faults.append(node.fault(key, message))
        return
    for name, child in node.items.items():
        inner = f"{key}.{name}"
        if inner in LEVERS or _children(inner) or is_waiting_group(inner):
            yield from _leaves(child, inner, faults)
        else:
            message = waiting_message(inner) or _unknown(str(name), inner, children)
            faults.append(child.fault(inner, message))


def _children(group: str) -> tuple[str, ...]:
    """Return the names directly below a group of levers, in order."""
    start = f"{group}."
    names = [key[len(start) :].split(".")[0] for key in LEVERS if key.startswith(start)]
    return tuple(dict.fromkeys(names))


def _unknown(name: str, key: str, allowed: tuple[str, ...]) -> str:
    close = nearest(name, allowed)
    if not close:
        last = {lever.split(".")[-1]: lever for lever in LEVERS}
        close = f"; nearest: {last[name]}" if name in last else nearest(key, (*LEVERS, *WAITING))
    names = f"; allowed: {', '.join(allowed)}" if allowed else ""
    return f"unknown key{names}{close}"


def _is_value(node: Node) -> bool:
    """Return whether a map is a dated or sourced value and not a group of keys."""
    names = [str(name) for name in node.items]
    return bool(names) and all(name in ("ramp", *_SOURCED) or _DATELIKE.fullmatch(name) for name in names)


def _unwrapped(node: Node, key: str, faults: list[Fault]) -> tuple[Node, str]:
    """Return the value of ``{value: ..., source: ...}`` and where it comes from."""
    place = f"{node.file}:{node.line}" if node.line else node.file
    if "value" not in node.items:
        return node, place
    for name, child in node.items.items():
        if name not in _SOURCED:
            message = f"unknown key; allowed: {', '.join(_SOURCED)}{nearest(name, _SOURCED)}"
            faults.append(child.fault(f"{key}.{name}", message))
        elif name in ("source", "assumption") and not isinstance(child.value, str):
            faults.append(child.fault(f"{key}.{name}", "expected a text"))
    source, reason = node.items.get("source"), node.items.get("assumption")
    span = node.items.get("range")
    limits = span.plain() if span else None
    pair = isinstance(limits, list) and len(limits) == 2 and all(map(is_number, limits))
    if span is not None and not pair:
        faults.append(span.fault(f"{key}.range", "expected [low, high]"))
    if source is not None:
        return node.items["value"], f"{place}, {source.value}"
    if reason is None or not pair or not limits:
        message = "a value in this form needs `source`, or `assumption` with `range: [low, high]`"
        faults.append(node.fault(key, message))
        return node.items["value"], place
    words = f"assumption: {reason.value} (range {limits[0]:g} to {limits[1]:g})"
    return node.items["value"], f"{place}, {words}"


def _timeline(node: Node, lever: Lever, key: str, faults: list[Fault]) -> Timeline | None:
    if isinstance(node.value, dict):
        return _dated(node, lever, key, faults)
    value = _number(node, lever, key, faults)
    return None if value is None else Timeline.constant(value)


def _dated(node: Node, lever: Lever, key: str, faults: list[Fault]) -> Timeline | None:
    ramp = node.items.get("ramp")
    if ramp is not None:
        for name, child in node.items.items():
            if name != "ramp":
                message = "a ramp stands alone; allowed: ramp: {2016: 0, 2020: 1}"
                faults.append(child.fault(f"{key}.{name}", message))
        if not isinstance(ramp.value, dict):
            message = f"expected dates and values, got {shown(ramp.plain())}; e.g. {{2016: 0, 2020: 1}}"
            faults.append(ramp.fault(f"{key}.ramp", message))
            return None
    dates = node if ramp is None else ramp
    values: dict[int, float] = {}
    before = len(faults)
    for date, child in dates.items.items():
        month = read_date(date, child, key, faults)
        value = _number(child, lever, f"{key}.{date}", faults)
        if month is not None and value is not None:
            if month in values:
                faults.append(child.fault(f"{key}.{date}", "this date is given twice"))
            values[month] = value
    if not dates.items:
        faults.append(dates.fault(key, f"no value; allowed: {lever.allowed}"))
    if len(faults) > before or not values:
        return None
    return Timeline.steps(values) if ramp is None else Timeline.ramp(values)


def read_date(date: int | str, node: Node, key: str, faults: list[Fault]) -> int | None:
    """Return the month number of a date, or add a fault and return None."""
    month = month_of(date)
    if month is None:
        inner = f"{key}.{date}"
        if _DATELIKE.fullmatch(str(date)):
            message = (
                f"impossible date; allowed: {FIRST_YEAR} to {LAST_YEAR}, "
                f"as year (2021) or year-month (2021-07, months 01 to 12)"
            )
        else:
            message = (
                "unknown key; allowed: a date (2021 or 2021-07), ramp, value"
                f"{nearest(date, ('ramp', *_SOURCED))}"
            )
        faults.append(node.fault(inner, message))
    return month


def _number(node: Node, lever: Lever, key: str, faults: list[Fault]) -> float | None:
    value = node.value
    if not is_number(value):
        got = "nothing" if value is None else shown(node.plain())
        message = f"expected a number, got {got}{_hint(value, lever)}"
        faults.append(node.fault(key, f"{message}; allowed: {lever.allowed}"))
        return None
    if not lever.low <= value <= lever.high:
        faults.append(node.fault(key, f"{value:g} is out of bounds; allowed: {lever.allowed}"))
        return None
    return float(value)


def _hint(value: object, lever: Lever) -> str:
    """Return how to write a text such as "50%" or "200 million" in the lever's unit."""
    if not isinstance(value, str):
        return ""
    match = re.fullmatch(r"\s*([-+]?\d[\d, ]*\.?\d*)\s*(%|[a-zA-Z/ ]*)\s*", value[:60])
    if match is None:
        return ""
    number = float(re.sub("[, ]", "", match[1]))
    if match[2] == "%":
        number /= 100
    elif match[2].split()[:1] == ["billion"] and "million" in lever.unit:
        number *= 1000
    return f" (write {number:g})"


def _industries(node: Node, key: str, faults: list[Fault]) -> Industries | None:
    """Return lists of industries by date; whether the city has them is checked later."""
    before = len(faults)
    if not isinstance(node.value, dict):
        names = _names(node, key, faults)
        return ((0, names),) if len(faults) == before else None
    steps: list[tuple[int, tuple[str, ...]]] = []
    for date, child in node.items.items():
        month = read_date(date, child, key, faults)
        names = _names(child, f"{key}.{date}", faults)
        if month is not None:
            steps.append((month, names))
    return tuple(sorted(steps)) if len(faults) == before and steps else None


def _names(node: Node, key: str, faults: list[Fault]) -> tuple[str, ...]:
    items = node.value if isinstance(node.value, list) else []
    if not isinstance(node.value, list) or not all(isinstance(i.value, str) for i in items):
        message = f"expected a list of industry keys of the city, got {shown(node.plain())}"
        faults.append(node.fault(key, message))
        return ()
    return tuple(item.value for item in items)
