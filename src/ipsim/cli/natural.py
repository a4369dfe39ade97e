"""The command that repeats published policy studies on simulated cities."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipsim.cli import shared_options
from ipsim.cli.console import print_tables
from ipsim.cli.failures import FAILED
from ipsim.cli.progress import announce_compilation, shown_progress

if TYPE_CHECKING:
    from ipsim.study.natural import Experiment, Finding
    from ipsim.study.natural.run import World

    _Done = tuple[list[Finding], dict[str, str]]


@click.command(short_help="Repeat published policy studies on simulated cities.")
@click.argument("files", metavar="EXPERIMENT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@shared_options.out("the result", "results/natural; of one experiment results/NAME")
@shared_options.workers("as many as there are cores")
@click.option(
    "--cities", type=click.IntRange(4, 2000), help="Number of cities, in place of that of the files."
)
@click.option(
    "--placebos",
    type=click.IntRange(0, 10_000),
    default=100,
    show_default=True,
    help="How often treatment is pretended where nobody is treated.",
)
@shared_options.lang("table and pictures")
@shared_options.quiet("neither progress nor table")
@shared_options.force("a result")
def natural(
    files: tuple[Path, ...],
    out: Path | None,
    workers: int | None,
    cities: int | None,
    placebos: int,
    lang: str,
    quiet: bool,
    force: bool,
) -> int:
    """Run the natural experiments in the files EXPERIMENT and lay them beside what was published.

    Each draws a country of cities, treats some of them as a published study did, and applies the estimator
    of the study. Beside the estimate stand the published effect, the true effect (the same cities and luck
    without treatment) and what the estimator finds where nobody is treated.

        ipsim natural experiments/natural/*.yaml --out results/natural

    docs/natural.md says what may stand in a file.
    """
    from ipsim.report.natural import counts, natural_table
    from ipsim.study.folders import check_folder
    from ipsim.study.natural import MANIFEST, save_findings

    experiments = _read(files, cities)
    name = experiments[0].name if len(experiments) == 1 else "natural"
    folder = check_folder(out or Path("results") / name, force, MANIFEST)
    announce_compilation(quiet)
    findings, failed = _run(experiments, workers or os.cpu_count() or 1, placebos, quiet)
    save_findings(findings, folder, lang, force, failed)
    if not quiet:
        print_tables(natural_table(findings, lang))
        click.echo(counts(findings, lang))
        click.echo(folder)
    return FAILED if failed else 0


def _read(files: tuple[Path, ...], cities: int | None) -> list[Experiment]:
    """Read all files before anything runs; every fault of every file is said."""
    from ipsim.scenario.errors import Fault, ScenarioError
    from ipsim.study.natural import read_experiment, with_cities

    found: list[Experiment] = []
    faults: list[Fault] = []
    for file in files:
        try:
            one = read_experiment(file)
            found.append(one if cities is None else with_cities(one, cities))
        except ScenarioError as error:
            faults += error.faults
    names = [one.name for one in found]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        faults.append(Fault(name, 0, "", "two experiments have this name; folders are named by it"))
    if faults:
        raise ScenarioError(faults)
    return found


def _run(experiments: list[Experiment], workers: int, placebos: int, quiet: bool) -> _Done:
    """Run the experiments; those with the same cities and treatment share their runs.

    Returns what was found, and by experiment why another one gave nothing.
    """
    from ipsim.study.errors import RunError
    from ipsim.study.natural import found_in, key_of_world, simulate_world

    worlds: dict[str, World] = {}
    findings: list[Finding] = []
    failed: dict[str, str] = {}
    for number, one in enumerate(experiments, 1):
        key = key_of_world(one)
        if key not in worlds:
            with shown_progress(f"{one.name} ({number} of {len(experiments)})", quiet) as progress:
                worlds[key] = simulate_world(one, workers, progress)
        try:
            findings.append(found_in(worlds[key], one, placebos))
        except RunError as error:  # the others need not be lost for it
            failed[one.name] = str(error)
            click.echo(f"ipsim: {error}", err=True)
    if not findings:
        raise RunError("no experiment gave a result")
    return findings, failed
