"""The stage that predicts 2017 to 2019 from what was known at the end of 2016."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
from stages import Asked

from ipsim.study.hindcast import Scores, hindcast
from ipsim.study.hindcast.scores import MANIFEST

_TABLES = {"table": "hindcast.csv", "summary": "summary.csv", "missing": "missing.csv"}


def scored(asked: Asked, folder: Path) -> None:
    """Run the hindcast and keep its tables."""
    scores = hindcast(draws=asked.draws, workers=asked.workers)
    for name, file in _TABLES.items():
        getattr(scores, name).to_csv(folder / file, index=False)
    text = json.dumps(scores.facts, indent=2, ensure_ascii=False, default=str)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_scores(folder: Path) -> Scores:
    """Return a hindcast from its tables."""
    tables = {name: pd.read_csv(folder / file) for name, file in _TABLES.items()}
    tables["summary"]["group"] = tables["summary"]["group"].fillna("")
    facts = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return Scores(tables["table"], tables["summary"], tables["missing"], facts)
