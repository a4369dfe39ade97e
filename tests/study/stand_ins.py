"""A scenario and simulations that are quick, and known to the last digit."""

import os
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

from ipsim.scenario import Scenario
from ipsim.scenario.calibrated import UNCALIBRATED
from ipsim.scenario.words import Words
from ipsim.study.simulations import Progress


@dataclass
class PlainScenario:
    name: str = "plain"
    filings: float = 100.0
    quarters: int = 8
    start_year: int = 2016
    end_year: int = 2017
    text: str = "city: plain\n"
    hash: str = "0" * 64
    title: Words = field(default_factory=lambda: Words("Plain", "平"))
    ensemble: Any = UNCALIBRATED
    member: int | None = None
    drawn_keys: tuple[str, ...] = ()
    city: Any = field(default_factory=lambda: SimpleNamespace(key="plain", default_scale=0.25, industries=()))


def plain(name: str = "plain", filings: float = 100.0) -> Scenario:
    return cast(Scenario, PlainScenario(name, filings))


@dataclass
class Record:
    indicators: dict[tuple[int, str], float]
    accounts: dict[str, dict[str, Any]]
    chain: list[dict[str, Any]]


class Steady:
    """Files what the scenario says, plus the seed."""

    ok = True

    def __init__(self, scenario: Any, *, seed: int, scale: float | None) -> None:
        self.scenario, self.seed = scenario, seed

    def run(self, progress: Progress | None = None) -> Record:
        quarters = self.scenario.quarters
        for quarter in range(1, quarters + 1):
            if progress:
                progress(quarter, quarters)
        values = {
            (year, name): self.scenario.filings + self.seed
            for year in range(self.scenario.start_year, self.scenario.end_year + 1)
            for name in ("invention_applications", "public_spending.subsidies.research")
        }
        row = {"industry": "toys", "stage": "brand", "enterprises": float(self.seed)}
        return Record(values, {"money": {"relative_error": 1e-12 * self.seed, "ok": self.ok}}, [row])


class Leaky(Steady):
    """Loses money with seed 3."""

    def __init__(self, scenario: Any, *, seed: int, scale: float | None) -> None:
        super().__init__(scenario, seed=seed, scale=scale)
        self.ok = seed != 3


class Killed(Steady):
    """Takes its process with it."""

    def run(self, progress: Progress | None = None) -> Record:
        os._exit(9)


class Interrupted(Steady):
    """Somebody presses Ctrl-C."""

    def run(self, progress: Progress | None = None) -> Record:
        raise KeyboardInterrupt


class Failing(Steady):
    """Gives up."""

    def run(self, progress: Progress | None = None) -> Record:
        raise RuntimeError("the ledger was full")


class Cut(Steady):
    """Files what the other policy says where filing is cut."""

    def __init__(self, scenario: Any, *, cut: Any = (), cut_policy: Any = None, **numbers: Any) -> None:
        super().__init__(cut_policy if "filing" in cut else scenario, **numbers)
