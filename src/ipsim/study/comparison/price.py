"""What an extra high-value patent costs the public purse, and when that is no question to ask."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from ipsim.study.comparison.effects import student_quantile
from ipsim.study.comparison.paired import Paired, paired

PRICE_COLUMNS = [
    "alternative",
    "outcome",
    "extra_patents",
    "extra_patents_low",
    "extra_patents_high",
    "extra_cost",
    "extra_cost_low",
    "extra_cost_high",
    "cost_each",
    "cost_each_low",
    "cost_each_high",
    "pairs",
]

Outcome = Literal["bought", "unpaid", "saved", "none", "given_up", "lost", "dropped", "alike"]
"""``bought``: more patents for more money. ``unpaid``: more patents, no sure difference in money. ``saved``:
more patents for less money. ``none``: no sure difference in patents. ``given_up``: fewer patents for less
money. ``lost``: fewer patents for more money. ``dropped``: fewer patents, no sure difference in money.
``alike``: no pair of runs differs."""

_OUTCOMES: dict[tuple[int, int], Outcome] = {
    (1, 1): "bought",
    (1, 0): "unpaid",
    (1, -1): "saved",
    (-1, -1): "given_up",
    (-1, 1): "lost",
    (-1, 0): "dropped",
}


@dataclass(frozen=True)
class Price:
    """Extra public money over extra high-value patents, both over the same pairs of runs.

    Attributes
    ----------
    outcome
        What the signs say; see `Outcome`. With one pair there is no sure sign and the outcome goes by
        the signs alone.
    patents
        High-value inventions in force at the end of the last year: the difference.
    cost
        Public spending summed over all years, RMB million: the difference.
    each
        RMB million for each extra patent, or saved for each patent given up; not a number unless the
        outcome is ``bought``, ``unpaid`` or ``given_up``.
    low, high
        90 % interval of ``each`` (Fieller's theorem over the pairs); not a number with one pair.
    """

    outcome: Outcome
    patents: Paired
    cost: Paired
    each: float
    low: float
    high: float


def price(patents: tuple[np.ndarray, np.ndarray], cost: tuple[np.ndarray, np.ndarray]) -> Price:
    """Return what an extra patent costs.

    Parameters
    ----------
    patents
        High-value inventions in force at the end, base and alternative: one value a run.
    cost
        Public spending over all years, RMB million, base and alternative, of the same runs.
    """
    more, spent = paired(*patents), paired(*cost)
    outcome = _outcome(more, spent)
    if outcome not in ("bought", "unpaid", "given_up") or more.mean == 0:
        return Price(outcome, more, spent, math.nan, math.nan, math.nan)
    low, high = fieller(cost[1] - cost[0], patents[1] - patents[0])
    return Price(outcome, more, spent, spent.mean / more.mean, low, high)


def _outcome(patents: Paired, cost: Paired) -> Outcome:
    if patents.nothing and cost.nothing:
        return "alike"
    if patents.pairs == 1:
        return _OUTCOMES.get((int(np.sign(patents.mean)), int(np.sign(cost.mean))), "none")
    return _OUTCOMES.get((patents.sign, cost.sign), "none")


def fieller(above: np.ndarray, below: np.ndarray) -> tuple[float, float]:
    """Return the 90 % interval of the ratio of two means over the same pairs.

    Fieller's theorem: the ratios ``r`` for which the mean of ``above - r * below`` can't be told from
    nothing (Student's t). It asks no normal ratio, only normal means.

    Parameters
    ----------
    above, below
        One value a pair.

    Returns
    -------
    tuple of float
        Low and high; not a number with fewer than two pairs, or where the mean of ``below`` can't be told
        from nothing, so that the interval has no end.
    """
    count = len(above)
    if count < 2:
        return math.nan, math.nan
    top, bottom = float(above.mean()), float(below.mean())
    spread = np.cov(above, below, ddof=1) / count * float(student_quantile(np.array([count]))[0]) ** 2
    a, b, c = bottom**2 - spread[1, 1], top * bottom - spread[0, 1], top**2 - spread[0, 0]
    if a <= 0:
        return math.nan, math.nan
    root = math.sqrt(max(0.0, b**2 - a * c))
    return float((b - root) / a), float((b + root) / a)


def price_table(prices: dict[str, Price]) -> pd.DataFrame:
    """Return the prices of all alternatives, with the columns of ``prices.csv`` (money in RMB million)."""
    rows = [
        (
            name,
            one.outcome,
            *(one.patents.mean, one.patents.low, one.patents.high),
            *(one.cost.mean, one.cost.low, one.cost.high),
            *(one.each, one.low, one.high),
            one.patents.pairs,
        )
        for name, one in prices.items()
    ]
    return pd.DataFrame(rows, columns=pd.Index(PRICE_COLUMNS))
