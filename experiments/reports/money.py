"""What money buys: gains of several doses, laid over what the doses turned out to cost."""

from __future__ import annotations

import numpy as np
from estimate import Estimate, Floats, Places, bootstrap


def gain_at(costs: Floats, gains: Floats, money: float) -> float:
    """Return the gain that so much money buys, on the straight lines between the doses.

    Parameters
    ----------
    costs, gains
        Mean extra cost and gain of each dose; no dose, no cost and no gain are added to them.
    money
        In the unit of the costs.

    Returns
    -------
    float
        NaN where no dose costs so much: nothing is carried on beyond the largest.
    """
    x, y = np.append(0.0, costs), np.append(0.0, gains)
    order = np.argsort(x, kind="stable")
    if money > x.max() or money < 0:
        return float("nan")
    return float(np.interp(money, x[order], y[order]))


def bought(costs: Floats, gains: Floats, money: float | Floats) -> Estimate:
    """Return what money buys, with the interval of a bootstrap over seeds.

    Parameters
    ----------
    costs, gains
        Differences from the base by dose and seed, shape (doses, seeds).
    money
        A sum, or what another policy costs more than the base: one value a seed.
    """

    def of(seeds: Places) -> float:
        sum_now = float(money) if np.ndim(money) == 0 else float(np.asarray(money)[seeds].mean())
        return gain_at(costs[:, seeds].mean(axis=1), gains[:, seeds].mean(axis=1), sum_now)

    return bootstrap(of, costs.shape[1])


def ratio(gains: Floats, costs: Floats) -> Estimate:
    """Return the mean gain over the mean cost, a value a seed each; nothing where no money is spent."""

    def of(seeds: Places) -> float:
        money = float(costs[seeds].mean())
        return float(gains[seeds].mean()) / money if money > 0 else float("nan")

    return bootstrap(of, len(costs))


def next_hundred(costs: Floats, gains: Floats) -> list[Estimate]:
    """Return what each 100 million more buys from one dose to the next, beginning with the first."""
    x = np.diff(costs, axis=0, prepend=0.0)
    y = np.diff(gains, axis=0, prepend=0.0)
    return [ratio(gain, money).times(100) for gain, money in zip(y, x, strict=True)]
