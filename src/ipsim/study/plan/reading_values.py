"""Values of a study file that several sections have, and where their faults stand."""

from __future__ import annotations

from ipsim.scenario.errors import Fault
from ipsim.scenario.quantity import shown
from ipsim.scenario.tree import Node


def whole_number(node: Node, key: str, low: int, high: int, faults: list[Fault]) -> int | None:
    """Return a whole number within bounds, or None with a fault added."""
    value = node.value
    if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
        return value
    message = f"expected a whole number, got {shown(node.plain())}; allowed: {low} to {high}"
    faults.append(node.fault(key, message))
    return None


def placed(fault: Fault, section: Node, name: str) -> Fault:
    """Return a fault of a change at the line of the study file that asks for the change."""
    lines = [
        node.line
        for key, node in section.items.items()
        if f"{fault.key}.".startswith(f"{key}.") and node.line
    ]
    return Fault(section.file, lines[0] if lines else section.line, f"{name}.{fault.key}", fault.message)
