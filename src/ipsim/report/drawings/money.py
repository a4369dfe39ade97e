"""Money: pledge lending, the compensation fund, defaults, public spending by lever."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ipsim.indicators.catalogue import SPENDING
from ipsim.report import style
from ipsim.report.drawings.panel import GRID_2X2, HEIGHT, WIDTH, Line, empty, four, key, names, panel
from ipsim.report.drawings.source import Source
from ipsim.report.spending import by_lever

NAME = "money"
_MOST = 6
"""Levers drawn by themselves; the rest go together."""


def draw(source: Source) -> Figure:
    """Draw lending, the fund, defaults, and spending stacked by lever."""
    figure = style.canvas()
    axes = four(figure)
    say = source.say
    lending = [Line("patent_pledge_amount", say("registered"), style.BLUE)]
    fund = [
        Line("fund_balance", say("balance"), style.GREEN),
        Line("fund_payout", say("payouts"), style.RED),
    ]
    borrowers = [
        Line("pledge_first_time_share", say("first_time"), style.PURPLE),
        Line("pledge_default_rate", say("default"), style.RED),
    ]
    panel(axes[0], source, "money_lending", "unit_billion_year", lending)
    panel(axes[1], source, "money_fund", "unit_million", fund)
    panel(axes[2], source, "money_borrowers", "unit_percent", borrowers)
    x, y = GRID_2X2[3]
    axes[3].set_position((x, y, WIDTH * 0.8, HEIGHT))  # room for the names of the levers
    _spending(axes[3], source)
    key(figure, source, [line.name for line in lending + fund + borrowers])
    return figure


def _spending(axes: Axes, source: Source) -> None:
    """Stack the mean spending of the largest levers, the others together on top.

    Means, unlike medians, add up to the mean of the total.
    """
    measured = source.measured
    years = measured.years
    style.titled(axes, source.say("money_spending"), source.say("unit_million_year"))
    style.yearly(axes, int(years[0]), int(years[-1]), source.say("year"))
    spent = by_lever(measured)
    if not spent:
        empty(axes, source)
        return
    rate = source.factor(SPENDING)
    means = [one.values.mean(axis=0) * rate for one in spent]
    labels = [one.name(source.lang) for one in spent]
    if len(spent) > _MOST + 1:
        means = [*means[:_MOST], np.sum(means[_MOST:], axis=0)]
        labels = [*labels[:_MOST], source.say("other_levers")]
    colours = style.COLOURS[: len(means)]
    base = np.zeros(len(years))
    middles: list[float] = []
    for mean, colour in zip(means, colours, strict=True):
        axes.fill_between(years, base, base + mean, color=colour, alpha=0.8, linewidth=0.4)
        middles.append(float(base[-1] + mean[-1] / 2))
        base = base + mean
    axes.set_ylim(0, max(float(base.max()), 1e-9) * 1.05)
    names(axes, middles, list(zip(labels, colours, strict=True)))
