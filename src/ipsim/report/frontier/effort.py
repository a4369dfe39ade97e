"""The figure of effort: what search and chance reach, by how many policies were tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ipsim.report import style
from ipsim.report.phrases import phrase
from ipsim.study.search.rivals import reach

if TYPE_CHECKING:
    from ipsim.study.search import SearchResult

NAME = "effort"
_POINTS = 40


def draw(result: SearchResult, lang: str) -> Figure:
    """Draw the share of the room covered by the search and by the random policies."""
    figure = style.canvas((style.INCHES[0], 3.9))
    axes = figure.add_axes((0.07, 0.17, 0.68, 0.66))
    style.bare(axes)
    axes.grid(axis="y", color=style.GRID, linewidth=0.7)
    ends: list[tuple[int, float, str, str]] = []
    sides = (
        (result.searched, len(result.searched.every), style.BLUE, "search.key_effort"),
        (result.random, len(result.random.within(result.settings)), style.MUTED, "search.key_random"),
    )
    for side, count, colour, key in sides:
        if not count:
            continue
        counts = sorted({1 + round(step * (count - 1) / _POINTS) for step in range(_POINTS + 1)})
        shares = [100 * share for share in reach(result, side, counts)]
        axes.plot(counts, shares, color=colour, linewidth=1.9, solid_capstyle="round")
        ends.append((counts[-1], shares[-1], colour, phrase(key, lang)))
    for count, share, colour, words in ends:
        axes.annotate(
            f"{words} {share:.0f}",
            (count, share),
            xytext=(6, 0),
            textcoords="offset points",
            color=colour,
            fontsize=style.SMALL + 0.5,
            va="center",
        )
    axes.set_ylim(0, max([share for _, share, _, _ in ends], default=1.0) * 1.1 or 1.0)
    axes.set_xlim(0, max([count for count, _, _, _ in ends], default=1) * 1.02)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(FuncFormatter(style.short))
    axes.set_xlabel(phrase("search.effort_axis", lang), color=style.MUTED, fontsize=style.SMALL)
    style.titled(axes, phrase("search.effort", lang), phrase("search.effort_unit", lang))
    return figure
