"""The command that runs a result again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipsim.cli import shared_options
from ipsim.cli.batch_progress import batch_progress
from ipsim.cli.failures import FAILED
from ipsim.cli.progress import announce_compilation, shown_progress

if TYPE_CHECKING:
    from ipsim.study.verify import Verification


@click.command(short_help="Run a result again and compare it value by value.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@shared_options.workers("1; of a study, as many as there are cores")
@click.option(
    "--runs",
    type=click.IntRange(min=1),
    help="Of a study, make about so many runs again, spread over all.  [default: every run]",
)
@shared_options.quiet("no progress")
def verify(folder: Path, workers: int | None, runs: int | None, quiet: bool) -> int:
    """Run what DIR holds once more, from what it says itself, and compare every value.

    DIR is what run, compare, batch, sensitivity or search wrote. Nothing is written. The exit status is 0
    when all values are the same to the last bit, else 1.
    """
    announce_compilation(quiet)
    found = (
        _study(folder, workers, runs, quiet) if _is_study(folder) else _result(folder, workers, runs, quiet)
    )
    click.echo(f"{folder}: {found.summary()}", err=not found.same)
    return 0 if found.same else FAILED


def _is_study(folder: Path) -> bool:
    from ipsim.study.batch.manifest import MANIFEST

    return (folder / MANIFEST).exists()


def _study(folder: Path, workers: int | None, runs: int | None, quiet: bool) -> Verification:
    from ipsim.study.batch import verify_study

    with batch_progress(f"Running {folder} again", quiet) as told:
        return verify_study(folder, workers, runs, told)


def _result(folder: Path, workers: int | None, runs: int | None, quiet: bool) -> Verification:
    from ipsim.study.verify import verify as run_again

    if runs is not None:
        raise click.UsageError(f"--runs is for studies; {folder} is run again whole")
    with shown_progress(f"Running {folder} again", quiet) as told:
        return run_again(folder, workers or 1, told)
