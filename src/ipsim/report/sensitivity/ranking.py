"""The figure of one outcome: its leading factors, the one that matters most on top."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from ipsim.report import style
from ipsim.report.labels import words_of, wrapped
from ipsim.report.phrases import phrase
from ipsim.report.sensitivity.measures import LEADING, is_sure, kind_of, rate, title_of, unit_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ipsim.study.sensitivity import Finding, Sensitivity

_ROW_INCHES = 0.36
_TOP, _BOTTOM = 0.55, 1.0
_THICK, _THIN = 0.52, 0.26
_LUCK_REACH = 0.4

Key = list[tuple[Patch | Line2D, str]]


def draw(finding: Finding, sensitivity: Sensitivity, lang: str) -> Figure:
    """Draw the leading factors of an outcome by the method of the study."""
    assert finding.indices is not None
    method = kind_of(finding, sensitivity)
    size = finding.indices.columns[finding.indices.rank_by]
    places = [place for place in finding.order[:LEADING] if np.isfinite(size[place])]
    height = _TOP + _BOTTOM + _ROW_INCHES * max(len(places), 2)
    figure = style.canvas((style.INCHES[0], height))
    axes = figure.add_axes((0.385, _BOTTOM / height, 0.575, 1 - (_TOP + _BOTTOM) / height))
    style.bare(axes)
    axes.grid(axis="x", color=style.GRID, linewidth=0.7)
    axes.set_ylim(len(places) - 0.4, -0.6)
    axes.yaxis.set_major_locator(FixedLocator(range(len(places))))
    axes.set_yticklabels([wrapped(words_of(sensitivity.factors[place], lang)) for place in places])
    axes.tick_params(axis="y", labelcolor=style.INK)
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(FuncFormatter(style.short))
    key = _MARKS[method](axes, finding, places, lang)
    if method not in ("ranks", "rho"):
        axes.axvline(0, color=style.MUTED, linewidth=1)
    unit = unit_words(finding.outcome, lang)
    axes.set_xlabel(
        phrase(f"sensitivity.axis_{method}", lang, unit=unit), color=style.MUTED, fontsize=style.SMALL
    )
    axes.annotate(
        title_of(finding, lang),
        (0.02, 1 - 0.27 / height),
        xycoords="figure fraction",
        fontsize=11.5,
        color=style.INK,
    )
    _legend(figure, key, lang)
    return figure


def _morris(axes: Axes, finding: Finding, places: Sequence[int], lang: str) -> Key:
    """Draw a bar for the mean size, coloured by direction, and a diamond for the spread."""
    columns = _columns(finding, rate(finding.outcome, lang))
    colours = {"up": style.BLUE, "down": style.ORANGE, "either": style.MUTED}
    shown: list[str] = []
    for row, place in enumerate(places):
        up, down = columns["mu_low"][place] > 0, columns["mu_high"][place] < 0
        direction = "up" if up else "down" if down else "either"
        shown.append(direction)
        axes.barh(row, columns["mu_star"][place], _THICK, color=colours[direction], linewidth=0)
        _whisker(axes, row, columns["mu_star_low"][place], columns["mu_star_high"][place])
        axes.plot(
            columns["sigma"][place], row, "D", ms=4.5, markerfacecolor=style.PAPER, markeredgecolor=style.INK
        )
    key: Key = [(Patch(color=colours[name]), name) for name in ("up", "down", "either") if name in shown]
    hollow = Line2D([], [], marker="D", ls="none", ms=4.5, mfc=style.PAPER, mec=style.INK)
    return [*key, (hollow, "sigma"), *_luck(axes, columns.get("mu_star_luck"), places, 0.0, _LUCK_REACH)]


def _sobol(axes: Axes, finding: Finding, places: Sequence[int], lang: str) -> Key:
    """Draw total and first order side by side, in per cent of the variance."""
    del lang
    columns = _columns(finding, 100)
    for row, place in enumerate(places):
        for name, shift, colour in (("ST", -_THIN / 2, style.BLUE), ("S1", _THIN / 2, style.SKY)):
            axes.barh(row + shift, max(columns[name][place], 0), _THIN, color=colour, linewidth=0)
            _whisker(axes, row + shift, columns[f"{name}_low"][place], columns[f"{name}_high"][place])
    key: Key = [(Patch(color=style.BLUE), "st"), (Patch(color=style.SKY), "s1")]
    return [*key, *_luck(axes, columns.get("ST_luck"), places, -_THIN / 2, _THIN / 2)]


def _ranks(axes: Axes, finding: Finding, places: Sequence[int], lang: str) -> Key:
    """Draw the rank correlations between minus one and one."""
    del lang
    assert finding.indices is not None
    columns, name = finding.indices.columns, finding.indices.rank_by
    axes.set_xlim(-1, 1)
    axes.xaxis.set_major_locator(FixedLocator([-1, -0.5, 0, 0.5, 1]))
    axes.axvline(0, color=style.MUTED, linewidth=1)
    shown: list[str] = []
    for row, place in enumerate(places):
        value = columns[name][place]
        sure = is_sure(finding, place, "ranks")
        direction = "either" if not sure else "up" if value > 0 else "down"
        colour = {"up": style.BLUE, "down": style.ORANGE, "either": style.MUTED}[direction]
        shown.append(direction)
        axes.barh(row, value, _THICK, color=colour, linewidth=0)
        _whisker(axes, row, columns[f"{name}_low"][place], columns[f"{name}_high"][place])
    colours = {"up": style.BLUE, "down": style.ORANGE, "either": style.MUTED}
    return [(Patch(color=colours[name]), name) for name in colours if name in shown]


def _ends(axes: Axes, finding: Finding, places: Sequence[int], lang: str) -> Key:
    """Draw a tornado: what the two ends of each factor change."""
    columns = _columns(finding, rate(finding.outcome, lang))
    for row, place in enumerate(places):
        for end, shift, colour in (("low", -_THIN / 2, style.ORANGE), ("high", _THIN / 2, style.BLUE)):
            value = columns[f"at_{end}"][place]
            if math.isfinite(value):
                axes.barh(row + shift, value, _THIN, color=colour, linewidth=0)
                low, high = columns[f"at_{end}_low"][place], columns[f"at_{end}_high"][place]
                _whisker(axes, row + shift, low, high)
    return [(Patch(color=style.ORANGE), "low"), (Patch(color=style.BLUE), "high")]


_MARKS = {"morris": _morris, "sobol": _sobol, "ranks": _ranks, "rho": _ranks, "ends": _ends}


def _columns(finding: Finding, scale: float) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    assert finding.indices is not None
    return {name: column * scale for name, column in finding.indices.columns.items()}


def _whisker(axes: Axes, row: float, low: float, high: float) -> None:
    if math.isfinite(low) and math.isfinite(high):
        axes.plot([low, high], [row, row], color=style.INK, linewidth=1.1, solid_capstyle="butt")


def _luck(
    axes: Axes,
    level: np.ndarray[tuple[int], np.dtype[np.float64]] | None,
    places: Sequence[int],
    shift: float,
    reach: float,
) -> Key:
    """Draw a stroke across each bar where luck alone would bring it; nothing where that is not known."""
    if level is None or not np.isfinite(level[list(places)]).any():
        return []
    for row, place in enumerate(places):
        middle = row + shift
        axes.plot([level[place]] * 2, [middle - reach, middle + reach], color=style.RED, linewidth=1.8)
    return [(Line2D([], [], color=style.RED, linewidth=1.8), "luck")]


def _legend(figure: Figure, key: Key, lang: str) -> None:
    words = [phrase(f"sensitivity.key_{name}", lang) for _, name in key]
    style.key(figure, [mark for mark, _ in key], words, (0.02, 0.0), handlelength=1.4, columnspacing=1.6)
