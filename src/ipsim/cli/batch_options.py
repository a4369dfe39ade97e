"""The options that every command that runs a study has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipsim.cli import shared_options

if TYPE_CHECKING:
    from ipsim.study.plan import Study

batch_options = shared_options.together(
    shared_options.out("the results", "results/STUDY"),
    shared_options.workers("as many as there are cores"),
    click.option(
        "--resume",
        is_flag=True,
        help="Go on with what the folder holds, after a stop or with more replicates or points.",
    ),
    click.option(
        "--executor",
        default="local",
        show_default=True,
        metavar="local|dask|MODULE:FACTORY",
        help="Where runs are made: here, on a Dask cluster, or on what a function of yours returns.",
    ),
    click.option("--address", metavar="ADDR", help="Address of the Dask scheduler, such as tcp://host:8786."),
    shared_options.quiet("neither progress nor table"),
)
"""Adds the options of a study to a command."""


@dataclass(frozen=True)
class BatchOptions:
    """What the options of a study say."""

    out: Path | None
    workers: int | None
    resume: bool
    executor: str
    address: str | None
    quiet: bool

    def folder(self, study: Study) -> Path:
        """Return where the study's results stand."""
        return self.out or Path("results") / study.name

    def repeated(self) -> str:
        """Return the options that say where to and where, as they were given."""
        given = {"out": self.out, "workers": self.workers, "address": self.address}
        if self.executor != "local":
            given["executor"] = self.executor
        return "".join(f" --{name} {value}" for name, value in given.items() if value is not None)

    def where(self) -> dict[str, Any]:
        """Return what `run_batch` and `Batch` take of them."""
        return {
            "workers": self.workers,
            "executor": self.executor,
            "address": self.address,
            "resume": self.resume,
        }
