"""A town whose best policies are known: two levers that pay, one that only costs, and some luck."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ipsim.scenario import Scenario
from ipsim.study.plan import Point, Study, read_study
from ipsim.study.search import SearchResult, read_search, search

AWARD = "policy.subsidies.high_value"
STRENGTH = "policy.protection.strength"
WASTE = "policy.subsidies.filing.design"

TEXT = """\
scenario: jinhua
factors:
  policy.subsidies.high_value: {low: 0, high: 20000}
  policy.protection.strength: {low: 0, high: 1}
  policy.subsidies.filing.design: {low: 0, high: 1000}
design: {kind: search}
keep: {years: [2030]}
seed: 3
search:
  maximise: [pattern_2030, quality_weighted_patents]
  budget: 150
  over: {assumptions.blocking: range}
  worlds: 3
  final_worlds: 2
  check_worlds: 4
  population: 8
  generations: 5
  random: 20
"""

BIG = TEXT.replace("generations: 5", "generations: 8").replace("population: 8", "population: 12")


def figures(scenario: Scenario, seed: int) -> dict[str, float]:
    """Awards raise the pattern, protection quality, filing subsidies nothing; all cost, awards most."""
    award, strength, waste = (float(scenario.path(key)[-1]) for key in (AWARD, STRENGTH, WASTE))
    luck = math.sin(12.9898 * seed) + 10 * scenario.assumptions["blocking"]
    return {
        "pattern_2030": 50 + 30 * (1 - math.exp(-award / 8000)) - 5 * strength + luck,
        "quality_weighted_patents": 1000 + 500 * strength - award / 100 + 10 * luck,
        "public_spending": 20 + award / 100 + 60 * strength + waste / 10 + 0.5 * luck,
    }


class Town:
    """The town as a simulation."""

    def __init__(self, scenario: Scenario, *, seed: int, scale: float | None) -> None:
        self.scenario, self.seed = scenario, seed

    def run(self, progress: Any = None) -> Any:
        self.accounts, self.chain = {"money": {"relative_error": 0.0, "ok": True}}, []
        self.indicators = {(2030, name): value for name, value in figures(self.scenario, self.seed).items()}
        return self


class Unlucky(Town):
    """Fails in one of the worlds."""

    def run(self, progress: Any = None) -> Any:
        if self.seed == 4 and float(self.scenario.path(STRENGTH)[-1]) > 0.5:
            raise RuntimeError("the ledger was full")
        return super().run(progress)


def study_of(folder: Path, text: str = TEXT, name: str = "town") -> Study:
    """Return the study of a text."""
    file = folder / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    return read_study(file)


def runs_of(study: Study) -> Callable[[Sequence[Point]], NDArray[np.float64]]:
    """Return what runs points here and now."""
    settings = read_search(study)
    names = [outcome.indicator for outcome in settings.outcomes]

    def runs(points: Sequence[Point]) -> NDArray[np.float64]:
        rows = []
        for point in points:
            scenario = study.scenario.replace(point.changes) if point.changes else study.scenario
            found = [figures(scenario, seed) for seed in point.seeds]
            rows.append([float(np.mean([one[name] for one in found])) for name in names])
        return np.array(rows)

    return runs


def searched(study: Study) -> SearchResult:
    """Return the result of a search in the town."""
    return search(study, read_search(study), runs_of(study))
