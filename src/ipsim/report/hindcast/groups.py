"""Coverage and skill by place, indicator and year, as people read them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ipsim.indicators.catalogue import indicator
from ipsim.report.hindcast.rows import place_of
from ipsim.report.hindcast.sentences import share
from ipsim.report.numbers import figure
from ipsim.report.phrases import phrase

if TYPE_CHECKING:
    from ipsim.study.hindcast import Scores

COLUMNS = ("count", "in_50", "in_90", "mean_error", "error_last", "error_growth")


def group_rows(scores: Scores, lang: str) -> list[dict[str, Any]]:
    """Return the rows of the summary of sure figures: name and cells in the order of `COLUMNS`."""
    sure = scores.summary[scores.summary["sure"].astype(bool)]
    return [_row(scores, row, lang) for row in sure.to_dict(orient="records")]


def _row(scores: Scores, row: dict[Any, Any], lang: str) -> dict[str, Any]:
    over, name = str(row["over"]), str(row["group"])
    if over == "all":
        name = phrase("hindcast.all", lang)
    elif over == "place":
        name = place_of(scores, name, lang)
    elif over == "indicator":
        name = indicator(name).words.of(lang)
    cells = [figure(row["figures"]), *(_share(row, level, lang) for level in (50, 90))]
    cells.append(share(math.expm1(row["error"]), lang))
    skills = [row["last_skill"], row["growth_skill"]]
    return {"over": over, "name": name, "cells": [*cells, *(figure(one, 2) for one in skills)]}


def _share(row: dict[Any, Any], level: int, lang: str) -> str:
    return share(row[f"coverage_{level}"], lang)
