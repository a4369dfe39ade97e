"""Who foretold rightly: the choice that holds the difference, and those not excluded by its interval."""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from ipsim.report.phrases import catalogue
from ipsim.scenario.words import Words

if TYPE_CHECKING:
    from ipsim.app.lessons.schema import Prediction

_READY = ("down", "unsure", "up")


class Judgement(NamedTuple):
    """Which choices the runs bear out, by index.

    Attributes
    ----------
    right
        The choice that the difference lies in.
    open
        Choices that the interval does not exclude; the right one among them.
    """

    right: int
    open: tuple[int, ...]


def choices_of(prediction: Prediction) -> tuple[Words, ...]:
    """Return the words of the choices, from the lowest."""
    if prediction.choices is not None:
        return tuple(Words(one.en, one.zh) for one in prediction.choices)
    return tuple(catalogue()[f"board_lessons.choice_{key}"] for key in _READY)


def judge(
    cuts: list[float] | None, difference: float, low: float, high: float, base: float
) -> Judgement | None:
    """Judge the choices of a prediction; `static/js/lessons/judge.js` does the same on the page.

    Parameters
    ----------
    cuts
        Bounds between choices in percent of the baseline, rising; None for the sign of the difference.
    difference, low, high
        The mean difference between pairs of runs with its interval of 90 %.
    base
        The value of the baseline.

    Returns
    -------
    Judgement or None
        None when the runs say nothing: a number is missing, or shares of a baseline of nought are asked.
    """
    if not all(map(math.isfinite, (difference, low, high))):
        return None
    if cuts is None:
        right = 2 if low > 0 else 0 if high < 0 else 1
        return Judgement(right, (right,))
    if not math.isfinite(base) or base == 0:
        return None
    percent = sorted(100 * value / abs(base) for value in (low, high))
    right = bisect_right(cuts, 100 * difference / abs(base))
    return Judgement(right, tuple(range(bisect_right(cuts, percent[0]), bisect_right(cuts, percent[1]) + 1)))
