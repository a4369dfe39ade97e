"""The commands that ask a study what drives its outcomes, and where an outcome comes about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipsim.cli import shared_options
from ipsim.cli.batch_options import BatchOptions, batch_options
from ipsim.cli.batching import how_to_go_on, report_batch, run_study
from ipsim.cli.console import print_tables
from ipsim.cli.failures import INTERRUPTED

if TYPE_CHECKING:
    from ipsim.study.plan import Study

_shown_options = shared_options.together(
    shared_options.lang("table, figures and page"), shared_options.force("an analysis")
)
"""Adds the options of what people read."""


@click.command(short_help="Say what drives the outcomes of a study.")
@click.argument("source", metavar="STUDY", type=click.Path(exists=True, path_type=Path))
@batch_options
@_shown_options
def sensitivity(source: Path, lang: str, force: bool, **given: Any) -> int:
    """Say what drives the outcomes of STUDY, a study file or a folder of one that was run.

    A file is run first unless its folder holds every run. The design of the study is the method: morris
    for a screening of many factors, sobol for shares of the variance, latin-hypercube for partial rank
    correlations, one-at-a-time for a tornado. Writes sensitivity.csv, sensitivity.json, figures/ and
    report.html into the folder of the study.

        ipsim sensitivity experiments/screening.yaml --workers 2
    """
    options = BatchOptions(**given)
    if source.is_dir():
        _refuse_batch_options(options)
        return _analyse(source, options, lang, force)
    from ipsim.study.folders import check_free
    from ipsim.study.plan import read_study
    from ipsim.study.sensitivity import check_design
    from ipsim.study.sensitivity.keeping import TABLE

    study = read_study(source)
    check_design(study)
    folder = options.folder(study)
    check_free(folder, TABLE, force)
    status = 0
    if not _is_done(study, folder):
        try:
            summary = run_study(study, options)
        except KeyboardInterrupt:
            click.echo(how_to_go_on("sensitivity", source, options), err=True)
            return INTERRUPTED
        status = report_batch(summary, source, options)
        if summary.interrupted:
            return status
    return _analyse(folder, options, lang, force) or status


def _refuse_batch_options(options: BatchOptions) -> None:
    """Say so when a folder is to be analysed and options ask for runs."""
    asked = {
        "--out": options.out is not None,
        "--workers": options.workers is not None,
        "--resume": options.resume,
        "--executor": options.executor != "local",
        "--address": options.address is not None,
    }
    names = [name for name, is_asked in asked.items() if is_asked]
    if names:
        raise click.UsageError(f"{', '.join(names)}: nothing is run for a folder; give the study file")


def _is_done(study: Study, folder: Path) -> bool:
    """Whether a folder holds every run of the study as it is now."""
    from ipsim.study.batch import open_study
    from ipsim.study.errors import FolderError

    try:
        there = open_study(folder)
    except FolderError:
        return False
    same = there.facts.study == study.text and there.facts.scenario_hash == study.scenario.hash
    asked = len(study.points()) * study.replicates
    return same and there.finished == there.planned == asked


def _analyse(folder: Path, options: BatchOptions, lang: str, force: bool) -> int:
    from ipsim.report.sensitivity import sensitivity_tables
    from ipsim.study.folders import check_free
    from ipsim.study.sensitivity import sensitivity as analysed
    from ipsim.study.sensitivity.keeping import TABLE

    check_free(folder, TABLE, force)
    found = analysed(folder)
    page = found.save(folder, lang, force)
    if found.missing:
        click.echo(f"ipsim: {found.missing} of {found.planned} runs failed or are not done", err=True)
    if not options.quiet:
        print_tables(*sensitivity_tables(found, lang))
        click.echo(page)
    return 0


@click.command(short_help="Find where among the factors of a study a condition holds.")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--where",
    required=True,
    metavar="CONDITION",
    help="Comparisons of outcomes with numbers, joined with `and`; indicators that the study kept count "
    "in their last year.",
)
@click.option(
    "--each",
    type=click.Choice(["point", "run"]),
    default="point",
    show_default=True,
    help="What a case is: a point with the mean over its replicates, or a single run.",
)
@click.option(
    "--density",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.8,
    show_default=True,
    help="Share of cases in a box in which the condition should hold.",
)
@click.option(
    "--boxes", type=click.IntRange(min=1), default=3, show_default=True, help="How many boxes at most."
)
@click.option(
    "--policy",
    default="",
    metavar="NAME",
    help="Of a study with several policies, the one to look at.  [default: all, as a factor]",
)
@click.option(
    "--against",
    default="",
    metavar="NAME",
    help="Take off the figures of this policy, so that the condition is about the difference.",
)
@shared_options.quiet("no table")
@_shown_options
def discover(folder: Path, where: str, quiet: bool, lang: str, force: bool, **given: Any) -> None:
    """Find where among the factors of the study in DIR a condition on its outcomes holds.

    PRIM draws boxes: limits to a few factors within which the condition mostly holds. Writes
    discovery.csv, discovery.json, figures/ and discovery.html into DIR. Needs the extra `discovery`.

        ipsim discover results/screening --where "pattern_2030 >= 60"
    """
    from ipsim.report.discovery import discovery_table
    from ipsim.study.folders import check_free
    from ipsim.study.sensitivity import discover as find
    from ipsim.study.sensitivity.keeping import DISCOVERED

    check_free(folder, DISCOVERED, force)
    found = find(folder, where, most=given.pop("boxes"), **given)
    page = found.save(folder, lang, force)
    if not quiet:
        print_tables(discovery_table(found, lang))
        click.echo(page)
