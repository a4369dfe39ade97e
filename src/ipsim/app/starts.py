"""What ships to start a policy from, and each resolved: the value of every lever in every quarter."""

from __future__ import annotations

from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ipsim.app.encoding import json_response
from ipsim.app.faults import RequestError
from ipsim.report.phrases import catalogue as phrases
from ipsim.scenario.errors import Fault, nearest
from ipsim.scenario.levers import LEVERS, NUMBER_LEVERS
from ipsim.scenario.loading import load
from ipsim.scenario.names import city_names, scenario_names
from ipsim.scenario.scenario import Scenario
from ipsim.scenario.timeline import LAST_YEAR, START_YEAR, date_of
from ipsim.scenario.words import Words

QUARTERS = 4 * (LAST_YEAR - START_YEAR + 1)
"""Quarters of a path on the page, whatever the last year of the start."""


def start_names() -> tuple[str, ...]:
    """Return the names that a policy may start from: the cities, then the what-ifs that ship."""
    return (*city_names(), *scenario_names())


@cache
def cities() -> list[dict[str, Any]]:
    """Return the cities that ship."""
    return [{"key": name, "name": load(name).city.name._asdict()} for name in city_names()]


@cache
def starts() -> list[dict[str, Any]]:
    """Return what may be started from, in short."""
    return [_in_short(name, load(name)) for name in start_names()]


@cache
def start(name: str) -> dict[str, Any]:
    """Return a start as the page reads it.

    Parameters
    ----------
    name
        One of `start_names`.

    Returns
    -------
    dict
        ``levers`` holds a value for each quarter from 2016 to 2030, in the unit of the lever;
        ``industries_covered`` the industries of the rapid centre from each date on.

    Raises
    ------
    RequestError
        404 when nothing of this name ships.
    """
    if name not in start_names():
        message = f"no scenario or city of this name ships{nearest(name, start_names())}"
        raise RequestError(404, [Fault("", 0, name[:80], message)])
    scenario = load(name)
    return {
        **_in_short(name, scenario),
        "city": _city(scenario),
        "end_year": scenario.end_year,
        "levers": {key: _lever(scenario, key) for key in NUMBER_LEVERS},
        "industries_covered": [
            [date_of(max(month, 12 * START_YEAR)), list(names)] for month, names in scenario.industry_steps
        ],
    }


async def answer(request: Request) -> Response:
    """Give a start."""
    return json_response(start(request.path_params["name"]))


def _in_short(name: str, scenario: Scenario) -> dict[str, Any]:
    return {
        "name": name,
        "title": scenario.title._asdict(),
        "description": _description(scenario)._asdict(),
        "city": scenario.city.key,
    }


def _description(scenario: Scenario) -> Words:
    if any(scenario.description):
        return scenario.description
    words = phrases()["board_levers.start_city"]
    name = scenario.city.name
    return Words(words.en.format(city=name.en), words.zh.format(city=name.zh))


def _city(scenario: Scenario) -> dict[str, Any]:
    city = scenario.city
    return {
        "key": city.key,
        "name": city.name._asdict(),
        "enterprises": round(city.enterprises.value),
        "default_scale": city.default_scale,
        "industries": [{"key": one.key, "words": one.name._asdict()} for one in city.industries],
    }


def _lever(scenario: Scenario, key: str) -> dict[str, Any]:
    return {
        "quarters": scenario.policy[key].path(QUARTERS).tolist(),
        "given": key in scenario.given,
        "follows_dial": LEVERS[key].dial is not None and key not in scenario.given,
        "source": scenario.source_note(key),
    }
