"""A scenario written out whole: every value with its source, and a hash of the content."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.calibrated.drawing import KEY
from ipsim.scenario.given import Industries
from ipsim.scenario.levers import INDUSTRIES, LEVERS
from ipsim.scenario.profile import CityProfile
from ipsim.scenario.timeline import START_YEAR, date_of

if TYPE_CHECKING:
    from ipsim.scenario.scenario import Scenario

_FIRST_MONTH = START_YEAR * 12


def resolved_text(scenario: Scenario) -> str:
    """Return the scenario as YAML that loads to an equal one.

    Parts of the dial that nobody gave are comments, so that the dial still moves
    them after loading.
    """
    sections = [
        _block({"name": _words(scenario.title)}),
        _block({"description": _words(scenario.description)}) if any(scenario.description) else "",
        _block({"horizon": {"end": scenario.end_year}}),
        _block({KEY: _calibration(scenario)}) if scenario.ensemble.keys else "",
        _levers(scenario),
        _assumptions(scenario),
        _block({"city": _city(scenario.city)}),
    ]
    return "".join(section for section in sections if section)


def content_hash(scenario: Scenario) -> str:
    """Return the SHA-256 of everything the model reads, names and sources apart."""
    content = {
        "end": scenario.end_year,
        "levers": {key: _exact(scenario.path(key).tolist()) for key in sorted(scenario.policy)},
        "founding": {key: scenario.founding[key].hex() for key in sorted(scenario.founding)},
        "rapid": scenario.rapid_industries().astype(int).tolist(),
        "assumptions": {key: float.hex(value) for key, value in scenario.assumptions.items()},
        "city": _numbers(scenario.city.model_dump(exclude={"policy", "national"})),
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _calibration(scenario: Scenario) -> dict[str, Any]:
    """Return which ensemble the values are of, and the parameters that were given and are not."""
    member = {} if scenario.member is None else {"member": scenario.member}
    return {"ensemble": scenario.ensemble.hash, **member, "given": sorted(scenario.pinned)}


def _exact(values: list[float]) -> list[str]:
    return [value.hex() for value in values]


def _numbers(value: Any) -> Any:
    """Return a profile's dump without sources, its floats exact."""
    if isinstance(value, dict):
        dropped = ("source", "assumption", "range", "name", "province")
        return {key: _numbers(child) for key, child in value.items() if key not in dropped}
    if isinstance(value, (list, tuple)):
        return [_numbers(child) for child in value]
    return value.hex() if isinstance(value, float) else value


def _levers(scenario: Scenario) -> str:
    """Return the policy and national sections, each line with unit and source."""
    lines: list[str] = []
    open_groups: list[str] = []
    for key in sorted(LEVERS, key=lambda k: _order(k)):
        *groups, name = key.split(".")
        shared = 0
        while shared < min(len(groups), len(open_groups)) and groups[shared] == open_groups[shared]:
            shared += 1
        open_groups = groups
        lines.extend(f"{'  ' * depth}{groups[depth]}:" for depth in range(shared, len(groups)))
        lines.extend(_lever_lines(scenario, key, name, "  " * len(groups)))
    return "\n".join(lines) + "\n"


def _order(key: str) -> tuple[list[int], int]:
    """Sort levers so that the keys of a group stand together, in their order of declaration."""
    keys = list(LEVERS)
    parts = key.split(".")
    starts = [".".join(parts[: depth + 1]) for depth in range(len(parts))]
    firsts = [next(i for i, k in enumerate(keys) if f"{k}.".startswith(f"{s}.")) for s in starts]
    return firsts, keys.index(key)


def _lever_lines(scenario: Scenario, key: str, name: str, indent: str) -> list[str]:
    lever = LEVERS[key]
    if key == INDUSTRIES:
        value: object = _industry_value(scenario.industry_steps)
    else:
        value = scenario.policy[key].written()
    note = f"{indent}# {lever.meaning.en} ({lever.unit}; {lever.low:g} to {lever.high:g})"
    if lever.kind == "industries":
        note = f"{indent}# {lever.meaning.en}"
    source = f"{indent}# {' '.join(scenario.source_note(key).split())}"
    hidden = "# " if lever.dial is not None and key not in scenario.given else ""
    return [note, source, f"{indent}{hidden}{name}: {_flow(value)}"]


def _industry_value(steps: Industries) -> object:
    if len(steps) == 1 and steps[0][0] == 0:
        return list(steps[0][1])
    return {date_of(max(month, _FIRST_MONTH)): list(names) for month, names in steps}


def _flow(value: object) -> str:
    """Return a value on one line: JSON, apart from keys, which stand bare as dates do."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(child)}" for key, child in value.items()) + "}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, list):
        return "[" + ", ".join(_flow(child) for child in value) + "]"
    if isinstance(value, str):
        value = "".join(letter for letter in value if letter.isprintable())
    return json.dumps(value, ensure_ascii=False)


def _assumptions(scenario: Scenario) -> str:
    if not scenario.assumptions:
        return ""
    lines = ["assumptions:"]
    for key, value in scenario.assumptions.items():
        known = ASSUMPTIONS[key]
        lines.append(f"  # {known.meaning.en} ({known.unit}; {known.low:g} to {known.high:g})")
        lines.append(f"  # {' '.join(scenario.source_note(key).split())}")
        lines.append(f"  {key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _words(words: tuple[str, str]) -> dict[str, str]:
    return {"en": words[0], "zh": words[1]}


def _city(city: CityProfile) -> dict[str, Any]:
    """Return the profile as a file would hold it; its own policies are those it was founded under."""
    empty = {name for name in ("policy", "national") if not getattr(city, name)}
    return _filed(city.model_dump(exclude=empty, exclude_none=True))


def _filed(value: Any) -> Any:
    """Return a dump with words and dated values in the form of a file."""
    if isinstance(value, dict):
        last = ("assumption", "source", "range")
        keys = [key for key in value if key not in last] + [key for key in last if key in value]
        return {key: _entry(key, value[key]) for key in keys}
    if isinstance(value, (tuple, list)):
        return [_filed(child) for child in value]
    return value


def _entry(key: str, value: Any) -> Any:
    if key in ("name", "province"):
        return _words(value)
    if key == "value" and isinstance(value, tuple):
        return dict(value)
    return _filed(value)


def _block(value: dict[str, Any], depth: int = 0) -> str:
    """Return a map as YAML: a line for each number and short map, a block for the others."""
    indent = "  " * depth
    text = ""
    for key, child in value.items():
        if isinstance(child, dict) and not _is_short(child):
            text += f"{indent}{key}:\n{_block(child, depth + 1)}"
        elif isinstance(child, list) and child and isinstance(child[0], dict):
            items = (_block(item, depth + 2) for item in child)
            # The dash takes the place of the first two spaces of an item's indent.
            marked = (f"{indent}  - {item.lstrip()}" for item in items)
            text += f"{indent}{key}:\n{''.join(marked)}"
        else:
            text += f"{indent}{key}: {_flow(child)}\n"
    return text


def _is_short(value: dict[str, Any]) -> bool:
    """Return whether a map is a number with its source, stages, or a text in two languages."""
    return any(key in value for key in ("source", "assumption", "en"))
