"""The tables of docs/scenario.md, made from the code: ``python -m ipsim.scenario.tables``."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from ipsim.scenario.lever import Lever
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.loading import load
from ipsim.scenario.names import city_names, scenario_names
from ipsim.scenario.timeline import Timeline
from ipsim.scenario.waiting import WAITING


def with_tables(text: str) -> str:
    """Return a page with the text between ``<!-- table: NAME -->`` marks made anew."""
    return filled(text, {"levers": _levers, "shipped": _shipped, "waiting": _waiting})


def filled(text: str, tables: Mapping[str, Callable[[], str]]) -> str:
    """Return a page with the tables of these names made anew, each between its marks."""
    for name, made in tables.items():
        pattern = rf"(<!-- table: {re.escape(name)} -->\n).*?(<!-- end -->)"
        text = re.sub(pattern, lambda m, made=made: f"{m[1]}{made()}{m[2]}", text, flags=re.DOTALL)
    return text


def markdown_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)


def _levers() -> str:
    head = ("Key", "Unit", "Allowed", "Default", "What it is", "How its cost is booked", "Mechanism")
    return markdown_table(
        head,
        (
            (
                f"`{lever.key}`",
                lever.unit,
                "industry keys" if lever.kind == "industries" else f"{lever.low:.10g}-{lever.high:.10g}",
                _default(lever),
                lever.meaning.en,
                lever.cost.en,
                lever.mechanism,
            )
            for lever in LEVERS.values()
        ),
    )


def _default(lever: Lever) -> str:
    if lever.kind == "industries":
        return "none"
    if lever.dial is not None:
        return f"from the dial: {lever.dial.en}"
    return _written(lever.default_timeline())


def _written(line: Timeline) -> str:
    value = line.written()
    if isinstance(value, dict):
        return ", ".join(f"{date}: {number:.10g}" for date, number in value.items())
    return f"{value:.10g}"


def _shipped() -> str:
    cities = [(name, "the city as it was, with its baseline policies") for name in city_names()]
    what_ifs = [(name, load(name).description.en) for name in scenario_names()]
    return markdown_table(
        ("Name", "What it is"), ((f"`{name}`", text) for name, text in (*cities, *what_ifs))
    )


def _waiting() -> str:
    rows = ((f"`{key}`", mechanism, str(wave)) for key, (mechanism, wave) in WAITING.items())
    return markdown_table(("Key", "Mechanism", "Wave"), rows)


def main() -> None:
    """Rewrite the tables of the pages named on the command line."""
    for name in sys.argv[1:]:
        page = Path(name)
        page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
