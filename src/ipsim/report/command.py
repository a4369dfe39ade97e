"""The command that gives a result again, where there is one."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ipsim.scenario.errors import ScenarioError
from ipsim.scenario.loading import SET, load, parse_settings
from ipsim.scenario.shipped import shipped_folder

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.scenario.tree import Node
    from ipsim.study import Result

_WORD = re.compile(r"[A-Za-z_]\w*")


def command(verb: str, results: Sequence[Result], lang: str, *more: str) -> str | None:
    """Return the command line that gives the same numbers again.

    Parameters
    ----------
    verb
        ``run`` or ``compare``.
    results
        One result, or base and alternatives: same seeds, same scale.
    lang
        Language of the report.
    more
        Further options.

    Returns
    -------
    str or None
        None when no command says the same: the scenario was made in Python, the alternatives were
        changed in different ways, or a file is not what it was.
    """
    scenarios = [result.scenario for result in results]
    sources = [_source(scenario) for scenario in scenarios]
    given = [settings(scenario) for scenario in scenarios]
    if any(one != given[0] for one in given):
        return None
    if not _gives(sources, given[0], scenarios):
        return None
    first = results[0]
    numbers = ["--seed", str(first.seeds[0]), "--replicates", str(len(first.seeds)), "--scale"]
    changes = [part for setting in given[0] for part in ("--set", setting)]
    words = ["ipsim", verb, *sources, *changes, *numbers, repr(float(first.scale)), *more, "--lang", lang]
    return shlex.join(words)


def settings(scenario: Scenario) -> list[str]:
    """Return what ``--set`` or `Scenario.replace` changed, as ``KEY=VALUE`` texts."""
    changed = [layer.tree for layer in scenario.layers if layer.tree.file == SET]
    return [f"{key}={_yaml(node.plain())}" for tree in changed for key, node in _leaves(tree, "")]


def _source(scenario: Scenario) -> str:
    """Return the name or path from which a scenario was loaded, or what stands for it."""
    layers = [layer for layer in scenario.layers if layer.tree.file != SET]
    top = layers[-1]
    shipped = shipped_folder()
    return top.name if top.folder in (shipped, shipped / "cities") else top.tree.file


def _gives(sources: Sequence[str], changes: Sequence[str], scenarios: Sequence[Scenario]) -> bool:
    """Return whether these sources with these changes are these scenarios, to the last digit."""
    try:
        wanted = parse_settings(changes)
        loaded = [load(source) for source in sources]
        again = [scenario.replace(wanted) if wanted else scenario for scenario in loaded]
    except ScenarioError:
        return False
    return [one.hash for one in again] == [one.hash for one in scenarios]


def _leaves(node: Node, key: str) -> Iterator[tuple[str, Node]]:
    """Yield the values of a tree with their dotted keys; a map of dates is one value."""
    for name, child in node.items.items():
        inner = f"{key}.{name}" if key else str(name)
        words = [isinstance(part, str) and _WORD.fullmatch(part) for part in child.items]
        if words and all(words):
            yield from _leaves(child, inner)
        else:
            yield inner, child


def _yaml(value: Any) -> str:
    """Return a value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_yaml(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_yaml(child) for child in value) + "]"
    if isinstance(value, str) and _WORD.fullmatch(value) and value not in ("true", "false", "null"):
        return value
    return json.dumps(value, ensure_ascii=False)
