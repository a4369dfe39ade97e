"""What an extra high-value patent costs the public purse, and when that is no question to ask."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from ipsim.study.comparison.paired import Paired, paired
from ipsim.study.intervals import ratio_of

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

    def row(self) -> tuple[Any, ...]:
        """Return the values of `PRICE_COLUMNS` after the first."""
        return (
            self.outcome,
            *(self.patents.mean, self.patents.low, self.patents.high),
            *(self.cost.mean, self.cost.low, self.cost.high),
            *(self.each, self.low, self.high),
            self.patents.pairs,
        )


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
    ratio = ratio_of(cost[1] - cost[0], patents[1] - patents[0])
    return Price(outcome, more, spent, spent.mean / more.mean, float(ratio.low), float(ratio.high))


def _outcome(patents: Paired, cost: Paired) -> Outcome:
    if patents.nothing and cost.nothing:
        return "alike"
    if patents.pairs == 1:
        return _OUTCOMES.get((int(np.sign(patents.mean)), int(np.sign(cost.mean))), "none")
    return _OUTCOMES.get((patents.sign, cost.sign), "none")


def price_table(prices: dict[str, Price]) -> pd.DataFrame:
    """Return the prices of all alternatives, with the columns of ``prices.csv`` (money in RMB million)."""
    rows = [(name, *one.row()) for name, one in prices.items()]
    return pd.DataFrame(rows, columns=pd.Index(PRICE_COLUMNS))
