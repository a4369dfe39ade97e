"""A scenario file that a visitor opened: it may name what ships, and no file of this machine."""

from __future__ import annotations

from pathlib import PurePath

from ipsim.app.bounds import faults_of_city, faults_of_length
from ipsim.scenario.assembly import assemble
from ipsim.scenario.chain import Layer, follow
from ipsim.scenario.errors import Fault, ScenarioError, nearest
from ipsim.scenario.names import city_names, scenario_names
from ipsim.scenario.scenario import Scenario
from ipsim.scenario.shipped import shipped_folder
from ipsim.scenario.tree import Node, read_text

_PLAIN = frozenset({"extends", "city", "name", "description", "policy", "national", "assumptions", "horizon"})

_NO_FOLDER = shipped_folder() / "opened"
"""Where an opened file is said to be: no such folder is there, and what is still referred to ships."""


def read_opened(file: str, text: str) -> Scenario:
    """Return the scenario of a file's text, as ``ipsim run FILE`` would load it.

    Parameters
    ----------
    file
        What the visitor calls it, for messages and as the scenario's name.
    text
        What is in it.

    Raises
    ------
    ScenarioError
        With the faults that the command line prints, one for each reference to a file, and one for each
        thing of which the board bears less.
    """
    shown = PurePath(file.replace("\\", "/")).name or "scenario"
    tree = read_text(text, shown)
    faults = [*references(tree), *faults_of_length(tree)]
    if faults:
        raise ScenarioError(faults)
    scenario = assemble(follow(Layer(tree, _NO_FOLDER, PurePath(shown).stem)))
    faults = faults_of_city(scenario, tree)
    if faults:
        raise ScenarioError(faults)
    return scenario


def references(tree: Node) -> list[Fault]:
    """Return a fault for each reference of a scenario that is not the name of one that ships."""
    allowed = {"extends": (*city_names(), *scenario_names()), "city": city_names()}
    faults: list[Fault] = []
    for key, names in allowed.items():
        node = tree.items.get(key)
        if node is not None and isinstance(node.value, str) and node.value not in names:
            message = (
                f"{node.value[:80]!r} is not a name that ships, and the board reads no other file; "
                f"allowed: {', '.join(names)}{nearest(node.value, names)}"
            )
            faults.append(node.fault(key, message))
    return faults


def plain_start(tree: Node) -> str | None:
    """Return the name that a what-if starts from, if it is made of that and of changes alone; else None."""
    start, city = tree.items.get("extends"), tree.items.get("city")
    one = start or city
    if one is None or (start and city) or not isinstance(one.value, str) or set(tree.items) - _PLAIN:
        return None
    return one.value
