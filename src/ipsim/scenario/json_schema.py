"""JSON Schemas with which an editor completes and checks scenario files."""

from __future__ import annotations

from typing import Any

from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.lever import Lever
from ipsim.scenario.levers import LEVERS, PATENT_TYPES
from ipsim.scenario.timeline import LAST_YEAR, START_YEAR

_DATE = r"^20[0-9]{2}(-(0[1-9]|1[0-2]))?$"
_TEXT: dict[str, Any] = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"en": {"type": "string"}, "zh": {"type": "string"}},
            "required": ["en", "zh"],
            "additionalProperties": False,
        },
    ]
}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a what-if file, levers with unit and bounds."""
    sections: dict[str, Any] = {}
    for lever in LEVERS.values():
        _place(sections, lever)
    _spread(sections)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ipsim scenario",
        **_closed(
            {
                "extends": {"type": "string", "description": "A scenario or city, by name or path"},
                "city": {"type": ["string", "object"], "description": "A city, by name or path"},
                "name": _TEXT,
                "description": _TEXT,
                **sections,
                "assumptions": _closed(
                    {
                        key: {
                            "type": "number",
                            "minimum": assumption.low,
                            "maximum": assumption.high,
                            "description": f"{assumption.meaning.en} ({assumption.unit})",
                        }
                        for key, assumption in ASSUMPTIONS.items()
                    }
                ),
                "calibration": {
                    "description": "Written by `ipsim show`: which values came from the calibrated ensemble",
                    **_closed(
                        {
                            "ensemble": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                            "member": {"type": "integer", "minimum": 1},
                            "given": {"type": "array", "items": {"type": "string"}},
                        }
                    ),
                    "required": ["ensemble"],
                },
                "horizon": _closed({"end": {"type": "integer", "minimum": START_YEAR, "maximum": LAST_YEAR}}),
            }
        ),
    }


def city_schema() -> dict[str, Any]:
    """Return the JSON Schema of a city profile."""
    from ipsim.scenario.profile import CityProfile

    return CityProfile.model_json_schema()


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _place(sections: dict[str, Any], lever: Lever) -> None:
    """Put a lever's schema at its place below its groups."""
    *groups, name = lever.key.split(".")
    properties = sections
    for group in groups:
        properties = properties.setdefault(group, _closed({}))["properties"]
    properties[name] = _value(lever)


def _spread(properties: dict[str, Any]) -> None:
    """Let one value stand for the three types of patent where a group has them."""
    for name, child in properties.items():
        inner = child.get("properties")
        if inner is None:
            continue
        _spread(inner)
        if tuple(inner) == PATENT_TYPES:
            properties[name] = {"anyOf": [child, inner[PATENT_TYPES[0]]]}


def _value(lever: Lever) -> dict[str, Any]:
    """Return the forms a value may have: constant, steps, ramp, any of them with a source."""
    single: dict[str, Any] = {"type": "number", "minimum": lever.low, "maximum": lever.high}
    if lever.kind == "industries":
        single = {"type": "array", "items": {"type": "string"}}
    steps = {
        "type": "object",
        "patternProperties": {_DATE: single},
        "additionalProperties": False,
        "minProperties": 1,
    }
    forms: list[dict[str, Any]] = [single, steps]
    if lever.kind == "number":
        forms.append({**_closed({"ramp": steps}), "required": ["ramp"]})
    sourced = _closed(
        {
            "value": {"anyOf": list(forms)},
            "source": {"type": "string"},
            "assumption": {"type": "string"},
            "range": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
        }
    )
    about = f"{lever.meaning.en}. {lever.meaning.zh}。 Allowed: {lever.allowed}"
    return {"description": about, "anyOf": [*forms, {**sourced, "required": ["value"]}]}
