"""What the page says of the choice of method: which one finds truths that are known."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import drawing
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray
from page import number, percent, table
from scipy.stats import norm

from ipsim.report import style
from ipsim.report.calibration.sentences import rows_of
from ipsim.study.calibration.assessment import NARROWED
from ipsim.study.calibration.trial import EMULATED

Floats = NDArray[np.float64]

_NEAR = 0.05
"""How far coverage may lie from what it should be."""

_TRUE_NOTE = "parameters that emulation narrows, prior standard deviations"


def values_of(folder: Path, pictures: Path) -> dict[str, Any]:
    """Return what the page says, and draw its figure."""
    methods = pd.read_csv(folder / "methods.csv")
    found = pd.read_csv(folder / "recovery.csv")
    drawing.save(partial(draw, found), pictures / "recovery.png")
    told = {(row["method"], row["over"]): row for row in rows_of(methods)}
    mine, every = told[EMULATED, "narrowed"], told[EMULATED, "all"]
    error = "root_mean_square_error"
    others = [
        (name, row[error]) for (name, over), row in told.items() if over == "narrowed" and name != EMULATED
    ]
    return {
        "table": _table(told),
        "truths": int(every["truths"]),
        "parameters": int(every["parameters"]),
        "narrowed": int(mine["parameters"]),
        "coverage": float(mine["coverage_90"]),
        "coverage_all": float(every["coverage_90"]),
        "bias": float(mine["bias"]),
        "error": float(mine[error]),
        "others": others,
        "is_best": all(mine[error] <= one for _, one in others),
        "is_covering": bool(abs(mine["coverage_90"] - 0.9) <= _NEAR),
    }


def _table(told: dict[tuple[str, str], dict[str, Any]]) -> str:
    heads = ["Method", "Bias", "RMSE", "Coverage of 90 %", "Width of 90 %", "RMSE, all", "Coverage, all"]
    heads += ["Width, all"]
    rows: list[list[str]] = []
    for name in dict.fromkeys(name for name, _ in told):
        own, every = told[name, "narrowed"], told[name, "all"]
        rows.append(
            [
                f"**{name}**" if name == EMULATED else name,
                number(own["bias"], 2),
                number(own["root_mean_square_error"], 3),
                percent(own["coverage_90"]),
                number(own["mean_width_90"], 2),
                number(every["root_mean_square_error"], 3),
                percent(every["coverage_90"]),
                number(every["mean_width_90"], 2),
            ]
        )
    return table(heads, rows)


def narrowed(found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the parameters that emulation narrows, of all methods."""
    mean = found[found["method"] == EMULATED].groupby("parameter")["contraction"].mean()
    return found[found["parameter"].isin(mean.index[mean >= NARROWED])]


def coverage(found: pd.DataFrame, levels: Floats) -> Floats:
    """Return how often intervals of each level hold the truth, if posteriors are normal in the score."""
    spread = np.sqrt(np.maximum(1 - found["contraction"].to_numpy(), 1e-12))
    off = np.abs((found["true"] - found["mean"]).to_numpy()) / spread
    return np.array([np.mean(off <= norm.ppf(0.5 + level / 2)) for level in levels])


def draw(found: pd.DataFrame) -> Figure:
    """Draw the truth against the posterior mean of the chosen method, and coverage of all methods."""
    figure, (left, right) = drawing.grid(1, 2, (8.6, 3.7), key=0.3)
    sharp = narrowed(found)
    mine = sharp[sharp["method"] == EMULATED]
    drawing.plain(left, "Truth and posterior mean", _TRUE_NOTE)
    left.axline((0, 0), slope=1, color=style.MUTED, linewidth=1)
    left.plot(mine["mean"], mine["true"], "o", ms=3, mec="none", color=style.BLUE, alpha=0.45)
    drawing.below(left, "posterior mean")
    drawing.plain(right, "Coverage", "share of truths inside, %")
    right.axline((0, 0), slope=1, color=style.MUTED, linewidth=1)
    levels = np.linspace(0.05, 0.95, 19)
    methods = list(dict.fromkeys(found["method"]))
    for name, colour in zip(methods, style.COLOURS, strict=False):
        rows = sharp[sharp["method"] == name]
        if len(rows):
            right.plot(100 * levels, 100 * coverage(rows, levels), color=colour, linewidth=1.9)
    right.set_xlim(0, 100)
    right.set_ylim(0, 100)
    drawing.below(right, "nominal level, %")
    drawing.key(figure, list(zip(methods, style.COLOURS, strict=False)), 3)
    return figure
