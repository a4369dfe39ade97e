"""The figure of the natural experiments: simulated effects as multiples of published ones, and signs."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from ipsim.report import style
from ipsim.report.calibration.sentences import rows_of
from ipsim.report.labels import wrapped

COLOURS = {"pass": style.GREEN, "fail": style.RED, "unclear": style.MUTED}
_WORDS = {"pass": "agrees", "fail": "disagrees", "unclear": "unclear"}
_ROW_INCHES = 0.27
_GAP, _TOP, _BOTTOM = 0.95, 0.62, 0.85
_FARTHEST = 4.0
"""Multiples of the published effect, and standard errors over five, beyond which the axis ends."""

_Z = 1.645


def draw(found: pd.DataFrame) -> Figure:
    """Draw effects that were published as a number above, and those published as a sign below."""
    parts = [found[found["sign"] == ""], found[found["sign"] != ""]]
    parts = [part for part in parts if len(part)]
    rows = sum(max(len(part), 2) for part in parts)
    height = _TOP + _BOTTOM + _GAP * (len(parts) - 1) + _ROW_INCHES * rows
    figure = style.canvas((8.6, height))
    top = height - _TOP
    for part in parts:
        tall = _ROW_INCHES * max(len(part), 2)
        axes = figure.add_axes((0.4, (top - tall) / height, 0.57, tall / height))
        top -= tall + _GAP
        (_numbers if (part["sign"] == "").all() else _signs)(axes, part)
        _listed(axes, part)
    _key(figure)
    return figure


def _listed(axes: Axes, part: pd.DataFrame) -> None:
    axes.set_ylim(len(part) - 0.4, -0.6)
    axes.yaxis.set_major_locator(FixedLocator(range(len(part))))
    names = [f"{row['effect']}  {row['title_en']}" for row in rows_of(part)]
    axes.set_yticklabels([wrapped(name, 1, 48) for name in names])
    axes.tick_params(axis="y", labelcolor=style.INK)
    axes.xaxis.set_major_formatter(FuncFormatter(style.short))


def _numbers(axes: Axes, part: pd.DataFrame) -> None:
    style.bare(axes)
    style.titled(axes, "Published as a number", "simulated as a multiple of the published effect")
    axes.grid(axis="x", color=style.GRID, linewidth=0.7)
    axes.axvline(0, color=style.MUTED, linewidth=1)
    axes.axvline(1, color=style.INK, linewidth=1)
    axes.set_xlim(-1.0, _FARTHEST)
    axes.xaxis.set_major_locator(MaxNLocator(6))
    for place, row in enumerate(rows_of(part)):
        published = _number(row["published"])
        if published is None:
            continue
        claim = sorted(np.clip([row["claim_low"] / published, row["claim_high"] / published], -1, _FARTHEST))
        axes.barh(place, claim[1] - claim[0], 0.62, left=claim[0], color=style.GREEN, alpha=0.18, linewidth=0)
        _estimate(axes, place, row, published, (-1.0, _FARTHEST))


def _signs(axes: Axes, part: pd.DataFrame) -> None:
    """Draw estimates over their standard error, to the right where they have the published sign."""
    style.bare(axes)
    title = "Published as a sign"
    style.titled(axes, title, "standard errors, to the right with the published sign; 0: none was published")
    axes.grid(axis="x", color=style.GRID, linewidth=0.7)
    axes.axvline(0, color=style.INK, linewidth=1)
    edge = 5 * _FARTHEST
    axes.set_xlim(-edge, edge)
    axes.axvspan(-_Z, _Z, color=style.GRID, alpha=0.6, linewidth=0)
    for place, row in enumerate(rows_of(part)):
        error = (row["estimate_high"] - row["estimate_low"]) / (2 * _Z)
        if not error > 0:
            continue
        side = -1.0 if row["sign"] == "-" else 1.0
        _mark(axes, place, row, side * float(row["estimate"]) / error, (-edge, edge))
        if row["sign"] == "0":
            axes.annotate(
                "0", (edge, place), ha="right", va="center", color=style.MUTED, fontsize=style.SMALL
            )


def _estimate(axes: Axes, place: int, row: Any, published: float, ends: tuple[float, float]) -> None:
    low, high = sorted((row["estimate_low"] / published, row["estimate_high"] / published))
    if math.isfinite(low) and math.isfinite(high):
        shown = np.clip([low, high], *ends)
        axes.plot(shown, [place] * 2, color=COLOURS[row["verdict"]], linewidth=1.6, solid_capstyle="butt")
    _mark(axes, place, row, float(row["estimate"]) / published, ends)


def _mark(axes: Axes, place: int, row: Any, value: float, ends: tuple[float, float]) -> None:
    """Draw an estimate; an arrow at the edge where it lies beyond, hollow where it was fitted."""
    colour = COLOURS[row["verdict"]]
    face = style.PAPER if row["used_in_calibration"] else colour
    inside = ends[0] < value < ends[1]
    shape = "o" if inside else ">" if value >= ends[1] else "<"
    at = min(max(value, ends[0]), ends[1])
    axes.plot(at, place, shape, ms=6, mfc=face, mec=colour, mew=1.5, clip_on=False, zorder=4)


def _number(text: str) -> float | None:
    """Return a published figure, None where it is nought or none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value or None


def _key(figure: Figure) -> None:
    marks: list[Line2D | Patch] = [
        Line2D([], [], marker="o", ls="none", color=one) for one in COLOURS.values()
    ]
    marks.append(Line2D([], [], marker="o", ls="none", mfc=style.PAPER, mec=style.INK, mew=1.5))
    marks.append(Patch(color=style.GREEN, alpha=0.18))
    words = [*_WORDS.values(), "used in calibration", "published range"]
    style.key(figure, marks, words, (0.01, 0.0))
