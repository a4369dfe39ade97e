"""A town that is quick to simulate and has every figure that the report of a comparison shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ipsim.report.terminal import MAIN
from ipsim.scenario import Scenario, load
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.calibrated import UNCALIBRATED
from ipsim.study import Comparison, compare

FUND = "policy.utilisation.pledge_fund.capital"
SIX = ("distinctive", "institutions", "agglomeration", "integration", "vitality", "openness")
_LUCK = (0.4, -0.7, 0.1, 0.9, -0.5, -0.2, 0.6, -0.6)


@dataclass
class Town:
    """The fund brings weighted patents, high-value inventions and lending, and costs what it is.

    Lending turns over at the high end of ``chances``; growth follows luck alone; the pattern is met by
    even seeds, and by all of them with a fund of 200.
    """

    scenario: Scenario
    seed: int
    scale: float | None
    accounts: dict[str, Any] = field(default_factory=dict)
    chain: list[Any] = field(default_factory=list)
    indicators: dict[tuple[int, str], float] = field(default_factory=dict)

    def run(self, progress: Any = None) -> Any:
        self.accounts = {"money": {"relative_error": 0.0, "ok": True}}
        fund = float(self.scenario.path(FUND)[-1]) / 100
        for year in range(self.scenario.start_year, self.scenario.end_year + 1):
            for name, value in self._year(fund).items():
                self.indicators[year, name] = value
        if progress:
            progress(self.scenario.quarters, self.scenario.quarters)
        return self

    def _year(self, fund: float) -> dict[str, float]:
        luck = _LUCK[self.seed % len(_LUCK)]
        odds = ASSUMPTIONS["chances"].value - self.scenario.assumptions["chances"]
        spent = fund * (10 + luck)
        figures = dict.fromkeys(MAIN, 10.0) | {
            "quality_weighted_patents": 1000 + 90 * luck + fund * (40 + 3 * luck),
            "revenue_growth": 6 + luck + 0.01 * fund * _LUCK[(3 * self.seed) % len(_LUCK)],
            "revenue": 400 + 10 * luck,
            "patent_pledge_amount": 2 + 0.5 * luck + fund * (0.2 + 0.02 * luck + 4 * odds),
            "high_value_inventions": 500 + 30 * luck + fund * (25 + 4 * luck),
            "public_spending": 100 + spent,
            "public_spending.subsidies.research": 90.0,
            "public_spending.utilisation.pledge_fund.capital": 10 + spent,
        }
        mark = 61.0 if self.seed % 2 == 0 or fund == 2 else 59.0
        return figures | {f"pattern_{name}": mark for name in SIX}


def town(replicates: int, *funds: float) -> Comparison:
    """Compare funds with no fund."""
    base = load("jinhua", UNCALIBRATED).replace({FUND: 0, "horizon.end": 2019})
    others = [base.replace({FUND: fund}) for fund in funds]
    return compare(base, *others, replicates=replicates, make=Town)
