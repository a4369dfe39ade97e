"""How large a city of a visitor's own may be: memory and minutes of the board are everybody's.

The cities that ship are far within; the command line has no such bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from ipsim.app.asked import SMALLEST_SCALE
from ipsim.app.faults import refused
from ipsim.scenario.errors import Fault
from ipsim.scenario.timeline import LAST_YEAR, START_YEAR

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.scenario.profile import CityProfile
    from ipsim.scenario.tree import Node

MOST_ENTERPRISES: Final = 12_000
"""Enterprises simulated in one run, three times those of the cities that ship: about two seconds."""
MOST_PATENTS: Final = 600_000
"""Filings of one run, the patents of 2015 among them: about 60 MB."""
MOST_CHARACTERS: Final = 300_000
"""Characters of an opened file with its aliases written out; few lines can stand for a gigabyte."""
MOST_ENTRIES: Final = 400
"""Entries of one map or list of an opened file: a step for each month. Faults of thousands take seconds."""
MOST_LISTED: Final = {"industries": 40, "universities": 60}
MOST_COUNTED: Final = {"banks": 200, "agencies": 1000}


def faults_of_length(tree: Node) -> list[Fault]:
    """Return a fault when a file is too long once its aliases are written out, or a part has many entries."""
    crowded = next((one for one in _inside(tree) if len(one[1].value) > MOST_ENTRIES), None)
    if crowded is not None:
        key, node = crowded
        return [node.fault(key, f"{len(node.value)} entries; allowed on the board: {MOST_ENTRIES}")]
    length = 0
    for text in _texts(tree.value):
        length += len(text)
        if length > MOST_CHARACTERS:
            message = f"too long with its aliases written out; allowed: {MOST_CHARACTERS // 1000} kB"
            return [tree.fault("", message)]
    return []


def _inside(node: Node, key: str = "") -> Iterator[tuple[str, Node]]:
    """Give every map and list with its dotted key, the outer ones first."""
    children: Iterable[tuple[Any, Node]] = node.items.items()
    if isinstance(node.value, list):
        children = enumerate(node.value)
    elif not isinstance(node.value, dict):
        return
    yield key, node
    for name, child in children:
        yield from _inside(child, f"{key}.{name}".removeprefix(".")[:80])


def _texts(value: Any) -> Iterator[str]:
    """Give every key and every text below a value, as often as it is referred to."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield str(key)
            yield from _texts(child.value)
    elif isinstance(value, list):
        for child in value:
            yield from _texts(child.value)
    elif isinstance(value, str):
        yield value


def faults_of_city(scenario: Scenario, tree: Node) -> list[Fault]:
    """Return what of an opened scenario's city no scale of the board can bear.

    Parameters
    ----------
    scenario
        The scenario.
    tree
        What was opened: faults have its lines.
    """
    city = scenario.city
    found: list[tuple[str, float, float]] = [
        *((key, len(getattr(city, key)), most) for key, most in MOST_LISTED.items()),
        *((key, getattr(city, key).count.value, most) for key, most in MOST_COUNTED.items()),
    ]
    faults = [
        _fault(tree, key, f"{count:.10g} of them; allowed on the board: {most}")
        for key, count, most in found
        if count > most
    ]
    sizes = (
        ("enterprises", "enterprises", enterprises_of(city), MOST_ENTERPRISES),
        ("patents", f"filings up to {LAST_YEAR}", patents_of(city), MOST_PATENTS),
    )
    faults += [
        _fault(
            tree,
            key,
            f"{size:.10g} {what} are too many even at a scale of {SMALLEST_SCALE:g}; "
            f"allowed on the board: {most / SMALLEST_SCALE:.10g}",
        )
        for key, what, size, most in sizes
        if size * SMALLEST_SCALE > most
    ]
    return faults


def _fault(tree: Node, key: str, message: str) -> Fault:
    """Return a fault at the nearest line of a profile, or of the part of a what-if that changes one."""
    inside = "city" in tree.items
    path = ("city", key) if inside else (key,)
    return tree.find(path).fault(".".join(path), message)


def check_size(scenarios: Iterable[Scenario], scale: float) -> None:
    """Refuse runs that are larger than the board can bear.

    Raises
    ------
    RequestError
        When a city has too many enterprises or filings at this scale; it says which scale would do.
    """
    for city in {id(one.city): one.city for one in scenarios}.values():
        largest = largest_scale(city)
        if scale > largest:
            raise refused(
                422,
                "city_too_large",
                enterprises=f"{enterprises_of(city) * scale:,.0f}",
                filings=f"{patents_of(city) * scale:,.0f}",
                most_enterprises=f"{MOST_ENTERPRISES:,}",
                most_filings=f"{MOST_PATENTS:,}",
                percent=f"{int(1000 * largest) / 10:g}",
            )


def largest_scale(city: CityProfile) -> float:
    """Return the largest share of a city's enterprises that the board simulates."""
    return min(MOST_ENTERPRISES / enterprises_of(city), MOST_PATENTS / max(patents_of(city), 1.0))


def enterprises_of(city: CityProfile) -> float:
    """Return the enterprises of the whole city in 2015."""
    return city.enterprises.value


def patents_of(city: CityProfile) -> float:
    """Return the patents of 2015 and all filings up to 2030, if these grow as revenue does."""
    known = city.patents
    held = known.inventions_in_force, known.utility_models_in_force, known.designs_in_force
    filed = known.invention_applications, known.utility_model_applications, known.design_applications
    years = 0.0
    for industry in city.industries:
        level = industry.share.value
        for year in range(START_YEAR, LAST_YEAR + 1):
            level *= 1.0 + city.revenue_growth.at(year) + industry.growth_premium.value
            years += level
    return sum(one.value for one in held) + years * sum(one.value for one in filed)
