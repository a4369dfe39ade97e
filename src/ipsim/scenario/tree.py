"""A YAML document as a tree in which every value knows its file and line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from ipsim.scenario.errors import Fault, ScenarioError

MAX_BYTES = 300_000
_MAX_FAULTS = 100
_MAX_DEPTH = 20
_MAX_VALUES = 50_000

Scalar = str | int | float | bool | None


@dataclass(frozen=True)
class Node:
    """A value with its place.

    Attributes
    ----------
    value
        A scalar, a dict of name to Node, or a list of Nodes.
    file, line
        Where it stands; line 0 where there is no line.
    """

    value: Any
    file: str
    line: int = 0

    @property
    def items(self) -> dict[int | str, Node]:
        """The entries of a map; empty for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    def plain(self) -> Any:
        """Return the value without places."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value

    def find(self, path: Sequence[int | str]) -> Node:
        """Return the node at ``path``, or the nearest one above it that exists."""
        node = self
        for part in path:
            if isinstance(node.value, list) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
            elif part in node.items:
                node = node.items[part]
            else:
                break
        return node

    def fault(self, key: str, message: str) -> Fault:
        """Return a fault at this place."""
        return Fault(self.file, self.line, key, message)


class _Reader:
    """Turns composed YAML nodes into a tree and gathers faults on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.count = 0

    def read(self, node: Any, key: str, depth: int) -> Node:
        line = node.start_mark.line + 1
        self.count += 1
        if depth > _MAX_DEPTH or self.count > _MAX_VALUES:
            what = f"deeper than {_MAX_DEPTH} levels" if depth > _MAX_DEPTH else "too many values"
            raise ScenarioError([Fault(self.file, line, key[:80], f"{what}: no scenario")])
        if isinstance(node, MappingNode):
            return Node(self._map(node, key, depth), self.file, line)
        if isinstance(node, SequenceNode):
            children = [self.read(child, f"{key}[{i}]", depth + 1) for i, child in enumerate(node.value)]
            return Node(children, self.file, line)
        return Node(_scalar(node), self.file, line)

    def _map(self, node: MappingNode, key: str, depth: int) -> dict[int | str, Node]:
        entries: dict[int | str, Node] = {}
        lines: dict[int | str, int] = {}
        for name_node, child in node.value:
            line = name_node.start_mark.line + 1
            name = _scalar(name_node) if isinstance(name_node, ScalarNode) else None
            if isinstance(name, (bool, float)):
                name = str(name_node.value)
            if name is None:
                self.faults.append(
                    Fault(self.file, line, key, "a key must be a word or a date, got something else")
                )
                continue
            inner = f"{key}.{name}" if key else str(name)
            if name in entries:
                message = f"duplicate key; it is given in line {lines[name]} already; keep one"
                self.faults.append(Fault(self.file, line, inner, message))
                continue
            read = self.read(child, inner, depth + 1)
            # The line of a map is that of its key, so that messages point at the name.
            entries[name] = Node(read.value, self.file, line)
            lines[name] = line
        return entries


def _scalar(node: ScalarNode) -> Scalar:
    text = str(node.value)
    kind = str(node.tag).rsplit(":", 1)[-1]
    try:
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if kind == "int" and len(text) < 40:
            return int(text, 0) if text[:2].lower() in ("0x", "0o") else int(text)
        if kind == "float":
            return _float(text)
    except ValueError:
        return text
    return text


def _float(text: str) -> float:
    plain = text.lower().replace(".inf", "inf").replace(".nan", "nan")
    value = float(plain)
    return value if math.isfinite(value) or "n" in plain else math.inf


def read_file(path: Path, shown: str) -> Node:
    """Return the tree of a file, or raise ScenarioError with every fault of its form.

    Parameters
    ----------
    path
        The file.
    shown
        The name of the file in messages.
    """
    try:
        if path.is_dir():
            raise ScenarioError([Fault(shown, 0, "", "is a folder; a YAML file is needed")])
        if path.stat().st_size > MAX_BYTES:
            raise ScenarioError([_too_large(path.stat().st_size, shown)])
        data = path.read_bytes()
    except OSError as error:
        reason = "no such file" if isinstance(error, FileNotFoundError) else "cannot be read"
        raise ScenarioError([Fault(shown, 0, "", reason)]) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ScenarioError([Fault(shown, 1, "", "not text in UTF-8; a YAML file is needed")]) from None
    return read_text(text, shown)


def _too_large(size: int, shown: str) -> Fault:
    allowed = f"allowed: up to {MAX_BYTES // 1000} kB"
    return Fault(shown, 0, "", f"{size / 1000:.0f} kB is too large for a scenario; {allowed}")


def read_text(text: str, shown: str) -> Node:
    """Return the tree of a YAML text, or raise ScenarioError."""
    tree = read_value(text, shown)
    if tree.value is None:
        raise ScenarioError([Fault(shown, 1, "", "the file is empty; begin with `city: jinhua`")])
    if not isinstance(tree.value, dict):
        raise ScenarioError(
            [Fault(shown, tree.line, "", "not a scenario: a map of `key: value` lines is needed")]
        )
    return tree


def read_value(text: str, shown: str) -> Node:
    """Return the tree of any YAML value."""
    if len(text) > MAX_BYTES:
        raise ScenarioError([_too_large(len(text), shown)])
    deep = _too_deep(text)
    if deep:
        raise ScenarioError([Fault(shown, deep, "", f"deeper than {_MAX_DEPTH} levels: no scenario")])
    try:
        # Not the round-trip reader: that one marks line folds inside the text itself.
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = ", ".join(part for part in (error.context, error.problem) if part)
        what = (what or "cannot be read").splitlines()[0]
        line = mark.line + 1 if mark else 0
        raise ScenarioError([Fault(shown, line, "", f"not YAML: {what}")]) from None
    except YAMLError as error:
        what = str(error).splitlines()[0] if str(error) else "cannot be read"
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        raise ScenarioError([Fault(shown, line, "", f"not YAML: {what}")]) from None
    except (RecursionError, ValueError, AttributeError, TypeError, IndexError, KeyError, AssertionError):
        raise ScenarioError([Fault(shown, 0, "", "not YAML: cannot be read")]) from None
    if node is None:
        return Node(None, shown, 1)
    reader = _Reader(shown)
    tree = reader.read(node, "", 0)
    if reader.faults:
        raise ScenarioError(reader.faults[:_MAX_FAULTS])
    return tree


def _too_deep(text: str) -> int:
    """Return the first line whose brackets or dashes nest absurdly deep, or 0.

    The YAML parser is recursive, so this is looked at before it starts.
    """
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        for letter in line:
            depth += (letter in "[{") - (letter in "]}")
            if depth > 200:
                return number
        if line.count("- ") > 200 or line.count("? ") > 200:
            return number
        if len(line) - len(line.lstrip(" ")) > 400:
            return number
    return 0


def from_python(value: object, file: str, depth: int = 0) -> Node:
    """Return the tree of a Python value, such as a dict given to ``load``."""
    if depth > _MAX_DEPTH:
        raise ScenarioError([Fault(file, 0, "", f"deeper than {_MAX_DEPTH} levels: no scenario")])
    if isinstance(value, Mapping):
        entries: dict[int | str, Node] = {}
        for key, child in value.items():
            name = key if isinstance(key, int) and not isinstance(key, bool) else str(key)
            entries[name] = from_python(child, file, depth + 1)
        return Node(entries, file)
    if isinstance(value, (list, tuple)):
        return Node([from_python(child, file, depth + 1) for child in value], file)
    item = getattr(value, "item", None)
    if callable(item) and not isinstance(value, (str, int, float)):
        try:
            value = item()
        except (ValueError, TypeError):
            value = str(value)
    known = value is None or isinstance(value, (str, int, float, bool))
    return Node(value if known else str(value), file)


def merged(base: Node, top: Node) -> Node:
    """Return ``base`` with the entries of ``top`` laid over it, map by map."""
    if not isinstance(base.value, dict) or not isinstance(top.value, dict):
        return top
    entries = dict(base.value)
    for key, child in top.value.items():
        entries[key] = merged(entries[key], child) if key in entries else child
    return Node(entries, top.file, top.line)


def walk(node: Node, key: str = "") -> Iterator[tuple[str, Node]]:
    """Yield every value below ``node`` with its dotted key."""
    for name, child in node.items.items():
        inner = f"{key}.{name}" if key else str(name)
        yield inner, child
        yield from walk(child, inner)
