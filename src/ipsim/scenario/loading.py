"""Loading a scenario: every fault at once, or a scenario that the model can run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from ipsim.scenario.assembly import assemble
from ipsim.scenario.calibrated.ensemble import Ensemble
from ipsim.scenario.chain import Layer, follow, open_layer
from ipsim.scenario.errors import Fault, ScenarioError
from ipsim.scenario.scenario import Scenario
from ipsim.scenario.tree import Node, from_python, merged, read_text, read_value

SET = "--set"
"""Stands for the file in faults of values that were not given in a file."""


def load(source: str | Path | Mapping[str, object], ensemble: Ensemble | None = None) -> Scenario:
    """Return the scenario that a name, a file or a mapping holds.

    Parameters
    ----------
    source
        The name of a scenario or city that ships (``jinhua``), the path of a YAML
        file (a scenario or a city profile), or a mapping with the keys of a file.
    ensemble
        Calibrated sets of parameters to draw from; those that ship if None. The central set is in use.

    Raises
    ------
    ScenarioError
        With every fault that was found.
    """
    if isinstance(source, Mapping):
        tree = _nested(source, "dict")
        top = Layer(tree, Path.cwd(), _title(tree))
    elif isinstance(source, Path):
        bare = len(source.parts) <= 1 and not source.suffix
        top = open_layer(f"./{source}" if bare else str(source), Path(), None, "")
    elif isinstance(source, str):
        top = open_layer(source, Path(), None, "")
    else:
        message = f"expected a name, a path or a mapping, got {type(source).__name__}"
        raise ScenarioError([Fault("scenario", 0, "", message)])
    return assemble(follow(top), ensemble=ensemble)


def load_text(text: str, shown: str = "scenario", ensemble: Ensemble | None = None) -> Scenario:
    """Return the scenario that a YAML text holds, such as the text in a result.

    Parameters
    ----------
    text
        The YAML.
    shown
        What to call it in faults.
    ensemble
        As in `load`; `UNCALIBRATED` takes every value as it is written, so that nothing is drawn.
    """
    tree = read_text(text, shown)
    return assemble(follow(Layer(tree, Path.cwd(), _title(tree))), ensemble=ensemble)


def changed(scenario: Scenario, changes: Mapping[str, object]) -> Scenario:
    """Return ``scenario`` with other values; see `Scenario.replace`."""
    tree = _nested(changes, SET)
    city, *above = scenario.layers
    top = Layer(tree, Path.cwd(), scenario.name)
    reference = tree.items.get("city")
    if reference is not None and not reference.items:
        city = follow(top)[0]
    return assemble([city, *above, top], scenario.name, scenario.ensemble, scenario.member)


def redrawn(scenario: Scenario, member: int) -> Scenario:
    """Return ``scenario`` with a member of its ensemble; see `Scenario.drawn`."""
    return assemble(list(scenario.layers), scenario.name, scenario.ensemble, member)


def recalibrated(scenario: Scenario, ensemble: Ensemble) -> Scenario:
    """Return ``scenario`` with another ensemble laid on its own; see `Scenario.calibrated`."""
    return assemble(list(scenario.layers), scenario.name, ensemble.over(scenario.ensemble))


def parse_settings(settings: Sequence[str]) -> dict[str, object]:
    """Return the changes that ``KEY=VALUE`` texts stand for, values read as YAML.

    Raises
    ------
    ScenarioError
        If a text has no ``=`` or a value is not YAML.
    """
    changes: dict[str, object] = {}
    faults: list[Fault] = []
    for setting in settings:
        key, equals, text = setting.partition("=")
        if not equals or not key.strip():
            faults.append(Fault(SET, 0, setting[:80], "expected KEY=VALUE"))
            continue
        try:
            changes[key.strip()] = read_value(text, SET).plain()
        except ScenarioError as error:
            faults.extend(fault._replace(line=0, key=key.strip()) for fault in error.faults)
    if faults:
        raise ScenarioError(faults)
    return changes


def _title(tree: Node) -> str:
    """Return the English name that a scenario without a file gives itself."""
    name = tree.find(("name", "en")).value if tree.find(("name",)) is not tree else None
    return name if isinstance(name, str) else "scenario"


def _nested(entries: Mapping[str, object], file: str) -> Node:
    """Return the tree of a mapping whose keys may be dotted."""
    tree = Node({}, file)
    for key, value in entries.items():
        node = from_python(value, file)
        for part in reversed(re.split(r"\.", str(key))):
            node = Node({part: node}, file)
        tree = merged(tree, node)
    return tree
