"""The command that runs one scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipsim.cli.console import print_tables, say
from ipsim.cli.options import RunOptions, run_options
from ipsim.cli.progress import announce_compilation, shown_progress

if TYPE_CHECKING:
    from ipsim.study import Result


@click.command(short_help="Simulate a scenario and write tables, figures and a report.")
@click.argument("scenario")
@run_options
def run(scenario: str, **given: Any) -> None:
    """Simulate SCENARIO and write its tables, figures and report.

    Writes run.json, indicators.csv, indicators.parquet, parameters.csv, report.html and figures/ to a
    folder: all of it, or nothing.

        ipsim run jinhua --replicates 30

        ipsim run jinhua --set policy.subsidies.research=0.1 --out trial
    """
    options = RunOptions(**given)
    what = options.scenario(scenario)
    # A scenario changed by --set is another one and gets a folder of its own.
    folder = options.folder(f"{what.name}-{what.hash[:8]}" if options.settings else what.name)
    from ipsim import study

    announce_compilation(options.quiet)
    with shown_progress(_title(what.name, options), options.quiet) as told:
        result = study.run(what, progress=told, **options.numbers())
    _keep(result, folder, options)


def _title(names: str, options: RunOptions) -> str:
    times = f", {options.replicates} replicates" if options.replicates > 1 else ""
    return f"Simulating {names}{times}"


def _keep(result: Result, folder: Path, options: RunOptions) -> None:
    from ipsim.report import terminal_table, what_ranges_hold

    result.save(folder, lang=options.lang, force=options.force)
    if options.quiet:
        return
    print_tables(terminal_table(result, options.lang))
    say(what_ranges_hold([result], options.lang))
    click.echo(folder / "report.html")
