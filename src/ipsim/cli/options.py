"""The options that every command that simulates has."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipsim.cli import shared_options

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

_LARGEST_SEED = 2**53

run_options = shared_options.together(
    click.option(
        "--seed",
        type=click.IntRange(0, _LARGEST_SEED),
        default=1,
        show_default=True,
        help="Seed of the first replicate; the next ones count on from it.",
    ),
    click.option(
        "--replicates",
        type=click.IntRange(min=1),
        default=10,
        show_default=True,
        help="How often to repeat it, with other luck and other likely parameters.",
    ),
    click.option(
        "--scale",
        type=click.FloatRange(0, 1, min_open=True),
        help="Share of the city's enterprises to simulate; results are those of the whole city.  "
        "[default: the city's own]",
    ),
    click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="KEY=VALUE",
        help="Give a lever, an assumption or a figure of the city another value, such as "
        "policy.protection.strength=0.8 or policy.subsidies.research='{2016: 0, 2020: 0.1}'. "
        "Can be repeated.",
    ),
    click.option(
        "--central",
        is_flag=True,
        help="Use the single best set of parameters for every replicate. Else each draws its own from the "
        "calibrated ensemble, so that bands hold doubt about parameters and luck.",
    ),
    click.option(
        "--ensemble",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Folder of another ensemble, as `ipsim calibrate` writes it, to lay on the one that ships.",
    ),
    shared_options.out("the result", "results/NAME; with --set, NAME-HASH"),
    shared_options.workers("as many as there are cores and replicates"),
    shared_options.lang("table, figures and report"),
    shared_options.quiet("neither progress nor table"),
    shared_options.force("a result"),
)
"""Adds the options of a run to a command."""


@dataclass(frozen=True)
class RunOptions:
    """What the options of a run say."""

    seed: int
    replicates: int
    scale: float | None
    settings: tuple[str, ...]
    central: bool
    ensemble: Path | None
    out: Path | None
    workers: int | None
    lang: str
    quiet: bool
    force: bool

    def scenario(self, source: str) -> Scenario:
        """Load a scenario, lay ``--ensemble`` on it and give it the values of ``--set``."""
        from ipsim.scenario import parse_settings
        from ipsim.study.run import as_scenario

        changes = parse_settings(self.settings)
        scenario = as_scenario(source, self.ensemble)
        return scenario.replace(changes) if changes else scenario

    def folder(self, name: str) -> Path:
        """Return the folder for a result of this name, after making sure that it is free."""
        from ipsim.study.folders import check_folder

        return check_folder(self.out or Path("results") / name, self.force)

    def numbers(self) -> dict[str, Any]:
        """Return what `ipsim.run` and `ipsim.compare` take."""
        workers = self.workers or min(self.replicates, os.cpu_count() or 1)
        return {
            "seed": self.seed,
            "replicates": self.replicates,
            "scale": self.scale,
            "workers": workers,
            "central": self.central,
        }
