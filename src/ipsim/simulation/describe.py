"""The tables of docs/model.md and docs/extending.md: ``python -m ipsim.simulation.describe``."""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ipsim.city import bodies, government
from ipsim.city.enterprise import ENTERPRISE
from ipsim.city.patent import PATENT
from ipsim.engine.records import Record
from ipsim.engine.rules import plain
from ipsim.indicators.catalogue import GROUPS, INDICATORS, spending_indicator
from ipsim.indicators.measure import LEVER_OF_COLUMN
from ipsim.indicators.pattern import DEFINITIONS, MET, PATTERN, Component
from ipsim.mechanisms.quarter import QUARTER
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.tables import filled, markdown_table

RECORDS: tuple[Record, ...] = (
    ENTERPRISE,
    PATENT,
    bodies.UNIVERSITY_RECORD,
    bodies.BANK,
    bodies.AGENCY,
    bodies.BODY,
    bodies.CASE,
    bodies.INDUSTRY,
    government.FUND,
    government.CENTRE,
    government.CLOCK,
    government.NEWS,
    government.TALLY,
    government.SPENDING,
)

#: How a row of each table is called where a mechanism says who acts.
WHO = {"clock": "the city"}


def with_tables(text: str) -> str:
    """Return a page with the text between ``<!-- table: NAME -->`` marks made anew."""
    tables: dict[str, Callable[[], str]] = {
        f"record {record.name}": partial(_fields, record) for record in RECORDS
    }
    tables |= {
        "quarter": _quarter,
        "assumptions": _assumptions,
        "indicators": _indicators,
        "indices": _indices,
        "components": _components,
        "rules": _rules,
    }
    return filled(text, tables)


def _fields(record: Record) -> str:
    rows = ((f"`{field.name}`", field.unit, field.meaning) for field in record)
    return markdown_table(("Field", "Unit", "Meaning"), rows)


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0].rstrip(".")


def _quarter() -> str:
    head = ("", "Mechanism", "Who acts", "What one does", "Order", "Levers it responds to")
    rows = (
        (
            str(number),
            f"`{mechanism.name}`",
            WHO.get(mechanism.over, mechanism.over),
            _first_line(plain(mechanism.act)).replace("``", "`"),
            "free" if mechanism.order == "free" else f"by row ({mechanism.why_order})",
            ", ".join(sorted(_levers_of(mechanism.name))) or "-",
        )
        for number, mechanism in enumerate(QUARTER, start=1)
    )
    return markdown_table(head, rows)


def _levers_of(mechanism: str) -> set[str]:
    """Return the levers of a mechanism, those of the three patent types as one."""
    kinds = (".invention", ".utility_model", ".design")
    found: set[str] = set()
    for lever in LEVERS.values():
        if mechanism in lever.pathway:
            end = next((kind for kind in kinds if lever.key.endswith(kind)), "")
            found.add(f"`{lever.key.removesuffix(end).removeprefix('policy.')}`")
    return found


def _assumptions() -> str:
    rows = (
        (
            f"`{a.key}`",
            f"{a.value:.10g}",
            f"{a.low:.10g} to {a.high:.10g}",
            a.unit,
            a.meaning.en,
            a.source if a.cited else f"*{a.source}*",
        )
        for a in ASSUMPTIONS.values()
    )
    head = ("Key", "Value", "Range", "Unit", "What it is", "Source, or *why this value*")
    cited = sum(a.cited for a in ASSUMPTIONS.values())
    said = f"{len(ASSUMPTIONS)} parameters: {cited} cited, {len(ASSUMPTIONS) - cited} assumed.\n\n"
    return said + markdown_table(head, rows)


def _indicators() -> str:
    spending = (spending_indicator(lever) for lever in LEVER_OF_COLUMN.values())
    order = list(GROUPS)
    found = sorted((*INDICATORS.values(), *spending), key=lambda one: order.index(one.group))
    rows = ((f"`{one.name}`", one.unit, GROUPS[one.group].en, one.definition.en, one.source) for one in found)
    return markdown_table(("Name", "Unit", "Group", "Definition", "Definition from"), rows)


def _indices() -> str:
    rows = (
        (
            f"`{definition.key}`",
            definition.words.en,
            "2030 pattern" if definition in PATTERN else "standard",
            f"`{definition.formula.en}`",
        )
        for definition in DEFINITIONS
    )
    said = f"The pattern is met when each of its six indices is at least {MET:g}, the model's own mark.\n\n"
    return said + markdown_table(("Index", "Name", "Part of", "Formula"), rows)


def _components() -> str:
    found: dict[str, Component] = {c.key: c for d in DEFINITIONS for c in d.components}
    rows = (
        (
            f"`{c.key}`",
            c.words.en,
            f"{c.reference:g}{' or less' if c.less_is_better else ''}",
            c.unit,
            c.source.en,
        )
        for c in found.values()
    )
    return markdown_table(("Component", "What it is", "Scores 100 at", "Unit", "Source of that level"), rows)


def rules_by_file() -> dict[str, dict[str, types.FunctionType]]:
    """Return every rule that can be replaced, by the file of `mechanisms` that holds it."""
    found: dict[str, dict[str, types.FunctionType]] = {}
    for mechanism in QUARTER:
        for function in _reached(plain(mechanism.act)):
            package, _, file = function.__module__.rpartition(".")
            if package == "ipsim.mechanisms":
                found.setdefault(file, {})[function.__name__] = function
    return found


def _reached(function: types.FunctionType) -> Iterator[types.FunctionType]:
    """Yield a rule and all rules below it, each once."""
    seen: set[Any] = set()
    queue = [function]
    while queue:
        one = queue.pop()
        if one in seen:
            continue
        seen.add(one)
        yield one
        named = (plain(one.__globals__.get(name)) for name in one.__code__.co_names)
        queue.extend(thing for thing in named if isinstance(thing, types.FunctionType))


def _rules() -> str:
    rows = (
        (f"`{file}`", f"`{name}({', '.join(inspect.signature(rule).parameters)})`", _first_line(rule))
        for file, rules in rules_by_file().items()
        for name, rule in sorted(rules.items())
    )
    return markdown_table(("File", "Rule", "What it does"), rows)


def main() -> None:
    """Rewrite the tables of the pages named on the command line."""
    for name in sys.argv[1:]:
        page = Path(name)
        page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
