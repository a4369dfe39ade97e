"""A simulation that is quick: figures that hang on the policy and on the seed, and on nothing else."""

import hashlib
from types import SimpleNamespace
from typing import Any

import numpy as np

from ipsim.indicators.catalogue import INDICATORS, SPENDING
from ipsim.scenario import Scenario
from ipsim.study.simulations import Progress

SPENT = "public_spending.subsidies.research"


class Sketch:
    """Grows from year to year by what its scenario's hash says, and a little by luck."""

    def __init__(self, scenario: Scenario, *, seed: int, scale: float | None) -> None:
        del scale
        self.scenario, self.seed = scenario, seed

    def run(self, progress: Progress | None = None) -> Any:
        """Return positive figures of all indicators; equal seeds bring equal luck."""
        del progress
        policy = int(hashlib.sha256(self.scenario.text.encode()).hexdigest()[:8], 16) / 2**32
        luck = np.random.default_rng(self.seed)
        years = range(self.scenario.start_year, self.scenario.end_year + 1)
        values: dict[tuple[int, str], float] = {}
        for place, name in enumerate([*INDICATORS, SPENT]):
            for year in years:
                rise = policy * (1 + place % 7) if year > 2016 else 0.0
                size = 50 if name == SPENDING else 1
                values[year, name] = size * (100.0 + 10 * rise + luck.normal())
        accounts = {"money": {"relative_error": 0.0, "ok": True}}
        return SimpleNamespace(indicators=values, accounts=accounts, chain=[])
