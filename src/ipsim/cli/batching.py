"""The command that runs a study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipsim.cli.batch_options import BatchOptions, batch_options
from ipsim.cli.batch_progress import batch_progress
from ipsim.cli.failures import FAILED, INTERRUPTED
from ipsim.cli.progress import announce_compilation

if TYPE_CHECKING:
    from ipsim.study.batch import BatchSummary
    from ipsim.study.plan import Study


@click.command(short_help="Run a study: many runs of a scenario with other values.")
@click.argument("study_file", metavar="STUDY", type=click.Path(path_type=Path))
@batch_options
def batch(study_file: Path, **given: Any) -> int:
    """Run the study in the file STUDY and keep every run in a folder.

    Results come to disk as they are made and can be read meanwhile. A study that was stopped, by Ctrl-C,
    a full disk or a power cut, goes on with --resume and ends in the same files. A run that fails is
    recorded in failures/ and the others go on; the exit status is then 1.

        ipsim batch experiments/withdrawal.yaml --workers 2

    docs/studies.md says what may stand in a study file.
    """
    from ipsim.study.plan import read_study

    options = BatchOptions(**given)
    study = read_study(study_file)
    if study.design.kind == "search":
        raise click.UsageError(f"{study_file} is a search: run it with `ipsim search {study_file}`")
    try:
        summary = run_study(study, options)
    except KeyboardInterrupt:
        click.echo(how_to_go_on("batch", study_file, options), err=True)
        return INTERRUPTED
    return report_batch(summary, study_file, options)


def how_to_go_on(command: str, study_file: Path, options: BatchOptions) -> str:
    """Return the line that tells how a study that was stopped is gone on with."""
    return f"ipsim: stopped; go on with: ipsim {command} {study_file}{options.repeated()} --resume"


def run_study(study: Study, options: BatchOptions) -> BatchSummary:
    """Run a study with progress shown."""
    from ipsim.study.batch import run_batch

    if options.executor == "local":
        announce_compilation(options.quiet)
    with batch_progress(f"Running {study.name}", options.quiet) as told:
        return run_batch(study, options.folder(study), progress=told, **options.where())


def report_batch(summary: BatchSummary, study_file: Path, options: BatchOptions) -> int:
    """Say what came of a batch, and return the exit status."""
    for warning in summary.warnings:
        click.echo(f"ipsim: {warning}", err=True)
    if not options.quiet:
        click.echo(_summary(summary))
    if summary.failed:
        click.echo(f"ipsim: {summary.failed} runs failed; why is in {summary.folder / 'failures'}", err=True)
    if summary.interrupted:
        click.echo(how_to_go_on("batch", study_file, options), err=True)
        return INTERRUPTED
    return FAILED if summary.failed else 0


def _summary(summary: BatchSummary) -> str:
    rate = summary.made / summary.seconds if summary.seconds else 0.0
    made = (
        f"{summary.made:,} made in {summary.seconds:.1f} s ({rate:.1f} a second)"
        if summary.made
        else "none made"
    )
    return (
        f"{summary.folder}: {summary.done:,} of {summary.planned:,} runs, {summary.failed:,} failed; {made}"
    )
