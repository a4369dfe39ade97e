"""The tables of docs/evidence.md: ``python -m ipsim.published.describe docs/evidence.md``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from ipsim.evidence import effects, observations, parameters, stylised_facts
from ipsim.published.reading import COLUMNS, REQUIRED
from ipsim.published.traps import TRAPS, Trap
from ipsim.published.units import convertible
from ipsim.scenario.tables import filled, markdown_table


def with_tables(text: str) -> str:
    """Return a page with the text between ``<!-- table: NAME -->`` marks made anew."""
    return filled(text, {"evidence": _evidence, "traps": _traps, "columns": _columns, "units": _units})


def _evidence() -> str:
    figures = observations()
    places = Counter(one.place for one in figures)
    most = ", ".join(f"{place} {n}" for place, n in places.most_common(4))
    numeric = sum(one.value is not None for one in effects())
    ranged = sum(one.low is not None or one.high is not None for one in parameters())
    tested = len(stylised_facts())
    held = (
        ("observations", f"{len(figures)} figures of {len(places)} places ({most})", "ipsim evidence PLACE"),
        (
            "effects",
            f"{len(effects())} effects of policies, {numeric} with a number, the others a sign",
            "ipsim evidence --effects",
        ),
        (
            "parameters",
            f"{len(parameters())} numbers of behaviour and law, {ranged} with a range",
            "ipsim evidence --parameters",
        ),
        ("stylised_facts", f"{tested} patterns, each with a test in numbers", "ipsim evidence --facts"),
    )
    rows = ((f"`{name}.csv`", what, f"`{command}`") for name, what, command in held)
    return markdown_table(("Table", "What it holds", "Listed by"), rows)


def _traps() -> str:
    rows = ((one.trap, one.done.en or "-", _number(one), _percent(one), one.reason) for one in TRAPS.values())
    return markdown_table(("What is wrong", "What is done", "Factor (range)", "Error left", "Why"), rows)


def _number(one: Trap) -> str:
    return "" if one.value is None else f"{one.value:g} ({one.low:g}-{one.high:g})"


def _percent(one: Trap) -> str:
    return f"{100 * one.error:.2g} %" if one.error else "by its range or bound"


def _columns() -> str:
    meanings = {
        "place": "a place, in English as `ipsim evidence` lists it or in Chinese",
        "indicator": "an indicator of the model (`ipsim list indicators`), or `resident_population`",
        "period": "`2019`, `2019-01..2019-10`, `2019-H1`, `2019Q1`, `2019-10`, `2019-12-31`, `2014-2016`",
        "value": "`35043`, `35,043`, `>500`, `<3`, `~200`, `40-60`",
        "unit": "as published; see below for what converts",
        "definition": "what exactly was counted; its words decide which traps are met",
        "source_title": "where it was published",
        "source_url": "its address",
        "confidence": "`high`, `medium` (also when empty) or `low`",
        "note": "caveats",
    }
    rows = ((f"`{name}`", "yes" if name in REQUIRED else "no", meanings[name]) for name in COLUMNS)
    return markdown_table(("Column", "Required", "What it holds"), rows)


def _units() -> str:
    wanted = ("count", "RMB billion", "RMB million", "percent", "per 10k residents", "months", "million")
    rows = ((one, ", ".join(convertible(one)[1:])) for one in wanted)
    return markdown_table(("Unit of the indicator", "Converts from, in English or Chinese"), rows)


def main() -> None:
    """Renew the tables of the pages named on the command line."""
    for name in sys.argv[1:]:
        page = Path(name)
        page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
