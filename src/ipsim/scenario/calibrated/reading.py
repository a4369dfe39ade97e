"""Reading an ensemble: a table of parameter sets and what is known of it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.calibrated.ensemble import PREFIX, Ensemble, figure_of
from ipsim.scenario.city_reading import declared
from ipsim.scenario.errors import Fault, ScenarioError, nearest

TABLE: Final = "ensemble.csv"
FACTS: Final = "ensemble.json"
CENTRAL: Final = "central"
_MOST_FAULTS = 20
_HOME = Path(__file__).parent


@cache
def shipped_ensemble() -> Ensemble:
    """Return the ensemble that ships with ipsim.

    Raises
    ------
    ScenarioError
        When the installation is damaged.
    """
    return replace(read_ensemble(_HOME), own=frozenset(), maker=shipped_ensemble)


def ensemble_known_by(year: int) -> Ensemble | None:
    """Return the ensemble fitted to what was known at the end of a year; None where none ships.

    Raises
    ------
    ScenarioError
        When the installation is damaged.
    """
    folder = _HOME / f"known-{year}"
    return read_ensemble(folder) if folder.is_dir() else None


def read_ensemble(source: str | Path) -> Ensemble:
    """Read an ensemble, such as `ipsim calibrate` writes.

    Parameters
    ----------
    source
        The folder that holds ``ensemble.csv`` and ``ensemble.json``, or the table itself.

    Raises
    ------
    ScenarioError
        With every fault: no such file, unknown parameters, values out of their ranges, or a table that is
        not the one that ``ensemble.json`` is about.
    """
    path = Path(source)
    table = path if path.is_file() else path / TABLE
    about = table.with_name(FACTS)
    text = _text(table)
    facts = _facts(about)
    digits = table_hash(text)
    if facts.get("hash") != digits:
        said = str(facts.get("hash"))[:8]
        message = f"is of the table {said}, but {table.name} is {digits[:8]}: one of them was changed"
        raise ScenarioError([Fault(_shown(about), 0, "hash", message)])
    return replace(_read(text, _shown(table), digits, facts), source=str(source))


def table_hash(text: str) -> str:
    """Return the SHA-256 of a table, whatever ends its lines."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def _shown(path: Path) -> str:
    return path.name if path.parent == _HOME else str(path)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        reason = "no such file" if isinstance(error, FileNotFoundError) else "cannot be read"
        message = f"{reason}; an ensemble is a folder with {TABLE} and {FACTS}, as `ipsim calibrate` writes"
        raise ScenarioError([Fault(_shown(path), 0, "", message)]) from None
    except UnicodeDecodeError:
        raise ScenarioError([Fault(_shown(path), 0, "", "not text in UTF-8")]) from None


def _facts(path: Path) -> dict[str, Any]:
    try:
        facts = json.loads(_text(path))
    except ValueError as error:
        raise ScenarioError([Fault(_shown(path), 0, "", f"not JSON: {error}")]) from None
    if not isinstance(facts, dict):
        raise ScenarioError([Fault(_shown(path), 0, "", "expected a map with the key `hash`")])
    return facts


def _read(text: str, shown: str, digits: str, facts: dict[str, Any]) -> Ensemble:
    lines = list(csv.reader(io.StringIO(text)))
    head = lines[0] if lines else []
    if head[:1] != ["member"] or len(head) < 2:
        raise ScenarioError([Fault(shown, 1, "", "expected the columns `member` and one for each parameter")])
    keys = tuple(head[1:])
    faults = [Fault(shown, 1, key, message) for key, message in _unknown(keys)]
    rows: list[list[float]] = []
    for number, line in enumerate(lines[1:], start=2):
        wanted = CENTRAL if number == 2 else str(number - 2)
        if len(line) != len(head) or line[0] != wanted:
            faults.append(Fault(shown, number, "", f"expected {wanted} and {len(keys)} values"))
        elif not faults:
            rows.append(
                [
                    _value(key, cell, Fault(shown, number, key, ""), faults)
                    for key, cell in zip(keys, line[1:], strict=True)
                ]
            )
    if len(lines) < 3:
        faults.append(Fault(shown, len(lines), "", f"expected the row {CENTRAL} and members 1, 2, ..."))
    if faults:
        raise ScenarioError(faults[:_MOST_FAULTS])
    values = np.array(rows)
    own = frozenset(key for key in keys if figure_of(key))
    return Ensemble(keys, values[0], values[1:], digits, facts, own, tuple(range(2, len(lines) + 1)))


def _unknown(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the keys that name no parameter, with what is wrong."""
    found: list[tuple[str, str]] = []
    for place, key in enumerate(keys):
        name = key.removeprefix(PREFIX)
        figure = figure_of(key)
        if key in keys[:place]:
            found.append((key, "this parameter has two columns"))
        elif figure is not None:
            if declared(figure[1]) is None:
                found.append((key, "no figure of a city profile; expected CITY:KEY of a number"))
        elif not key.startswith(PREFIX) or name not in ASSUMPTIONS:
            found.append((key, f"no parameter of the model{nearest(name, ASSUMPTIONS)}"))
    return found


def _value(key: str, cell: str, at: Fault, faults: list[Fault]) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        faults.append(at._replace(message=f"expected a number, got {cell[:40]!r}"))
        return math.nan
    low, high, allowed = _bounds(key)
    if not low <= value <= high:
        faults.append(at._replace(message=f"{value:g} is out of bounds; allowed: {allowed}"))
    return value


@cache
def _bounds(key: str) -> tuple[float, float, str]:
    """Return the range of a parameter; the range of a figure of one city is its profile's to check."""
    figure = figure_of(key)
    if figure is None:
        known = ASSUMPTIONS[key.removeprefix(PREFIX)]
        return known.low, known.high, f"{known.low:g} to {known.high:g} ({known.unit})"
    quantity = declared(figure[1])
    return (quantity.low, quantity.high, str(quantity)) if quantity else (-math.inf, math.inf, "")
