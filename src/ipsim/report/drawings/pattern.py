"""The 2030 pattern: radar of the six indices, and the path of the whole."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ipsim.report import style
from ipsim.report.drawings.panel import Line, key, panel
from ipsim.report.drawings.source import Source
from ipsim.report.goal import SIX, STANDARDS

NAME = "pattern"
YEARS = (2016, 2020, 2025, 2030)
_YEAR_COLOURS = ("#a9b4be", style.SKY, style.BLUE, style.RED)


def draw(source: Source) -> Figure:
    """Draw the six indices in four years, and the paths of pattern and standards."""
    figure = style.canvas((8.6, 6.6))
    _radar(figure.add_axes((0.10, 0.50, 0.34, 0.37)), source)
    right = (0.60, 0.545, 0.27, 0.30)
    panel(
        figure.add_axes(right),
        source,
        "pattern_path",
        "unit_index",
        [Line("pattern_2030", source.say("pattern_short"), style.RED)],
    )
    colours = style.COLOURS
    six = [Line(n, source.say(n), c) for n, c in zip(SIX, colours, strict=False)]
    standards = [Line(n, source.say(n), c) for n, c in zip(STANDARDS, colours, strict=False)]
    panel(figure.add_axes((0.065, 0.115, 0.30, 0.27)), source, "pattern_six", "unit_index", six)
    panel(figure.add_axes((0.60, 0.115, 0.27, 0.27)), source, "pattern_standards", "unit_index", standards)
    key(figure, source, [])
    return figure


def _circle(axes: Axes, radius: float) -> None:
    turn = np.linspace(0, 2 * np.pi, 73)
    axes.plot(radius * np.sin(turn), radius * np.cos(turn), color=style.GRID, linewidth=0.8, zorder=1)


def _radar(axes: Axes, source: Source) -> None:
    """Draw the radar by hand: a polar axis takes longer and looks worse."""
    axes.set_aspect("equal")
    axes.set_axis_off()
    axes.set_xlim(-112, 112)
    axes.set_ylim(-112, 112)
    angles = np.linspace(0, 2 * np.pi, len(SIX), endpoint=False)
    for radius in (25, 50, 75, 100):
        _circle(axes, radius)
        axes.text(1.5, radius - 1, str(radius), fontsize=7.5, color=style.MUTED, va="top")
    for name, angle in zip(SIX, angles, strict=True):
        x, y = np.sin(angle), np.cos(angle)
        axes.plot([0, 100 * x], [0, 100 * y], color=style.GRID, linewidth=0.8, zorder=1)
        side = "center" if abs(x) < 0.1 else ("left" if x > 0 else "right")
        height = "bottom" if y > 0.9 else ("top" if y < -0.9 else "center")
        axes.text(105 * x, 105 * y, source.say(name), fontsize=9.5, color=style.INK, ha=side, va=height)
    _polygons(axes, source, angles)


def _polygons(axes: Axes, source: Source, angles: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    shown = [year for year in YEARS if source.measured.index(year) is not None]
    style.note(axes, source.say("pattern_radar"), (0, 1), (-21, 33), fontsize=11.5, color=style.INK)
    style.note(axes, source.say("unit_radar"), (0, 1), (-21, 19))
    for place, year in enumerate(shown):
        colour = _YEAR_COLOURS[YEARS.index(year)]
        found = [source.measured.at(name, year) for name in SIX]
        values = np.array([one.median if one else 0.0 for one in found])
        x, y = values * np.sin(angles), values * np.cos(angles)
        width = 2.2 if year == shown[-1] else 1.5
        axes.plot([*x, x[0]], [*y, y[0]], color=colour, linewidth=width, zorder=2 + place)
        style.note(axes, str(year), (1, 0), (-2, 30 - 14 * place), color=colour, fontsize=10)
