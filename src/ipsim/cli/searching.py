"""The command that looks for the best policies under a budget."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipsim.cli import shared_options
from ipsim.cli.batch_options import BatchOptions, batch_options
from ipsim.cli.batch_progress import Told, batch_progress
from ipsim.cli.batching import how_to_go_on, report_batch
from ipsim.cli.console import print_tables
from ipsim.cli.failures import FAILED, INTERRUPTED
from ipsim.cli.progress import announce_compilation

if TYPE_CHECKING:
    from ipsim.study.batch import BatchProgress, BatchSummary
    from ipsim.study.plan import Study
    from ipsim.study.search import SearchResult, SearchSettings, Stage


@click.command(short_help="Look for the best policies under a budget.")
@click.argument("study_file", metavar="STUDY", type=click.Path(path_type=Path))
@batch_options
@shared_options.lang("table, figures and report")
def search(study_file: Path, lang: str, **given: Any) -> int:
    """Look for the policies that reach most under a budget, as the study in the file STUDY says.

    Writes frontier.csv, a scenario file for each policy of the frontier, candidates.csv with everything
    that was tried, figures and report.html. A search that was stopped goes on with --resume and ends in
    the same files.

        ipsim search experiments/budget-300.yaml

    docs/studies.md says what may stand in the section `search` of a study file.
    """
    from ipsim.study.plan import read_study
    from ipsim.study.search import read_search

    options = BatchOptions(**given)
    study = read_study(study_file)
    settings = read_search(study)
    try:
        result, summary = _run(study, settings, options, lang)
    except KeyboardInterrupt:
        spoken = "" if lang == "en" else f" --lang {lang}"
        click.echo(how_to_go_on("search", study_file, options) + spoken, err=True)
        return INTERRUPTED
    return _report(result, summary, study_file, options, lang)


def _run(
    study: Study, settings: SearchSettings, options: BatchOptions, lang: str
) -> tuple[SearchResult, BatchSummary]:
    from ipsim.study.search import run_search

    if options.executor == "local":
        announce_compilation(options.quiet)
    with batch_progress(f"Searching {study.name}", options.quiet) as shown:
        far = None if shown is None else _HowFar(shown, settings, lang)
        return run_search(
            study,
            options.folder(study),
            lang=lang,
            progress=None if far is None else far.told_runs,
            told=None if far is None else far.told_stage,
            **options.where(),
        )


class _HowFar:
    """Counts against the runs that the whole search will make, and says what each stage found."""

    def __init__(self, shown: Told, settings: SearchSettings, lang: str) -> None:
        self._shown, self._settings, self._lang = shown, settings, lang
        self._expected = 0

    def told_runs(self, at: BatchProgress) -> None:
        self._shown(at._replace(planned=max(at.planned, self._expected)))

    def told_stage(self, stage: Stage) -> None:
        from ipsim.report.frontier import stage_words

        self._expected = 0 if stage.name == "check" else stage.expected_runs
        self._shown.say(f"{stage_words(stage, self._settings, self._lang)}\n")


def _report(
    result: SearchResult, summary: BatchSummary, study_file: Path, options: BatchOptions, lang: str
) -> int:
    from ipsim.report.frontier import frontier_table

    status = report_batch(summary, study_file, options)
    if not len(result.frontier):
        from ipsim.report.frontier import nothing_found

        click.echo(f"ipsim: {nothing_found(result, lang)}", err=True)
        return FAILED
    if not options.quiet:
        print_tables(frontier_table(result, lang))
        click.echo(summary.folder / "report.html")
    return status
