"""What an alternative sets otherwise than the base."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ipsim.scenario import Scenario


class Setting(NamedTuple):
    """A lever or an assumption with the value of the base and of the alternative."""

    key: str
    words: str
    unit: str
    base: str
    value: str


def settings(base: Scenario, other: Scenario, lang: str) -> list[Setting]:
    """Return the numeric levers and assumptions that differ."""
    from ipsim.scenario import LEVERS
    from ipsim.scenario.assumptions import ASSUMPTIONS

    found: list[Setting] = []
    for key, line in other.policy.items():
        if line != base.policy.get(key):
            lever = LEVERS[key]
            before, after = _in_words(base, key), _in_words(other, key)
            found.append(Setting(key, lever.meaning.of(lang), lever.unit, before, after))
    for key, value in other.assumptions.items():
        if value != base.assumptions.get(key):
            known = ASSUMPTIONS[key]
            before, after = f"{base.assumptions[key]:g}", f"{value:g}"
            found.append(Setting(f"assumptions.{key}", known.meaning.of(lang), known.unit, before, after))
    return found


def _in_words(scenario: Scenario, key: str) -> str:
    """Return the value of a lever at the start of each year in which it changes."""
    yearly = scenario.path(key)[::4]
    parts = [
        f"{scenario.start_year + place}: {value:g}"
        for place, value in enumerate(yearly)
        if place == 0 or value != yearly[place - 1]
    ]
    return parts[0].split(": ")[1] if len(parts) == 1 else ", ".join(parts)
