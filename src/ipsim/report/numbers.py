"""Numbers as people read them: rounded, with unit and range."""

from __future__ import annotations

import math

from ipsim.indicators.catalogue import Indicator
from ipsim.report.measured import Estimate
from ipsim.report.phrases import phrase

MINUS = "−"

_CHINESE: dict[str, tuple[float, str]] = {"RMB billion": (10.0, "亿元"), "RMB million": (100.0, "万元")}
"""Money as Chinese offices write it: how many of that unit make one of the file's."""


def factor(unit: str, lang: str) -> float:
    """Return by what a figure in ``unit`` is multiplied to be shown in ``lang``."""
    return _CHINESE.get(unit, (1.0, ""))[0] if lang == "zh" else 1.0


def unit_of(indicator: Indicator, lang: str) -> str:
    """Return the unit in which an indicator is shown in ``lang``."""
    if lang == "zh" and indicator.unit in _CHINESE:
        return _CHINESE[indicator.unit][1]
    return indicator.unit_words.of(lang)


def decimals_of(indicator: Indicator, lang: str) -> int:
    """Return the decimals worth showing in ``lang``."""
    return max(0, indicator.decimals - (0, 1, 2)[len(f"{factor(indicator.unit, lang):.0f}") - 1])


def shown(value: float, indicator: Indicator, lang: str) -> str:
    """Return a value of an indicator, without its unit."""
    return figure(value * factor(indicator.unit, lang), decimals_of(indicator, lang))


def figure(value: float, decimals: int = 0) -> str:
    """Return a number with thousands separators and a true minus sign."""
    if math.isnan(value):
        return "–"
    if abs(value) >= 1000:
        decimals = 0
    text = f"{value:,.{decimals}f}"
    if text.startswith("-"):
        text = text[1:] if float(text.replace(",", "")) == 0 else MINUS + text[1:]
    return text


def significant(value: float) -> str:
    """Return a number to about three significant digits."""
    if value == 0 or math.isnan(value):
        return figure(value)
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    return figure(value, min(decimals, 4))


def rounded(value: float, indicator: Indicator, lang: str) -> str:
    """Return a value for running text: no more than three digits of a large number."""
    scaled = value * factor(indicator.unit, lang)
    if abs(scaled) >= 1000:
        step = 10 ** (math.floor(math.log10(abs(scaled))) - 2)
        return figure(round(scaled / step) * step)
    return shown(value, indicator, lang)


def plain(value: float) -> str:
    """Return a number as set by a person: separators, no zeros added."""
    return figure(value) if value == round(value) else f"{value:.6g}".replace("-", MINUS)


def ranged(one: Estimate, indicator: Indicator, lang: str) -> str:
    """Return the median with its range, or the number alone when the range is nil."""
    mid, low, high = (rounded(value, indicator, lang) for value in one)
    if low == high:
        return mid
    return phrase("page.ranged", lang, mid=mid, low=low, high=high)


def percent(text: str, lang: str) -> str:
    """Return a formatted number with its percent sign as the language sets it."""
    return f"{text}%" if lang == "zh" else f"{text} %"


def with_sign(text: str) -> str:
    """Put a plus before a number that has no minus; nothing before zero and a missing number."""
    is_zero = not text.strip("0.,–")
    return text if is_zero or text.startswith(MINUS) else f"+{text}"


def direction(before: Estimate | None, after: Estimate | None, lang: str) -> str:
    """Return the verb between two figures: rises to, falls to, stays at."""
    if before is None or after is None or before.median == after.median:
        return phrase("page.stays_at", lang)
    return phrase("page.rises_to" if after.median > before.median else "page.falls_to", lang)
