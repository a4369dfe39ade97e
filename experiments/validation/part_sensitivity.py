"""What the page says of how much headline results hang on each assumption."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from drawing import save
from estimate import Estimate
from page import number, percent, ranged, signed, table
from picture_sensitivity import SAME, draw
from questions import NUMBERS, QUESTIONS, Question
from stages import stamp

from ipsim.report.calibration.names import parameter_words
from ipsim.report.calibration.sentences import rows_of

CITIES = {"jinhua": {"en": "Jinhua", "zh": "金华"}, "xiamen": {"en": "Xiamen", "zh": "厦门"}}


def values_of(folder: Path, pictures: Path) -> dict[str, Any]:
    """Return what the page says, and draw its figure."""
    effects = pd.read_csv(folder / "effects.csv")
    effects["sure"] = (effects["mean_low"] > 0) | (effects["mean_high"] < 0)
    leading = pd.read_csv(folder / "leading.csv")
    save(partial(draw, effects), pictures / "sensitivity.png")
    facts = stamp(folder)
    sure = effects[effects["sure"]]
    turned = leading[leading["turns_over"].astype(bool)]
    return {
        "questions": [_question(one, effects, leading) for one in QUESTIONS],
        "members": int(effects["members"].max()),
        "runs": facts.get("runs", 0),
        "scale": facts.get("scale", math.nan),
        "minutes": facts.get("seconds", math.nan) / 60,
        "differences": len(effects),
        "sure": len(sure),
        "firm": int((sure["firm"] >= SAME).sum()),
        "firm_surely": int((sure["firm_low"] >= SAME).sum()),
        "same": int((sure["same_sign"] >= SAME).sum()),
        "turned": [_turning(row) for row in rows_of(turned)],
        "turned_words": {lang: _turned_words(turned, lang) for lang in ("en", "zh")},
        "parameters_share": float(effects["parameters"].median()),
        "mostly_luck": int((effects["parameters"] < 0.5).sum()),
        "often": _often(leading),
    }


def _question(question: Question, effects: pd.DataFrame, leading: pd.DataFrame) -> dict[str, Any]:
    mine = effects[effects["question"] == question.name]
    named = leading[leading["question"] == question.name]
    return {
        "name": question.name,
        "words": {"en": question.words.en, "zh": question.words.zh},
        "table": _table(mine, named),
        "parameters_table": _parameters_table(named),
    }


def _table(mine: pd.DataFrame, named: pd.DataFrame) -> str:
    heads = ["Number", "Unit", "Base", "Difference (90 % interval of the mean)", "90 % of members"]
    heads += ["Same sign", "without luck", "Share due to parameters", "Foretold by a line", "Sign hangs on"]
    by_name = {row["number"]: row for row in rows_of(mine)}
    rows: list[list[str]] = []
    for one in NUMBERS:
        row = by_name[one.name]
        turning = named[(named["number"] == one.name) & named["turns_over"].astype(bool)]
        rows.append(
            [
                one.title("en"),
                one.unit,
                number(float(row["base"])),
                ranged(Estimate(*(float(row[name]) for name in ("mean", "mean_low", "mean_high")))),
                f"{signed(float(row['low']))} to {signed(float(row['high']))}",
                percent(float(row["same_sign"])),
                _firm(row),
                _share(row),
                percent(max(0.0, float(row["explained"]))),
                ", ".join(f"`{name}`" for name in turning["parameter"]) or "none",
            ]
        )
    return table(heads, rows, 2)


def _firm(row: Any) -> str:
    """Return the share of parameter sets with the sign, where the mean has a sign at all."""
    if not row["sure"] or math.isnan(float(row["firm"])):
        return "–"
    return f"{percent(float(row['firm']))} (at least {percent(float(row['firm_low']))})"


def _share(row: Any) -> str:
    if math.isnan(float(row["parameters"])):
        return "–"
    low, high = (percent(float(row[f"parameters_{end}"])) for end in ("low", "high"))
    return f"{percent(float(row['parameters']))} ({low} to {high})"


def _parameters_table(named: pd.DataFrame) -> str:
    heads = ["Number", "Parameter", "Key", "For one SD of it", "Where it is lowest", "Where it is highest"]
    titles = {one.name: one.title("en") for one in NUMBERS}
    rows = [
        [
            titles[row["number"]],
            parameter_words(row["parameter"], CITIES, "en"),
            f"`{row['parameter']}`",
            ranged(Estimate(float(row["coefficient"]), float(row["low"]), float(row["high"]))),
            signed(float(row["lowest_fifth"])),
            signed(float(row["highest_fifth"])),
        ]
        for row in rows_of(named)
    ]
    return table(heads, rows, 3)


def _turning(row: Any) -> dict[str, str]:
    titles = {one.name: one.title("en") for one in NUMBERS}
    return {
        "question": str(row["question"]),
        "number": titles[row["number"]],
        "parameter": str(row["parameter"]),
        "words": parameter_words(row["parameter"], CITIES, "en"),
    }


def _turned_words(turned: pd.DataFrame, lang: str) -> list[str]:
    return [parameter_words(name, CITIES, lang) for name in turned["parameter"].drop_duplicates()]


def _often(leading: pd.DataFrame) -> list[tuple[str, str, int]]:
    """Return the parameters that lead most often with a coefficient that is sure: key, words, how often."""
    sure = leading[(leading["low"] > 0) | (leading["high"] < 0)]
    count = sure["parameter"].value_counts().head(5)
    return [
        (str(name), parameter_words(str(name), CITIES, "en"), int(times)) for name, times in count.items()
    ]
