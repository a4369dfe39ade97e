"""Values that every section of an experiment's file has."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ipsim.scenario.errors import Fault, nearest
from ipsim.scenario.quantity import is_number, shown
from ipsim.scenario.tree import Node
from ipsim.scenario.words import Words


def known_keys(node: Node, allowed: Sequence[str], section: str, faults: list[Fault]) -> None:
    """Add a fault for each key that is not allowed."""
    for key, child in node.items.items():
        if key not in allowed:
            message = f"unknown key; allowed: {', '.join(allowed)}{nearest(key, allowed)}"
            faults.append(child.fault(f"{section}.{key}" if section else str(key), message))


def text(tree: Node, key: str, faults: list[Fault], section: str = "", needed: bool = True) -> str:
    """Return a text; empty where it is absent and need not be there."""
    node = tree.items.get(key)
    if node is None and not needed:
        return ""
    if node is not None and isinstance(node.value, (str, int, float)) and str(node.value).strip():
        return " ".join(str(node.value).split())
    name = f"{section}.{key}" if section else key
    faults.append((node or tree).fault(name, "is missing: a text is needed"))
    return ""


def words(tree: Node, key: str, faults: list[Fault], section: str = "") -> Words:
    """Return a text in both languages; a sign such as ``%`` may stand for both."""
    node = tree.items.get(key)
    if node is not None and isinstance(node.value, str) and not any(map(str.isalpha, node.value)):
        return Words(node.value, node.value)
    found = [] if node is None else [node.items[lang].value for lang in ("en", "zh") if lang in node.items]
    if len(found) == 2 and all(isinstance(one, str) and one.strip() for one in found):
        return Words(*found)
    name = f"{section}.{key}" if section else key
    faults.append((node or tree).fault(name, "expected {en: text, zh: text}"))
    return Words("?", "?")


def flag(tree: Node, key: str, faults: list[Fault]) -> bool:
    """Return true or false, which has to be given."""
    node = tree.items.get(key)
    if node is None or not isinstance(node.value, bool):
        got = "" if node is None else f", got {shown(node.plain())}"
        faults.append((node or tree).fault(key, f"expected true or false{got}"))
        return False
    return node.value


def number(
    tree: Node, key: str, low: float, high: float, default: float, section: str, faults: list[Fault]
) -> float:
    """Return a number within bounds, or the default where it is absent."""
    node = tree.items.get(key)
    if node is None:
        return default
    if is_number(node.value) and low <= node.value <= high and math.isfinite(node.value):
        return node.value
    message = f"expected a number, got {shown(node.plain())}; allowed: {low:g} to {high:g}"
    faults.append(node.fault(f"{section}.{key}", message))
    return default


def whole(tree: Node, key: str, low: int, high: int, default: int, section: str, faults: list[Fault]) -> int:
    """Return a whole number within bounds, or the default where it is absent."""
    node = tree.items.get(key)
    if node is None:
        return default
    value = node.value
    if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
        return value
    message = f"expected a whole number, got {shown(node.plain())}; allowed: {low} to {high}"
    faults.append(node.fault(f"{section}.{key}", message))
    return default
