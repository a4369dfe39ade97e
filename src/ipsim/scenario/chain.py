"""Following `extends` and `city` from file to file, down to a city."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ipsim.scenario.errors import Fault, ScenarioError, nearest
from ipsim.scenario.names import city_names, scenario_names
from ipsim.scenario.quantity import shown
from ipsim.scenario.shipped import shipped_folder
from ipsim.scenario.tree import Node, read_file

_SUFFIXES = (".yaml", ".yml", ".json")
_CITY_MARKS = ("industries", "patents", "gdp_billion_rmb", "enterprises")


@dataclass(frozen=True)
class Layer:
    """One file, or one set of changes.

    Attributes
    ----------
    tree
        What it holds.
    folder
        Where its relative paths start.
    name
        Its short name.
    """

    tree: Node
    folder: Path
    name: str

    @property
    def is_city(self) -> bool:
        """Whether it is a city profile and not a what-if."""
        marks = sum(mark in self.tree.items for mark in _CITY_MARKS)
        return marks >= 2 and "extends" not in self.tree.items and "city" not in self.tree.items


def is_inline_city(section: Node) -> bool:
    """Return whether a `city` section holds a whole profile and not changes of one."""
    return "key" in section.items


def open_layer(reference: str, folder: Path, at: Node | None, key: str) -> Layer:
    """Return the layer that a name or path stands for, or raise ScenarioError.

    Parameters
    ----------
    reference
        The name of a scenario or city that ships, or a path.
    folder
        Where a relative path starts.
    at
        Where the reference stands, for messages; None for one given to ``load``.
    key
        ``extends`` or ``city``, or empty.
    """
    file, line = (at.file, at.line) if at is not None else (reference, 0)
    if len(reference) > 1000 or "\0" in reference or not reference.strip():
        raise ScenarioError([Fault(file[:80], line, key, "expected a name or a path")])
    path = Path(reference)
    shipped = None if _is_path(reference) else _shipped(reference, key)
    if shipped is not None:
        return Layer(read_file(shipped, _relative(shipped)), shipped.parent, reference)
    full = folder / path
    names = _names(key)
    if not _exists(full):
        kind = "city" if key == "city" else "scenario"
        what = f"{reference} does not exist" if _is_path(reference) else f"unknown {kind} {reference!r}"
        close = nearest(path.stem, names) or nearest(path.name.lower(), [near.name for near in _beside(full)])
        other = close or "; `ipsim new-city` makes a city of your own"
        message = f"{what}; allowed: a path or {', '.join(names)}{other}"
        raise ScenarioError([Fault(file, line, key, message)])
    name = reference if at is None else _relative(full)
    return Layer(read_file(full, name), full.resolve().parent, path.stem)


def _is_path(reference: str) -> bool:
    path = Path(reference)
    return path.suffix.lower() in _SUFFIXES or len(path.parts) > 1 or "/" in reference


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _beside(path: Path) -> list[Path]:
    """Return the scenario files in the folder of ``path``, to find the one that was meant."""
    try:
        return sorted(near for near in path.parent.iterdir() if near.suffix.lower() in _SUFFIXES)
    except OSError:
        return []


def _names(key: str) -> tuple[str, ...]:
    return city_names() if key == "city" else (*city_names(), *scenario_names())


def _shipped(name: str, key: str) -> Path | None:
    folder = shipped_folder()
    places = [folder / "cities"] if key == "city" else [folder, folder / "cities"]
    for place in places:
        path = place / f"{name}.yaml"
        if _exists(path):
            return path
    return None


def _relative(path: Path) -> str:
    """Return a short form of a path for messages: from scenarios/ or the working folder."""
    try:
        full = path.resolve()
    except (OSError, RuntimeError):
        return str(path)
    for base, start in ((shipped_folder().resolve(), "scenarios/"), (Path.cwd(), "")):
        if full.is_relative_to(base):
            return f"{start}{full.relative_to(base).as_posix()}"
    return str(path)


def follow(top: Layer) -> list[Layer]:
    """Return the layers from the city up to ``top``; the city is the first.

    The uppermost `city` decides, so a what-if made for one city runs in another.
    """
    layers = [top]
    seen = [_identity(top)]
    while not layers[-1].is_city and "extends" in layers[-1].tree.items:
        below = _below(layers[-1])
        if _identity(below) in seen:
            names = " -> ".join([*(layer.name for layer in layers), below.name])
            at = layers[-1].tree.items["extends"]
            raise ScenarioError([at.fault("extends", f"runs in a circle: {names}; extend a city")])
        layers.append(below)
        seen.append(_identity(below))
    what_ifs = [layer for layer in layers if not layer.is_city]
    return [_city(layers), *reversed(what_ifs)]


def _identity(layer: Layer) -> tuple[Path, str]:
    return layer.folder, layer.tree.file.rsplit("/", 1)[-1]


def _below(layer: Layer) -> Layer:
    at = layer.tree.items["extends"]
    if not isinstance(at.value, str):
        got = shown(at.plain())
        raise ScenarioError([at.fault("extends", f"expected a name or a path, got {got}")])
    return open_layer(at.value, layer.folder, at, "extends")


def _city(layers: list[Layer]) -> Layer:
    """Return the city's layer: of the uppermost reference, inline profile or city file."""
    for layer in layers:
        if layer.is_city:
            return layer
        at = layer.tree.items.get("city")
        if at is None:
            continue
        if isinstance(at.value, str):
            found = open_layer(at.value, layer.folder, at, "city")
            if not found.is_city:
                message = f"{at.value} is no city; allowed: a path or {', '.join(city_names())}"
                raise ScenarioError([at.fault("city", message)])
            return found
        if is_inline_city(at):
            return Layer(at, layer.folder, layer.name)
        if not isinstance(at.value, dict):
            message = f"expected the name of a city, got {shown(at.plain())}"
            raise ScenarioError([at.fault("city", f"{message}; allowed: {', '.join(city_names())}")])
    top = layers[0].tree
    message = f"no city; give `city:` or `extends:` (allowed: {', '.join(city_names())}, or a path)"
    raise ScenarioError([Fault(top.file, 1 if top.line else 0, "city", message)])
