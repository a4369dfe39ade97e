"""The published evidence as typed rows. The tables are the CSV files in ``data``."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ipsim.evidence.figures import read_figure, read_period


@dataclass(frozen=True)
class Observation:
    """A published figure of a place.

    Attributes
    ----------
    place, indicator
        What was measured where; indicators are named as those of a run.
    period
        The period as printed; ``year`` and ``months`` are read from it (see `Period`).
    value, low, high, bound
        The figure in ``unit`` (see `Figure`); ``text`` holds it as printed.
    definition
        What exactly was counted.
    source, url
        Where it was published.
    confidence
        ``high``, ``medium`` or ``low``.
    note
        Caveats.
    line
        Line of the file it was read from; None for the evidence that ships.
    """

    place: str
    indicator: str
    period: str
    year: int
    months: int
    value: float | None
    low: float | None
    high: float | None
    bound: str
    text: str
    unit: str
    definition: str
    source: str
    url: str
    confidence: str
    note: str
    line: int | None = None


@dataclass(frozen=True)
class Effect:
    """A published effect of a policy; many give a sign only, so ``value`` may be None.

    Attributes
    ----------
    estimate
        The effect as printed, in ``unit``: a number, a sign or a shape.
    interval
        Standard error or interval as printed, mostly absent.
    """

    id: str
    study: str
    year: str
    place: str
    period: str
    design: str
    treatment: str
    lever: str
    outcome: str
    estimate: str
    value: float | None
    unit: str
    interval: str
    url: str
    confidence: str
    note: str


@dataclass(frozen=True)
class Parameter:
    """A published number of behaviour or law, with its low and high in ``unit`` where known."""

    parameter: str
    meaning: str
    value: float | None
    low: float | None
    high: float | None
    text: str
    unit: str
    study: str
    url: str
    confidence: str
    note: str


@dataclass(frozen=True)
class StylisedFact:
    """A pattern seen in many places, with the test that a model has to pass."""

    id: str
    fact: str
    test: str
    study: str
    url: str
    confidence: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    """Return the rows of a table, cells without blanks around them."""
    path = Path(__file__).parent / "data" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, strict=True):
            yield {column: cell.strip() for column, cell in row.items()}


@cache
def _observations() -> tuple[Observation, ...]:
    return tuple(observation(row) for row in _rows("observations"))


def observation(row: Mapping[str, str], line: int | None = None) -> Observation:
    """Return a row of a table as a typed observation; columns that it lacks are empty.

    Parameters
    ----------
    row
        Cells by the names of the columns of ``observations.csv``.
    line
        Line of the file it stands in, where that matters.

    Raises
    ------
    ValueError
        When its period names no year.
    """
    figure = read_figure(row["value"] if row["unit"] != "text" else "")
    period = read_period(row["period"])
    return Observation(
        place=row["place"],
        indicator=row["indicator"],
        period=row["period"],
        year=period.year,
        months=period.months,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        bound=figure.bound,
        text=row["value"],
        unit=row["unit"],
        definition=row.get("definition", ""),
        source=row.get("source_title", ""),
        url=row.get("source_url", ""),
        confidence=row.get("confidence", ""),
        note=row.get("note", ""),
        line=line,
    )


def observations(place: str | None = None, indicator: str | None = None) -> list[Observation]:
    """Return published figures, of one place and one indicator where these are given.

    Parameters
    ----------
    place
        A place as in the table, in any case: ``Jinhua``, ``xiamen``, ``China``.
    indicator
        Exact name of an indicator.
    """
    wanted = None if place is None else place.casefold()
    return [
        one
        for one in _observations()
        if wanted in (None, one.place.casefold()) and indicator in (None, one.indicator)
    ]


@cache
def _effects() -> tuple[Effect, ...]:
    return tuple(_effect(row) for row in _rows("effects"))


def _effect(row: dict[str, str]) -> Effect:
    same = "id study year place period design treatment lever outcome estimate unit confidence note"
    return Effect(
        value=read_figure(row["estimate"]).value,
        interval=row["se_or_ci"],
        url=row["source_url"],
        **{name: row[name] for name in same.split()},
    )


def effects() -> list[Effect]:
    """Return published effects of policies."""
    return list(_effects())


@cache
def _parameters() -> tuple[Parameter, ...]:
    return tuple(_parameter(row) for row in _rows("parameters"))


def _parameter(row: dict[str, str]) -> Parameter:
    return Parameter(
        value=read_figure(row["value"]).value,
        low=read_figure(row["low"]).value,
        high=read_figure(row["high"]).value,
        text=row["value"],
        url=row["source_url"],
        **{name: row[name] for name in "parameter meaning unit study confidence note".split()},
    )


def parameters() -> list[Parameter]:
    """Return published numbers of behaviour and law."""
    return list(_parameters())


def stylised_facts() -> list[StylisedFact]:
    """Return the patterns that a model has to show."""
    return [
        StylisedFact(
            row["id"], row["fact"], row["quantified_test"], row["study"], row["source_url"], row["confidence"]
        )
        for row in _rows("stylised_facts")
    ]
