"""The command that makes the profile of a city from a few published figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipsim.cli import shared_options

if TYPE_CHECKING:
    from ipsim.cli.new_city_work import NewCity

_FIGURE = "FIGURE"


def _figure(option: str, text: str, multiple: bool = False) -> Any:
    return click.option(option, multiple=multiple, metavar=_FIGURE, help=text)


@click.command("new-city", short_help="Make the profile of a city from published figures.")
@click.argument("name")
@_figure("--residents", "Residents, million: 7.83 or 783万人. May be given for several years.", multiple=True)
@_figure("--gdp", "Gross domestic product, billion RMB: 801 or 8011亿元.")
@_figure("--invention-filings", "Inventions filed in the year.")
@_figure("--inventions-in-force", "Inventions in force at the end of the year.")
@_figure("--filings", "Filings of all three types in the year.")
@_figure("--grants", "Grants of all three types in the year; used where --filings is not given.")
@_figure("--rd", "R&D of the city, percent of GDP.")
@click.option("--source", metavar="TEXT", help="Where these figures were published.")
@click.option("--zh", metavar="TEXT", help="Name in Chinese, where NAME is English.")
@click.option("--en", metavar="TEXT", help="Name in English, where NAME is Chinese.")
@click.option("--province", metavar="TEXT", help="Province, in both languages if you like: Zhejiang/浙江.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="[default: NAME.yaml]")
@click.option("--unusual", is_flag=True, help="Take figures that no city has together.")
@shared_options.force("a file")
@shared_options.lang("sources, reasons and what is printed")
def new_city(
    name: str,
    source: str | None,
    zh: str | None,
    en: str | None,
    province: str | None,
    out: Path | None,
    unusual: bool,
    force: bool,
    lang: str,
    **written: Any,
) -> None:
    """Make the profile of the city NAME from a few published figures.

    Residents, GDP and invention filings are needed; inventions in force and all filings help most beside
    them. A FIGURE is of 2015; one of another year or month says so: 58530@2014, 9187@2014-09. Units are those
    named below, or written behind: 8011亿元, 1.6万件. What is not given follows from rules of thumb, with
    wide ranges, which `ipsim calibrate` narrows.

        ipsim new-city Ningbo --residents 7.83 --gdp 801 --invention-filings 16056

    The file is meant to be read and bettered: every number says where it comes from. docs/third-city.md
    shows it from the first figure to an answer.
    """
    from ipsim.cli.new_city_work import made, named

    naming = named(name, en, zh, province)
    city = made(naming, written, source, lang, unusual)
    target = out or Path(f"{naming.key}.yaml")
    _write(city, target, force)
    _say(city, target, lang)


def _write(city: NewCity, target: Path, force: bool) -> None:
    """Write the file, after making sure that it is a profile without faults."""
    from ipsim.scenario.loading import load_text

    if target.exists() and not target.is_file():
        raise click.UsageError(f"--out {target} is not a file; choose another")
    if target.exists() and not force:
        raise click.UsageError(f"{target} is there already; replace it with --force or choose another --out")
    if not target.parent.is_dir():
        raise click.UsageError(f"--out {target}: there is no folder {target.parent}")
    load_text(city.text, str(target))
    try:
        target.write_text(city.text, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"--out {target} can't be written: {error.strerror}") from error


def _say(city: NewCity, target: Path, lang: str) -> None:
    from ipsim.cli.console import print_tables
    from ipsim.cli.new_city_work import table
    from ipsim.report.phrases import phrase

    print_tables(table(city, lang))
    click.echo(phrase("new_city.written", lang, file=target, given=city.given, assumed=city.assumed))
    for step in ("check", "run", "calibrate"):
        click.echo(f"    ipsim {step} {target}")
