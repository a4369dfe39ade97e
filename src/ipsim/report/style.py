"""How the figures look: font, colours, axes. No pyplot: it costs half a second."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from typing import Any, cast

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from ipsim.report.numbers import MINUS

INK = "#1c2126"
MUTED = "#5d6873"
GRID = "#dfe3e8"
PAPER = "#fefefe"
BLUE = "#0b6fb0"
ORANGE = "#d98c00"
GREEN = "#00916c"
RED = "#cf5a00"
PURPLE = "#b0629a"
SKY = "#4ea5d9"
BROWN = "#7d6a55"
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, RED, BROWN)
"""Okabe and Ito's palette, a little darker: told apart by colour-blind readers."""

INCHES = (8.6, 6.2)
_SIZE = 10.5
SMALL = _SIZE - 1.5


@cache
def family() -> list[str]:
    """Register the packaged font with matplotlib and return the font families to use."""
    font = files("ipsim.report").joinpath("fonts/NotoSansSC-subset.ttf")
    with as_file(font) as path:
        fontManager.addfont(path)
        name = FontProperties(fname=path).get_name()
    return [name, "DejaVu Sans"]


@contextmanager
def styled() -> Iterator[None]:
    """Draw and write figures in the style of the report, for the time of the block."""
    settings: dict[str, Any] = {
        "font.family": family(),
        "font.size": _SIZE,
        "axes.unicode_minus": False,
        "svg.fonttype": "path",
        "svg.hashsalt": "ipsim",
        "path.simplify": True,
    }
    with mpl.rc_context(cast("Any", settings)):
        yield


def canvas(inches: tuple[float, float] = INCHES) -> Figure:
    """Return an empty figure with a canvas of its own."""
    figure = Figure(figsize=inches, facecolor=PAPER)
    FigureCanvasAgg(figure)
    return figure


def key(
    figure: Figure, marks: Sequence[Artist], words: Sequence[str], at: tuple[float, float], **looks: Any
) -> None:
    """Put the key of a figure, in one row unless ``ncols`` says otherwise, with a corner at a place of it."""
    looks = {"loc": "lower left", "ncols": len(marks), "labelcolor": INK} | looks
    figure.legend(marks, words, bbox_to_anchor=at, frameon=False, fontsize=SMALL, **looks)


def short(value: float, _position: object = None) -> str:
    """Return an axis number: separators for thousands, no needless decimals."""
    text = f"{value:,.0f}" if abs(value) >= 100 or value == round(value) else f"{value:g}"
    return text.replace("-", MINUS)


def bare(axes: Axes) -> None:
    """Take away the frame and leave a quiet grid."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(MUTED)
    axes.set_facecolor("none")
    axes.tick_params(colors=MUTED, length=0, labelsize=_SIZE - 1.5)
    axes.set_axisbelow(True)


def note(axes: Axes, text: str, at: tuple[float, float], shift: tuple[float, float], **looks: Any) -> None:
    """Write text at a point of the axes (fraction), shifted by points."""
    looks = {"fontsize": SMALL, "color": MUTED, "va": "baseline"} | looks
    axes.annotate(text, at, xytext=shift, textcoords="offset points", xycoords="axes fraction", **looks)


def titled(axes: Axes, title: str, unit: str) -> None:
    """Put the title and, below it, the unit of the vertical axis over the panel."""
    note(axes, title, (0, 1), (0, 22), fontsize=_SIZE + 1, color=INK)
    note(axes, unit, (0, 1), (0, 8))


def yearly(axes: Axes, first: int, last: int, label: str) -> None:
    """Set up the axis of years, with its name after the last year."""
    bare(axes)
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    ticks = sorted({first, last, *range(first - first % 5 + 5, last, 5)})
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:.0f}"))
    axes.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(short))
    axes.set_xlim(first - 0.4, last + 0.4)
    note(axes, label, (1, 0), (13, -5), va="top")
