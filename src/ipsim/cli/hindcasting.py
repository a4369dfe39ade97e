"""The command that scores predictions against what was published afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipsim.cli import shared_options
from ipsim.cli.console import print_tables
from ipsim.cli.failures import BAD_INPUT
from ipsim.cli.progress import announce_compilation, shown_progress

if TYPE_CHECKING:
    from ipsim.study.hindcast import Scores
    from ipsim.study.hindcast.hindcasting import Task


@click.command(short_help="Score predictions of 2017 and after against published figures.")
@click.option(
    "--observations",
    "source",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV of published figures with the columns of the evidence.  [default: the evidence that ships]",
)
@click.option(
    "--city",
    "cities",
    multiple=True,
    metavar="X",
    help="Name or file of a city or scenario to predict; a city that ships is taken as known in 2016. "
    "Can be repeated.  [default: every such city that the figures name]",
)
@shared_options.out("the result", "results/hindcast; of a file, results/hindcast-NAME")
@click.option(
    "--ensemble",
    "sets",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Parameter sets to draw from, as `ipsim calibrate` writes them.  "
    "[default: those fitted to what was known in 2016]",
)
@click.option(
    "--draws",
    type=click.IntRange(min=2),
    default=100,
    show_default=True,
    help="Runs for each city, each with other luck and other values of what was not known.",
)
@shared_options.workers("as many as there are cores")
@shared_options.lang("table, figure and report")
@shared_options.quiet("neither progress nor table")
@shared_options.force("a hindcast")
def hindcast(
    source: Path | None,
    cities: tuple[str, ...],
    out: Path | None,
    sets: Path | None,
    draws: int,
    workers: int | None,
    lang: str,
    quiet: bool,
    force: bool,
) -> int:
    """Predict 2017 and after from what was known at the end of 2016, and score it against published figures.

    Writes hindcast.csv, summary.csv, missing.csv, hindcast.json, figures/ and report.html to a folder: all of
    it, or nothing. Rows of FILE that are faulty are named, one line each, and the others are scored.

        ipsim hindcast

        ipsim hindcast --observations figures.csv --city jinhua
    """
    from ipsim.scenario.calibrated import read_ensemble
    from ipsim.study.folders import check_folder
    from ipsim.study.hindcast.hindcasting import carried_out, prepared
    from ipsim.study.hindcast.scores import MANIFEST
    from ipsim.study.processes import available_cores

    name = f"hindcast-{source.stem}" if source else "hindcast"
    folder = check_folder(out or Path("results") / name, force, MANIFEST)
    task = prepared(source, cities)
    for fault in task.faults:
        click.echo(fault, err=True)
    if task.ahead:
        announce_compilation(quiet)
    ensemble = read_ensemble(sets) if sets else None
    with shown_progress(_title(task, draws), quiet or not task.ahead) as told:
        scores = carried_out(task, draws, workers or available_cores(), told, ensemble)
    return _keep(task, scores, folder, lang, quiet, force)


def _title(task: Task, draws: int) -> str:
    names = ", ".join(scenario.city.key for scenario in task.scenarios)
    return f"Predicting {names}, {draws} draws each"


def _keep(task: Task, scores: Scores, folder: Path, lang: str, quiet: bool, force: bool) -> int:
    """Write and show what was scored; say how many figures were and how many were not."""
    scored, left = len(scores.table), len(scores.missing)
    if not scored:
        _say_why(scores)
        click.echo(f"ipsim: none of {left} figures could be scored; nothing was written", err=True)
        return BAD_INPUT
    page = scores.save(folder, lang, force)
    if task.source is not None or not quiet:
        click.echo(f"{scored} figures scored, {left} not: {folder / 'missing.csv'} says why", err=quiet)
    if not quiet:
        from ipsim.report.hindcast import hindcast_sentences, hindcast_table

        print_tables(hindcast_table(scores, lang))
        for sentence in hindcast_sentences(scores, lang):
            click.echo(sentence)
        click.echo(page)
    return 0


def _say_why(scores: Scores) -> None:
    """Say why nothing was scored, one line for each reason; faults of the file were said before."""
    rest = scores.missing[scores.missing["kind"] != "faulty"]
    for reason, count in rest["reason"].value_counts(sort=False).items():
        click.echo(f"ipsim: {count} figures: {reason}", err=True)
