"""Reading a city profile: from a tree to a `CityProfile`, with every fault placed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from ipsim.scenario.errors import Fault, nearest
from ipsim.scenario.profile import CityProfile
from ipsim.scenario.quantity import FIRST_DATED, Number, Quantity, is_number, shown
from ipsim.scenario.tree import Node
from ipsim.scenario.unfilled import marks, message

_OWN = ("real", "pair", "date", "unsourced", "bounds", "sum", "words")

_PLAIN = {
    "string_pattern_mismatch": "expected a name of small letters, digits, _ and -",
    "string_type": "expected a text",
    "bool_type": "expected true or false",
    "tuple_type": "expected a list",
    "less_than_equal": "expected a number above 0, to 1",
    "greater_than": "expected a number above 0, to 1",
    "float_type": "expected a number",
    "too_short": "expected at least one",
}


def read_city(tree: Node, faults: list[Fault]) -> CityProfile | None:
    """Return the profile in ``tree``, or None with every fault added to ``faults``."""
    before = len(faults)
    faults.extend(_structure(tree))
    faults.extend(node.fault(_dotted(path), message(path, _declared(path)[1])) for path, node in marks(tree))
    try:
        city = CityProfile.model_validate(tree.plain())
    except ValidationError as error:
        problems = error.errors(include_url=False)
        unfilled = {path for path, _ in marks(tree)}
        faults.extend(
            _translated(dict(problem), tree)
            for problem in problems
            if not _is_about(problem["loc"], unfilled)
        )
        return None
    return city if len(faults) == before else None


def _is_about(place: Sequence[int | str], unfilled: set[tuple[int | str, ...]]) -> bool:
    """Return whether a problem comes of what was not filled in: it lies there, or around it."""
    return any(path[: len(place)] == tuple(place) for path in unfilled)


def overridden(base: Node, top: Node, faults: list[Fault], key: str = "city") -> Node:
    """Return a profile's tree with the values of ``top`` in place of its own.

    A plain number takes the place of a sourced one, with the place where it was
    given as its source; a number with a source or a reason of its own takes its place
    whole. Industries and universities are addressed by their key.
    """
    if isinstance(base.value, list) and isinstance(top.value, dict):
        return _items(base, top, faults, key)
    if "value" in base.items and not isinstance(top.value, list) and "value" not in top.items:
        place = f"{top.file}:{top.line}" if top.line else top.file
        source = Node(f"given in {place}", top.file, top.line)
        value = Node(top.value, top.file, top.line)
        return Node({"value": value, "source": source}, top.file, top.line)
    if not base.items or not isinstance(top.value, dict):
        return top
    if "value" in top.items and ("source" in top.items or "assumption" in top.items):
        return top
    entries = dict(base.items)
    for name, child in top.items.items():
        inner = f"{key}.{name}"
        entries[name] = overridden(entries[name], child, faults, inner) if name in entries else child
    return Node(entries, base.file, base.line)


def _items(base: Node, top: Node, faults: list[Fault], key: str) -> Node:
    """Return a list of industries or universities, changed where ``top`` names their key."""
    keys = [item.find(("key",)).value for item in base.value]
    names = [name for name in keys if isinstance(name, str)]
    for name, child in top.items.items():
        if name not in names:
            message = f"unknown key; allowed: {', '.join(names)}{nearest(name, names)}"
            faults.append(child.fault(f"{key}.{name}", message))
    items = [
        overridden(item, top.items[name], faults, f"{key}.{name}")
        if isinstance(name, str) and name in top.items
        else item
        for item, name in zip(base.value, keys, strict=True)
    ]
    return Node(items, base.file, base.line)


def _translated(problem: dict[str, Any], tree: Node) -> Fault:
    """Return one pydantic error as a fault with place, key and what is allowed."""
    path: tuple[int | str, ...] = problem["loc"]
    model, quantity = _declared(path)
    node = tree.find(path)
    prefix = "" if node.file == tree.file else "city."
    key = prefix + _dotted(path)
    kind = problem["type"]
    if kind == "extra_forbidden":
        names = tuple(model.model_fields)
        return node.fault(key, f"unknown key; allowed: {', '.join(names)}{nearest(path[-1], names)}")
    if kind == "missing":
        unit = f" ({quantity.unit})" if quantity else ""
        return node.fault(key, f"missing{unit}; a profile needs it")
    if kind in ("model_type", "model_attributes_type"):
        return node.fault(key, _expected_map(node, quantity))
    message = _PLAIN.get(kind, str(problem["msg"]))
    if kind not in _OWN:
        message = f"{message[:1].lower()}{message[1:]}, got {shown(node.plain())}"
    if kind == "real" and quantity:
        message = f"{message}; allowed: {quantity}"
    return node.fault(key, message)


def _expected_map(node: Node, quantity: Quantity | None) -> str:
    got = shown(node.plain())
    if quantity is None:
        return f"expected a map of keys, got {got}"
    return (
        f"expected {{value: number, source: text}} or {{value: number, assumption: why, "
        f"range: [low, high]}} in {quantity.unit}, got {got}"
    )


def _declared(path: Sequence[int | str]) -> tuple[type[BaseModel], Quantity | None]:
    """Return the model that holds the last name of ``path``, and the quantity on the way."""
    model: type[BaseModel] = CityProfile
    quantity: Quantity | None = None
    inner: type[BaseModel] | None = CityProfile
    for part in path:
        if isinstance(part, int):
            continue
        model = inner or model
        field = model.model_fields.get(part)
        if field is None:
            inner = None
            continue
        found = [item for item in field.metadata if isinstance(item, Quantity)]
        quantity = found[0] if found else quantity
        inner = _model_in(field.annotation)
    return model, quantity


def declared(path: Sequence[str]) -> Quantity | None:
    """Return unit and bounds of the number at a path such as ``patents.stock_growth``; None if it is none.

    Industries and universities are addressed by their key.
    """
    model: type[BaseModel] | None = CityProfile
    parts = list(path)
    while parts and model is not None:
        field = model.model_fields.get(parts.pop(0))
        if field is None:
            return None
        model = _model_in(field.annotation)
        if get_origin(field.annotation) is tuple and parts:
            parts.pop(0)
        if model is Number:
            found = [item for item in field.metadata if isinstance(item, Quantity)]
            return found[0] if found and not parts else None
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        found = _model_in(part)
        if found is not None:
            return found
    return None


def _dotted(path: Sequence[int | str]) -> str:
    text = ""
    for part in path:
        place = isinstance(part, int) and part < FIRST_DATED  # a place in a list, not a year
        text += f"[{part}]" if place else f".{part}" if text else str(part)
    return text


def _structure(tree: Node) -> list[Fault]:
    """Return the faults that lie between entries: sums, duplicates, unknown suppliers."""
    listed = tree.items.get("industries")
    if listed is None or not isinstance(listed.value, list):
        return []
    industries: list[Node] = [node for node in listed.value if node.items]
    faults = [fault for part in ("share", "firm_share") for fault in _sum(listed, industries, part)]
    keys = [node.items["key"].value for node in industries if "key" in node.items]
    names = [key for key in keys if isinstance(key, str)]
    for node in industries:
        key = node.items.get("key")
        if key is not None and names.count(key.value) > 1:
            faults.append(key.fault("industries", f"two industries have the key {key.value}"))
        suppliers = node.items.get("suppliers")
        listed_suppliers = suppliers.value if suppliers is not None else None
        for supplier in listed_suppliers if isinstance(listed_suppliers, list) else []:
            if isinstance(supplier.value, str) and supplier.value not in names:
                message = (
                    f"unknown industry {shown(supplier.value)}; allowed: {', '.join(names)}"
                    f"{nearest(supplier.value, names)}"
                )
                faults.append(supplier.fault("industries.suppliers", message))
    return faults


def _sum(listed: Node, industries: list[Node], part: str) -> list[Fault]:
    values = [node.find((part, "value")).value for node in industries]
    numbers = [value for value in values if is_number(value)]
    if not industries or len(numbers) < len(industries):
        return []
    total = sum(numbers)
    if abs(total - 1) <= 1e-6:
        return []
    message = f"`{part}` of the industries sums to {total:.6g}; allowed: shares that sum to 1"
    # A changed share is nearer to the cause than the list in the city's own file.
    changed = [node.find((part, "value")) for node in industries]
    at = next((node for node in changed if node.file != listed.file), listed)
    return [at.fault("industries" if at is listed else f"city.industries.{part}", message)]
