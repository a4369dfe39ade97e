"""What the page says of the stylised facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from page import table

from ipsim.report.calibration.sentences import rows_of

BEFORE = Path(__file__).with_name("before.csv")
"""The facts before calibration, kept as they were."""

_COLUMNS = ["fact", "test"]


def values_of(folder: Path) -> dict[str, Any]:
    """Return what the page says."""
    found = joined(folder)
    before, after = (found[f"result_{when}"] == "pass" for when in ("before", "after"))
    failed = found[~after]
    return {
        "table": _table(found),
        "count": len(found),
        "passed": int(after.sum()),
        "passed_before": int(before.sum()),
        "gained": _told(found[after & ~before]),
        "lost": _told(found[before & ~after]),
        "failed": _told(failed),
        "members": int(found["members"].max()) if found["members"].notna().any() else 0,
        "shaky": _told(
            found[found["members"].notna() & (found["passes"] > 0) & (found["passes"] < found["members"])]
        ),
    }


def joined(folder: Path) -> pd.DataFrame:
    """Return a row a test: before, after, and how many members pass."""
    after = pd.read_csv(folder / "facts.csv", keep_default_na=False)
    before = pd.read_csv(BEFORE, keep_default_na=False).drop(columns="note")
    members = pd.read_csv(folder / "members.csv")
    held = members.groupby(_COLUMNS)["pass"].agg(passes="sum", members="count").reset_index()
    found = after.merge(before, on=_COLUMNS, how="left", suffixes=("_after", "_before"), validate="1:1")
    return found.merge(held, on=_COLUMNS, how="left")


def _told(rows: pd.DataFrame) -> list[str]:
    return [f"{row['fact']} ({row['test']})" for row in rows_of(rows)]


def _table(found: pd.DataFrame) -> str:
    heads = ["Fact", "Test", "Before calibration", "After", "Result", "Members that pass", "Note"]
    rows: list[list[str]] = []
    for row in rows_of(found):
        result = "pass" if row["result_after"] == "pass" else "**fail**"
        if row["result_before"] != row["result_after"]:
            result += f" (was {row['result_before']})"
        held = "–" if pd.isna(row["members"]) else f"{row['passes']:.0f} of {row['members']:.0f}"
        shown = [
            row["fact"],
            row["test"],
            row["figure_before"],
            row["figure_after"],
            result,
            held,
            row["note"],
        ]
        rows.append([str(one) for one in shown])
    return table(heads, rows, len(heads))
