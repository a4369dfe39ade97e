"""Experiments as files, and a simulation whose effects are known to the last digit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from ipsim.study.natural.experiment import Experiment
from ipsim.study.natural.reading import read_experiment
from ipsim.study.simulations import Progress

PLAIN: dict[str, Any] = {
    "name": {"en": "Stronger protection", "zh": "加强保护"},
    "effect": "E52",
    "design": "half of the cities",
    "cities": {"number": 12, "seed": 3, "enterprises": [50, 60]},
    "treatment": {
        "share": 0.5,
        "dates": [2018, 2019],
        "changes": {"policy.protection.strength": {"add": 0.2}},
        "dose": "as an example",
    },
    "outcome": "invention_applications",
    "measure": {"log": True, "percent": True},
    "window": [2016, 2021],
    "estimators": ["twfe", "imputation"],
    "published": {"sign": "+", "unit": "%", "why": "the sign alone is given"},
    "used_in_calibration": False,
}


def written(folder: Path, **changes: Any) -> Path:
    """Write the plain experiment with other sections; None takes one away."""
    content = {key: value for key, value in {**PLAIN, **changes}.items() if value is not None}
    path = folder / "plain.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def experiment(folder: Path, **changes: Any) -> Experiment:
    return read_experiment(written(folder, **changes))


class Record:
    def __init__(self, indicators: dict[tuple[int, str], float]) -> None:
        self.indicators = indicators
        self.accounts: dict[str, dict[str, Any]] = {"money": {"relative_error": 0.0, "ok": True}}
        self.chain: list[dict[str, Any]] = []


class Exact:
    """Files 100 times a city's size, a trend that all share, and e to the protection above 0.5."""

    gain = 1.0

    def __init__(self, scenario: Any, *, seed: int, scale: float | None) -> None:
        self.scenario, self.seed = scenario, seed

    def run(self, progress: Progress | None = None) -> Record:
        from math import exp

        strength = self.scenario.path("policy.protection.strength")
        size = 100.0 + self.seed % 1000
        figures: dict[tuple[int, str], float] = {}
        for place, year in enumerate(range(2016, self.scenario.end_year + 1)):
            change = strength[4 * place] - strength[0]
            figures[year, "invention_applications"] = size * 1.05**place * exp(self.gain * change)
            figures[year, "enterprises"] = size
        if progress:
            progress(self.scenario.quarters, self.scenario.quarters)
        return Record(figures)


class Deaf(Exact):
    """Answers to nothing."""

    gain = 0.0
