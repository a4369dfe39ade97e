"""The commands that only look: check, show, list."""

from __future__ import annotations

from pathlib import Path

import click

from ipsim.cli import shared_options
from ipsim.cli.console import print_tables

_KINDS = ("scenarios", "cities", "levers", "assumptions", "indicators", "mechanisms")


@click.command(short_help="Look for faults in a scenario or a lesson and name them all.")
@click.argument("scenario")
def check(scenario: str) -> None:
    """Look for faults in SCENARIO and name all of them; nothing is simulated or written.

    SCENARIO may be a lesson of the board as well: its folder, or its lesson.yaml.
    Each fault is a line `FILE:LINE: KEY: what is wrong, what is allowed`.
    """
    from ipsim.scenario import load

    lesson = _lesson_folder(Path(scenario))
    if lesson is not None:
        from ipsim.app.lessons import read_lesson

        words = read_lesson(lesson).file.title
        click.echo(f"{scenario}: no faults; the lesson {words.en} / {words.zh}")
        return
    found = load(scenario)
    click.echo(f"{scenario}: no faults; {found.city.name.en}, {found.start_year} to {found.end_year}")


def _lesson_folder(path: Path) -> Path | None:
    """Return the folder of a lesson that was named by its folder or its file."""
    folder = path.parent if path.name == "lesson.yaml" else path
    return folder if (folder / "lesson.yaml").is_file() else None


@click.command(short_help="Print a scenario with every default and source.")
@click.argument("scenario")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Give a key another value.")
def show(scenario: str, settings: tuple[str, ...]) -> None:
    """Print SCENARIO as resolved: every value, default and source. What it prints is a scenario too."""
    from ipsim.scenario import load, parse_settings

    changes = parse_settings(settings)
    found = load(scenario)
    click.echo((found.replace(changes) if changes else found).text)


@click.command("list", short_help="List scenarios, cities, levers, assumptions, indicators, mechanisms.")
@click.argument("kinds", nargs=-1, metavar="[KIND]...", type=click.Choice(_KINDS))
@shared_options.lang("meanings")
def list_(kinds: tuple[str, ...], lang: str) -> None:
    """List the scenarios and cities that ship, and the model's levers, assumptions, indicators, mechanisms.

    Name one or more kinds to see these alone: `ipsim list levers assumptions`.
    """
    from ipsim.cli import listing

    tables = {
        "scenarios": listing.scenarios,
        "cities": listing.cities,
        "levers": listing.levers,
        "assumptions": listing.assumptions,
        "indicators": listing.indicators,
        "mechanisms": listing.mechanisms,
    }
    print_tables(*(tables[kind](lang) for kind in kinds or tables))
