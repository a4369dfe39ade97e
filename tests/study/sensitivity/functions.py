"""Functions whose indices are known, over the unit cube, and studies that sample them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ipsim.scenario import Scenario
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.study.plan import Study, read_study
from ipsim.study.simulations import Progress

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


@dataclass
class Record:
    """What a run leaves behind."""

    indicators: dict[tuple[int, str], float]
    accounts: dict[str, dict[str, Any]]
    chain: list[dict[str, Any]]


class IshigamiCity:
    """A simulation whose pattern is Ishigami's function of three assumptions, with some luck for patents."""

    fails_above = 1.0

    def __init__(self, scenario: Scenario, *, seed: int, scale: float | None) -> None:
        self.scenario, self.seed = scenario, seed

    def run(self, progress: Progress | None = None) -> Record:
        """Return the pattern, the same at each seed, and patents and a figure that never moves."""
        ranges = [ASSUMPTIONS[key] for key in KEYS[:3]]
        unit = np.array(
            [(self.scenario.assumptions[one.key] - one.low) / (one.high - one.low) for one in ranges]
        )
        if unit[0] > self.fails_above:
            raise RuntimeError("too much blocking")
        pattern = float(ishigami(unit[None])[0])
        luck = float(np.random.default_rng(self.seed).normal())
        values = {"pattern_2030": pattern, "invention_grants": pattern + luck, "enterprises": 7.0}
        return Record({(2030, name): value for name, value in values.items()}, {}, [])


class FailingCity(IshigamiCity):
    """Gives up where the first assumption is high."""

    fails_above = 0.97


OUTCOMES = "outcomes: [pattern_2030, invention_grants, enterprises]\n"


def played(study: Study, noise: float = 0.0) -> pd.DataFrame:
    """Return the outcomes of a study of `ishigami` without running it, as a study folder gives them."""
    values = ishigami(np.array([_unit(study, point.values) for point in study.points()]))
    draws = np.random.default_rng(3)
    parts: list[pd.DataFrame] = []
    for replicate in range(1, study.replicates + 1):
        part = pd.DataFrame({"point": np.arange(len(values)), "replicate": replicate})
        part["pattern_2030"] = values + noise * draws.normal(size=len(values))
        part["invention_grants"] = values + draws.normal() + draws.normal(size=len(values))
        part["enterprises"] = 7.0
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _unit(study: Study, values: Mapping[str, object]) -> list[float]:
    """Return the place of a point in the unit cube, in the middle where a factor is left as it is."""
    found: list[float] = []
    for factor in study.factors:
        value = values.get(factor.name, (factor.low + factor.high) / 2)
        found.append((float(str(value)) - factor.low) / (factor.high - factor.low))
    return found
