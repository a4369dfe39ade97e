"""The command that explains a difference."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, cast

import click

from ipsim.cli.console import print_tables, say
from ipsim.cli.options import RunOptions, run_options
from ipsim.cli.progress import announce_compilation, shown_progress

if TYPE_CHECKING:
    from ipsim.study.explain import Explanation
    from ipsim.study.explain.players import By


@click.command(short_help="Say through what an alternative changes something, and which lever does.")
@click.argument("base")
@click.argument("alternative", metavar="ALT")
@click.option(
    "--indicator",
    "indicators",
    multiple=True,
    metavar="NAME",
    help="What to explain; can be repeated.  [default: the headline numbers]",
)
@click.option(
    "--year",
    "years",
    multiple=True,
    type=int,
    metavar="YEAR",
    help="Year to explain; with several, their mean, or the sum of money and weighted patents. "
    "[default: the last year; all years for sums and growth]",
)
@click.option(
    "--by",
    type=click.Choice(["auto", "lever", "family"]),
    default="auto",
    show_default=True,
    help="What counts as one lever: each key, or a family such as filing subsidies; auto takes families "
    "when more than five levers change.",
)
@run_options
def explain(
    base: str, alternative: str, indicators: tuple[str, ...], years: tuple[int, ...], by: str, **given: Any
) -> None:
    """Say how much of what ALT changes against BASE each lever brought, and what came through what.

    Each mechanism through which the changed levers act is cut in turn, and every set of these levers is
    tried by itself (with more than six, some orders of them), all with the same luck and parameters.
    Writes run.json, levers.csv, pathways.csv, indicators.parquet, parameters.csv, report.html and
    figures/. --set applies to both.

        ipsim explain double-filing-subsidies quality-awards-only --scale 0.1

        ipsim explain jinhua strict-2020 --indicator share_patentees_infringed --year 2025
    """
    options = RunOptions(**given)
    pair = options.scenario(base), options.scenario(alternative)
    name = f"{pair[0].name}-vs-{pair[1].name}-explained"
    folder = options.folder(f"{name}-{pair[0].hash[:8]}" if options.settings else name)
    from ipsim.study.explain.explaining import explain as run_and_divide
    from ipsim.study.explain.explaining import planned

    what = indicators or None, years or None, cast("By", by)
    planned(*pair, *what)  # so that faults come before anything else is said
    numbers = options.numbers()
    numbers["workers"] = options.workers or os.cpu_count() or 1  # there are many runs to each replicate
    announce_compilation(options.quiet)
    with shown_progress(f"Explaining {pair[1].name} against {pair[0].name}", options.quiet) as told:
        found = run_and_divide(*pair, indicators=what[0], years=what[1], by=what[2], progress=told, **numbers)
    found.save(folder, lang=options.lang, force=options.force)
    if not options.quiet:
        _show(found, options.lang, bool(indicators))
        click.echo(folder / "report.html")


def _show(found: Explanation, lang: str, every: bool) -> None:
    """Print words and table of each outcome that was asked for, or of the one that is drawn."""
    from ipsim.report import what_ranges_hold
    from ipsim.report.explanation import explanation_table, headline, sentences
    from ipsim.report.explanation.names import outcome_name

    for account in found.accounts if every else [headline(found)]:
        click.echo(f"{outcome_name(account.outcome, lang)}\n" + "\n".join(sentences(account, lang)) + "\n")
        print_tables(explanation_table(account, lang))
    say(what_ranges_hold(found.comparison.results.values(), lang))
