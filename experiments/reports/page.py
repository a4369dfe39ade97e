"""Writing a report: the words stand in ``pages/NAME.md.j2``, the numbers come from the study."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from estimate import Estimate
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sheet import Sheet

from ipsim.report.numbers import MINUS, figure, significant

COMMAND = "python experiments/reports/run.py"


def number(value: float, digits: int | None = None) -> str:
    """Return a number to three significant digits, or to so many decimals."""
    return significant(value) if digits is None else figure(value, digits)


def signed(value: float, digits: int | None = None) -> str:
    """Return a difference with its sign."""
    text = number(value, digits)
    return text if text.startswith(MINUS) or not text.strip("0.,–") else f"+{text}"


def ranged(one: Estimate, digits: int | None = None) -> str:
    """Return a difference with its interval; in bold where the interval leaves out nothing."""
    if math.isnan(one.mean):
        return "–"
    if math.isnan(one.low) or one.low == one.high:
        return signed(one.mean, digits)
    digits = _digits(one) if digits is None else digits
    mean = signed(one.mean, digits)
    mean = f"**{mean}**" if one.sure else mean
    return f"{mean} ({signed(one.low, digits)} to {signed(one.high, digits)})"


def told(one: Estimate, digits: int | None = None) -> str:
    """Return an estimate with its interval for running text: not in bold, and no plus signs."""
    return ranged(one, digits).replace("*", "").replace("+", "")


def wan(millions: float) -> str:
    """Return RMB million in 万元, to two significant digits."""
    if math.isnan(millions):
        return figure(millions)
    amount = 100 * millions
    step = 10 ** max(0, math.floor(math.log10(max(abs(amount), 1))) - 1)
    return figure(round(amount / step) * step)


def _digits(one: Estimate) -> int:
    """Return the decimals that a number with this interval deserves."""
    width = 1.3 * max(one.high - one.low, 1e-9)  # one digit less from 0.8 on, not from 1
    return min(3, max(0, 1 - math.floor(math.log10(width))))


def percent(value: float, digits: int = 0) -> str:
    """Return a share as a percentage."""
    return "–" if math.isnan(value) else f"{figure(100 * value, digits)} %"


def percent_zh(value: float) -> str:
    """Return a share as a percentage, as Chinese sets it."""
    return percent(value).replace(" ", "")


def says(holds: object, text: str) -> str:
    """Return a sentence that somebody wrote, if these runs bear it out; else say that they don't."""
    return text if holds else f"*(These runs do not show it: {text})*"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> str:
    """Return a table in Markdown: so many columns hold words, the others numbers."""
    rule = "|" + " --- |" * words + " ---: |" * (len(heads) - words)
    lines = ["| " + " | ".join(heads) + " |", rule]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def design_of(sheets: Sequence[Sheet | None]) -> str:
    """Return the table of how the figures were made, a row a study."""
    heads = [
        "Study",
        "Runs",
        "Failed",
        "Points",
        "Seeds each",
        "Scale",
        "Scenario, hash",
        "ipsim, model",
        "Minutes",
    ]
    rows = [
        [
            f"[{one.name}](../../experiments/{one.name}.yaml)",
            f"{one.runs:,}",
            str(one.failed),
            f"{one.points:,}",
            str(one.replicates),
            f"{one.scale:g}",
            f"{one.scenario} `{one.hash}`",
            f"{one.version} `{one.model}`",
            f"{one.minutes:.1f}",
        ]
        for one in (sheet.facts for sheet in sheets if sheet is not None)
    ]
    return table(heads, rows)


def write_page(name: str, folder: Path, sheets: Sequence[Sheet | None], values: dict[str, Any]) -> Path:
    """Write ``NAME.md`` with the words of its page and these values; return it.

    Raises
    ------
    jinja2.UndefinedError
        When the page asks for a value that is not given.
    """
    pages = FileSystemLoader(Path(__file__).with_name("pages"))
    environment = Environment(loader=pages, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(
        n=number, signed=signed, ranged=ranged, told=told, percent=percent, bai=percent_zh, wan=wan
    )
    there = [sheet for sheet in sheets if sheet is not None]
    values = values | {
        "says": says,
        "design": design_of(sheets),
        "commands": "\n".join(sheet.facts.command for sheet in there),
        "report_command": f"{COMMAND} {name} results/{name}",
        "facts": there[0].facts,
    }
    path = folder / f"{name}.md"
    path.write_text(environment.get_template(f"{name}.md.j2").render(values), encoding="utf-8")
    return path
