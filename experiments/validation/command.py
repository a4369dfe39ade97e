"""The command: which stages are wanted, how large, and where tables and page go."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import made_by_commands
from fact_checks import checked
from hindcast_scores import scored
from recovery_trial import recovery
from sensitivity_runs import sensitivity
from stages import Asked, Stage, tell
from validation_page import write_page

from ipsim.scenario.calibrated import shipped_ensemble
from ipsim.study.errors import FolderError, RunError
from ipsim.study.hindcast.known import known_ensemble

ROOT = Path(__file__).resolve().parents[2]
PAGE = "page"


def _shipped() -> str:
    return shipped_ensemble().hash


def _known() -> str:
    found = known_ensemble()
    return "" if found is None else found.hash


STAGES = {
    one.name: one
    for one in (
        Stage("calibration", made_by_commands.calibration, _shipped),
        Stage("recovery", recovery, _shipped, ("truths",)),
        Stage("hindcast", scored, _known, ("draws",)),
        Stage("natural", made_by_commands.natural, _shipped),
        Stage("facts", checked, _shipped, ("seeds",)),
        Stage("sensitivity", sensitivity, _shipped, ("members",)),
    )
}


def main(about: str | None = None) -> int:
    """Read the command line, run what is missing, write the page."""
    given = _parser(about).parse_args()
    wanted = given.only or [*STAGES, PAGE]
    asked = Asked(
        given.out,
        given.calibration,
        given.natural,
        given.workers,
        given.resume,
        given.truths,
        given.draws,
        given.seeds,
        given.members,
    )
    try:
        for name, stage in STAGES.items():
            if name in wanted:
                stage.run(asked)
    except (FolderError, RunError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if PAGE in wanted:
        readme = ROOT / "README.md" if given.docs.resolve() == (ROOT / "docs").resolve() else None
        tell(str(write_page(asked, STAGES, given.docs, readme)))
    return 0


def _parser(about: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--only", nargs="+", choices=[*STAGES, PAGE], metavar="STAGE", help=", ".join([*STAGES, PAGE])
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--resume", action="store_true", help="go on with a calibration that was interrupted")
    results = ROOT / "results"
    parser.add_argument("--out", type=Path, default=results / "validation", help="tables of the stages")
    parser.add_argument("--calibration", type=Path, default=results / "calibrate")
    parser.add_argument("--natural", type=Path, default=results / "natural")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs", help="folder of the page")
    parser.add_argument("--truths", type=int, default=30, help="known truths for each method (recovery)")
    parser.add_argument("--draws", type=int, default=100, help="draws a city (hindcast)")
    parser.add_argument("--seeds", type=int, default=10, help="seeds (facts)")
    parser.add_argument("--members", type=int, default=200, help="members of the ensemble (sensitivity)")
    return parser
