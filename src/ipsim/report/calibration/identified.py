"""The figure of identifiability: where parameters were thought to lie, and where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter

from ipsim.report import style
from ipsim.report.calibration.fitted import THICK, THIN, keyed, rowed
from ipsim.report.phrases import phrase


def draw(rows: Sequence[dict[str, Any]], labels: Sequence[str], title: str, lang: str) -> Figure:
    """Draw parameters, a row each, in the order that is given.

    Parameters
    ----------
    rows
        Of the table of identifiability.
    labels
        What each parameter is.
    title
        Stands over the figure.
    lang
        ``en`` or ``zh``.
    """
    figure, axes = rowed(labels, title)
    axes.set_xlim(0, 100)
    axes.xaxis.set_major_locator(FixedLocator([0, 25, 50, 75, 100]))
    axes.xaxis.set_major_formatter(FuncFormatter(style.short))
    for place, row in enumerate(rows):
        for part, thick, shade in (("prior", THICK, style.GRID), ("posterior", THIN, style.BLUE)):
            low, high = (100 * place_in_range(row, float(row[f"{part}_{end}"])) for end in ("low", "high"))
            axes.barh(place, high - low, thick, left=low, color=shade, linewidth=0, zorder=2)
        middle = 100 * place_in_range(row, float(row["posterior_median"]))
        axes.plot([middle] * 2, [place - 0.24, place + 0.24], color=style.INK, linewidth=2, zorder=3)
        best = 100 * place_in_range(row, float(row["central"]))
        axes.plot(best, place, "D", ms=5, mfc=style.PAPER, mec=style.INK, zorder=4, clip_on=False)
    axes.set_xlabel(phrase("calibration.axis_ident", lang), color=style.MUTED, fontsize=style.SMALL)
    diamond = Line2D([], [], marker="D", ls="none", ms=5, mfc=style.PAPER, mec=style.INK)
    key = [
        (Patch(color=style.GRID), "prior"),
        (Patch(color=style.BLUE), "posterior"),
        (diamond, "central"),
    ]
    keyed(figure, key, lang)
    return figure


def place_in_range(row: dict[str, Any], value: float) -> float:
    """Return where a value lies between the ends of a parameter's range, 0 to 1."""
    low, high = float(row["low"]), float(row["high"])
    if bool(row["logarithmic"]):
        low, high, value = np.log(low), np.log(high), np.log(value)
    return float(np.clip((value - low) / (high - low), 0.0, 1.0))
