"""What the page says of the hindcast."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from drawing import save
from hindcast_scores import read_scores
from page import table

from ipsim.report.hindcast.groups import group_rows
from ipsim.report.hindcast.picture import draw
from ipsim.report.hindcast.rows import (
    band,
    inside,
    number,
    ordered,
    place_of,
    published,
    title_of,
    unit_words,
)
from ipsim.report.hindcast.sentences import sentences
from ipsim.report.phrases import phrase
from ipsim.study.hindcast import Scores

FEW = 10
"""Figures below which a comparison with naive forecasts is no more than an anecdote."""

_OVER = {"all": "All", "place": "Place", "indicator": "Indicator", "year": "Year"}


def values_of(folder: Path, pictures: Path) -> dict[str, Any]:
    """Return what the page says, and draw its figure."""
    scores = read_scores(folder)
    if len(scores.table):
        save(lambda: draw(scores, "en"), pictures / "hindcast.png")
    sure = scores.overall()
    coverage = {level: _coverage(sure, level) for level in (50, 90)}
    return {
        "facts": scores.facts,
        "sentences": {lang: sentences(scores, lang) for lang in ("en", "zh")},
        "figures": len(scores.table),
        "sure": int(sure.get("figures", 0)),
        "coverage": coverage,
        "off": math.expm1(sure["error"]) if sure else math.nan,
        "skill": {name: float(sure.get(f"{name}_skill", math.nan)) for name in ("last", "growth")},
        "skill_figures": {name: int(sure.get(f"{name}_figures", 0)) for name in ("last", "growth")},
        "naive": _naive(scores),
        "figures_table": _figures_table(scores),
        "groups_table": _groups_table(scores),
        "missing": len(scores.missing),
        "missing_table": _missing_table(scores),
        "outside": {lang: _outside(scores, lang) for lang in ("en", "zh")},
        "indicators": sorted(set(scores.table["indicator"])),
        "last_year": int(scores.facts["years"][1]),
    }


def _naive(scores: Scores) -> dict[str, Any]:
    """Return how many sure figures have both naive forecasts, of which places, and whether these are few."""
    told = scores.table[scores.table["sure"].astype(bool)]
    both = told[told["last_log_error"].notna() & told["growth_log_error"].notna()]
    places = list(dict.fromkeys(both["place"]))
    return {
        "figures": len(both),
        "places": {lang: [place_of(scores, one, lang) for one in places] for lang in ("en", "zh")},
        "few": len(both) < FEW or len(places) < 2,
    }


def _coverage(sure: dict[str, Any], level: int) -> dict[str, Any]:
    """Return how many sure figures a band holds, and whether that agrees with its level."""
    if not sure:
        return {"hits": 0, "share": math.nan, "agrees": False, "too_few": False}
    share, low, high = (float(sure[f"coverage_{level}{end}"]) for end in ("", "_low", "_high"))
    return {
        "hits": round(share * sure["figures"]),
        "share": share,
        "agrees": low <= level / 100 <= high,
        "too_few": high < level / 100,
    }


def _figures_table(scores: Scores) -> str:
    heads = ["Place", "Figure", "Unit", "Published", "Predicted", "50 %", "90 %", "In 50 %, 90 %"]
    heads += ["Last value", "Last growth"]
    rows = [
        [
            place_of(scores, row["place"], "en"),
            title_of(row, "en"),
            unit_words(row, "en"),
            published(row, "en"),
            number(row, "median", "en"),
            band(row, 50, "en"),
            band(row, 90, "en"),
            inside(row, "en"),
            number(row, "last", "en"),
            number(row, "growth", "en"),
        ]
        for row in ordered(scores.table)
    ]
    return table(heads, rows, 3)


def _groups_table(scores: Scores) -> str:
    heads = [
        "Over",
        "",
        "Figures",
        "In 50 %",
        "In 90 %",
        "Mean error",
        "Skill, last value",
        "Skill, last growth",
    ]
    return table(
        heads, [[_OVER[row["over"]], row["name"], *row["cells"]] for row in group_rows(scores, "en")], 2
    )


def _missing_table(scores: Scores) -> str:
    """Return for each reason how many figures were not scored, and of which places."""
    rows: list[list[str]] = []
    for kind, part in scores.missing.groupby("kind", sort=False):
        named = [str(one) for one in dict.fromkeys(part["place"].dropna())]
        places = ", ".join(named[:8]) + (" and others" if len(named) > 8 else "")
        why = phrase(f"hindcast.{kind}", "en", known=scores.facts["known"], places=places)
        rows.append([why, places or "–", str(len(part))])
    return table(["Why", "Places", "Figures"], rows, 2)


def _outside(scores: Scores, lang: str) -> list[str]:
    rows = [row for row in ordered(scores.table) if row["sure"] and not row["inside_90"]]
    gap = "" if lang == "zh" else " "
    return [f"{place_of(scores, row['place'], lang)}{gap}{title_of(row, lang)}" for row in rows]
