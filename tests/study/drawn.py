"""A simulation that shows its parameters, and an ensemble of two of them."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from ipsim.scenario import Scenario
from ipsim.scenario.calibrated import Ensemble, read_ensemble
from tests.scenario.calibrated.written import write_ensemble
from tests.study.stand_ins import Record

FUND = "policy.utilisation.pledge_fund.capital"
RESEARCH = "policy.subsidies.research"
BLOCKING = "assumptions.blocking"
GROWTH = "jinhua:patents.stock_growth"


class Shown:
    """Lending is blocking, weighted patents a tenth of growth; research is worth ten times blocking."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        seed: int,
        scale: float | None,
        cut: Collection[str] = (),
        cut_policy: Scenario | None = None,
    ) -> None:
        self.scenario, self.seed = scenario, seed
        seen = cut_policy if "research" in cut and cut_policy else scenario
        self.research = float(seen.path(RESEARCH)[-1])

    def run(self, progress: Any = None) -> Record:
        blocking = self.scenario.assumptions["blocking"]
        values: dict[tuple[int, str], float] = {}
        for year in range(self.scenario.start_year, self.scenario.end_year + 1):
            values[year, "patent_pledge_amount"] = blocking
            values[year, "high_value_inventions_per_10k"] = self.scenario.city.patents.stock_growth.value
            values[year, "quality_weighted_patents"] = 100 * self.seed + 10 * blocking * self.research
        return Record(values, {"money": {"relative_error": 0.0, "ok": True}}, [])


def three(folder: Path) -> Ensemble:
    """Return an ensemble of three members."""
    folder.mkdir(exist_ok=True)
    blocking, growth = (0.4, 0.3, 0.5, 0.61), (0.1, 0.2, 0.15, 0.1 + 0.02)
    rows = [{BLOCKING: b, GROWTH: g} for b, g in zip(blocking, growth, strict=True)]
    return read_ensemble(write_ensemble(folder, rows[0], rows[1:], {}))
