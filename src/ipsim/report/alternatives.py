"""Alternatives as people read them: what each sets otherwise than the base, and what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ipsim.report.numbers import plain
from ipsim.report.phrases import phrase, term
from ipsim.report.policy import path
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.levers import LEVERS

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.study import Comparison

_MOST_SETTINGS = 2
"""An alternative is called by its settings where there are no more than so many."""


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


def title_of(comparison: Comparison, name: str, lang: str) -> str:
    """Return the title of an alternative, or what it sets where titles do not tell them apart."""
    scenario = comparison.alternatives[name].scenario
    title = scenario.title.of(lang)
    others = [comparison.base, *(one for key, one in comparison.alternatives.items() if key != name)]
    if title not in {one.scenario.title.of(lang) for one in others}:
        return title
    changed = settings(comparison.base.scenario, scenario, lang)
    if not 1 <= len(changed) <= _MOST_SETTINGS:
        return name
    gap = phrase("page.list_gap", lang)
    return gap.join(f"{one.key.removeprefix('policy.')}: {one.value}" for one in changed)
