"""Simulations of which every part of every effect is known."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from ipsim.scenario import Scenario
from tests.study.stand_ins import Record

RESEARCH = "policy.subsidies.research"
AWARD = "policy.subsidies.high_value"
AGENCIES = "policy.quality.agency_supervision"
FUND = "policy.utilisation.pledge_fund.capital"


@dataclass
class Known:
    """Patents follow research and awards, each as its mechanism sees it, and both together.

    Agencies do nothing; what the fund costs is paid whatever anyone sees; the seed is luck.
    """

    scenario: Scenario
    seed: int
    scale: float | None
    cut: Collection[str] = ()
    cut_policy: Scenario | None = None

    def seen(self, mechanism: str, key: str, quarter: int) -> float:
        scenario = self.cut_policy if mechanism in self.cut and self.cut_policy else self.scenario
        return float(scenario.path(key)[quarter])

    def run(self, progress: Any = None) -> Record:
        if progress:
            progress(self.scenario.quarters, self.scenario.quarters)
        values: dict[tuple[int, str], float] = {}
        for year in range(self.scenario.start_year, self.scenario.end_year + 1):
            last = 4 * (year - self.scenario.start_year) + 3
            research = 100 * self.seen("research", RESEARCH, last)
            award = self.seen("filing", AWARD, last) / 10_000
            luck = float(self.seed)
            blocking = self.scenario.assumptions["blocking"]
            values[year, "quality_weighted_patents"] = (
                1000 + luck + (2 + 0.1 * luck) * research + 3 * award + 0.5 * research * award + 10 * blocking
            )
            values[year, "revenue_growth"] = 5.0
            values[year, "patent_pledge_amount"] = (luck if self.seed % 2 == 0 else -luck) * research
            values[year, "high_value_inventions_per_10k"] = 7.0
            values[year, "public_spending"] = float(self.scenario.path(FUND)[last]) + research
        return Record(values, {"money": {"relative_error": 0.0, "ok": True}}, [])


class Uncut(Known):
    """Fails when it is cut."""

    def run(self, progress: Any = None) -> Record:
        if self.cut:
            raise RuntimeError("cut")
        return super().run(progress)


class Stopped(Known):
    """Somebody presses Ctrl-C when a mechanism is cut."""

    def run(self, progress: Any = None) -> Record:
        if self.cut:
            raise KeyboardInterrupt
        return super().run(progress)


class Gappy(Known):
    """Lending isn't measured with seed 2 when a mechanism is cut."""

    def run(self, progress: Any = None) -> Record:
        record = super().run(progress)
        if self.cut and self.seed == 2:
            for year, name in list(record.indicators):
                if name == "quality_weighted_patents":
                    record.indicators[year, name] = float("nan")
        return record
