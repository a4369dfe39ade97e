"""What an alternative sets otherwise than the base."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ipsim.report.numbers import plain
from ipsim.report.phrases import term
from ipsim.report.policy import path
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.levers import LEVERS

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
    found: list[Setting] = []
    for key, line in other.policy.items():
        if line != base.policy.get(key):
            lever = LEVERS[key]
            before, after = path(base.policy[key], lang), path(line, lang)
            found.append(Setting(key, lever.meaning.of(lang), term(lever.unit, lang), before, after))
    for key, value in other.assumptions.items():
        if value != base.assumptions.get(key):
            known = ASSUMPTIONS[key]
            before, after = plain(base.assumptions[key]), plain(value)
            found.append(
                Setting(f"assumptions.{key}", known.meaning.of(lang), term(known.unit, lang), before, after)
            )
    return found
