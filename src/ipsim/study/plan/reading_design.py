"""Reading the design of a study file."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ipsim.scenario.errors import Fault, ScenarioError, nearest
from ipsim.scenario.quantity import shown
from ipsim.scenario.tree import Node
from ipsim.study.plan.designs import OPTIONS, Design
from ipsim.study.plan.factors import Factor
from ipsim.study.plan.points import Point
from ipsim.study.plan.reading_values import placed, whole_number

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

_MOST_POINTS = 10_000_000
_CROSSED = ("factorial", "latin-hypercube", "one-at-a-time")
"""Designs whose points can each be run with several policies; the indices of the others need their order."""


def read_design(
    tree: Node, factors: tuple[Factor, ...], scenario: Scenario, faults: list[Fault]
) -> Design | None:
    """Return the design of a study file, or None with faults added."""
    node = tree.items.get("design")
    if node is None or not isinstance(node.value, dict):
        got = "" if node is None else f", got {shown(node.plain())}"
        faults.append((node or tree).fault("design", f"expected a map such as {{kind: list}}{got}"))
        return None
    kind = node.items.get("kind")
    if kind is None or kind.value not in OPTIONS:
        got = "nothing" if kind is None else shown(kind.plain())
        message = f"expected one of {', '.join(OPTIONS)}, got {got}"
        near = "" if kind is None else nearest(kind.value, OPTIONS)
        faults.append((kind or node).fault("design.kind", f"{message}{near}"))
        return None
    _check_keys(node, str(kind.value), faults)
    if kind.value == "list":
        return Design("list", {}, _listed(node.items.get("points"), node, "design.points", scenario, faults))
    if not factors:
        faults.append(node.fault("design", f"a {kind.value} design needs `factors`"))
    if kind.value == "search" and "search" not in tree.items:
        faults.append(node.fault("design", "a search needs the section `search`"))
    design = Design(str(kind.value), _numbers(node, str(kind.value), faults))
    faults.extend(_unfit(node, design, factors))
    return design


def _check_keys(node: Node, kind: str, faults: list[Fault]) -> None:
    allowed = ("kind", *(("points",) if kind == "list" else OPTIONS[kind]))
    for key, child in node.items.items():
        if key not in allowed:
            message = f"unknown key in a {kind} design; allowed: {', '.join(allowed)}{nearest(key, allowed)}"
            faults.append(child.fault(f"design.{key}", message))


def _numbers(node: Node, kind: str, faults: list[Fault]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for key, (low, high, default) in OPTIONS[kind].items():
        given = node.items.get(key)
        if given is not None:
            numbers[key] = whole_number(given, f"design.{key}", low, high, faults) or low
        elif default is None:
            faults.append(node.fault(f"design.{key}", f"missing; a {kind} design needs it"))
            numbers[key] = low
        else:
            numbers[key] = default
    return numbers


def _unfit(node: Node, design: Design, factors: tuple[Factor, ...]) -> list[Fault]:
    """Return faults of designs that can't be run with these factors."""
    if design.kind == "sobol":
        points = design.options["points"]
        if points & (points - 1):
            near = 2 ** round(math.log2(points))
            at = node.items.get("points", node)
            return [at.fault("design.points", f"expected a power of two, got {points}; nearest: {near}")]
    if design.kind == "morris" and design.options["levels"] % 2:
        at = node.items.get("levels", node)
        return [at.fault("design.levels", f"expected an even number, got {design.options['levels']}")]
    if design.kind == "factorial":
        count = math.prod(len(factor.grid(design.options["levels"])) for factor in factors)
        if count > _MOST_POINTS:
            return [node.fault("design", f"{count:,} points; allowed: up to {_MOST_POINTS:,}")]
    return []


def read_policies(
    tree: Node, design: Design | None, factors: tuple[Factor, ...], scenario: Scenario, faults: list[Fault]
) -> tuple[Point, ...]:
    """Return what is done at each point of the design; nothing if the study names no policies."""
    section = tree.items.get("policies")
    if section is None:
        return ()
    if design is not None and design.kind not in _CROSSED:
        message = f"no policies in a {design.kind} design; designs that can have them: {', '.join(_CROSSED)}"
        faults.append(section.fault("policies", message))
    policies = _listed(section, tree, "policies", scenario, faults)
    entries = section.value if isinstance(section.value, list) else []
    for place, entry in enumerate(entries):
        if "name" not in entry.items:
            faults.append(entry.fault(f"policies[{place}]", "a policy needs a `name`"))
        for key, child in entry.items.items():
            clash = [one.key for one in factors if f"{one.key}.".startswith(f"{key}.")]
            clash += [one.key for one in factors if f"{key}.".startswith(f"{one.key}.")]
            if clash:
                message = f"{clash[0]} is a factor already; a key is one or the other"
                faults.append(child.fault(f"policies[{place}].{key}", message))
    return policies


def _listed(
    section: Node | None, at: Node, name: str, scenario: Scenario, faults: list[Fault]
) -> tuple[Point, ...]:
    if section is None or not isinstance(section.value, list) or not section.value:
        message = "expected a list such as `- {name: none, policy.subsidies.filing: 0}`"
        faults.append((section or at).fault(name, message))
        return ()
    points: list[Point] = []
    for place, entry in enumerate(section.value):
        point = _one(entry, f"{name}[{place}]", scenario, faults)
        if point is not None and point.name and point.name in {one.name for one in points}:
            faults.append(entry.fault(f"{name}[{place}].name", f"{point.name!r} comes twice"))
        points += [point] if point is not None else []
    return tuple(points)


def _one(entry: Node, key: str, scenario: Scenario, faults: list[Fault]) -> Point | None:
    if not isinstance(entry.value, dict):
        faults.append(entry.fault(key, f"expected a map of key: value, got {shown(entry.plain())}"))
        return None
    given = {str(name): value for name, value in entry.plain().items()}
    name = given.pop("name", "")
    if not isinstance(name, str):
        faults.append(entry.items["name"].fault(f"{key}.name", f"expected a text, got {shown(name)}"))
        name = ""
    try:
        scenario.replace(given)
    except ScenarioError as error:
        faults.extend(placed(fault, entry, key) for fault in error.faults)
    values = {Factor(changed).name: value for changed, value in given.items()}
    return Point(given, values, name=name)
