"""Amounts of one account as texts, all rounded alike so that they can be reckoned with."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ipsim.indicators.catalogue import indicator
from ipsim.report.numbers import MINUS, decimals_of, factor, figure, percent, unit_of, with_sign
from ipsim.report.phrases import phrase
from ipsim.study.explain import Account
from ipsim.study.intervals import Estimate

_MORE_DECIMALS = 3


@dataclass(frozen=True)
class Amounts:
    """How the amounts of an account are written.

    Attributes
    ----------
    lang
        ``en`` or ``zh``.
    unit
        Unit that they are written in.
    scale
        By what a figure is multiplied to be in that unit.
    step
        Unit of the last digit written.
    points
        What follows a difference: percentage points, or nothing.
    """

    lang: str
    unit: str
    scale: float
    step: float
    points: str

    def plain(self, value: float) -> str:
        """Return a level, with as many decimals as a difference has, however large it is."""
        if not _is(value):
            return "–"
        decimals = max(0, -round(math.log10(self.step)))
        rounded = round(value * self.scale / self.step) * self.step
        return f"{MINUS if rounded < 0 else ''}{abs(rounded):,.{decimals}f}"

    def signed(self, value: float) -> str:
        """Return a difference with its sign."""
        return with_sign(self.plain(value))

    def interval(self, one: Estimate) -> str:
        """Return an interval, or a dash where there is none."""
        if not _is(one.low):
            return "–"
        ends = {"low": self.signed(float(one.low)), "high": self.signed(float(one.high))}
        return phrase("contrast.interval_text", self.lang, **ends)


def amounts_of(account: Account, lang: str) -> Amounts:
    """Return the way to write an account: three digits of its effect, two of a small one."""
    known = indicator(account.outcome.indicator)
    scale = factor(known.unit, lang)
    largest = max((abs(float(end)) * scale for end in account.effect if _is(end)), default=0.0)
    finest = decimals_of(known, lang)
    points = phrase("explanation.points", lang) if known.unit.startswith("percent") else ""
    place = -finest
    if largest > 0:
        digits = 3 if largest >= 1 else 2
        place = max(math.floor(math.log10(largest)) - digits + 1, -finest - _MORE_DECIMALS)
    return Amounts(lang, unit_of(known, lang), scale, 10.0**place, points)


def share_text(value: float, lang: str) -> str:
    """Return a share as percent."""
    return percent(figure(100 * value), lang) if _is(value) else "–"


def share_interval(one: Estimate, lang: str) -> str:
    """Return the interval of a share as percent, or a dash."""
    if not _is(one.low):
        return "–"
    low, high = figure(100 * float(one.low)), share_text(float(one.high), lang)
    return phrase("contrast.interval_text", lang, low=percent(low, lang) if lang == "zh" else low, high=high)


def _is(value: object) -> bool:
    return math.isfinite(float(value))  # type: ignore[arg-type]
