"""Writing changes of a scenario as a scenario file that makes them, for ``ipsim run``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_PLAIN = re.compile(r"(?!(?:true|false|yes|no|on|off|null|y|n)$)[a-z][a-z0-9_-]*|\.\./[a-z.]+")
"""Texts that stand in YAML without quotes."""


def scenario_text(head: Mapping[str, object], *changes: Mapping[str, object]) -> str:
    """Return the YAML of a scenario.

    Parameters
    ----------
    head
        What comes first: ``extends`` and words.
    changes
        Keys as `Scenario.replace` takes them, dotted; of two values of one key the later counts, and dates
        of both are kept.
    """
    return "\n".join(_lines({**head, **_nested(changes)}, "")) + "\n"


def _nested(changes: tuple[Mapping[str, object], ...]) -> dict[str, Any]:
    """Return dotted keys as maps of maps."""
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
