"""Make the validation page, with everything that it rests on.

    python experiments/validation/run.py

runs what is missing (calibration, a test of methods on known truths, hindcast, natural experiments,
stylised facts, sensitivity), keeps the tables in results/validation, and writes docs/validation.md with its
figures. A stage whose tables are there, made by this model and ensemble, is not run again, so that the page
alone takes seconds. Calibration and natural experiments take most of the time; `--calibration` and
`--natural` take folders that `ipsim calibrate` and `ipsim natural` have filled.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Find the reports and the experiments on one city, whose modules are used here, and begin."""
    folder = Path(__file__).resolve().parents[1]
    sys.path[1:1] = [str(folder / name) for name in ("reports", "run_city")]
    import command

    return command.main(__doc__)


if __name__ == "__main__":
    sys.exit(main())
