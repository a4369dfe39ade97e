"""The policy that the page holds, as a scenario; an opened scenario file, as such a policy; and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from pydantic import ValidationError

from ipsim.app.asked import Policy, Ramp
from ipsim.app.opened import plain_start, read_opened
from ipsim.app.subsidies import Clipped, clips, dial_of, subsidies
from ipsim.scenario import Fault, Scenario, ScenarioError, city_names, load, scenario_names
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.errors import nearest
from ipsim.scenario.given import read_levers
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.tree import Node
from ipsim.study.scenario_files import scenario_text

_END: Final = "horizon.end"
_HELD: Final = 256
"""Scenarios kept loaded."""
_LONGEST_NAME: Final = 80


def scenario_of(policy: Policy) -> Scenario:
    """Return the scenario that a policy stands for.

    It is that of ``ipsim run START --set KEY=VALUE ...``: the dial of subsidies multiplies every subsidy
    of filings and grants of the start in each quarter, held within the bounds of the lever, unless
    ``changes`` gives that lever itself; where that changes nothing, nothing is set. No file is read but
    those that ship.

    Raises
    ------
    ScenarioError
        With every fault; keys are those of the policy (``subsidies``, a lever, ``assumptions.X``).
    """
    return _scenario(policy.model_dump_json())


@lru_cache(maxsize=_HELD)
def _scenario(policy_json: str) -> Scenario:
    policy = Policy.model_validate_json(policy_json)
    start = _start(policy.start, policy.text, _file(policy))
    title = _title(policy)
    changes = _changes(policy, start)
    words: dict[str, object] = {"name": {"en": title, "zh": title}} if title else {}
    if not changes and not words:
        return start
    try:
        made = start.replace({**changes, **words})
    except ScenarioError as error:
        raise ScenarioError(fault._replace(file=_file(policy)) for fault in error.faults) from None
    return replace(made, name=_name(policy, start))


@lru_cache(maxsize=32)
def _start(start: str | None, text: str | None, file: str) -> Scenario:
    if text is not None:
        return read_opened(file, text)
    names = (*city_names(), *scenario_names())
    if start not in names:
        message = f"unknown scenario {start!r}; allowed: {', '.join(names)}{nearest(start, names)}"
        raise ScenarioError([Fault(file, 0, "start", message)])
    return load(start)


def _file(policy: Policy) -> str:
    """Return what faults of a policy call its file."""
    return _title(policy) or policy.start or "scenario"


def _title(policy: Policy) -> str:
    """Return the name that the visitor gave, without what can't be printed; empty if none."""
    return "".join(letter for letter in policy.name if letter.isprintable()).strip()


def _name(policy: Policy, start: Scenario) -> str:
    """Return a name fit for a file; that of the start stands in for what is not in Latin letters."""
    title = _title(policy).lower()
    latin = re.sub(r"[^a-z0-9]+", "-", title).strip("-")
    return (latin if latin and title.isascii() else f"{start.name}-{latin}".strip("-"))[:60]


# -- what is changed ------------------------------------------------------------------


def _changes(policy: Policy, start: Scenario) -> dict[str, object]:
    """Return what a policy sets otherwise than its start, by dotted key."""
    faults = [
        Fault(_file(policy), 0, key, f"cannot be set on the board{_allowed(key)}")
        for key in policy.changes
        if not _is_key(key)
    ]
    dial = dial_of(policy.subsidies, _file(policy), faults)
    if faults:
        raise ScenarioError(faults)
    given = {key: _written(key, value) for key, value in policy.changes.items()}
    return {**subsidies(start, dial, given), **given}


def clipped(policy: Policy) -> list[Clipped]:
    """Return where the dial of subsidies asks for more than a lever allows.

    Raises
    ------
    ScenarioError
        As `scenario_of`.
    """
    scenario_of(policy)
    start = _start(policy.start, policy.text, _file(policy))
    return clips(start, dial_of(policy.subsidies, _file(policy), []), policy.changes)


def _is_key(key: str) -> bool:
    return key in LEVERS or key == _END or (key.removeprefix("assumptions.") in ASSUMPTIONS and "." in key)


def _allowed(key: str) -> str:
    names = (*LEVERS, *(f"assumptions.{name}" for name in ASSUMPTIONS), _END)
    return f"; allowed: a lever, assumptions.NAME, {_END}{nearest(key, names)}"


def _written(key: str, value: Any) -> object:
    """Return a value as a scenario file would give it: years as numbers, a whole year for the end."""
    if isinstance(value, Ramp):
        return {"ramp": _dated(value.ramp)}
    if isinstance(value, Mapping):
        return _dated(value)
    if key == _END and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _dated(values: Mapping[str, Any]) -> dict[int | str, Any]:
    return {int(date) if date.isdigit() else date: value for date, value in values.items()}


# -- opened files and files to keep ---------------------------------------------------


def policy_of_text(file: str, text: str) -> tuple[Policy, Scenario]:
    """Return an opened scenario file as a policy, and its scenario.

    A file that starts from a name that ships and sets levers, assumptions, the horizon or a name becomes
    that start with changes, so that the controls show it; a description is not kept. Any other is kept as
    text.

    Raises
    ------
    ScenarioError
        With the faults that the command line prints, and one for each reference to a file.
    """
    scenario = read_opened(file, text)
    kept = Policy(text=text)
    found = _as_changes(scenario)
    if found is None:
        return kept, scenario
    same = scenario_of(found)
    return (found if _run_alike(same, scenario) else kept), scenario


def _run_alike(one: Scenario, other: Scenario) -> bool:
    return one.hash == other.hash and one.pinned == other.pinned and one.given == other.given


def _as_changes(scenario: Scenario) -> Policy | None:
    top = scenario.layers[-1].tree
    start = plain_start(top)
    if start is None:
        return None
    changes: dict[str, object] = {}
    for section in ("policy", "national"):
        if section in top.items:
            given = read_levers(top.items[section], section, [])
            changes |= {key: _texted(one.node.plain()) for key, one in given.items()}
    for name, node in top.items.get("assumptions", Node({}, "")).items.items():
        changes[f"assumptions.{name}"] = node.plain()
    if "horizon" in top.items:
        changes[_END] = top.items["horizon"].items["end"].plain()
    words = [scenario.title.en, scenario.title.zh] if "name" in top.items else []
    name = " / ".join(dict.fromkeys(words))[:_LONGEST_NAME]
    try:
        return Policy.model_validate({"start": start, "name": name, "changes": changes})
    except ValidationError:
        return None


def _texted(value: Any) -> Any:
    """Return a value of a file with its dates as texts, as JSON has them."""
    if isinstance(value, dict):
        return {str(key): _texted(child) for key, child in value.items()}
    return value


def scenario_file(policy: Policy) -> tuple[str, str]:
    """Return a policy as a scenario file: its name without suffix, and its YAML.

    ``ipsim run`` accepts it and it has the hash of the policy's scenario. It is a what-if as a person
    would write it; an opened file that was changed is written out whole.

    Raises
    ------
    ScenarioError
        As `scenario_of`.
    """
    scenario = scenario_of(policy)
    start = _start(policy.start, policy.text, _file(policy))
    changes, words = _changes(policy, start), {"name": _title(policy)} if _title(policy) else {}
    if policy.text is not None:
        return scenario.name, scenario.text if changes or words else policy.text
    return scenario.name, scenario_text({"extends": policy.start, **words}, changes)
