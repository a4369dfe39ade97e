"""What a person writes: city profiles, policies over time, and how they are read."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipsim.scenario.errors import Fault, ScenarioError
    from ipsim.scenario.json_schema import schema
    from ipsim.scenario.levers import LEVERS
    from ipsim.scenario.loading import load, load_text, parse_settings
    from ipsim.scenario.names import city_names, scenario_names
    from ipsim.scenario.scenario import Scenario

__all__ = [
    "LEVERS",
    "Fault",
    "Scenario",
    "ScenarioError",
    "city_names",
    "load",
    "load_text",
    "parse_settings",
    "scenario_names",
    "schema",
]

_HOMES = {
    "LEVERS": "levers",
    "Fault": "errors",
    "Scenario": "scenario",
    "ScenarioError": "errors",
    "city_names": "names",
    "load": "loading",
    "load_text": "loading",
    "parse_settings": "loading",
    "scenario_names": "names",
    "schema": "json_schema",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that `--help` stays quick."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
