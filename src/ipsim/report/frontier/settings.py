"""The figure of settings: where the policies of the frontier set each lever within its range."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ipsim.report import style
from ipsim.report.labels import text_of, words_of, wrapped

if TYPE_CHECKING:
    from ipsim.study.plan import Factor
    from ipsim.study.search import SearchResult
    from ipsim.study.search.judging import Judged

NAME = "levers"
_ROW_INCHES = 0.52
_PALEST = 0.25


def draw(result: SearchResult, lang: str) -> Figure:
    """Draw a line a lever, from the lower to the upper end of its range."""
    factors = result.study.factors
    height = 0.5 + _ROW_INCHES * len(factors)
    figure = style.canvas((style.INCHES[0], height))
    axes = figure.add_axes((0.42, 0.15 / height, 0.50, 1 - 0.3 / height))
    axes.set_xlim(-0.12, 1.12)
    axes.set_ylim(len(factors) - 0.4, -0.6)
    axes.set_axis_off()
    shades = np.linspace(1.0, _PALEST, max(len(result.frontier), 1))
    for row, factor in enumerate(factors):
        axes.plot([0, 1], [row, row], color=style.GRID, linewidth=2, solid_capstyle="round", zorder=1)
        random = _places(factor, result.random.within(result.settings))
        axes.plot(
            random,
            np.full(len(random), row + 0.24),
            marker="|",
            markersize=4,
            color=style.MUTED,
            alpha=0.35,
            linestyle="none",
        )
        for place, shade in reversed(list(zip(_places(factor, result.frontier), shades, strict=True))):
            axes.plot(
                [place], [row], marker="o", markersize=7.5, color=style.BLUE, alpha=float(shade), zorder=3
            )
        _words(axes, factor, row, lang)
    return figure


def _places(factor: Factor, judged: Judged) -> list[float]:
    return [_place(factor, one.values[factor.name]) for one in judged.policies if one is not None]


def _place(factor: Factor, value: object) -> float:
    """Return where a value stands between the ends of its factor, 0 to 1."""
    if factor.levels is not None:
        return factor.levels.index(value) / max(len(factor.levels) - 1, 1)
    number = float(value) if isinstance(value, int | float) else 0.0
    if factor.log:
        return float(np.log(number / factor.low) / np.log(factor.high / factor.low))
    return (number - factor.low) / (factor.high - factor.low)


def _words(axes: Axes, factor: Factor, row: int, lang: str) -> None:
    ends = (factor.low, factor.high) if factor.levels is None else (factor.levels[0], factor.levels[-1])
    for x, value, side in ((-0.02, ends[0], "right"), (1.02, ends[1], "left")):
        axes.text(x, row, text_of(value), ha=side, va="center", color=style.MUTED, fontsize=style.SMALL - 0.5)
    axes.text(
        -0.16,
        row,
        wrapped(words_of(factor, lang)),
        ha="right",
        va="center",
        color=style.INK,
        fontsize=style.SMALL,
        linespacing=1.15,
    )
