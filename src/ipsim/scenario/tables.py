"""The tables of docs/scenario.md, and of parameters in docs/model.md: ``python -m ipsim.scenario.tables``."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.calibrated import Ensemble, shipped_ensemble
from ipsim.scenario.calibrated.ensemble import PREFIX
from ipsim.scenario.lever import Lever
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.loading import load
from ipsim.scenario.names import city_names, scenario_names
from ipsim.scenario.timeline import Timeline
from ipsim.scenario.waiting import WAITING


def with_tables(text: str) -> str:
    """Return a page with the text between ``<!-- table: NAME -->`` marks made anew."""
    tables = {"levers": _levers, "shipped": _shipped, "waiting": _waiting, "parameters": _parameters}
    return filled(text, tables)


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


def _parameters() -> str:
    ensemble = shipped_ensemble()
    rows = (
        (
            f"`{one.key}`",
            f"{one.value:.10g}",
            f"{one.low:.10g} to {one.high:.10g}",
            *calibrated_cells(f"{PREFIX}{one.key}", ensemble),
            one.unit,
            one.meaning.en,
            one.source if one.cited else f"*{one.source}*",
        )
        for one in ASSUMPTIONS.values()
    )
    cited = sum(one.cited for one in ASSUMPTIONS.values())
    moved = sum(f"{PREFIX}{name}" in ensemble.keys for name in ASSUMPTIONS)
    head = ("Key", "Declared", "Range", "Calibrated", "90 % of the ensemble", "Unit", "What it is")
    return (
        f"{len(ASSUMPTIONS)} parameters: {cited} cited, {len(ASSUMPTIONS) - cited} assumed; {moved} of them "
        f"calibrated (ensemble {ensemble.short}, {len(ensemble)} sets).\n\n"
    ) + markdown_table((*head, "Source, or *why the declared value*"), rows)


def calibrated_cells(key: str, ensemble: Ensemble) -> tuple[str, str]:
    """Return the central value of a parameter and between what 90 % of the members lie; dashes if unmoved."""
    if key not in ensemble.keys:
        return "–", "–"
    low, high = ensemble.band(key)
    return f"{ensemble.values()[key]:.3g}", f"{low:.3g} to {high:.3g}"


def main() -> None:
    """Rewrite the tables of the pages named on the command line."""
    for name in sys.argv[1:]:
        page = Path(name)
        page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
