"""Stages that take what a command of ipsim wrote: calibration and natural experiments."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from stages import Asked, keep, tell

from ipsim.scenario.calibrated import shipped_ensemble
from ipsim.study.calibration.keeping import CONFLICTS, FACTS, FIT, IDENTIFIABILITY
from ipsim.study.errors import FolderError
from ipsim.study.manifest import model_hash
from ipsim.study.natural import MANIFEST, TABLE, Experiment, read_experiment

EXPERIMENTS = Path(__file__).resolve().parents[1] / "natural"


def calibration(asked: Asked, folder: Path) -> None:
    """Take the tables of the calibration, which is made where it is not there.

    Raises
    ------
    FolderError
        When the command fails.
    """
    if not (asked.calibration / FACTS).is_file():
        more = ["--resume"] if asked.resume else []
        _ipsim(["calibrate", "--out", str(asked.calibration), "--workers", str(asked.workers), *more])
    for name in (FIT, IDENTIFIABILITY, CONFLICTS, FACTS):
        shutil.copyfile(asked.calibration / name, folder / name)


def natural(asked: Asked, folder: Path) -> dict[str, Any]:
    """Take the table of the natural experiments, run where there is none of this model and ensemble.

    Raises
    ------
    FolderError
        When the command fails.
    """
    files = sorted(EXPERIMENTS.glob("*.yaml"))
    known = _manifest(asked.natural)
    here = model_hash(), shipped_ensemble().hash
    if (known.get("model_hash"), known.get("ensemble")) != here:
        force = ["--force"] if known else []
        options = ["--out", str(asked.natural), "--workers", str(asked.workers), *force]
        _ipsim(["natural", *map(str, files), *options])
        known = _manifest(asked.natural)
    table = pd.read_csv(asked.natural / TABLE, keep_default_na=False, na_values=[""])
    described = pd.DataFrame([_described(read_experiment(file)) for file in files])
    keep(described.merge(table, on="experiment"), folder / TABLE)
    return {"failed": known.get("failed", {})}


def _manifest(folder: Path) -> dict[str, Any]:
    """Return what a folder of natural experiments says of itself, empty where there is none."""
    file = folder / MANIFEST
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _described(one: Experiment) -> dict[str, object]:
    """Return what the table of a result does not say of an experiment."""
    claim = one.published.claim
    return {
        "experiment": one.name,
        "title_en": one.title.en,
        "title_zh": one.title.zh,
        "sign": "/".join(claim.signs),
        "claim_low": claim.low,
        "claim_high": claim.high,
        "margin": claim.margin,
    }


def _ipsim(words: Sequence[str]) -> None:
    tell(f"ipsim {' '.join(words)}")
    done = subprocess.run([sys.executable, "-m", "ipsim", *words, "--quiet"], check=False)
    if done.returncode and not (words[0] == "natural" and _manifest(_out_of(words)).get("failed")):
        raise FolderError(f"ipsim {words[0]} failed; mend it and begin again with --resume")


def _out_of(words: Sequence[str]) -> Path:
    """Return where a command writes: experiments that give nothing do not take the others with them."""
    return Path(words[list(words).index("--out") + 1])
