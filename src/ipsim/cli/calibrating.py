"""The command that fits the model to published figures."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipsim.cli import shared_options
from ipsim.cli.calibration_progress import calibration_progress
from ipsim.cli.calibration_work import city_work, shared_work
from ipsim.cli.console import print_tables
from ipsim.cli.failures import BAD_INPUT, INTERRUPTED
from ipsim.cli.progress import announce_compilation

if TYPE_CHECKING:
    from ipsim.study.calibration.keeping import Assessment
    from ipsim.study.calibration.waves import Calibrated


@click.command(short_help="Fit the model to published figures.")
@click.argument("city", metavar="[CITY]", required=False)
@click.option(
    "--observations",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV with published figures of the city: place, indicator, period, value, unit.  "
    "[default: those that ship]",
)
@click.option(
    "--known-by", type=int, metavar="YEAR", help="Fit only what was known at the end of YEAR; test the rest."
)
@click.option(
    "--draws",
    type=click.IntRange(min=1),
    metavar="N",
    help="About how many sets of parameters to run; fewer than 182 are not enough to learn from, and so many "
    "are run.  [default: 1,880; for one city 920]",
)
@shared_options.out("the calibration", "results/calibrate-CITY, or results/calibrate")
@click.option("--resume", is_flag=True, help="Go on with what the folder holds, with the same options.")
@shared_options.workers("as many as there are cores")
@shared_options.lang("table, figures and report")
@shared_options.quiet("neither progress nor table")
def calibrate(lang: str, quiet: bool, **given: Any) -> int:
    """Fit the model to published figures, and say how well it fits and what that tells of its parameters.

    With CITY, the name or the file of a city profile, the figures that the profile assumes are fitted; what
    cities share is inherited from the ensemble that ships. Three published figures will do. Without CITY
    that ensemble itself is made again, which takes a while.

    Writes ensemble.csv, fit.csv, identifiability.csv, conflicts.csv, figures/ and report.html.

        ipsim calibrate xiamen

        ipsim calibrate ningbo.yaml --observations ningbo.csv --workers 2

    docs/calibration.md says how it is done, and how to read it.
    """
    asked = Asked(**given)
    if asked.city is None and asked.observations is not None:
        raise click.UsageError("--observations FILE holds figures of one city: name it, CITY")
    work = city_work(asked) if asked.city is not None else shared_work(asked)
    if work is None:
        return BAD_INPUT
    folder = asked.checked_folder(work.default_folder)
    if asked.draws is not None and work.plan.draws > asked.draws:
        click.echo(f"ipsim: --draws {asked.draws}: {work.plan.draws} sets of parameters are run", err=True)
    announce_compilation(quiet)
    began = time.perf_counter()
    try:
        with calibration_progress(f"Calibrating {work.title}", quiet, work.runs) as shown:
            found = work.calibrated(
                folder,
                workers=asked.workers,
                resume=asked.resume,
                progress=shown.progress,
                say=shown.say,
            )
            seconds = time.perf_counter() - began
            assessed = work.assessed(found, asked.repeated(lang), seconds, shown.told)
    except KeyboardInterrupt:
        click.echo(f"ipsim: stopped; go on with: {asked.repeated(lang)} --resume", err=True)
        return INTERRUPTED
    return _kept(found, assessed, folder, lang, quiet)


def _kept(found: Calibrated, assessed: Assessment, folder: Path, lang: str, quiet: bool) -> int:
    from ipsim.report.calibration import calibration_sentences, calibration_tables
    from ipsim.study.calibration.keeping import keep

    assessed = keep(found, assessed, folder, lang)
    if not quiet:
        print_tables(*calibration_tables(assessed, lang))
        for sentence in calibration_sentences(assessed, lang):
            click.echo(sentence)
        click.echo(folder / "report.html")
    return 0


@dataclass(frozen=True)
class Asked:
    """What the options say."""

    city: str | None
    observations: Path | None
    known_by: int | None
    draws: int | None
    out: Path | None
    resume: bool
    workers: int | None

    def checked_folder(self, default: str) -> Path:
        """Return the folder, after making sure that the calibration may be made in it.

        Raises
        ------
        FolderError
            When it holds something else, or a calibration that nobody asked to go on with.
        """
        from ipsim.study.calibration.calibrating import RUNS
        from ipsim.study.calibration.keeping import FACTS
        from ipsim.study.errors import FolderError
        from ipsim.study.folders import check_folder

        folder = self.out or Path(default)
        there = [name for name in (FACTS, RUNS) if (folder / name).exists()]
        if not there:
            return check_folder(folder)
        if not self.resume:
            kind = "finished" if FACTS in there else "unfinished"
            raise FolderError(
                f"{folder} holds a calibration already, {kind}; --resume uses its runs and reports anew, or "
                "choose another --out"
            )
        return folder

    def repeated(self, lang: str) -> str:
        """Return the command, without ``--resume``."""
        from shlex import quote

        named = {
            "observations": self.observations,
            "known-by": self.known_by,
            "draws": self.draws,
            "out": self.out,
            "workers": self.workers,
            "lang": None if lang == "en" else lang,
        }
        options = "".join(
            f" --{name} {quote(str(value))}" for name, value in named.items() if value is not None
        )
        return f"ipsim calibrate{'' if self.city is None else f' {quote(self.city)}'}{options}"
