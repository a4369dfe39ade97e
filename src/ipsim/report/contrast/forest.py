"""The figure of a comparison: each main indicator with its difference and interval."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from ipsim.report import style
from ipsim.report.alternatives import title_of
from ipsim.report.contrast.differences import Difference, last_year, main_differences, percent
from ipsim.report.phrases import phrase

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ipsim.study import Comparison

NAME = "effects"
_ROW_INCHES = 0.36
_SPREAD = 0.5
"""Share of a row over which the alternatives are spread."""


def draw(comparison: Comparison, lang: str) -> Figure:
    """Draw the differences in the last year, in percent of the base, one colour an alternative."""
    year = last_year(comparison)
    drawn = [one for one in main_differences(comparison, year) if one.base]
    names = list(dict.fromkeys(one.indicator.name for one in drawn))
    height = 1.7 + _ROW_INCHES * max(len(names), 1) * max(1.0, 0.5 * len(comparison.alternatives))
    figure = style.canvas((style.INCHES[0], height))
    axes = figure.add_axes((0.33, 0.85 / height, 0.62, 1 - 1.7 / height))
    style.bare(axes)
    axes.grid(axis="x", color=style.GRID, linewidth=0.7)
    axes.axvline(0, color=style.MUTED, linewidth=1)
    for place, alternative in enumerate(comparison.alternatives):
        shift = _SPREAD * (place - (len(comparison.alternatives) - 1) / 2) / len(comparison.alternatives)
        rows = [one for one in drawn if one.alternative == alternative]
        for one in rows:
            _mark(
                axes, one, names.index(one.indicator.name) + shift, style.COLOURS[place % len(style.COLOURS)]
            )
    labels = {one.indicator.name: one.indicator.words.of(lang) for one in drawn}
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.yaxis.set_major_locator(FixedLocator(range(len(names))))
    axes.set_yticklabels([labels[name] for name in names])
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(FuncFormatter(style.short))
    base = comparison.base.scenario.title.of(lang)
    axes.set_xlabel(phrase("contrast.figure_axis", lang, base=base), color=style.MUTED, fontsize=style.SMALL)
    style.note(
        axes, phrase("contrast.figure", lang, year=year), (0, 1), (0, 12), fontsize=11.5, color=style.INK
    )
    _key(figure, comparison, lang)
    return figure


def _mark(axes: Axes, one: Difference, row: float, colour: str) -> None:
    low, mean, high = percent(one)
    if not math.isnan(low):
        axes.plot([low, high], [row, row], color=colour, linewidth=2.2, solid_capstyle="round")
    face = colour if one.sure or math.isnan(low) else style.PAPER
    axes.plot([mean], [row], marker="o", markersize=6.5, markerfacecolor=face, markeredgecolor=colour)


def _key(figure: Figure, comparison: Comparison, lang: str) -> None:
    names = list(comparison.alternatives)
    marks = [
        Line2D([], [], color=style.COLOURS[place % len(style.COLOURS)], marker="o")
        for place in range(len(names))
    ]
    titles = [title_of(comparison, name, lang) for name in names]
    style.key(figure, marks, titles, (0.02, 0.0), ncols=min(len(names), 4))
