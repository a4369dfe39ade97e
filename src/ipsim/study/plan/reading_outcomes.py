"""Reading what a study keeps of its runs and what its analyses look at."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, cast

from ipsim.indicators.catalogue import INDICATORS, names, spending_lever
from ipsim.scenario.errors import Fault, nearest
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.quantity import shown
from ipsim.scenario.tree import Node
from ipsim.study.plan.outcomes import STATISTICS, Outcome, Statistic, default_outcomes
from ipsim.study.plan.study import Keep

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

_SPAN = re.compile(r"(\d{4})-(\d{4})")
_ENTRIES = ("indicator", "years", "statistic", "name")


def read_keep(section: Node | None, scenario: Scenario, faults: list[Fault]) -> Keep | None:
    """Return which indicators and years are kept; None with faults added."""
    if section is None:
        return Keep()
    allowed = ("indicators", "years")
    if not isinstance(section.value, dict):
        message = f"expected a map such as {{indicators: all, years: all}}, got {shown(section.plain())}"
        faults.append(section.fault("keep", message))
        return None
    for key, child in section.items.items():
        if key not in allowed:
            message = f"unknown key; allowed: {', '.join(allowed)}{nearest(key, allowed)}"
            faults.append(child.fault(f"keep.{key}", message))
    return Keep(
        _indicators(section.items.get("indicators"), faults),
        read_years(section.items.get("years"), "keep.years", scenario, faults),
    )


def known_indicators() -> list[str]:
    """Return every indicator name, with spending by lever."""
    return names(key.removeprefix("policy.") for key in LEVERS if key.startswith("policy."))


def _indicators(node: Node | None, faults: list[Fault]) -> tuple[str, ...] | None:
    """Return the names listed; a pattern with ``*`` stands for all that match."""
    if node is None or node.value == "all":
        return None
    if not isinstance(node.value, list) or not node.value:
        message = f"expected `all` or a list of indicators, got {shown(node.plain())}"
        faults.append(node.fault("keep.indicators", message))
        return None
    known = known_indicators()
    kept: list[str] = []
    for child in node.value:
        matches = [name for name in known if fnmatchcase(name, str(child.value))]
        if not matches:
            faults.append(_unknown(child, "keep.indicators"))
        kept += matches
    return tuple(dict.fromkeys(kept))


def _unknown(node: Node, key: str) -> Fault:
    message = f"unknown indicator {shown(node.plain())}; `ipsim list indicators` names them"
    return node.fault(key, f"{message}{nearest(node.value, known_indicators())}")


def read_years(
    node: Node | None, key: str, scenario: Scenario, faults: list[Fault]
) -> tuple[int, ...] | None:
    """Return the years of ``all`` (None), a year, a list, or a span such as ``2025-2030``."""
    if node is None or node.value == "all":
        return None
    first, last = scenario.start_year, scenario.end_year
    span = _SPAN.fullmatch(node.value) if isinstance(node.value, str) else None
    if span:
        years = list(range(int(span[1]), int(span[2]) + 1))
    else:
        given = node.plain()
        years = given if isinstance(given, list) else [given]
    whole = [year for year in years if isinstance(year, int) and not isinstance(year, bool)]
    if not years or len(whole) < len(years) or any(not first <= year <= last for year in whole):
        message = f"expected `all`, a year, a list of years or a span such as {last - 2}-{last}"
        faults.append(node.fault(key, f"{message}, got {shown(node.plain())}; allowed: {first} to {last}"))
        return None
    return tuple(sorted(set(whole)))


def read_outcomes(
    section: Node | None, keep: Keep, scenario: Scenario, faults: list[Fault]
) -> tuple[Outcome, ...]:
    """Return the outcomes of a study file, or the default ones."""
    first, last = scenario.start_year, scenario.end_year
    if section is None:
        kept_years = keep.years or tuple(range(first, last + 1))
        kept = None if keep.indicators is None else frozenset(keep.indicators)
        return default_outcomes(kept_years[0], kept_years[-1], kept)
    if not isinstance(section.value, list) or not section.value:
        message = f"expected a list of indicators or of {{{', '.join(_ENTRIES)}}}"
        faults.append(section.fault("outcomes", f"{message}, got {shown(section.plain())}"))
        return ()
    found: list[Outcome] = []
    for place, node in enumerate(section.value):
        outcome = _outcome(node, f"outcomes[{place}]", keep, scenario, faults)
        if outcome is None:
            continue
        if outcome.name in {one.name for one in found}:
            message = f"the name {outcome.name!r} comes twice; give one of them a `name`"
            faults.append(node.fault(f"outcomes[{place}]", message))
        found.append(outcome)
    return tuple(found)


def _outcome(node: Node, key: str, keep: Keep, scenario: Scenario, faults: list[Fault]) -> Outcome | None:
    plain = isinstance(node.value, str)
    for entry, child in node.items.items():
        if entry not in _ENTRIES:
            message = f"unknown key; allowed: {', '.join(_ENTRIES)}{nearest(entry, _ENTRIES)}"
            faults.append(child.fault(f"{key}.{entry}", message))
    named = node if plain else node.items.get("indicator")
    if named is None or not isinstance(named.value, str) or not _is_indicator(named.value):
        faults.append(_unknown(named or node, key))
        return None
    indicator = named.value
    if keep.indicators is not None and indicator not in keep.indicators:
        faults.append(node.fault(key, f"{indicator} is not kept; add it to keep.indicators"))
    given = None if plain else node.items.get("years")
    # A plain name is the last year; `years: all` and a statistic alone mean every year.
    years = read_years(given, f"{key}.years", scenario, faults)
    every = keep.years or tuple(range(scenario.start_year, scenario.end_year + 1))
    statistic = _statistic(node.items.get("statistic"), key, faults)
    if years is None:
        years = every if given is not None or statistic is not None else every[-1:]
    if keep.years is not None and not set(years) <= set(keep.years):
        faults.append(node.fault(f"{key}.years", f"not all kept; keep.years holds {list(keep.years)}"))
    name = node.items.get("name")
    return Outcome(str(name.value) if name else indicator, indicator, years, statistic or "mean")


def _is_indicator(name: str) -> bool:
    return name in INDICATORS or (spending_lever(name) is not None and name in known_indicators())


def _statistic(node: Node | None, key: str, faults: list[Fault]) -> Statistic | None:
    if node is None:
        return None
    if node.value not in STATISTICS:
        message = f"expected one of {', '.join(STATISTICS)}, got {shown(node.plain())}"
        faults.append(node.fault(f"{key}.statistic", f"{message}{nearest(node.value, STATISTICS)}"))
        return None
    return cast("Statistic", node.value)
