"""``ipsim evidence``: what was published, and how it can be laid beside the model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from ipsim.cli import shared_options
from ipsim.cli.console import print_tables

if TYPE_CHECKING:
    from rich.table import Table

    from ipsim.evidence import Observation


@click.command(short_help="Show published figures of a place or of an indicator.")
@click.argument("place", required=False)
@click.argument("indicator", required=False)
@click.option("--effects", is_flag=True, help="Show published effects of policies.")
@click.option("--parameters", is_flag=True, help="Show published numbers of behaviour and law.")
@click.option("--facts", is_flag=True, help="Show the patterns that a model has to show.")
@shared_options.lang("what was done to figures")
def evidence(
    place: str | None, indicator: str | None, effects: bool, parameters: bool, facts: bool, lang: str
) -> None:
    """Show published figures of PLACE, or of one INDICATOR there; without PLACE, the places there are.

    An indicator alone shows every place. A figure that can be laid beside a run is shown as
    the model counts it, with its error (one standard deviation) and what was done to it.

        ipsim evidence Jinhua patent_applications_total

        ipsim evidence patent_pledge_amount
    """
    from ipsim.cli import evidence_tables as tables

    others = [
        table
        for wanted, table in (
            (effects, tables.effects),
            (parameters, tables.parameters),
            (facts, tables.facts),
        )
        if wanted
    ]
    if others and place is not None:
        raise click.UsageError("--effects, --parameters and --facts go without PLACE and INDICATOR")
    if others:
        print_tables(*(table() for table in others))
    elif place is None:
        print_tables(tables.places())
    else:
        print_tables(_figures(place, indicator, lang))


def _figures(place: str, indicator: str | None, lang: str) -> Table:
    from ipsim.cli import evidence_tables as tables
    from ipsim.evidence import observations
    from ipsim.published.places import english

    rows = observations()
    places = list(dict.fromkeys(one.place for one in rows))
    names = list(dict.fromkeys(one.indicator for one in rows))
    if indicator is None and place in names:
        return tables.of_indicator([one for one in rows if one.indicator == place], lang)
    here = [one for one in rows if one.place.casefold() == english(place).casefold()]
    if not here:
        raise click.UsageError(_unknown(place, places, [] if indicator else names))
    if indicator is None:
        return tables.of_place(here, lang)
    found = [one for one in here if one.indicator == indicator]
    if not found:
        known = list(dict.fromkeys(one.indicator for one in here))
        message = f"no published figure of {here[0].place} for the indicator {indicator!r}"
        raise click.UsageError(f"{message}{_nearest(indicator, known)}{_elsewhere(indicator, rows)}")
    return tables.of_place(found, lang)


def _unknown(word: str, places: list[str], names: list[str]) -> str:
    """Return that a word is neither a place nor an indicator, with the nearest of both."""
    from ipsim.indicators.catalogue import INDICATORS

    if word in INDICATORS:
        return f"no published figure for the indicator {word!r}"
    what = "place or indicator" if names else "place"
    near = _nearest(word, [*places, *names])
    return f"no published figure for the {what} {word!r}{near or '; `ipsim evidence` lists the places'}"


def _nearest(word: str, known: Iterable[str]) -> str:
    """Return ``; nearest: NAME`` in whatever case, or where all names are."""
    from ipsim.scenario.errors import nearest

    plain = {one.casefold(): one for one in known}
    near = nearest(word.casefold(), plain).removeprefix("; nearest: ")
    return f"; nearest: {plain[near]}" if near else ""


def _elsewhere(indicator: str, rows: list[Observation]) -> str:
    there = list(dict.fromkeys(one.place for one in rows if one.indicator == indicator))
    return f"; published for {', '.join(there[:6])}" if there else ""
