"""What the page says of the natural experiments."""

from __future__ import annotations

import math
import tomllib
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from drawing import save
from made_by_commands import TABLE
from page import percent, table
from picture_natural import draw
from stages import stamp

from ipsim.report.calibration.sentences import rows_of
from ipsim.report.numbers import significant
from ipsim.report.phrases import phrase

WHY = Path(__file__).with_name("why.toml")
"""Why experiments fail, or pass for another reason than the study's; each holds for one verdict only."""

VERDICTS = ("pass", "fail", "unclear")


class Counts(NamedTuple):
    """How many experiments agree, disagree, and can't be told."""

    agree: int
    disagree: int
    unclear: int

    @property
    def all(self) -> int:
        """How many there are."""
        return self.agree + self.disagree + self.unclear


def values_of(folder: Path, pictures: Path) -> dict[str, Any]:
    """Return what the page says, and draw its figure."""
    found = read(folder)
    save(partial(draw, found), pictures / "natural.png")
    tests = found[~found["used_in_calibration"]]
    fitted = found[found["used_in_calibration"]]
    treated = found[found["truth"].notna()]
    failed = tests[tests["verdict"] == "fail"]
    return {
        "table": _table(found),
        "why_table": _why_table(found),
        "tests": counts(tests),
        "fitted": counts(fitted),
        "numeric": counts(tests[tests["sign"] == ""]),
        "signs": counts(tests[tests["sign"] != ""]),
        "effects": found["effect"].nunique(),
        "treated": len(treated),
        "holds_truth": int(treated["truth"].between(treated["estimate_low"], treated["estimate_high"]).sum()),
        "rejected": float(treated["placebo_rejected"].mean()),
        "failed": {lang: [_titled(row, lang) for row in rows_of(failed)] for lang in ("en", "zh")},
        "unclear": {
            lang: [_titled(row, lang) for row in rows_of(tests[tests["verdict"] == "unclear"])]
            for lang in ("en", "zh")
        },
        "minutes": float(found["seconds"].sum()) / 60,
        "runs": int(found["runs"].sum()),
        "nothing": stamp(folder).get("failed", {}),
    }


def read(folder: Path) -> pd.DataFrame:
    """Return the table of the stage, with text where there is text."""
    words = ["published", "sign", "unit", "notes", "other_estimator", "reason", "title_en", "title_zh"]
    found = pd.read_csv(folder / TABLE, dtype=dict.fromkeys(words, str))
    found[words] = found[words].fillna("")
    found["used_in_calibration"] = found["used_in_calibration"].astype(bool)
    return found


def counts(found: pd.DataFrame) -> Counts:
    """Return how many rows have each verdict."""
    return Counts(*(int((found["verdict"] == one).sum()) for one in VERDICTS))


@cache
def _explanations() -> dict[str, dict[str, str]]:
    return tomllib.loads(WHY.read_text(encoding="utf-8"))


def why(row: Any, lang: str = "en") -> str:
    """Return why an experiment came out as it did; empty where nobody said so.

    What was written of this very verdict comes first; then, in English, the notes of the experiment's file,
    which were written after its first run.
    """
    said = _explanations().get(str(row["experiment"]), {})
    if said.get("verdict") == row["verdict"]:
        return said[lang]
    return str(row["notes"]) if lang == "en" and row["verdict"] != "pass" else ""


def _titled(row: Any, lang: str) -> str:
    return f"{row['effect']}{'' if lang == 'zh' else ' '}{row[f'title_{lang}']}"


def _table(found: pd.DataFrame) -> str:
    heads = [
        "Effect",
        "Published",
        "Simulated (90 %)",
        "Other estimator",
        "True effect",
        "Placebo; rejected",
        "Verdict",
        "By the true effect",
    ]
    rows: list[list[str]] = []
    for row in rows_of(found):
        verdict = phrase(f"verdict.{row['verdict']}", "en")
        verdict = f"**{verdict}**" if row["verdict"] == "fail" else verdict
        rows.append(
            [
                f"[{row['effect']} {row['title_en']}](../experiments/natural/{row['experiment']}.yaml)",
                f"{row['published']} {row['unit']}".strip(),
                ranged(row, "estimate"),
                ranged(row, "other"),
                ranged(row, "truth"),
                _placebo(row),
                f"{verdict} (fitted to)" if row["used_in_calibration"] else verdict,
                _verdict_of_truth(row),
            ]
        )
    return table(heads, rows, 2)


def _verdict_of_truth(row: Any) -> str:
    """Return what the same rule says of the true effect: what the model does, without the luck of a study."""
    said = row.get("verdict_of_truth", "")
    return phrase(f"verdict.{said}", "en") if isinstance(said, str) and said else "–"


def _why_table(found: pd.DataFrame) -> str:
    """Return the rule and the reason for each experiment that does not plainly agree."""
    heads = ["Effect", "What the rule says", "Why, as we think"]
    rows = [
        [_titled(row, "en"), str(row["reason"]), why(row) or "no explanation yet"]
        for row in rows_of(found)
        if row["verdict"] != "pass" or why(row)
    ]
    return table(heads, rows, 3)


def ranged(row: Any, name: str) -> str:
    """Return an estimate with its interval, or a dash."""
    value, low, high = (float(row[f"{name}{end}"]) for end in ("", "_low", "_high"))
    if math.isnan(value):
        return "–"
    return f"{significant(value)} ({significant(low)} to {significant(high)})"


def _placebo(row: Any) -> str:
    mean = float(row["placebo"])
    return "–" if math.isnan(mean) else f"{significant(mean)}; {percent(float(row['placebo_rejected']))}"
