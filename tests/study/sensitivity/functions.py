"""Functions whose indices are known, over the unit cube, and studies that sample them."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipsim.study.plan import Study, read_study

Floats = NDArray[np.float64]
KEYS = (
    "blocking",
    "copy_damage",
    "leak_hazard",
    "visibility",
    "sales_deviation",
    "margin",
    "learning_growth",
)


def study_of(folder: Path, dimensions: int, design: str, seed: int = 1, more: str = "") -> Study:
    """Return a study with so many factors, which runs through the reading of study files."""
    lines = "".join(f"  assumptions.{key}: range\n" for key in KEYS[:dimensions])
    text = f"scenario: jinhua\nfactors:\n{lines}design: {{{design}}}\nseed: {seed}\n{more}"
    file = folder / "study.yaml"
    file.write_text(text, encoding="utf-8")
    return read_study(file)


def places(study: Study) -> Floats:
    """Return the points of a study in the unit cube."""
    return np.array([point.unit for point in study.points()])


def ishigami(unit: Floats) -> Floats:
    """Return the function of Ishigami and Homma (1990) with a = 7, b = 0.1."""
    x = np.pi * (2 * unit - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def _ishigami_indices() -> tuple[Floats, Floats]:
    a, b = 7.0, 0.1
    first = 0.5 * (1 + b * np.pi**4 / 5) ** 2
    both = b**2 * np.pi**8 * (1 / 18 - 1 / 50)
    whole = first + a**2 / 8 + both
    return np.array([first, a**2 / 8, 0.0]) / whole, np.array([first + both, a**2 / 8, both]) / whole


ISHIGAMI_S1, ISHIGAMI_ST = _ishigami_indices()

G_WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0])


def g_function(unit: Floats) -> Floats:
    """Return Sobol's G function with `G_WEIGHTS`."""
    return np.prod((np.abs(4 * unit - 2) + G_WEIGHTS) / (1 + G_WEIGHTS), axis=1)


def _g_indices() -> tuple[Floats, Floats]:
    own = 1 / (3 * (1 + G_WEIGHTS) ** 2)
    whole = np.prod(1 + own) - 1
    others = np.array([np.prod(np.delete(1 + own, place)) for place in range(len(own))])
    return own / whole, own * others / whole


G_S1, G_ST = _g_indices()
