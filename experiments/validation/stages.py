"""Stages of the validation: what each is made from, and whether what is there can be used."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from ipsim.study.manifest import model_hash, versions, write_json

STAMP = "stamp.json"
"""Marks a finished stage and says what it was made by."""


@dataclass(frozen=True)
class Asked:
    """What the command line asks for.

    Attributes
    ----------
    out
        Folder of the tables, one folder a stage.
    calibration, natural
        What `ipsim calibrate` and `ipsim natural` wrote, or will write when a stage needs it.
    workers
        Processes to use.
    resume
        Go on with a calibration that was interrupted.
    truths, draws, seeds, members
        How much recovery, hindcast, facts and sensitivity run.
    """

    out: Path
    calibration: Path
    natural: Path
    workers: int = 2
    resume: bool = False
    truths: int = 30
    draws: int = 100
    seeds: int = 10
    members: int = 200

    def folder(self, stage: str) -> Path:
        """Return the folder of a stage."""
        return self.out / stage


@dataclass(frozen=True)
class Stage:
    """One stage.

    Attributes
    ----------
    name
        Names its folder.
    make
        Writes its tables into that folder.
    ensemble
        Returns the hash of the parameter sets that it draws from.
    sizes
        Names of the sizes of `Asked` that it hangs on.
    """

    name: str
    make: Callable[[Asked, Path], Mapping[str, Any] | None]
    ensemble: Callable[[], str]
    sizes: tuple[str, ...] = field(default=())

    def made_by(self, asked: Asked) -> dict[str, Any]:
        """Return what decides the tables."""
        sizes = {name: getattr(asked, name) for name in self.sizes}
        return {"model": model_hash(), "ensemble": self.ensemble(), "sizes": sizes}

    def is_current(self, asked: Asked) -> bool:
        """Whether its tables are there, made by this model and ensemble."""
        return of_stamp(stamp(asked.folder(self.name))) == self.made_by(asked)

    def run(self, asked: Asked) -> None:
        """Make the tables unless they are there, and stamp them."""
        if self.is_current(asked):
            tell(f"{self.name}: there already")
            return
        folder = asked.folder(self.name)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / STAMP).unlink(missing_ok=True)
        tell(f"{self.name}: begins")
        began = time.perf_counter()
        more = self.make(asked, folder) or {}
        seconds = round(time.perf_counter() - began, 1)
        facts = self.made_by(asked) | {"seconds": seconds, "versions": versions(), **more}
        write_json(folder / STAMP, facts)
        tell(f"{self.name}: done in {seconds:.0f} s")


def stamp(folder: Path) -> dict[str, Any]:
    """Return what a stage says of how it was made, empty where it is not finished."""
    file = folder / STAMP
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def of_stamp(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of a stamp that decides the tables."""
    return {name: facts[name] for name in ("model", "ensemble", "sizes") if name in facts}


def keep(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV, alike on every system."""
    table.to_csv(path, index=False, float_format="%.6g", lineterminator="\n")


def tell(text: str) -> None:
    """Say a line on the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
