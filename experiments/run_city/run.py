"""Run one of the experiments: published, levers, sweeps, facts, assumptions."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from assumptions import assumptions
from facts import facts
from levers import levers
from many import markdown, parameters_of
from published import published
from sweeps import sweeps

EXPERIMENTS = {
    "published": (published, 30),
    "levers": (levers, 30),
    "sweeps": (sweeps, 20),
    "facts": (facts, 10),
    "assumptions": (assumptions, 4),
}


def main() -> None:
    """Read the command line, run, write a CSV and a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("experiment", choices=list(EXPERIMENTS))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seeds", type=int, help="replicates (default depends)")
    default = Path(__file__).resolve().parents[2] / "docs" / "results"
    parser.add_argument("--out", type=Path, default=default)
    given = parser.parse_args()
    function, seeds = EXPERIMENTS[given.experiment]
    rows = function(given.workers, given.seeds or seeds)
    given.out.mkdir(parents=True, exist_ok=True)
    with (given.out / f"{given.experiment}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    command = f"python experiments/run_city/run.py {given.experiment}"
    text = f"# {given.experiment.capitalize()}\n\n`{command}`, {given.seeds or seeds} seeds. "
    text += f"{parameters_of(given.experiment)}\n\n"
    path = given.out / f"{given.experiment}.md"
    path.write_text(text + markdown(list(rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
