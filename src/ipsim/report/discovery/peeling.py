"""The figure of a box: the path of peeling that led to it, and its limits within the ranges."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, MaxNLocator

from ipsim.report import style
from ipsim.report.labels import words_of, wrapped
from ipsim.report.numbers import significant
from ipsim.report.phrases import phrase

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ipsim.study.sensitivity.discovery import Discovery
    from ipsim.study.sensitivity.prim import Box, Limit

_SHADES = (style.MUTED, style.SKY, style.GREEN, style.BLUE, style.PURPLE, style.BROWN)
_ROW_INCHES = 0.62
_TOP, _BOTTOM = 0.6, 1.0
_LABEL = 26


def draw(discovery: Discovery, number: int, lang: str) -> Figure:
    """Draw a box; boxes count from nought."""
    box = discovery.boxes[number]
    rows = len(box.limits)
    height = max(3.9, _BOTTOM + _TOP + _ROW_INCHES * rows)
    figure = style.canvas((style.INCHES[0], height))
    bottom, top = _BOTTOM / height, 1 - (_BOTTOM + _TOP) / height
    key = _trajectory(figure.add_axes((0.075, bottom, 0.35, top)), box, lang)
    _legend(figure, key, lang)
    tall = min(top, _ROW_INCHES * rows / height)
    _limits(figure.add_axes((0.70, bottom + top - tall, 0.26, tall)), discovery, box, lang)
    return figure


def _trajectory(axes: Axes, box: Box, lang: str) -> list[Line2D]:
    """Draw density against coverage, a colour for each number of restricted factors; return the key."""
    style.bare(axes)
    axes.grid(color=style.GRID, linewidth=0.7)
    axes.set_xlim(0, 104)
    axes.set_ylim(0, 104)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(5))
    coverage, density = 100 * box.peeling["coverage"], 100 * box.peeling["density"]
    restricted = box.peeling["restricted"].to_numpy()
    axes.plot(coverage, density, color=style.GRID, linewidth=1.2)
    key: list[Line2D] = []
    for count in np.unique(restricted):
        colour = _SHADES[min(int(count), len(_SHADES) - 1)]
        mine = restricted == count
        axes.plot(coverage[mine], density[mine], "o", ms=5, color=colour, clip_on=False)
        if count < len(_SHADES):
            more = "+" if count == len(_SHADES) - 1 and restricted.max() > count else ""
            key.append(Line2D([], [], marker="o", ls="none", ms=5, color=colour, label=f"{count}{more}"))
    taken: dict[str, Any] = {"marker": "o", "ls": "none", "mfc": "none", "mec": style.RED, "mew": 1.8}
    axes.plot(100 * box.coverage, 100 * box.density, ms=11, clip_on=False, **taken)
    key.append(Line2D([], [], ms=9, label=phrase("discovery.key_taken", lang), **taken))
    axes.set_xlabel(phrase("discovery.axis_coverage", lang), color=style.MUTED, fontsize=style.SMALL)
    style.titled(axes, phrase("discovery.panel_peeling", lang), phrase("discovery.axis_density", lang))
    return key


def _legend(figure: Figure, key: list[Line2D], lang: str) -> None:
    title = Line2D([], [], ls="none", label=phrase("discovery.key_restricted", lang))
    marks = [title, *key]
    words = [str(mark.get_label()) for mark in marks]
    style.key(figure, marks, words, (0.0, 0.0), handletextpad=0.1, columnspacing=1.0)


def _limits(axes: Axes, discovery: Discovery, box: Box, lang: str) -> None:
    """Draw for each restricted factor its range and, on it, what the box allows."""
    style.bare(axes)
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(len(box.limits) - 0.5, -0.5)
    axes.xaxis.set_major_locator(FixedLocator([]))
    axes.yaxis.set_major_locator(FixedLocator(range(len(box.limits))))
    names = [wrapped(words_of(discovery.columns[one.factor], lang), 3, _LABEL) for one in box.limits]
    axes.set_yticklabels(names)
    axes.tick_params(axis="y", labelcolor=style.INK)
    style.note(axes, phrase("discovery.panel_limits", lang), (0, 1), (0, 22), fontsize=11.5, color=style.INK)
    for row, limit in enumerate(box.limits):
        if limit.levels:
            levels = phrase("page.list_gap", lang).join(limit.levels)
            axes.text(0, row, wrapped(levels, 2, 36), fontsize=style.SMALL, color=style.BLUE, va="center")
        else:
            _range(axes, row, limit, discovery.spans[limit.factor])


def _range(axes: Axes, row: int, limit: Limit, span: tuple[float, float]) -> None:
    low, high = span
    start = low if math.isnan(limit.low) else limit.low
    end = high if math.isnan(limit.high) else limit.high
    places = [(value - low) / (high - low) for value in (start, end)]
    axes.plot([0, 1], [row, row], color=style.GRID, linewidth=7, solid_capstyle="butt")
    axes.plot(places, [row, row], color=style.BLUE, linewidth=7, solid_capstyle="butt")
    for value, at, side, limited in (
        (low, 0.0, "left", False),
        (high, 1.0, "right", False),
        (start, places[0], "center", not math.isnan(limit.low)),
        (end, places[1], "center", not math.isnan(limit.high)),
    ):
        above = limited or side == "center"
        if above and not limited:
            continue
        axes.annotate(
            significant(value),
            (at, row),
            xytext=(0, 6 if above else -6),
            textcoords="offset points",
            ha=side,
            va="bottom" if above else "top",
            fontsize=style.SMALL if above else style.SMALL - 1,
            color=style.BLUE if above else style.MUTED,
        )
