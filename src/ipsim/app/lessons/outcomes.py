"""What can be predicted and filled into gaps: yearly indicators, and headline numbers over all years."""

from __future__ import annotations

from typing import Final

from ipsim.indicators.catalogue import INDICATORS, indicator
from ipsim.report.contrast.numbers import headline_indicator
from ipsim.scenario.timeline import LAST_YEAR, START_YEAR
from ipsim.scenario.words import Words
from ipsim.study.comparison.headline import NUMBERS

OUTCOMES: Final[tuple[str, ...]] = (*INDICATORS, *NUMBERS)


def indicator_of(outcome: str) -> str:
    """Return the indicator whose unit an outcome has: the one that a headline number is made from."""
    return NUMBERS[outcome].indicator if outcome in NUMBERS else outcome


def outcome_words(outcome: str) -> Words:
    """Return the name of an outcome."""
    if outcome in NUMBERS:
        return headline_indicator(outcome, START_YEAR, LAST_YEAR).words
    return indicator(outcome).words
