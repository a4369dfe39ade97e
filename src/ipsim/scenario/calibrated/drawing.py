"""Where an ensemble's values stand in a scenario: above the city's profile, below all that is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.calibrated.ensemble import PREFIX, Ensemble, figure_of
from ipsim.scenario.calibrated.reading import TABLE
from ipsim.scenario.chain import Layer
from ipsim.scenario.city_reading import declared
from ipsim.scenario.errors import Fault, nearest
from ipsim.scenario.quantity import shown
from ipsim.scenario.shipped import shipped_folder
from ipsim.scenario.tree import Node

KEY = "calibration"
_KEYS = ("ensemble", "member", "given")
_NOTE = "calibrated (ensemble "


@dataclass(frozen=True)
class Mark:
    """What the key ``calibration`` of a scenario written out whole says.

    Attributes
    ----------
    ensemble
        The ensemble whose values are written in it.
    member
        Which member; None for the central set.
    given
        Keys of the parameters that somebody gave; the others came from the ensemble.
    """

    ensemble: Ensemble
    member: int | None
    given: frozenset[str]

    def holds(self, key: str, value: object) -> bool:
        """Return whether a value came from the ensemble, or is the model's own: nobody gave it.

        A value that was changed in the text counts as given.
        """
        if key in self.given:
            return False
        drawn = self.ensemble.values(self.member)
        if key in drawn:
            return value == drawn[key]
        return figure_of(key) is not None or value == ASSUMPTIONS[key.removeprefix(PREFIX)].value


@dataclass
class Drawing:
    """One member of an ensemble in one scenario.

    Attributes
    ----------
    ensemble, member
        Which set; the central one if ``member`` is None.
    marks
        By the place of a layer above the city, its `Mark`.
    pinned
        Keys of the ensemble's parameters and of assumptions that are given, so that no member moves them.
    """

    ensemble: Ensemble
    member: int | None
    marks: Mapping[int, Mark] = field(default_factory=dict[int, Mark])
    pinned: set[str] = field(default_factory=set[str])

    @property
    def values(self) -> dict[str, float]:
        """Value by key of the member."""
        return self.ensemble.values(self.member)

    def assumptions(self) -> dict[str, float]:
        """Return the member's values of the parameters that cities share, by name."""
        found = self.values.items()
        return {key.removeprefix(PREFIX): value for key, value in found if key.startswith(PREFIX)}

    def note(self, name: str) -> str:
        """Return where the value of an assumption comes from that nobody gave."""
        known = ASSUMPTIONS[name]
        if f"{PREFIX}{name}" not in self.ensemble.keys:
            return known.source
        return f"{_said(self.ensemble)}, prior {known.low:g} to {known.high:g}; {known.source}"

    def in_city(self, city: Layer, above: Sequence[Layer], faults: list[Fault]) -> Node:
        """Return the city's tree with the member's figures in it, but those that are given above.

        Parameters
        ----------
        city
            The city's layer.
        above
            The layers above it; their changes are not made here.
        faults
            Gets a fault for each figure that the profile does not have.
        """
        tree = city.tree
        changes = [layer.tree.items["city"] for layer in above if "city" in layer.tree.items]
        for key, path in self.ensemble.figures(str(tree.find(("key",)).value)).items():
            if not self._follows(key, path, city, above):
                self.pinned.add(key)
                continue
            if any(_covers(change, path) for change in changes if change is not city.tree):
                self.pinned.add(key)
            tree = self._placed(tree, path, key, faults)
        return tree

    def _follows(self, key: str, path: tuple[str, ...], city: Layer, above: Sequence[Layer]) -> bool:
        """Return whether a figure of the profile is the ensemble's to say."""
        for place, layer in enumerate(above):
            if layer.tree.items.get("city") is city.tree and place in self.marks:
                return self.marks[place].holds(key, _number_at(city.tree, path))
        return key in self.ensemble.own or _is_shipped(city)

    def _placed(self, node: Node, path: tuple[str, ...], key: str, faults: list[Fault]) -> Node:
        """Return a tree with the member's value at a path; items of a list are named by their key."""
        if not path:
            return self._sourced(node, key)
        part, rest = path[0], path[1:]
        if isinstance(node.value, list):
            names = [item.find(("key",)).value for item in node.value]
            if part in names:
                items = list(node.value)
                place = names.index(part)
                items[place] = self._placed(items[place], rest, key, faults)
                return Node(items, node.file, node.line)
        elif part in node.items:
            entries = {**node.items, part: self._placed(node.items[part], rest, key, faults)}
            return Node(entries, node.file, node.line)
        line = self.ensemble.line(self.member)
        faults.append(Fault(TABLE, line, key, f"the profile has no {part!r}"))
        return node

    def _sourced(self, node: Node, key: str) -> Node:
        """Return a number of the profile with the member's value, its own reason and its own range."""

        def made(value: object) -> Node:
            return Node(value, TABLE, self.ensemble.line(self.member))

        if "value" not in node.items:
            return node  # the fault is the profile's
        reason = next((node.items[name].value for name in ("assumption", "source") if name in node.items), "")
        reason = reason.partition("; ")[2] if str(reason).startswith(_NOTE) else reason
        said = _said(self.ensemble)
        entries: dict[int | str, Node] = {"value": made(self.values[key])}
        span = node.items.get("range")
        if span is None:
            entries["source"] = made(f"{said}; {reason}")
        else:
            low, high = span.plain()
            entries |= {"assumption": made(f"{said}, prior {low:g} to {high:g}; {reason}"), "range": span}
        return Node(entries, TABLE, self.ensemble.line(self.member))


def read_drawing(
    layers: Sequence[Layer], ensemble: Ensemble, member: int | None, faults: list[Fault]
) -> Drawing:
    """Return how an ensemble acts in layers, the city not among them.

    Parameters
    ----------
    layers
        The layers above the city.
    ensemble
        The ensemble; one without parameters leaves every value as written, whatever `calibration` says.
    member
        Which member; if None the one that the layers name, else the central set.
    faults
        Every fault of a key ``calibration`` is added to this list.
    """
    marks: dict[int, Mark] = {}
    for place, layer in enumerate(layers):
        node = layer.tree.items.get(KEY)
        mark = _mark(node, ensemble, faults) if node is not None else None
        if mark is not None:
            marks[place] = mark
    named = [mark.member for mark in marks.values() if mark.member is not None]
    return Drawing(ensemble, named[-1] if named and member is None else member, marks)


def _mark(node: Node, ensemble: Ensemble, faults: list[Fault]) -> Mark | None:
    before = len(faults)
    if not isinstance(node.value, dict):
        message = f"expected a map with `ensemble` and `given`, got {shown(node.plain())}"
        faults.append(node.fault(KEY, message))
        return None
    for name, child in node.items.items():
        if name not in _KEYS:
            message = f"unknown key; allowed: {', '.join(_KEYS)}{nearest(name, _KEYS)}"
            faults.append(child.fault(f"{KEY}.{name}", message))
    known = _ensemble(node, ensemble, faults)
    given = _given(node, faults)
    at = node.items.get("member")
    if at is not None and (not isinstance(at.value, int) or isinstance(at.value, bool) or at.value < 1):
        message = f"expected the number of a member, got {shown(at.plain())}; allowed: from 1"
        faults.append(at.fault(f"{KEY}.member", message))
    if len(faults) > before or known is None:
        return None
    return Mark(known, at.value if at is not None else None, given)


def _ensemble(node: Node, ensemble: Ensemble, faults: list[Fault]) -> Ensemble | None:
    at = node.items.get("ensemble", node)
    if "ensemble" not in node.items or not isinstance(at.value, str):
        faults.append(at.fault(f"{KEY}.ensemble", "expected the hash of an ensemble"))
        return None
    if not ensemble.keys:
        return None
    known = ensemble.with_hash(at.value)
    if known is None:
        message = (
            f"the values here are of ensemble {at.value[:8]}, and this is {ensemble.short}; take the key "
            f"`{KEY}` out to keep them as they are written, or give that ensemble (--ensemble)"
        )
        faults.append(at.fault(f"{KEY}.ensemble", message))
    return known


def _given(node: Node, faults: list[Fault]) -> frozenset[str]:
    at = node.items.get("given")
    if at is None:
        return frozenset()
    items = at.value if isinstance(at.value, list) else []
    if not isinstance(at.value, list) or not all(isinstance(item.value, str) for item in items):
        message = f"expected a list of parameters, got {shown(at.plain())}"
        faults.append(at.fault(f"{KEY}.given", message))
        return frozenset()
    for item in items:
        figure, name = figure_of(item.value), item.value.removeprefix(PREFIX)
        if figure and declared(figure[1]) is None:
            faults.append(item.fault(f"{KEY}.given", f"{item.value} is no figure of a city"))
        elif not figure and (not item.value.startswith(PREFIX) or name not in ASSUMPTIONS):
            message = f"{item.value} is no parameter{nearest(name, ASSUMPTIONS)}"
            faults.append(item.fault(f"{KEY}.given", message))
    return frozenset(item.value for item in items)


def _said(ensemble: Ensemble) -> str:
    return f"{_NOTE}{ensemble.short})"


def _is_shipped(city: Layer) -> bool:
    file = f"{city.tree.find(('key',)).value}.yaml"
    home = shipped_folder() / "cities"
    return city.tree.file.endswith(file) and city.folder.resolve() == home.resolve()


def _covers(change: Node, path: tuple[str, ...]) -> bool:
    """Return whether a change of the city gives the figure at a path, or all of what it is part of."""
    node = change
    for part in path:
        if not isinstance(node.value, dict):
            return not isinstance(node.value, str) or node is not change
        if part not in node.items:
            return False
        node = node.items[part]
    return True


def _number_at(tree: Node, path: tuple[str, ...]) -> object:
    """Return the number of a profile at a path, or None."""
    node = tree
    for part in path:
        if isinstance(node.value, list):
            found = [item for item in node.value if item.find(("key",)).value == part]
        else:
            found = [node.items[part]] if part in node.items else []
        if not found:
            return None
        node = found[0]
    value = node.find(("value",)).value
    return float(value) if isinstance(value, (int, float)) else None
