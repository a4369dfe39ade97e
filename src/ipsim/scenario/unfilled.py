"""What was copied from the template of a city and never filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipsim.scenario.newcity.rules import kinds, rules
from ipsim.scenario.quantity import Quantity
from ipsim.scenario.tree import Node

MARK = "FILL"
"""What the template has where a figure of the city belongs."""

_GIVEN = {  # how messages name what rules are multiples of
    "small_rights": "filings of all types less inventions",
    "patents.utility_model_applications": "utility models filed",
    "patents.design_applications": "designs filed",
}
_TEXTS = {
    "key": "a short name of small letters, digits, _ and -, such as ningbo",
    "name": "the city's name, {en: Ningbo, zh: 宁波}",
    "province": "its province, {en: Zhejiang, zh: 浙江}",
}
_HINTS = {"population_million": "residents", "gdp_billion_rmb": "gdp"}


def marks(node: Node, path: tuple[int | str, ...] = ()) -> Iterator[tuple[tuple[int | str, ...], Node]]:
    """Yield path and node of everything that still says FILL."""
    if isinstance(node.value, str) and node.value.strip() == MARK:
        yield path, node
    entries = enumerate(node.value) if isinstance(node.value, list) else node.items.items()
    for name, child in entries:
        yield from marks(child, (*path, name))


def message(path: Sequence[int | str], quantity: Quantity | None) -> str:
    """Return what to put at a path that still says FILL.

    Parameters
    ----------
    path
        From the top of the profile.
    quantity
        Unit and bounds of the number there, if there is one.
    """
    names = [str(part) for part in path]
    if names[0] in _TEXTS:
        return f"still says {MARK}; put {_TEXTS[names[0]]}"
    key = ".".join(name for name in names if name not in ("value", "range") and not name.isdecimal())
    put = "the lowest and the highest it can be, [low, high]" if names[-1] == "range" else "a number"
    allowed = f", {quantity}" if quantity else ""
    hint = f"; {kinds()[_HINTS[key]].hint.en}" if key in _HINTS else ""
    return f"still says {MARK}; put {put}{allowed}{hint}{_advice(key, names[-1] == 'range')}"


def _advice(key: str, ends: bool) -> str:
    """Return the rules of thumb for a figure that was not published: the ratio, or its ends."""
    said: list[str] = []
    for rule in rules():
        if rule.key == key:
            basis = _GIVEN.get(rule.basis) or _named(rule.basis)
            ratio = f"{rule.low:g} to {rule.high:g}" if ends else f"{rule.ratio:g}"
            said.append(f"{ratio} times {basis}")
    return f"; not published? {', or '.join(said)}, as an assumption" if said else ""


def _named(basis: str) -> str:
    kind = kinds()[basis]
    return kind.name.en if kind.unit == "count" else f"{kind.name.en} in {kind.unit}"
