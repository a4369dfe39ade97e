"""Reading the section ``search`` of a study file: every fault at once, or settings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipsim.indicators.catalogue import SPENDING
from ipsim.scenario.errors import Fault, ScenarioError, nearest
from ipsim.scenario.quantity import is_number, shown
from ipsim.scenario.tree import Node
from ipsim.study.plan import Outcome
from ipsim.study.plan.reading_factors import read_factors
from ipsim.study.plan.reading_outcomes import known_indicators, read_years
from ipsim.study.plan.reading_values import whole_number
from ipsim.study.search.settings import COST, Budget, Goal, Over, SearchSettings

if TYPE_CHECKING:
    from ipsim.study.plan import Factor, Study

_NUMBERS: dict[str, tuple[int, int, int | None]] = {
    "worlds": (1, 10_000, 6),
    "final_worlds": (0, 10_000, None),
    "check_worlds": (0, 10_000, None),
    "population": (4, 10_000, 24),
    "generations": (1, 10_000, 10),
    "random": (0, 100_000, 200),
}
"""Lowest, highest, default; None where it follows the number of worlds, see `_FOLLOWING`."""

_FOLLOWING = {"final_worlds": 1, "check_worlds": 2}
"""Worlds of the final and of the check, as a multiple of those of the search."""

_KEYS = ("maximise", "minimise", "budget", "spend_less", "over", *_NUMBERS)
_GOAL_KEYS = ("outcome", "at")
_BUDGET_KEYS = ("at_most", "years", "count", "at")
_COUNTS = ("all", "extra")
_MOST_GOALS = 3
_QUANTILE = re.compile(r"quantile (0?\.\d+|0|1)")


def read_search(study: Study) -> SearchSettings:
    """Return what the section ``search`` of a study asks for.

    Raises
    ------
    ScenarioError
        With every fault that was found.
    """
    node = study.search
    if node is None or study.design.kind != "search":
        message = "a search needs `design: {kind: search}` and the section `search`"
        raise ScenarioError([Fault(study.file, 0, "design", message)])
    if not isinstance(node.value, dict):
        message = f"expected a map with maximise and budget, got {shown(node.plain())}"
        raise ScenarioError([node.fault("search", message)])
    faults = [
        child.fault(f"search.{key}", f"unknown key; allowed: {', '.join(_KEYS)}{nearest(key, _KEYS)}")
        for key, child in node.items.items()
        if key not in _KEYS
    ]
    goals = _goals(node, study, faults)
    budget = _budget(node, study, faults)
    uncertain = read_factors(node.items.get("over"), study.scenario, faults, "search.over")
    faults.extend(_both(uncertain, study, node))
    numbers = {key: _number(node, key, faults) for key in _NUMBERS}
    for key, times in _FOLLOWING.items():
        if key not in node.items:
            numbers[key] = times * numbers["worlds"]
    if not uncertain and numbers["worlds"] < 2 and study.replicates < 2:
        message = "one world and one replicate: nothing is robust; give worlds: 2 or more"
        faults.append(node.items.get("worlds", node).fault("search.worlds", message))
    spend_less = _flag(node, "spend_less", len(goals) == 1, faults)
    if len(goals) + spend_less > _MOST_GOALS:
        message = f"{len(goals) + spend_less} goals, cost included; allowed: up to {_MOST_GOALS}"
        faults.append(node.items.get("maximise", node).fault("search.maximise", message))
    if faults or budget is None:
        raise ScenarioError(sorted(faults, key=lambda fault: fault.line))
    return SearchSettings(
        goals=goals,
        budget=budget,
        spend_less=spend_less,
        uncertain=uncertain,
        **numbers,
    )


def _both(uncertain: tuple[Factor, ...], study: Study, node: Node) -> list[Fault]:
    """Return a fault for each key that a policy and a world would set alike."""
    mine = {factor.key for factor in study.factors}
    section = node.items["over"].items if "over" in node.items else {}
    return [
        section.get(factor.key, node).fault(
            f"search.over.{factor.key}", "is a factor of the policies already; keep one"
        )
        for factor in uncertain
        if factor.key in mine
    ]


def _number(node: Node, key: str, faults: list[Fault]) -> int:
    low, high, default = _NUMBERS[key]
    given = node.items.get(key)
    if given is None:
        return default or 0
    number = whole_number(given, f"search.{key}", low, high, faults)
    return (default or low) if number is None else number


def _flag(node: Node, key: str, default: bool, faults: list[Fault]) -> bool:
    given = node.items.get(key)
    if given is None:
        return default
    if not isinstance(given.value, bool):
        message = f"expected true or false, got {shown(given.plain())}"
        faults.append(given.fault(f"search.{key}", message))
    return given.value is True


def _goals(node: Node, study: Study, faults: list[Fault]) -> tuple[Goal, ...]:
    found: list[Goal] = []
    for key in ("maximise", "minimise"):
        section = node.items.get(key)
        if section is None:
            continue
        listed = section.value if isinstance(section.value, list) else [section]
        for place, child in enumerate(listed):
            name = f"search.{key}[{place}]" if isinstance(section.value, list) else f"search.{key}"
            goal = _goal(child, name, key == "maximise", study, faults)
            if goal is not None and goal.name in {one.name for one in found}:
                faults.append(child.fault(name, f"{goal.name} is a goal already; keep one"))
            elif goal is not None:
                found.append(goal)
    if not found and not faults:
        message = "expected at least one outcome to maximise or minimise"
        faults.append(node.items.get("maximise", node).fault("search.maximise", message))
    return tuple(found)


def _goal(node: Node, key: str, maximise: bool, study: Study, faults: list[Fault]) -> Goal | None:
    for entry, child in node.items.items():
        if entry not in _GOAL_KEYS:
            message = f"unknown key; allowed: {', '.join(_GOAL_KEYS)}{nearest(entry, _GOAL_KEYS)}"
            faults.append(child.fault(f"{key}.{entry}", message))
    named = node.items.get("outcome") if isinstance(node.value, dict) else node
    over = _over(node.items.get("at"), key, faults)
    outcome = _outcome(named or node, key, study, faults)
    return None if outcome is None else Goal(outcome, over, maximise)


def _outcome(node: Node, key: str, study: Study, faults: list[Fault]) -> Outcome | None:
    """Return an outcome of the study, or an indicator in the last year that is kept."""
    named = {outcome.name: outcome for outcome in study.outcomes}
    if node.value == COST or node.value == SPENDING:
        faults.append(node.fault(key, "the cost is no such goal; `spend_less: true` makes it one"))
        return None
    if isinstance(node.value, str) and node.value in named:
        return named[node.value]
    kept = study.keep.indicators
    known = known_indicators() if kept is None else kept
    if isinstance(node.value, str) and node.value in known:
        years = study.keep.years or (study.scenario.end_year,)
        return Outcome(node.value, node.value, years[-1:])
    allowed = dict.fromkeys((*named, *known))
    message = f"expected one of the study's outcomes or an indicator that is kept, got {shown(node.plain())}"
    near = nearest(node.value, allowed) if isinstance(node.value, str) else ""
    faults.append(node.fault(key, f"{message}; outcomes: {', '.join(named)}{near}"))
    return None


def _over(node: Node | None, key: str, faults: list[Fault]) -> Over:
    if node is None:
        return Over()
    text = " ".join(str(node.value).split())
    if text in ("mean", "worst"):
        return Over(text)
    found = _QUANTILE.fullmatch(text)
    if found:
        return Over("quantile", float(found[1]))
    near = nearest(text.split(" ")[0], ("mean", "worst", "quantile"))
    message = f"expected mean, worst or a quantile such as `quantile 0.1`, got {shown(node.plain())}{near}"
    faults.append(node.fault(f"{key}.at", message))
    return Over()


def _budget(node: Node, study: Study, faults: list[Fault]) -> Budget | None:
    section = node.items.get("budget")
    if section is None:
        faults.append(node.fault("search.budget", "missing; the public cost at most, in million RMB"))
        return None
    for entry, child in section.items.items():
        if entry not in _BUDGET_KEYS:
            message = f"unknown key; allowed: {', '.join(_BUDGET_KEYS)}{nearest(entry, _BUDGET_KEYS)}"
            faults.append(child.fault(f"search.budget.{entry}", message))
    is_map = isinstance(section.value, dict)
    amount = section.items.get("at_most", Node(None, section.file, section.line)) if is_map else section
    key = "search.budget.at_most" if is_map else "search.budget"
    if not is_number(amount.value) or not 0 <= amount.value < 1e9:
        message = f"expected million RMB, 0 or more, got {shown(amount.plain())}"
        faults.append(amount.fault(key, message))
        return None
    kept = study.keep.indicators
    if kept is not None and SPENDING not in kept:
        faults.append(section.fault("search.budget", f"{SPENDING} is not kept; add it to keep.indicators"))
    every = study.keep.years or tuple(range(study.scenario.start_year, study.scenario.end_year + 1))
    years = read_years(section.items.get("years"), "search.budget.years", study.scenario, faults) or every
    if not set(years) <= set(every):
        message = f"not all kept; keep.years holds {list(every)}"
        faults.append(section.items["years"].fault("search.budget.years", message))
    count = section.items.get("count")
    if count is not None and count.value not in _COUNTS:
        message = f"expected one of {', '.join(_COUNTS)}, got {shown(count.plain())}"
        faults.append(count.fault("search.budget.count", f"{message}{nearest(count.value, _COUNTS)}"))
    return Budget(
        limit=float(amount.value),
        years=years,
        extra=count is not None and count.value == "extra",
        over=_over(section.items.get("at"), "search.budget", faults),
    )
