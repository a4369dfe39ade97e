"""Reading the cities of an experiment, and what the treatment changes in them."""

from __future__ import annotations

from typing import Any, Literal, cast

from ipsim.scenario.errors import Fault, ScenarioError, nearest
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.quantity import is_number, shown
from ipsim.scenario.timeline import LAST_YEAR, START_YEAR
from ipsim.scenario.tree import Node
from ipsim.study.natural.country import country
from ipsim.study.natural.experiment import Change, Cities, Treatment
from ipsim.study.natural.reading_values import known_keys, number, text, whole
from ipsim.study.natural.treating import too_few, treated
from ipsim.study.plan.reading_values import placed

_CITIES = ("number", "seed", "enterprises", "policies")
_TREATMENT = ("share", "dates", "changes", "dose")
_HOW = ("add", "multiply", "to")
_MOST_CITIES, _FEWEST, _MOST_ENTERPRISES = 2000, 50, 20_000


def read_cities(tree: Node, faults: list[Fault]) -> Cities:
    """Return the country that a file asks for; what it leaves out is as usual."""
    usual = Cities()
    node = tree.items.get("cities")
    if node is None:
        return usual
    if not isinstance(node.value, dict):
        faults.append(node.fault("cities", f"expected a map, got {shown(node.plain())}"))
        return usual
    known_keys(node, _CITIES, "cities", faults)
    cities = Cities(
        whole(node, "number", 4, _MOST_CITIES, usual.number, "cities", faults),
        whole(node, "seed", 0, 2**31, usual.seed, "cities", faults),
        _simulated(node, usual.simulated, faults),
        _policies(node.items.get("policies"), faults),
    )
    _try_cities(node, cities, faults)
    return cities


def _simulated(section: Node, usual: tuple[int, int], faults: list[Fault]) -> tuple[int, int]:
    node = section.items.get("enterprises")
    if node is None:
        return usual
    ends = node.plain()
    if (
        isinstance(ends, list)
        and len(ends) == 2
        and all(isinstance(end, int) and _FEWEST <= end <= _MOST_ENTERPRISES for end in ends)
        and ends[0] <= ends[1]
    ):
        return ends[0], ends[1]
    message = (
        f"expected [fewest, most] simulated, got {shown(ends)}; allowed: {_FEWEST} to {_MOST_ENTERPRISES}"
    )
    faults.append(node.fault("cities.enterprises", message))
    return usual


def _policies(node: Node | None, faults: list[Fault]) -> dict[str, Any]:
    if node is None:
        return {}
    if not isinstance(node.value, dict):
        faults.append(node.fault("cities.policies", f"expected a map of levers, got {shown(node.plain())}"))
        return {}
    found: dict[str, Any] = {}
    for key, child in node.items.items():
        if _is_lever(str(key), child, "cities.policies", faults):
            found[str(key)] = child.plain()
    return found


def _try_cities(node: Node, cities: Cities, faults: list[Fault]) -> None:
    """Say what a city has against the levers that all are to have."""
    if not cities.policies:
        return
    section = node.items["policies"]
    try:
        country(1, cities.seed, cities.simulated, START_YEAR, cities.policies)
    except ScenarioError as error:
        faults.extend(placed(fault, section, "cities.policies") for fault in error.faults)


def _is_lever(key: str, node: Node, section: str, faults: list[Fault]) -> bool:
    groups = {name.rsplit(".", cut)[0] for name in LEVERS for cut in range(1, name.count("."))}
    if key in LEVERS or key in groups:
        return True
    allowed = [*LEVERS, *sorted(groups)]
    message = f"unknown lever; `ipsim list levers` names them{nearest(key, allowed)}"
    faults.append(node.fault(f"{section}.{key}", message))
    return False


def read_treatment(tree: Node, cities: Cities, faults: list[Fault]) -> Treatment | None:
    """Return the treatment, tried on a city; None where there is none."""
    node = tree.items.get("treatment")
    if node is None:
        return None
    if not isinstance(node.value, dict):
        faults.append(node.fault("treatment", f"expected a map, got {shown(node.plain())}"))
        return None
    known_keys(node, _TREATMENT, "treatment", faults)
    treatment = Treatment(
        number(node, "share", 0.02, 0.98, 0.5, "treatment", faults),
        _dates(node, faults),
        _changes(node, faults),
        text(node, "dose", faults, "treatment"),
    )
    _check_sides(node, cities, treatment, faults)
    if treatment.dates and not faults:
        _try_treatment(node, cities, treatment, faults)
    return treatment


def _check_sides(node: Node, cities: Cities, treatment: Treatment, faults: list[Fault]) -> None:
    if too_few(cities.number, treatment.share):
        message = f"leaves fewer than 2 of {cities.number} cities on one side; an interval needs 2 at least"
        faults.append(node.fault("treatment.share", message))


def _dates(section: Node, faults: list[Fault]) -> tuple[int, ...]:
    node = section.items.get("dates")
    plain = None if node is None else node.plain()
    dates = plain if isinstance(plain, list) else [plain]
    if dates and all(isinstance(date, int) and START_YEAR < date <= LAST_YEAR for date in dates):
        return tuple(sorted(cast("list[int]", dates)))
    message = (
        f"expected a year or a list of years, got {shown(plain)}; allowed: {START_YEAR + 1} to {LAST_YEAR}"
    )
    faults.append((node or section).fault("treatment.dates", message))
    return ()


def _changes(section: Node, faults: list[Fault]) -> tuple[Change, ...]:
    node = section.items.get("changes")
    if node is None or not isinstance(node.value, dict) or not node.items:
        message = "expected a map of lever: value, {add: number}, {multiply: number} or {to: value}"
        faults.append((node or section).fault("treatment.changes", message))
        return ()
    found: list[Change] = []
    for key, child in node.items.items():
        if _is_lever(str(key), child, "treatment.changes", faults):
            change = _change(str(key), child, faults)
            found += [] if change is None else [change]
    return tuple(found)


def _change(key: str, node: Node, faults: list[Fault]) -> Change | None:
    if not isinstance(node.value, dict) or not set(node.items) & set(_HOW):
        return Change(key, "to", node.plain(), node.line)
    how, *more = node.items
    if more:
        faults.append(node.fault(f"treatment.changes.{key}", f"give one of {', '.join(_HOW)}, not several"))
        return None
    value = node.items[how].plain()
    if how != "to" and not is_number(value):
        message = f"expected a number, got {shown(value)}"
        faults.append(node.fault(f"treatment.changes.{key}.{how}", message))
        return None
    return Change(key, cast('Literal["add", "multiply", "to"]', how), value, node.line)


def _try_treatment(node: Node, cities: Cities, treatment: Treatment, faults: list[Fault]) -> None:
    """Say what a city has against the treatment."""
    (city,) = country(1, cities.seed, cities.simulated, LAST_YEAR, cities.policies)
    try:
        treated(city.scenario, treatment.changes, treatment.dates[0])
    except ScenarioError as error:
        section = node.items["changes"]
        faults.extend(placed(fault, section, "treatment.changes") for fault in error.faults)
