"""Published figures of one's own, read from a CSV; every fault is named by its line, the rest is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from math import isfinite
from pathlib import Path

from ipsim.evidence import Observation, observation, observations, read_figure
from ipsim.evidence.figures import Figure
from ipsim.evidence.spans import FORMS, read_span
from ipsim.indicators.catalogue import INDICATORS, Indicator, indicator, names
from ipsim.published.denominators import POPULATION
from ipsim.published.kinds import signed
from ipsim.published.places import english
from ipsim.published.sheet import Row, UnreadableError, read_rows
from ipsim.published.units import convertible, factor
from ipsim.scenario.errors import Fault, nearest
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.quantity import LAST_DATED

REQUIRED = ("place", "indicator", "period", "value", "unit")
"""Columns without which nothing can be read."""

COLUMNS = (*REQUIRED, "definition", "source_title", "source_url", "confidence", "note")
"""All columns, as in the evidence; the later ones may be left out."""

FIRST_YEAR, LAST_YEAR = 1985, LAST_DATED
"""China has had a patent law since 1985; no scenario goes beyond the last."""

CONFIDENCE = ("high", "medium", "low")
_HUNDRED = frozenset({"percent", "percent of GDP", "score", "index", "index 0-100"})


class _BadCellError(ValueError):
    """A cell is wrong; holds its column."""

    def __init__(self, column: str, message: str) -> None:
        self.column = column
        super().__init__(message)


def read_observations(path: str | Path) -> tuple[list[Observation], list[Fault]]:
    """Read published figures from a CSV with the columns of the evidence.

    Parameters
    ----------
    path
        A CSV; the columns ``place, indicator, period, value, unit`` must be there, the
        others of ``COLUMNS`` may be. Without a confidence a figure has medium confidence.

    Returns
    -------
    kept : list of Observation
        The good rows in the order of the file, as published: in their own unit, with
        their line. Places that the evidence knows are named as there.
    faults : list of Fault
        What is wrong, in the order of the file. Nothing is raised.
    """
    name = str(path)
    try:
        rows = read_rows(path)
    except UnreadableError as error:
        return [], [Fault(name, 0, "", str(error))]
    if not rows:
        return [], [Fault(name, 0, "", f"is empty; expected the columns {', '.join(COLUMNS)}")]
    faults, complete = _header(name, rows[0])
    if not complete:
        return [], faults
    if len(rows) == 1:
        return [], [*faults, Fault(name, rows[0].line, "", "has a header and no figures")]
    kept, found = _body(name, [cell.casefold() for cell in rows[0].cells], rows[1:])
    return kept, [*faults, *found]


def _header(file: str, header: Row) -> tuple[list[Fault], bool]:
    """Return the faults of a header, and whether rows can be read under it."""
    seen: set[str] = set()
    faults: list[Fault] = []
    for cell in header.cells:
        column = cell.casefold()
        if column in seen:
            faults.append(Fault(file, header.line, cell, "this column occurs twice"))
        elif column not in COLUMNS:
            message = f"no such column{nearest(column, COLUMNS)}; allowed: {', '.join(COLUMNS)}"
            faults.append(Fault(file, header.line, cell, message))
        seen.add(column)
    missing = [column for column in REQUIRED if column not in seen]
    faults += [Fault(file, header.line, column, "this column is missing") for column in missing]
    return faults, not missing


def _body(file: str, columns: Sequence[str], rows: Sequence[Row]) -> tuple[list[Observation], list[Fault]]:
    kept: list[Observation] = []
    faults: list[Fault] = []
    lines: dict[tuple[str, str, str], int] = {}
    for row in rows:
        try:
            one = _observation(row, _cells(row, columns))
        except _BadCellError as error:
            faults.append(Fault(file, row.line, error.column, str(error)))
            continue
        key = (one.place.casefold(), one.indicator, one.period)
        if key in lines:
            message = f"duplicate of line {lines[key]} (same place, indicator and period)"
            faults.append(Fault(file, row.line, "", message))
            continue
        lines[key] = row.line
        kept.append(one)
    return kept, faults


def _cells(row: Row, columns: Sequence[str]) -> dict[str, str]:
    if len(row.cells) > len(columns) and any(row.cells[len(columns) :]):
        message = f"{len(row.cells)} cells under {len(columns)} columns; a cell with a comma needs quotes"
        raise _BadCellError("", message)
    cells = dict(zip(columns, row.cells, strict=False))
    for column in REQUIRED:
        if not cells.get(column):
            raise _BadCellError(column, "is empty")
    return cells


def _observation(row: Row, cells: dict[str, str]) -> Observation:
    name = cells["indicator"]
    known = _known(name)
    wanted = "million" if known is None else known.unit
    period = _period(cells["period"])
    if factor(cells["unit"], wanted) is None:
        units = ", ".join(convertible(wanted))
        raise _BadCellError("unit", f"{cells['unit']!r} does not convert to {wanted}; these do: {units}")
    figure = _figure(cells["value"])
    _possible(name, figure, factor(cells["unit"], wanted) or 1.0, wanted)
    confidence = cells.get("confidence", "").casefold() or "medium"
    if confidence not in CONFIDENCE:
        raise _BadCellError("confidence", f"{confidence!r} is none of {', '.join(CONFIDENCE)}")
    read = {**cells, "place": english(cells["place"]), "period": period, "confidence": confidence}
    made = observation(read, row.line)  # its value is read as people write it, the rest as in the evidence
    return replace(made, value=figure.value, low=figure.low, high=figure.high, bound=figure.bound)


@cache
def _allowed() -> dict[str, None]:
    """Return the names of all indicators, in order."""
    return dict.fromkeys(names(LEVERS))


@cache
def _published_elsewhere() -> frozenset[str]:
    return frozenset(one.indicator for one in observations())


def _known(name: str) -> Indicator | None:
    """Return the indicator of this name; None for the population, which divides others."""
    allowed = _allowed()
    if name in allowed:
        return indicator(name)
    if name == POPULATION:
        return None
    if name in _published_elsewhere():
        raise _BadCellError("indicator", f"the model has no {name!r}, though it was published elsewhere")
    close = nearest(name, [*allowed, POPULATION]) or "; `ipsim list indicators` has them all"
    raise _BadCellError("indicator", f"unknown indicator {name[:200]!r}{close}")


def _period(printed: str) -> str:
    """Return a period as the evidence writes it."""
    text = unicodedata.normalize("NFKC", printed).replace("年末", "-12-31").removesuffix("年")
    if date := re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", text):
        text = "-".join(part.zfill(2) for part in date.groups() if part)
    span = read_span(text)
    if span is None:
        raise _BadCellError("period", f"{printed[:200]!r} can't be read; allowed: {FORMS}")
    day = int(text[8:10]) if span.moment and len(text) == 10 else 1
    if not (1 <= span.first <= 12 and 1 <= span.month <= 12 and 1 <= day <= 31):
        raise _BadCellError("period", f"{printed!r} has no such month or day")
    if span.months < 1:
        raise _BadCellError("period", f"{printed!r} ends before it starts")
    if span.first_year < FIRST_YEAR:
        raise _BadCellError("period", f"{span.first_year} is before {FIRST_YEAR}: no patent law yet")
    if span.year > LAST_YEAR:
        raise _BadCellError("period", f"{span.year} is after {LAST_YEAR}, the last year of any scenario")
    return text


def _figure(printed: str) -> Figure:
    """Return a printed figure; thousands may be parted, signs may be Chinese."""
    text = unicodedata.normalize("NFKC", printed).replace(",", "").replace(" ", "")
    text = re.sub(r"(?<=\d)[~–—至](?=\d)", "-", text)
    for sign, plain in (("≥", ">"), (">=", ">"), ("≤", "<"), ("<=", "<"), ("约", "~"), ("≈", "~")):
        text = text.replace(sign, plain)
    figure = read_figure(text) if text.isascii() else Figure(None)
    if figure.value is None or not isfinite(figure.value):
        raise _BadCellError("value", f"{printed[:200]!r} is no number; allowed: 35043, >500, <3, ~200, 40-60")
    if figure.low is not None and figure.high is not None and figure.low > figure.high:
        raise _BadCellError("value", f"{printed!r} is a range whose end is below its start")
    return figure


def _possible(name: str, figure: Figure, times: float, wanted: str) -> None:
    if signed(name):
        return
    ends = [times * one for one in (figure.value, figure.low, figure.high) if one is not None]
    if min(ends) < 0:
        raise _BadCellError("value", f"{name} can't be negative")
    if wanted in _HUNDRED and max(ends) > 100:
        raise _BadCellError("value", f"{max(ends):g} is above 100 {wanted}, which {name} can't be")
    known = INDICATORS.get(name)
    if known is not None and max(ends) > 1e12:
        raise _BadCellError("value", f"{max(ends):g} {wanted} is more than there can be")
