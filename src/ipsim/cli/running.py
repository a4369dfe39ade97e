"""The commands that simulate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ipsim.cli.console import print_tables
from ipsim.cli.options import RunOptions, run_options
from ipsim.cli.progress import announce_compilation, shown_progress

if TYPE_CHECKING:
    from rich.table import Table

    from ipsim.study import Comparison, Result

_Kept = TypeVar("_Kept", "Result", "Comparison")


@click.command(short_help="Simulate a scenario and write tables, figures and a report.")
@click.argument("scenario")
@run_options
def run(scenario: str, **given: Any) -> None:
    """Simulate SCENARIO and write its tables, figures and report.

    Writes run.json, indicators.csv, indicators.parquet, report.html and figures/ to a folder: all of it,
    or nothing.

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
    from ipsim.report import terminal_table

    _keep(result, folder, options, terminal_table)


@click.command(short_help="Say what alternatives change, paired by seed.")
@click.argument("base")
@click.argument("alternatives", nargs=-1, required=True, metavar="ALT [ALT ...]")
@run_options
def compare(base: str, alternatives: tuple[str, ...], **given: Any) -> None:
    """Simulate BASE and each ALT with the same luck and say what ALT changes.

    Writes what `ipsim run` writes, and effects.csv: median of both, the mean paired difference with its
    90 % interval, and how many pairs would be needed to know it to within 10 %. --set applies to all.

        ipsim compare jinhua strict-2020 --replicates 30
    """
    options = RunOptions(**given)
    scenarios = [options.scenario(source) for source in (base, *alternatives)]
    name = "-vs-".join(one.name for one in scenarios)
    folder = options.folder(f"{name}-{scenarios[0].hash[:8]}" if options.settings else name)
    from ipsim import study

    title = _title(" and ".join(one.name for one in scenarios), options)
    announce_compilation(options.quiet)
    with shown_progress(title, options.quiet) as told:
        comparison = study.compare(*scenarios, progress=told, **options.numbers())
    from ipsim.report.contrast import contrast_table

    _keep(comparison, folder, options, contrast_table)


def _title(names: str, options: RunOptions) -> str:
    times = f", {options.replicates} replicates" if options.replicates > 1 else ""
    return f"Simulating {names}{times}"


def _keep(result: _Kept, folder: Path, options: RunOptions, table: Callable[[_Kept, str], Table]) -> None:
    result.save(folder, lang=options.lang, force=options.force)
    if options.quiet:
        return
    print_tables(table(result, options.lang))
    click.echo(folder / "report.html")
