"""A made-up result with every indicator, for drawing and writing reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ipsim.indicators.catalogue import INDICATORS, spending_name
from ipsim.scenario import load
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.timeline import Timeline
from ipsim.scenario.words import Words

YEARS = np.arange(2016, 2031)
LEVERS_PAID = (
    "policy.subsidies.research",
    "policy.subsidies.filing.invention",
    "policy.subsidies.filing.utility_model",
    "policy.subsidies.grant.invention",
    "policy.subsidies.high_value",
    "policy.protection.enforcement_staff",
    "policy.protection.mediation",
    "policy.utilisation.pledge_fund",
    "policy.quality.agency_supervision",
)
STARTS: dict[str, tuple[float, float]] = {
    "patent_applications_total": (30000, 62000),
    "invention_applications": (4200, 11000),
    "utility_model_applications": (14500, 33000),
    "design_applications": (11300, 18000),
    "patent_grants_total": (17000, 39000),
    "invention_grants": (1000, 4200),
    "utility_model_grants": (9000, 21000),
    "design_grants": (7000, 13800),
    "inventions_in_force_per_10k": (8, 41),
    "high_value_inventions": (1400, 12000),
    "high_value_inventions_per_10k": (2, 17),
    "mean_quality_filed": (1.1, 1.4),
    "mean_quality_granted": (1.5, 1.9),
    "patent_pledge_amount": (0.4, 6.5),
    "fund_balance": (90, 40),
    "fund_payout": (1, 14),
    "pledge_default_rate": (1.2, 2.1),
    "pledge_first_time_share": (45, 31),
    "case_months": (5.2, 3.1),
    "enterprises": (16200, 23000),
    "high_tech_enterprises": (900, 4200),
    "revenue_growth": (8, 5),
    "rd_intensity": (1.8, 2.7),
    "rd_expenditure": (6.9, 22.0),
    "public_spending": (210, 380),
    "abnormal_filing_share": (14, 4),
    "invention_grant_rate": (52, 58),
    "share_patentees_infringed": (12, 7),
    "ip_protection_satisfaction": (71, 83),
}


@dataclass
class FakeResult:
    """Stands in for a result of a run."""

    scenario: Any
    seeds: list[int]
    scale: float
    indicators: pd.DataFrame
    accounts: Any
    chain: pd.DataFrame
    duration: float = 12.5
    is_drawn: bool = False
    members: tuple[int, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)


def _scenario() -> Any:
    names = {
        "pharmaceuticals": Words("Pharmaceuticals", "医药"),
        "electromechanical": Words("Electromechanical", "机电"),
        "hardware": Words("Hardware", "五金"),
        "textiles_garments": Words("Textiles and garments", "纺织服装"),
        "automobiles_parts": Words("Automobiles and parts", "汽车及零部件"),
        "plastics_crafts": Words("Plastics and crafts", "塑料工艺品"),
        "optoelectronics": Words("Optoelectronics", "光电子"),
        "ecommerce_software": Words("E-commerce and software", "电子商务与软件"),
    }
    policy = {key: lever.default_timeline() for key, lever in LEVERS.items() if lever.kind == "number"}
    policy["policy.subsidies.filing.invention"] = Timeline.steps({2016 * 12: 3000, 2021 * 12 + 6: 0})
    policy["policy.utilisation.pledge_fund.capital"] = Timeline.ramp({2016 * 12: 20, 2020 * 12: 200})
    real = load("jinhua")  # so that a command can be said to give the scenario again
    return SimpleNamespace(
        name="jinhua",
        title=Words("Jinhua, policies in force", "金华：现行政策"),
        description=Words("Jinhua with the policies really in force.", "金华现行政策情景。"),
        city=SimpleNamespace(
            key="jinhua",
            name=Words("Jinhua", "金华"),
            province=Words("Zhejiang", "浙江"),
            industries=[SimpleNamespace(key=k, name=v) for k, v in names.items()],
        ),
        start_year=2016,
        end_year=2030,
        quarters=60,
        policy=policy,
        given={"policy.subsidies.filing.invention", "policy.utilisation.pledge_fund.capital"},
        assumptions={},
        text="city: jinhua\n",
        hash=real.hash,
        layers=real.layers,
        ensemble=real.ensemble,
        drawn_keys=real.drawn_keys,
    )


def _path(name: str, rng: np.random.Generator) -> np.ndarray[Any, np.dtype[np.float64]]:
    unit = INDICATORS[name].unit if name in INDICATORS else "RMB million"
    start, end = STARTS.get(
        name, {"percent": (20.0, 45.0), "index 0-100": (38.0, 78.0)}.get(unit, (100.0, 300.0))
    )
    share = (YEARS - 2016) / 14
    luck = np.cumsum(rng.normal(0, 0.012, len(YEARS))) + rng.normal(0, 0.03)
    return (start + (end - start) * share) * (1 + luck)


def made_up(replicates: int = 1, *, spending: bool = True) -> FakeResult:
    """Return a result with every indicator, the same for the same arguments."""
    rng = np.random.default_rng(7)
    names = list(INDICATORS) + ([spending_name(key) for key in LEVERS_PAID] if spending else [])
    rows: list[pd.DataFrame] = []
    for replicate in range(replicates):
        for place, name in enumerate(names):
            values = _path(name, rng)
            if name.startswith("public_spending."):
                values = values * 0.05 * (place % 5 + 1) * (1 if place % 3 else (YEARS < 2021))
            if not spending and name == "public_spending":
                values = values * 0
            rows.append(
                pd.DataFrame({"replicate": replicate, "year": YEARS, "indicator": name, "value": values})
            )
    frame = pd.concat(rows, ignore_index=True)
    frame["scenario"] = "jinhua"
    scenario = _scenario()
    chain = pd.DataFrame(
        [
            (one.key, stage, int(rng.lognormal(6, 0.8)), rng.lognormal(1, 1), int(rng.lognormal(5, 1.2)), 0.1)
            for one in scenario.city.industries
            for stage in ("materials", "components", "products", "brand")
        ],
        columns=["industry", "stage", "enterprises", "revenue", "inventions", "debt"],
    )
    accounts = {
        "money": {"relative_error": 3e-12, "ok": True},
        "patents": {"relative_error": 0.0, "ok": True},
    }
    return FakeResult(scenario, list(range(1, replicates + 1)), 0.25, frame, accounts, chain)


@pytest.fixture(scope="session", params=[1, 5], ids=["one run", "five runs"])
def result(request: pytest.FixtureRequest) -> FakeResult:
    return made_up(request.param)


@pytest.fixture(scope="session", params=["en", "zh"])
def lang(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="session")
def make_result() -> Callable[..., FakeResult]:
    """Return a function that makes a result of so many replicates."""
    return made_up
