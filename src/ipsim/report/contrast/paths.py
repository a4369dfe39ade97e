"""The figure of paths: base and alternatives over the years, and beside it what differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ipsim.indicators.catalogue import INDICATORS, Indicator
from ipsim.report import style
from ipsim.report.measured import Measured
from ipsim.report.numbers import factor, unit_of
from ipsim.report.phrases import phrase

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ipsim.study import Comparison

NAME = "paths"
SHOWN = (
    "quality_weighted_patents",
    "high_value_inventions",
    "revenue",
    "patent_pledge_amount",
    "public_spending",
    "pattern_2030",
)
"""The yearly indicators behind the headline numbers, the price of a patent and the pattern."""

_DASHES: tuple[tuple[float, ...] | None, ...] = (None, (5, 1.6), (1.4, 1.3), (6, 1.5, 1.4, 1.5))
_ROW, _TOP, _BOTTOM = 1.8, 0.35, 0.05
_TITLE, _TICKS = 0.62, 0.3
"""Inches over a panel for its title and unit, and below it for the years."""

_LEFT, _RIGHT, _WIDTH = 0.075, 0.575, 0.38
_LIGHT = 0.15


class Look(NamedTuple):
    """How a scenario is drawn: its colour, and dashes for those who do not see colours."""

    colour: str
    dashes: tuple[float, ...] | None


def looks(comparison: Comparison) -> dict[str, Look]:
    """Return how each scenario is drawn; the base in grey."""
    found = {comparison.base_name: Look(style.MUTED, None)}
    for place, name in enumerate(comparison.alternatives):
        dashes = _DASHES[(place + 1) % len(_DASHES)] if len(comparison.alternatives) > 1 else None
        found[name] = Look(style.COLOURS[place % len(style.COLOURS)], dashes)
    return found


def draw(comparison: Comparison, titles: Mapping[str, str], lang: str) -> Figure | None:
    """Draw a row for each indicator: the paths on the left, the differences on the right.

    None where none of the indicators was measured in more than one year.
    """
    measured = {name: Measured(result.indicators) for name, result in comparison.results.items()}
    base = measured[comparison.base_name]
    there = [name for name in SHOWN if base.has(name)]
    if not there or len(base.years) < 2:
        return None
    height = _TOP + _ROW * len(there) + _BOTTOM
    figure = style.canvas((style.INCHES[0], height))
    panels = _Panels(comparison, measured, looks(comparison), lang)
    for place, name in enumerate(there):
        bottom = 1 - (_TOP + _ROW * (place + 1) - _TICKS) / height
        for left, fill in ((_LEFT, panels.levels), (_RIGHT, panels.differences)):
            fill(figure.add_axes((left, bottom, _WIDTH, (_ROW - _TICKS - _TITLE) / height)), INDICATORS[name])
    key(figure, titles, panels.drawn)
    return figure


class _Panels(NamedTuple):
    """What the panels of all indicators are drawn from."""

    comparison: Comparison
    measured: Mapping[str, Measured]
    drawn: Mapping[str, Look]
    lang: str

    @property
    def years(self) -> np.ndarray:
        return self.measured[self.comparison.base_name].years

    def levels(self, axes: Axes, known: Indicator) -> None:
        """Draw the median of each scenario with the range that holds 90 % of its runs."""
        rate = factor(known.unit, self.lang)
        _prepared(axes, self.years, known.words.of(self.lang), unit_of(known, self.lang))
        for name, one in self.measured.items():
            if one.has(known.name):
                low, mid, high = (part * rate for part in one.ranges(known.name))
                _path(axes, self.years, mid, (low, high) if one.several else None, self.drawn[name])
        low, high = axes.get_ylim()
        axes.set_ylim(min(0.0, low), high if high > 0 else 1.0)

    def differences(self, axes: Axes, known: Indicator) -> None:
        """Draw the mean paired difference of each alternative with its 90 % interval."""
        rate = factor(known.unit, self.lang)
        _prepared(axes, self.years, phrase("contrast.path_difference", self.lang), unit_of(known, self.lang))
        axes.axhline(0, color=self.drawn[self.comparison.base_name].colour, linewidth=1.3)
        effects = self.comparison.effects
        effects = effects[effects["indicator"] == known.name]
        for name in self.comparison.alternatives:
            rows = effects[effects["alternative"] == name].set_index("year").reindex(self.years)
            mean, low, high = (
                rows[key].to_numpy(dtype=np.float64) * rate for key in ("difference", "low", "high")
            )
            sure = None if np.isnan(low).all() else (low, high)
            _path(axes, self.years, mean, sure, self.drawn[name])


def _prepared(axes: Axes, years: np.ndarray, title: str, unit: str) -> None:
    style.titled(axes, title, unit)
    style.yearly(axes, int(years[0]), int(years[-1]), "")


def _path(
    axes: Axes, years: np.ndarray, middle: np.ndarray, band: tuple[np.ndarray, np.ndarray] | None, look: Look
) -> None:
    if band is not None:
        axes.fill_between(years, *band, color=look.colour, alpha=_LIGHT, linewidth=0)
    (line,) = axes.plot(years, middle, color=look.colour, linewidth=1.8, solid_capstyle="round")
    if look.dashes:
        line.set_dashes(look.dashes)


def key(figure: Figure, titles: Mapping[str, str], drawn: Mapping[str, Look]) -> None:
    """Draw the key of a figure above its panels: how each scenario is drawn."""
    handles: list[Line2D] = []
    for look in drawn.values():
        handle = Line2D([], [], color=look.colour, linewidth=1.8)
        if look.dashes:
            handle.set_dashes(look.dashes)
        handles.append(handle)
    words = [titles[name] for name in drawn]
    columns = min(len(drawn), 3)
    style.key(figure, handles, words, (0.005, 1.0), loc="upper left", ncols=columns, handlelength=2.6)
