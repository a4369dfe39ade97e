"""The command that gives a result again, where there is one."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ipsim.scenario.errors import ScenarioError
from ipsim.scenario.loading import SET, parse_settings
from ipsim.scenario.shipped import shipped_folder
from ipsim.study.run import as_scenario

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
    scale = repr(float(first.scale))
    draws = _drawing(first)
    return shlex.join(["ipsim", verb, *sources, *changes, *numbers, scale, *draws, *more, "--lang", lang])


def _drawing(result: Result) -> list[str]:
    """Return the options that say which parameters the replicates have."""
    laid_on = _laid_on(result.scenario)
    other = ["--ensemble", laid_on] if laid_on else []
    return [*other, *([] if result.members else ["--central"])]


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
        loaded = [as_scenario(source, _laid_on(one)) for source, one in zip(sources, scenarios, strict=True)]
        again = [scenario.replace(wanted) if wanted else scenario for scenario in loaded]
    except ScenarioError:
        return False
    return [_drawn_from(one) for one in again] == [_drawn_from(one) for one in scenarios]


def _laid_on(scenario: Scenario) -> str | None:
    """Return where the ensemble was read from that lies on the one that ships."""
    return scenario.ensemble.source if scenario.ensemble.below is not None else None


def _drawn_from(scenario: Scenario) -> tuple[str, ...]:
    """Return what decides all draws of a scenario."""
    return scenario.hash, scenario.ensemble.hash, *scenario.drawn_keys


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
