"""Amounts and dates in sentences, in both languages."""

from __future__ import annotations

from ipsim.report.numbers import percent, significant
from ipsim.report.phrases import phrase
from ipsim.scenario.words import Words


def money(million: float) -> Words:
    """Return an amount given in million RMB, as each language writes it: RMB 12,000 or 1.2 万元."""
    return Words(_english(million), _chinese(million))


def _english(million: float) -> str:
    if abs(million) >= 1.0:
        return phrase("board_city.rmb_million", "en", amount=significant(million))
    return phrase("board_city.rmb", "en", amount=significant(_rounded(1e6 * million)))


def _chinese(million: float) -> str:
    if abs(million) >= 100.0:
        return phrase("board_city.rmb_hundred_million", "zh", amount=significant(million / 100.0))
    if abs(million) >= 0.01:
        return phrase("board_city.rmb_million", "zh", amount=significant(100.0 * million))
    return phrase("board_city.rmb", "zh", amount=significant(_rounded(1e6 * million)))


def _rounded(amount: float) -> float:
    """Return an amount to three significant digits: no more is meant."""
    return float(f"{amount:.3g}")


def share(value: float) -> Words:
    """Return a share as per cent."""
    text = significant(float(f"{100.0 * value:.3g}"))
    return Words(percent(text, "en"), percent(text, "zh"))


def decimal(value: float) -> Words:
    """Return a number to about three digits."""
    text = significant(float(f"{value:.3g}"))
    return Words(text, text)


def date_of(quarter: int, start_year: int) -> Words:
    """Return a quarter of the run as people write it: 2021 Q3, 2021年三季度."""
    year, number = start_year + quarter // 4, quarter % 4
    return Words(
        phrase("board_city.date", "en", year=year, quarter=number + 1),
        phrase("board_city.date", "zh", year=year, quarter="一二三四"[number]),
    )


def join(parts: list[Words]) -> Words:
    """Return a list in running text."""
    return Words(", ".join(part.en for part in parts), "、".join(part.zh for part in parts))
