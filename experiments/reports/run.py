"""Make the report of a study from its folder.

    python experiments/reports/run.py withdrawal results/withdrawal

writes docs/studies/withdrawal.md and its figures (``--out`` elsewhere). Companions of the study, such as
results/withdrawal-xiamen, are taken in where they stand beside the folder.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import protection
import ranking
import withdrawal
import yuan
from sheet import Sheet

SUBJECTS: dict[str, Callable[[Sheet, Path], Path]] = {
    "yuan": yuan.report,
    "protection": protection.report,
    "ranking": ranking.report,
    "withdrawal": withdrawal.report,
}


def main() -> None:
    """Read the command line and write the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("subject", choices=list(SUBJECTS))
    parser.add_argument("folder", type=Path, help="what `ipsim batch` filled")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[2] / "docs" / "studies")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    page = SUBJECTS[given.subject](Sheet(given.folder), given.out)
    sys.stdout.write(f"{page}\n")


if __name__ == "__main__":
    main()
