"""A scenario file for each policy of the frontier, ready for ``ipsim run`` and ``ipsim compare``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipsim.scenario import ScenarioError, city_names, load, scenario_names
from ipsim.scenario.tree import read_text
from ipsim.study.batch.manifest import SCENARIO
from ipsim.study.errors import RunError
from ipsim.study.folders import write_whole
from ipsim.study.search.result import SearchResult

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.scenario.words import Words
    from ipsim.study.plan import Study

FOLDER = "frontier"
_PLAIN = re.compile(r"[a-z][a-z0-9_-]*|\.\./[a-z.]+")
"""Texts that stand in YAML without quotes."""


def write_scenarios(result: SearchResult, folder: Path) -> list[str]:
    """Write the scenario files and return their paths, seen from the study folder.

    Each is loaded again and has to run exactly as the policy did in the search.

    Raises
    ------
    RunError
        When a file does not say what was run.
    OSError
        When the disk refuses.
    """
    from ipsim.report.frontier.naming import described, named

    digits = max(2, len(str(len(result.frontier))))
    files: list[str] = []
    for place, policy in enumerate(result.frontier.policies):
        assert policy is not None
        path = folder / FOLDER / f"policy-{place + 1:0{digits}}.yaml"
        words = (named(result, place), described(result, place))
        _write(path, result.study, policy.changes, words)
        files.append(f"{FOLDER}/{path.name}")
    return files


def _write(path: Path, study: Study, changes: Mapping[str, object], words: tuple[Words, Words]) -> None:
    """Write what differs, on a scenario that ships where that says all, else on the folder's own."""
    wanted = study.scenario.replace(changes)
    differing = {key: value for key, value in changes.items() if not _is_so_already(study, key, value)}
    ways = [(*way, differing) for way in _shipped(study)]
    ways += [(f"../{SCENARIO}", {}, differing), (f"../{SCENARIO}", {}, dict(changes))]
    for extends, settings, kept in ways:
        write_whole(path, _text(extends, words, [settings, kept]).encode())
        if _loads_alike(path, wanted):
            return
    raise RunError(f"{path} does not run as the policy did in the search; this is a fault in ipsim")


def _is_so_already(study: Study, key: str, value: object) -> bool:
    """Return whether the study's scenario has this value of a lever in every quarter."""
    timeline = study.scenario.policy.get(key)
    if timeline is None:
        return False
    changed = study.scenario.replace({key: value}).policy[key]
    quarters, first = study.scenario.quarters, study.scenario.start_year
    return bool((changed.path(quarters, first) == timeline.path(quarters, first)).all())


def _shipped(study: Study) -> list[tuple[str, dict[str, object]]]:
    """Return the scenario that ships and the fixed changes, where the study builds on one."""
    tree = read_text(study.text, study.file)
    name = tree.find(("scenario",)).value
    if name not in (*scenario_names(), *city_names()):
        return []
    settings = tree.items["set"].plain() if "set" in tree.items else {}
    return [(name, {str(key): value for key, value in settings.items()})]


def _loads_alike(path: Path, wanted: Scenario) -> bool:
    try:
        return load(path).hash == wanted.hash
    except ScenarioError:
        return False


def _text(extends: str, words: tuple[Words, Words], changes: list[Mapping[str, object]]) -> str:
    name, description = words
    head: dict[str, Any] = {
        "extends": extends,
        "name": {"en": name.en, "zh": name.zh},
        "description": {"en": description.en, "zh": description.zh},
    }
    return "\n".join(_lines({**head, **_nested(changes)}, "")) + "\n"


def _nested(changes: list[Mapping[str, object]]) -> dict[str, Any]:
    """Return dotted keys as maps of maps; of two values of one key the later counts."""
    tree: dict[str, Any] = {}
    for key, value in (item for part in changes for item in part.items()):
        *groups, last = key.split(".")
        inner = tree
        for group in groups:
            if not isinstance(inner.get(group), dict):
                inner[group] = {}
            inner = inner[group]
        both = isinstance(value, dict) and isinstance(inner.get(last), dict)
        inner[last] = {**inner[last], **value} if both else value  # type: ignore[dict-item]
    return tree


def _lines(tree: Mapping[str, Any], indent: str) -> list[str]:
    """Return a map as YAML: a line for each value, dated values on one line."""
    lines: list[str] = []
    for key, value in tree.items():
        if isinstance(value, dict) and value and not _is_dated(value):
            lines += [f"{indent}{key}:", *_lines(value, f"{indent}  ")]
        else:
            lines.append(f"{indent}{key}: {_flow(value)}")
    return lines


def _is_dated(value: Mapping[str, Any]) -> bool:
    return all(str(key)[:4].isdigit() for key in value)


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(child) for child in value) + "]"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)
