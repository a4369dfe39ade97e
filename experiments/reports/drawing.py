"""Figures of the reports, in the style of ipsim's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from ipsim.report import style
from ipsim.report.drawings.panel import names

Floats = NDArray[np.float64]

_DOTS_PER_INCH = 120


def grid(rows: int, columns: int, inches: tuple[float, float], key: float = 0.0) -> tuple[Figure, list[Axes]]:
    """Return a figure of panels with room for their titles, and for a key of so many inches below."""
    width, height = inches
    figure = style.canvas(inches)
    left, right, bottom, top = 0.62, 0.95, 0.42 + key, 0.62
    wide = (width - columns * (left + right)) / columns
    high = (height - key - rows * (0.42 + top)) / rows
    panels: list[Axes] = []
    for place in range(rows * columns):
        row, column = divmod(place, columns)
        x = column * (left + wide + right) + left
        y = bottom + (rows - 1 - row) * (high + 0.42 + top)
        panels.append(figure.add_axes((x / width, y / height, wide / width, high / height)))
    return figure, panels


def plain(axes: Axes, title: str, unit: str) -> None:
    """Set up a panel whose horizontal axis holds numbers."""
    style.bare(axes)
    style.titled(axes, title, unit)
    axes.grid(axis="y", color=style.GRID, linewidth=0.7)
    for axis, ticks in ((axes.xaxis, 5), (axes.yaxis, 5)):
        axis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]))
        axis.set_major_formatter(FuncFormatter(style.short))


def below(axes: Axes, text: str) -> None:
    """Name the horizontal axis."""
    axes.set_xlabel(text, color=style.MUTED, fontsize=style.SMALL, labelpad=2)


def band(axes: Axes, x: Floats, values: Floats, colour: str) -> None:
    """Draw the mean of values, shape (runs, places), over ``x``, with its 90 % interval."""
    from estimate import mean_of

    estimates = [mean_of(column) for column in values.T]
    axes.fill_between(
        x, [one.low for one in estimates], [one.high for one in estimates], color=colour, alpha=0.16, lw=0
    )
    axes.plot(x, [one.mean for one in estimates], color=colour, linewidth=1.9)


def ends(axes: Axes, labels: Sequence[tuple[float, str, str]]) -> None:
    """Write names beside the ends of lines: height, text, colour."""
    if labels:
        names(axes, [height for height, _, _ in labels], [(text, colour) for _, text, colour in labels])


def key(figure: Figure, entries: Sequence[tuple[str, str]], columns: int = 4) -> None:
    """Put a key below the panels: text and colour."""
    figure.legend(
        [Line2D([], [], color=colour, linewidth=3) for _, colour in entries],
        [text for text, _ in entries],
        loc="lower left",
        bbox_to_anchor=(0.01, 0.0),
        ncols=columns,
        frameon=False,
        fontsize=style.SMALL,
        labelcolor=style.INK,
    )


def save(draw: Callable[[], Figure], path: Path) -> None:
    """Draw a figure in the style of the reports and write it as PNG."""
    with style.styled():
        draw().savefig(path, dpi=_DOTS_PER_INCH, metadata={"Software": None})
