"""The figure of assumptions: each headline difference with assumptions at the ends of their ranges."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from ipsim.report import style
from ipsim.report.contrast.numbers import known, over_unit
from ipsim.report.contrast.paths import Look, key, looks
from ipsim.report.numbers import factor
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.study.comparison.headline import HEADLINE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ipsim.study import Comparison
    from ipsim.study.comparison.turning import Moved, Turning

NAME = "turning"
MOST = 12
"""Assumptions drawn: those that move the differences most."""

_SPREAD = 0.56
_LINE = 0.3
_LETTERS = {"en": 40, "zh": 19}
_LABELS, _WIDTH, _GAP = 0.315, 0.31, 0.045


def draw(comparison: Comparison, turning: Turning, titles: Mapping[str, str], lang: str) -> Figure | None:
    """Draw a panel for each headline number; None where none was measured."""
    there = [name for name in HEADLINE if any(name in one for one in comparison.differences.values())]
    keys = _largest(comparison, turning, there)
    if not there or not keys:
        return None
    drawn = looks(comparison)
    rows = -(-len(there) // 2)
    panel = max(len(keys) * _LINE * max(1.0, 0.55 * len(comparison.alternatives)), 1.2)
    height = 0.4 + rows * (panel + 1.0)
    figure = style.canvas((style.INCHES[0], height))
    for place, name in enumerate(there):
        row, column = divmod(place, 2)
        bottom = 1 - (0.4 + row * (panel + 1.0) + 0.6 + panel) / height
        left = _LABELS + column * (_WIDTH + _GAP)
        axes = figure.add_axes((left, bottom, _WIDTH, panel / height))
        _panel(axes, comparison, turning, name, keys, drawn, lang)
        axes.set_yticklabels([_label(one, lang) if column == 0 else "" for one in keys])
    key(figure, titles, {name: look for name, look in drawn.items() if name != comparison.base_name})
    return figure


def _largest(comparison: Comparison, turning: Turning, numbers: Sequence[str]) -> list[str]:
    """Return the assumptions that move any headline difference most, against the others."""
    moves = dict.fromkeys(turning.assumptions, 0.0)
    for number in numbers:
        shift = {key: _shift(comparison, turning, number, key) for key in moves}
        largest = max(shift.values(), default=0.0)
        if largest > 0:
            moves = {key: max(move, shift[key] / largest) for key, move in moves.items()}
    return sorted(moves, key=lambda one: -moves[one])[:MOST]


def _shift(comparison: Comparison, turning: Turning, number: str, key: str) -> float:
    found = [
        abs(end.mean - middle.mean)
        for one in turning.moved
        if one.assumption == key
        for name in comparison.alternatives
        if (end := one.between(comparison.base_name, name, number))
        and (middle := turning.as_assumed.between(comparison.base_name, name, number))
    ]
    return max(found, default=0.0)


def _panel(
    axes: Axes,
    comparison: Comparison,
    turning: Turning,
    number: str,
    keys: Sequence[str],
    drawn: Mapping[str, Look],
    lang: str,
) -> None:
    kind = known(number, comparison)
    style.bare(axes)
    style.titled(axes, kind.words.of(lang), over_unit(number, comparison, lang))
    axes.grid(axis="x", color=style.GRID, linewidth=0.7)
    axes.axvline(0, color=style.MUTED, linewidth=1.3)
    count = len(comparison.alternatives)
    for place, name in enumerate(comparison.alternatives):
        shift = _SPREAD * (place - (count - 1) / 2) / count
        middle = turning.as_assumed.between(comparison.base_name, name, number)
        if middle is None:
            continue
        rate, colour = factor(kind.unit, lang), drawn[name].colour
        axes.axvline(rate * middle.mean, color=colour, linewidth=1, dashes=drawn[name].dashes or (2, 2))
        for one in turning.moved:
            if one.assumption in keys:
                _end(
                    axes,
                    one,
                    (comparison.base_name, name, number),
                    keys.index(one.assumption) + shift,
                    rate,
                    colour,
                )
    axes.set_ylim(len(keys) - 0.4, -0.6)
    axes.yaxis.set_major_locator(FixedLocator(range(len(keys))))
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(FuncFormatter(style.short))


def _end(axes: Axes, one: Moved, between: tuple[str, str, str], row: float, rate: float, colour: str) -> None:
    found = one.between(*between)
    if found is None:
        return
    if not math.isnan(found.low):
        axes.plot([rate * found.low, rate * found.high], [row, row], color=colour, linewidth=1.2, alpha=0.45)
    face = style.PAPER if one.end == "low" else colour
    axes.plot(
        [rate * found.mean], [row], marker="o", markersize=5.2, markerfacecolor=face, markeredgecolor=colour
    )


def _label(key: str, lang: str) -> str:
    """Return what an assumption is, on two lines at most."""
    text = ASSUMPTIONS[key].meaning.of(lang)
    lines = textwrap.wrap(text, _LETTERS[lang])
    return "\n".join(lines[:2]) + ("…" if len(lines) > 2 else "")
