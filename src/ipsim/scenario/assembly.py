"""Putting layers together: city, baseline policies, what-ifs, defaults."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.calibrated.drawing import KEY as CALIBRATION
from ipsim.scenario.calibrated.drawing import Drawing, Mark, read_drawing
from ipsim.scenario.calibrated.ensemble import PREFIX, Ensemble
from ipsim.scenario.calibrated.reading import shipped_ensemble
from ipsim.scenario.chain import Layer
from ipsim.scenario.city_reading import overridden, read_city
from ipsim.scenario.errors import Fault, ScenarioError, nearest
from ipsim.scenario.given import Given, Industries, read_levers
from ipsim.scenario.levers import DIAL, INDUSTRIES, LEVERS, NUMBER_LEVERS
from ipsim.scenario.profile import CityProfile
from ipsim.scenario.quantity import is_number, shown
from ipsim.scenario.scenario import Scenario
from ipsim.scenario.timeline import LAST_YEAR, START_YEAR, Timeline
from ipsim.scenario.tree import Node
from ipsim.scenario.words import Words

_KEYS = (
    "extends",
    "city",
    "name",
    "description",
    "policy",
    "national",
    "assumptions",
    "horizon",
)


@dataclass
class _Parts:
    """What the layers have given so far."""

    faults: list[Fault] = field(default_factory=list[Fault])
    levers: list[dict[str, Given]] = field(default_factory=list[dict[str, Given]])
    assumptions: dict[str, float] = field(default_factory=dict[str, float])
    notes: dict[str, str] = field(default_factory=dict[str, str])
    end_year: int = LAST_YEAR
    title: Words | None = None
    description: Words | None = None


def assemble(
    layers: list[Layer],
    name: str | None = None,
    ensemble: Ensemble | None = None,
    member: int | None = None,
) -> Scenario:
    """Return the scenario that layers make, the city first, or raise ScenarioError.

    Parameters
    ----------
    layers
        The city, then what lies above it.
    name
        Name of the scenario; that of the top layer if None.
    ensemble
        Calibrated sets of parameters, between the city and the layers above; those that ship if None.
    member
        Which set, from 1; the central one if None, or the one that a layer says it holds.
    """
    parts = _Parts()
    city_layer, *above = layers
    drawing = read_drawing(above, shipped_ensemble() if ensemble is None else ensemble, member, parts.faults)
    city_tree = drawing.in_city(city_layer, above, parts.faults)
    _read_sections(city_tree, parts)
    for place, layer in enumerate(above):
        changes = layer.tree.items.get("city")
        if changes is not None and changes.items and changes is not city_layer.tree:
            city_tree = overridden(city_tree, changes, parts.faults)
        _read_what_if(layer.tree, parts, drawing.marks.get(place))
    city = read_city(city_tree, parts.faults)
    if city is not None:
        _check_industries(city, parts)
    if city is None or parts.faults:
        raise ScenarioError(_ordered(parts.faults))
    policy, notes = _policy(city, parts)
    values = {key: assumption.value for key, assumption in ASSUMPTIONS.items()}
    notes |= {key: parts.notes.get(key) or drawing.note(key) for key in ASSUMPTIONS}
    return Scenario(
        name=_slug(name or layers[-1].name),
        title=parts.title or city.name,
        description=parts.description or Words("", ""),
        city=city,
        end_year=parts.end_year,
        policy=policy,
        founding=_founding(city, parts),
        industry_steps=_industries(parts, notes),
        given=frozenset(key for layer in parts.levers for key in layer),
        assumptions={**values, **drawing.assumptions(), **parts.assumptions},
        notes=notes,
        layers=tuple(layers),
        ensemble=drawing.ensemble,
        member=drawing.member,
        pinned=_pinned(drawing, parts),
    )


def _pinned(drawing: Drawing, parts: _Parts) -> frozenset[str]:
    return frozenset((*drawing.pinned, *(f"{PREFIX}{key}" for key in parts.assumptions)))


def _ordered(faults: list[Fault]) -> list[Fault]:
    """Return faults by line within each file, files in the order in which they came up."""
    files = list(dict.fromkeys(fault.file for fault in faults))
    return sorted(faults, key=lambda fault: (files.index(fault.file), fault.line))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "scenario"


def _read_sections(tree: Node, parts: _Parts) -> None:
    given: dict[str, Given] = {}
    for section in ("policy", "national"):
        node = tree.items.get(section)
        if node is not None:
            given |= read_levers(node, section, parts.faults)
    parts.levers.append(given)


def _read_what_if(tree: Node, parts: _Parts, mark: Mark | None) -> None:
    for key, node in tree.items.items():
        if key not in (*_KEYS, CALIBRATION):  # nobody writes the latter by hand
            message = f"unknown key; allowed: {', '.join(_KEYS)}{nearest(key, _KEYS)}"
            parts.faults.append(node.fault(str(key), message))
    _read_sections(tree, parts)
    title, description = tree.items.get("name"), tree.items.get("description")
    if title is not None:
        parts.title = _words(title, "name", parts.faults) or parts.title
    if description is not None:
        parts.description = _words(description, "description", parts.faults) or parts.description
    horizon = tree.items.get("horizon")
    if horizon is not None:
        parts.end_year = _end_year(horizon, parts.faults)
    assumptions = tree.items.get("assumptions")
    if assumptions is not None:
        _read_assumptions(assumptions, parts, mark)


def _words(node: Node, key: str, faults: list[Fault]) -> Words | None:
    """Return a text in both languages; a plain text stands for both."""
    value = node.plain()
    if isinstance(value, str) and value.strip():
        return Words(value, value)
    if isinstance(value, dict) and set(value) == {"en", "zh"} and _texts(value.values()):
        return Words(value["en"], value["zh"])
    message = f"expected a text, or {{en: text, zh: text}}, got {shown(value)}"
    faults.append(node.fault(key, message))
    return None


def _texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _end_year(node: Node, faults: list[Fault]) -> int:
    if not isinstance(node.value, dict):
        message = f"expected a map such as {{end: {LAST_YEAR}}}, got {shown(node.plain())}"
        faults.append(node.fault("horizon", message))
        return LAST_YEAR
    for key, child in node.items.items():
        if key != "end":
            message = f"unknown key; allowed: end{nearest(key, ('end',))}"
            faults.append(child.fault(f"horizon.{key}", message))
    end = node.items.get("end")
    value = end.value if end is not None else None
    if end is None or not isinstance(value, int) or isinstance(value, bool):
        at = end or node
        message = f"expected a year, got {shown(at.plain())}; allowed: {START_YEAR} to {LAST_YEAR}"
        faults.append(at.fault("horizon.end", message))
    elif not START_YEAR <= value <= LAST_YEAR:
        message = f"{shown(value)} is out of bounds; allowed: {START_YEAR} to {LAST_YEAR} (year)"
        faults.append(end.fault("horizon.end", message))
    else:
        return value
    return LAST_YEAR


def _read_assumptions(node: Node, parts: _Parts, mark: Mark | None) -> None:
    if not isinstance(node.value, dict):
        message = f"expected a map of assumptions, got {shown(node.plain())}"
        parts.faults.append(node.fault("assumptions", message))
    for name, child in node.items.items():
        key = f"assumptions.{name}"
        assumption = ASSUMPTIONS.get(str(name))
        if assumption is None:
            message = f"unknown assumption; `ipsim list` names them{nearest(name, ASSUMPTIONS)}"
            parts.faults.append(child.fault(key, message))
            continue
        allowed = f"{assumption.low:g} to {assumption.high:g} ({assumption.unit})"
        if not is_number(child.value):
            message = f"expected a number, got {shown(child.plain())}; allowed: {allowed}"
            parts.faults.append(child.fault(key, message))
        elif not assumption.low <= child.value <= assumption.high:
            message = f"{child.value:g} is out of bounds; allowed: {allowed}"
            parts.faults.append(child.fault(key, message))
        elif mark is None or not mark.holds(key, child.value):
            parts.assumptions[str(name)] = float(child.value)
            parts.notes[str(name)] = f"{child.file}:{child.line}" if child.line else child.file


def _check_industries(city: CityProfile, parts: _Parts) -> None:
    keys = city.industry_keys
    for layer in parts.levers:
        given = layer.get(INDUSTRIES)
        if given is None or isinstance(given.value, Timeline):
            continue
        for name in dict.fromkeys(n for _, names in given.value for n in names):
            if name not in keys:
                message = (
                    f"unknown industry {shown(name)} in {city.key}; "
                    f"allowed: {', '.join(keys)}{nearest(name, keys)}"
                )
                parts.faults.append(given.node.fault(INDUSTRIES, message))


def _policy(city: CityProfile, parts: _Parts) -> tuple[dict[str, Timeline], dict[str, str]]:
    """Return each numeric lever's timeline and where it comes from; the dial comes first."""
    policy: dict[str, Timeline] = {}
    notes: dict[str, str] = {}
    for key in (DIAL, *NUMBER_LEVERS):
        lever = LEVERS[key]
        if lever.dial is not None:
            value = _from_dial(key, policy[DIAL], city)
            notes[key] = f"from the dial: {lever.dial.en}"
        else:
            value = lever.default_timeline()
            notes[key] = f"default: {lever.source}"
        for layer in parts.levers:
            given = layer.get(key)
            if given is not None and isinstance(given.value, Timeline):
                value = given.value.over(value)
                notes[key] = given.note
        policy[key] = value
    return {key: policy[key] for key in NUMBER_LEVERS}, notes


def _founding(city: CityProfile, parts: _Parts) -> dict[str, float]:
    """Return each numeric lever in the first quarter, as the city alone sets it."""
    own, _ = _policy(city, replace(parts, levers=parts.levers[:1]))
    return {key: float(line.path(1, START_YEAR)[0]) for key, line in own.items()}


def _from_dial(key: str, dial: Timeline, city: CityProfile) -> Timeline:
    """Return a detailed protection lever as the dial sets it.

    At 0.5 the dial is ordinary protection: the city's own posts, twice the loss that can
    be proved, normal speed. At 1 damages are near the punitive cap of five.
    """
    factor, offset = {
        "policy.protection.enforcement_staff": (
            2 * city.enforcement.administrative_posts.value,
            0.0,
        ),
        "policy.protection.damages": (4.0, 0.0),
        "policy.protection.monitoring": (1.0, 0.0),
        "policy.protection.speed": (1.0, 0.5),
    }[key]
    lever = LEVERS[key]
    return dial.scaled(factor, offset, lever.low, lever.high)


def _industries(parts: _Parts, notes: dict[str, str]) -> Industries:
    steps: Industries = ((0, ()),)
    notes[INDUSTRIES] = f"default: {LEVERS[INDUSTRIES].source}"
    for layer in parts.levers:
        given = layer.get(INDUSTRIES)
        if given is not None and not isinstance(given.value, Timeline):
            first = given.value[0][0]
            steps = (*(step for step in steps if step[0] < first), *given.value)
            notes[INDUSTRIES] = given.note
    return steps
