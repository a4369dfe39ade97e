"""What the model can't be used for, as far as tables can tell it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ipsim.indicators.catalogue import INDICATORS
from ipsim.scenario.waiting import WAITING

_MARKS = ("standards", "pattern")
"""Groups of indicators that are the model's own marks: nobody publishes them."""


def values_of(parts: dict[str, Any]) -> dict[str, Any]:
    """Return what no figure speaks of, and what the model does not have.

    Parameters
    ----------
    parts
        Values of the other parts by name; None for one that was not made.
    """
    tested = [part for part in (parts["calibration"], parts["hindcast"]) if part]
    named = {name for part in tested for name in part["indicators"]}
    untested = [name for name in INDICATORS if name not in named]
    real = [name for name in untested if INDICATORS[name].group not in _MARKS]
    return {
        "indicators": len(INDICATORS),
        "untested": len(untested),
        "marks": len(untested) - len(real),
        "names": {lang: list(_words(real, lang)) for lang in ("en", "zh")},
        "default_untested": "pledge_default_rate" in real,
        "cost_untested": "public_spending" in real,
        "waiting": len(WAITING),
        "last_fitted": max((part["last_year"] for part in tested), default=None),
    }


def _words(names: Iterable[str], lang: str) -> Iterable[str]:
    for name in names:
        words = INDICATORS[name].words.of(lang)
        yield words if lang == "zh" or words[:2].isupper() else words[0].lower() + words[1:]
