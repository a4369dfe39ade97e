"""The figure of sensitivity: what members of the ensemble say of each difference."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter
from questions import NUMBERS, QUESTIONS

from ipsim.indicators.catalogue import indicator
from ipsim.report import style
from ipsim.report.calibration.sentences import rows_of
from ipsim.report.labels import wrapped

SAME = 0.9
"""Share of parameter sets with one sign from which a difference counts as firm."""

_ROW_INCHES = 0.3
_FARTHEST = 5.0
"""Standard deviations at which the axis ends; what lies beyond is marked by an arrow."""


def draw(effects: pd.DataFrame) -> Figure:
    """Draw a panel a question: mean and 90 % of members, each in standard deviations of the members."""
    rows = -(-len(QUESTIONS) // 2)
    tall = _ROW_INCHES * len(NUMBERS)
    height = 0.35 + rows * (tall + 1.15)
    figure = style.canvas((8.6, height))
    for place, question in enumerate(QUESTIONS):
        row, column = divmod(place, 2)
        bottom = height - (row + 1) * (tall + 1.15) + 0.42
        axes = figure.add_axes((0.21 + 0.41 * column, bottom / height, 0.36, tall / height))
        _panel(axes, effects[effects["question"] == question.name], column == 0)
        style.titled(axes, question.short, "difference, in standard deviations of the members")
    marks = [Line2D([], [], color=colour, marker="o", linewidth=1.6) for colour in (style.BLUE, style.MUTED)]
    style.key(figure, marks, ["sure, and one sign under nine parameter sets in ten", "not"], (0.01, 0.0))
    return figure


def _panel(axes: Axes, mine: pd.DataFrame, is_named: bool) -> None:
    style.bare(axes)
    axes.grid(axis="x", color=style.GRID, linewidth=0.7)
    axes.axvline(0, color=style.INK, linewidth=1)
    axes.set_ylim(len(NUMBERS) - 0.4, -0.6)
    axes.yaxis.set_major_locator(FixedLocator(range(len(NUMBERS))))
    names = [wrapped(indicator(one.indicator).words.en, 2, 26) for one in NUMBERS]
    axes.set_yticklabels(names if is_named else [""] * len(names))
    axes.tick_params(axis="y", labelcolor=style.INK)
    axes.set_xlim(-_FARTHEST, _FARTHEST)
    axes.xaxis.set_major_locator(FixedLocator(range(-4, 5, 2)))
    axes.xaxis.set_major_formatter(FuncFormatter(style.short))
    by_name = {row["number"]: row for row in rows_of(mine)}
    for place, one in enumerate(NUMBERS):
        row = by_name[one.name]
        spread = (row["high"] - row["low"]) / 3.29
        if not spread > 0:
            continue
        colour = style.BLUE if row["sure"] and row["firm"] >= SAME else style.MUTED
        ends = np.clip([row["low"] / spread, row["high"] / spread], -_FARTHEST, _FARTHEST)
        axes.plot(ends, [place] * 2, color=colour, linewidth=1.6)
        middle = float(row["mean"]) / spread
        shape = "o" if abs(middle) < _FARTHEST else ">" if middle > 0 else "<"
        at = float(np.clip(middle, -_FARTHEST, _FARTHEST))
        axes.plot(at, place, shape, ms=5.5, color=colour, clip_on=False, zorder=4)
