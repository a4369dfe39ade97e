"""From what the cities of a country are drawn: one line for each figure, with its reason.

Ranges come from the two profiles that ship, Jinhua and Xiamen, which stand far apart: what differs between
them differs between cities. Figures that hang together (filings and R&D, stocks and filings, posts and
enterprises) are drawn as ratios, so that no city is drawn that could not be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np


@dataclass(frozen=True)
class Draw:
    """One figure that differs between cities.

    Attributes
    ----------
    key
        What it is; `ipsim.study.natural.country` builds the profile from these.
    low, high
        Ends of the range.
    shape
        ``uniform``, ``log`` (uniform in the logarithm) or ``sometimes`` (0 in half of the cities).
    why
        Where the range comes from.
    """

    key: str
    low: float
    high: float
    shape: Literal["uniform", "log", "sometimes"]
    why: str

    def value(self, rng: np.random.Generator) -> float:
        """Return a draw; it takes two numbers of ``rng`` whatever the shape."""
        u, chance = rng.random(2)
        if self.shape == "log":
            return math.exp(math.log(self.low) + u * math.log(self.high / self.low))
        if self.shape == "sometimes" and chance < 0.5:
            return 0.0
        return self.low + u * (self.high - self.low)


DRAWS: tuple[Draw, ...] = (
    # The city.
    Draw("enterprises", 5_000, 25_000, "log", "Jinhua 16,000 and Xiamen 12,000, ranges 8,000 to 30,000"),
    Draw("people_per_enterprise", 300, 500, "uniform", "Xiamen 320, Jinhua 390 residents in 2015"),
    Draw("revenue_per_enterprise", 20, 50, "log", "million RMB; Jinhua 26, Xiamen 47"),
    Draw("gdp_per_revenue", 0.6, 0.85, "uniform", "Xiamen 0.63, Jinhua 0.80"),
    Draw("growth", -0.015, 0.025, "uniform", "above the nation's; Xiamen 11 % beside Jinhua 6.8 % in 2016"),
    Draw("rd_intensity", 0.008, 0.022, "uniform", "ranges of the two profiles"),
    Draw("firm_size_exponent", 0.95, 1.25, "uniform", "the inner part of the range that studies give"),
    Draw("entry_rate", 0.06, 0.11, "uniform", "inner part of the declared range 0.04 to 0.15"),
    Draw("exit_rate", 0.045, 0.08, "uniform", "inner part of the declared range 0.03 to 0.1"),
    # Patents, from R&D.
    Draw("inventions_per_rd", 420, 760, "log", "filings per billion RMB of R&D; Xiamen 483, Jinhua 659"),
    Draw(
        "models_per_invention", 1.8, 3.4, "log", "utility models filed per invention; Xiamen 1.8, Jinhua 3.3"
    ),
    Draw("designs_per_invention", 0.95, 2.4, "log", "designs filed per invention; Xiamen 1.0, Jinhua 2.4"),
    Draw("inventions_held", 1.0, 1.35, "uniform", "in force per filing of 2015; Jinhua 1.03, Xiamen 1.29"),
    Draw("models_held", 1.8, 3.0, "uniform", "in force per filing of 2015; Jinhua 1.8, Xiamen 3.0"),
    Draw("designs_held", 2.3, 2.6, "uniform", "in force per filing of 2015; Jinhua 2.35, Xiamen 2.5"),
    Draw("stock_growth", 0.12, 0.24, "uniform", "inner part of the declared ranges 0.08 to 0.28"),
    Draw("university_share", 0.08, 0.32, "uniform", "declared ranges of the two profiles"),
    Draw("share_over_5y", 0.56, 0.75, "uniform", "most cities of SIPO table 9, 2018"),
    # Bodies.
    Draw("university_filings", 0.12, 0.3, "uniform", "per invention filed; Jinhua 0.21, Xiamen 0.31"),
    Draw("university_research", 0.3, 0.9, "uniform", "million RMB per filing; Jinhua 0.42, Xiamen 0.96"),
    Draw("banks", 15, 45, "uniform", "declared ranges of the two profiles"),
    Draw("pledge_appetite", 0.3, 0.8, "uniform", "inner part of the declared range 0.2 to 1"),
    Draw("agencies", 25, 80, "uniform", "declared ranges of the two profiles"),
    Draw("careful_share", 0.25, 0.65, "uniform", "declared ranges of the two profiles"),
    Draw("posts", 1.8, 3.5, "log", "administrative posts per 1,000 enterprises; Jinhua 2.5, Xiamen 2.9"),
    Draw("court_posts", 0.6, 1.6, "log", "per 1,000 enterprises; Jinhua 0.75, Xiamen 1.5"),
    # The city's own policies, each drawn for itself: they say nothing of who will be treated.
    Draw("policy.protection.strength", 0.3, 0.6, "uniform", "declared ranges, without the ends"),
    Draw("policy.protection.mediation", 2, 5, "uniform", "cases a year per 1,000 enterprises; 2.5 and 5"),
    Draw("policy.subsidies.filing", 0.3, 1.5, "sometimes", "times Jinhua's schedule; Xiamen has none"),
    Draw(
        "policy.subsidies.grant", 0.4, 1.6, "uniform", "times Jinhua's schedule; declared 3,000 to 15,000 RMB"
    ),
    Draw("policy.subsidies.research", 0.0, 0.06, "uniform", "Jinhua 0.03, Xiamen 0.05"),
    Draw("policy.utilisation.pledge_fund.capital", 5, 40, "sometimes", "million RMB; 10 to 30 in both"),
    Draw("policy.utilisation.pledge_fund.loss_share", 0.3, 0.6, "uniform", "Zhuhai 0.4, Zhongshan 0.54"),
    Draw("policy.utilisation.pledge_fund.interest_subsidy", 0, 0.3, "uniform", "Xiamen 0.08, Jinhua 0.2"),
    Draw("policy.utilisation.university_transfer", 0.05, 0.25, "uniform", "Jinhua 0.1, Xiamen 0.15"),
    Draw("policy.quality.agency_supervision", 0.5, 1.5, "uniform", "times the national path of the profiles"),
)
"""Every figure that differs between cities, in the order in which it is drawn."""

INDUSTRIES = (3, 6)
"""Fewest and most industries of a city, taken from those of the two profiles."""

FILING_SCHEDULE = {"invention": 1500, "utility_model": 400, "design": 200}
"""RMB per filing in Jinhua's profile, until the end of filing subsidies in mid-2021."""

GRANT_SCHEDULE = {
    "invention": {2016: 8000, "2021-07": 1500, 2026: 0},
    "utility_model": {2016: 800, "2021-07": 250, 2026: 0},
    "design": {2016: 500, "2021-07": 200, 2026: 0},
}
"""RMB per grant in Jinhua's profile, with the steps of the national notice of 2021."""

SUPERVISION = {2016: 0.1, 2019: 0.2, 2021: 0.4}
"""Supervision of agencies in Jinhua's profile: a national campaign that every city meets."""

NATIONAL_GROWTH = {2016: 0.085, 2019: 0.085, 2022: 0.065, 2030: 0.055}
"""Growth of revenue in every city: between the two profiles."""

NATIONAL_SHOCK = 0.015
"""Standard deviation of the nation's yearly growth about its path; nominal GDP has about 0.02."""
