"""What stands in the tables of a calibration, on the page and on the terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ipsim.report.calibration.names import Row, value_words
from ipsim.report.calibration.sentences import aims_by_key, rows_of
from ipsim.report.numbers import figure
from ipsim.report.phrases import phrase

if TYPE_CHECKING:
    from ipsim.study.calibration.keeping import Assessment


def published(row: Row, lang: str) -> str:
    """Return a published figure, its range where it has one, or its bound."""
    low, high = float(row["low"]), float(row["high"])
    if low == high:
        return value_words(row, float(row["published"]), lang)
    if not math.isfinite(high):
        return f"≥ {value_words(row, low, lang)}"
    if low == 0.0:
        return f"≤ {value_words(row, high, lang)}"
    return _span(row, low, high, lang)


def simulated(row: Row, lang: str) -> str:
    """Return the median of the ensemble."""
    return value_words(row, float(row["posterior_median"]), lang)


def band(row: Row, lang: str, part: str = "posterior") -> str:
    """Return between what 90 % of the runs lie, before (``prior``) or after (``posterior``)."""
    return _span(row, float(row[f"{part}_low"]), float(row[f"{part}_high"]), lang)


def _span(row: Row, low: float, high: float, lang: str) -> str:
    ends = {"low": value_words(row, low, lang), "high": value_words(row, high, lang)}
    return phrase("calibration.span", lang, **ends)


def conflict_rows(assessed: Assessment, lang: str) -> list[tuple[str, str, str, str]]:
    """Return both aims and the two distances of each conflict."""
    words = aims_by_key(assessed, lang)
    return [
        (
            words[row["left_out"]],
            words[row["other"]],
            signed(float(row["off_with"])),
            signed(float(row["off_without"])),
        )
        for row in rows_of(assessed.conflicts)
    ]


def signed(value: float) -> str:
    """Return a distance in spreads with its sign."""
    text = figure(value, 1)
    return f"+{text}" if value > 0 and float(text) > 0 else text
