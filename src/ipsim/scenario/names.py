"""Names of the scenarios and cities that ship."""

from __future__ import annotations

from ipsim.scenario.shipped import shipped_folder


def scenario_names() -> tuple[str, ...]:
    """Return the names of the what-ifs that ship."""
    return tuple(sorted(path.stem for path in shipped_folder().glob("*.yaml")))


def city_names() -> tuple[str, ...]:
    """Return the names of the cities that ship."""
    folder = shipped_folder() / "cities"
    return tuple(sorted(p.stem for p in folder.glob("*.yaml") if p.stem != "template"))
