"""Ensembles to read: the table, and what is known of it with the table's hash."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ipsim.scenario.calibrated.reading import CENTRAL, FACTS, TABLE, table_hash


def write_ensemble(
    folder: str | Path,
    central: Mapping[str, float],
    members: Sequence[Mapping[str, float]],
    facts: Mapping[str, Any],
) -> Path:
    """Write ``ensemble.csv`` and ``ensemble.json`` into a folder.

    Parameters
    ----------
    folder
        An existing folder.
    central
        The single best set: value by key, see `Ensemble.keys`.
    members
        The other sets, with the same keys.
    facts
        What is to be known of them: model, command, cities, targets. Hash and count are added.

    Returns
    -------
    Path
        The table.
    """
    keys = list(central)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["member", *keys])
    for name, row in ((CENTRAL, central), *((str(n), row) for n, row in enumerate(members, start=1))):
        writer.writerow([name, *(repr(float(row[key])) for key in keys)])
    text = written.getvalue()
    told = {**facts, "members": len(members), "hash": table_hash(text)}
    table = Path(folder) / TABLE
    table.write_text(text, encoding="utf-8", newline="\n")
    about = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    table.with_name(FACTS).write_text(about, encoding="utf-8", newline="\n")
    return table
