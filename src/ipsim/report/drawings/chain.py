"""The industry chain: enterprises and inventions of each industry at each stage."""

from __future__ import annotations

from textwrap import fill
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ipsim.report import style
from ipsim.report.drawings.source import Source
from ipsim.report.phrases import term

NAME = "chain"
_WIDE = 26
"""Letters of an industry's name that fit on a line."""
STAGES = ("materials", "components", "products", "brand")
_SCALE = LinearSegmentedColormap.from_list("chain", ["#eef3f7", "#8dbbdc", "#0b6fb0", "#083f66"])


def draw(source: Source) -> Figure:
    """Draw two tables of colour: enterprises, and inventions in force, at the end of the run."""
    industries = _industries(source)
    height = 1.35 + 0.36 * max(len(industries), 1)
    figure = style.canvas((8.6, height))
    bottom, tall = 0.42 / height, 1 - 1.25 / height
    for place, (column, title, unit) in enumerate(
        (
            ("enterprises", "chain_firms", "unit_firms"),
            ("inventions", "chain_inventions", "unit_patents"),
        )
    ):
        axes = figure.add_axes((0.235 + 0.39 * place, bottom, 0.36, tall))
        _table(axes, source, column, industries, names=place == 0)
        style.note(axes, source.say(title), (0, 1), (0, 36), fontsize=11.5, color=style.INK)
        style.note(axes, source.say(unit), (0, 1), (0, 22))
    figure.text(0.235, 0.1 / height, source.say("chain_note"), fontsize=style.SMALL, color=style.MUTED)
    return figure


def _industries(source: Source) -> list[str]:
    """Return the industry keys in the order of the profile."""
    chain = source.result.chain
    there = list(dict.fromkeys(str(key) for key in chain["industry"])) if len(chain) else []
    order = [str(one.key) for one in source.result.scenario.city.industries]
    return [key for key in order if key in there] + [key for key in there if key not in order]


def _values(chain: Any, column: str, industries: list[str]) -> NDArray[np.float64]:
    """Return industries x stages, the mean over replicates."""
    replicates = chain["replicate"].nunique() if "replicate" in chain else 1
    table = np.zeros((len(industries), len(STAGES)))
    for industry, stage, value in zip(chain["industry"], chain["stage"], chain[column], strict=True):
        if str(stage) in STAGES:
            table[industries.index(str(industry)), STAGES.index(str(stage))] += float(value)
    return table / max(replicates, 1)


def _table(axes: Axes, source: Source, column: str, industries: list[str], *, names: bool) -> None:
    axes.set_axis_off()
    axes.set_xlim(0, len(STAGES))
    axes.set_ylim(max(len(industries), 1), 0)
    if not industries:
        style.note(axes, source.say("nothing"), (0.5, 0.5), (0, 0), ha="center")
        return
    values = _values(source.result.chain, column, industries)
    share = values / max(float(values.max()), 1e-9)
    axes.pcolormesh(
        np.arange(len(STAGES) + 1), np.arange(len(industries) + 1), share**0.6,
        cmap=_SCALE, vmin=0, vmax=1, edgecolors=style.PAPER, linewidth=1.5,
    )  # fmt: skip
    for row, industry in enumerate(industries):
        if names:
            axes.text(-0.08, row + 0.5, fill(source.industry(industry), _WIDE), ha="right", va="center",
                      fontsize=9.5, color=style.INK)  # fmt: skip
        for stage in range(len(STAGES)):
            dark = share[row, stage] ** 0.6 > 0.5
            axes.text(stage + 0.5, row + 0.52, style.short(round(values[row, stage])), ha="center",
                      va="center", fontsize=9, color="#ffffff" if dark else "#1b2025")  # fmt: skip
    for stage, key in enumerate(STAGES):
        axes.text(stage + 0.5, -0.12, term(f"stage_{key}", source.lang), ha="center", va="bottom",
                  fontsize=9, color=style.MUTED)  # fmt: skip
