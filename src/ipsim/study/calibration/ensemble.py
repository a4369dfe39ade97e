"""The ensemble as files: a row a parameter set, and what it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ipsim.scenario.calibrated.reading import CENTRAL, FACTS, TABLE, table_hash
from ipsim.study.calibration.waves import Calibrated
from ipsim.study.manifest import model_hash, versions, write_json

_DIGITS = 6


def ensemble_table(found: Calibrated) -> pd.DataFrame:
    """Return the ensemble: ``member`` and a column a parameter; the single best set comes first.

    Keys are ``assumptions.X``, and ``CITY:X`` for a figure of a city's own. Values have six digits.
    """
    values = found.parameters.values(np.vstack([found.central, found.members]))
    table = pd.DataFrame(values, columns=pd.Index(found.parameters.names))
    table = table.map(lambda value: float(f"{value:.{_DIGITS}g}"))
    table.insert(0, "member", [CENTRAL, *(str(number) for number in range(1, len(table)))])
    return table


def write_ensemble(found: Calibrated, folder: Path, facts: Mapping[str, Any]) -> str:
    """Write table and facts into a folder and return the hash of the table.

    Parameters
    ----------
    found
        The calibration.
    folder
        An existing folder.
    facts
        What else is to be said: the command, the cities, the targets.
    """
    text = ensemble_table(found).to_csv(index=False, lineterminator="\n")
    digest = table_hash(text)
    said = {
        "hash": digest,
        "members": len(found.members),
        "parameters": len(found.parameters),
        **facts,
        "model": model_hash(),
        "versions": versions(),
    }
    (folder / TABLE).write_text(text, encoding="utf-8", newline="\n")
    write_json(folder / FACTS, said)
    return digest
