"""The bandwidth of a regression discontinuity with the least expected error."""

from __future__ import annotations

import numpy as np

from ipsim.study.natural.estimators.estimation import Floats

TRIANGULAR = 3.4375
"""Constant of the triangular kernel at a boundary (their section 3.1)."""

_FLAT = 0.01


def imbens_kalyanaraman(distance: Floats, outcome: Floats) -> float:
    """Return the bandwidth of Imbens and Kalyanaraman (2012, section 4.2) for a sharp design.

    Both variables are scaled by their standard deviation first, so that the guard against a third
    derivative of nought means the same in every unit.

    Parameters
    ----------
    distance
        Running variable less the cut-off; shape (N,).
    outcome
        Outcome; shape (N,).

    Raises
    ------
    ValueError
        If running variable or outcome never moves.
    """
    spread, height = float(np.std(distance, ddof=1)), float(np.std(outcome, ddof=1))
    if spread == 0 or height == 0:
        raise ValueError("bandwidth: the outcome never moves, so that none is best; give a number")
    x, y = distance / spread, outcome / height
    n = len(x)
    pilot = 1.84 * n ** (-1 / 5)
    below, above = (x < 0) & (x > -pilot), (x >= 0) & (x < pilot)
    density = (below.sum() + above.sum()) / (2 * n * pilot)
    if min(below.sum(), above.sum()) < 3:
        raise ValueError("bandwidth: too few units near the cut-off; give a number")
    variance = (float(np.var(y[below], ddof=1)), float(np.var(y[above], ddof=1)))
    third = _third_derivative(x, y)
    curvatures: list[float] = []
    doubts: list[float] = []
    for side, own in zip((x < 0, x >= 0), variance, strict=True):
        width = 3.56 * (own / (density * max(third**2, _FLAT))) ** (1 / 7) * side.sum() ** (-1 / 7)
        curvature, used = _curvature(x[side], y[side], width)
        curvatures.append(curvature)
        doubts.append(2160 * own / (used * width**4))
    bend = (curvatures[1] - curvatures[0]) ** 2 + sum(doubts)
    best = TRIANGULAR * (sum(variance) / (density * bend)) ** (1 / 5) * n ** (-1 / 5)
    return float(best * spread)


def _third_derivative(x: Floats, y: Floats) -> float:
    """Return the third derivative of one cubic with a jump."""
    design = np.column_stack([np.ones_like(x), x >= 0, x, x**2, x**3])
    return 6 * float(np.linalg.lstsq(design, y, rcond=None)[0][4])


def _curvature(x: Floats, y: Floats, width: float) -> tuple[float, int]:
    """Return the second derivative at the cut-off of one side, and how many units tell it.

    The nearest ten units are taken where the width holds fewer.
    """
    width = max(width, float(np.sort(np.abs(x))[min(9, len(x) - 1)]))
    near = np.abs(x) <= width
    design = np.column_stack([np.ones(int(near.sum())), x[near], x[near] ** 2])
    return 2 * float(np.linalg.lstsq(design, y[near], rcond=None)[0][2]), int(near.sum())
