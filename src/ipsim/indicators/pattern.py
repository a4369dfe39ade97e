"""The 2030 pattern and the four standards: what each index is made of.

Each index is the mean of the scores of its components. A component scores 100 at its
reference level and proportionally less below (or, where less is better, above); it
never scores over 100. Reference levels are published targets where there are any, and
otherwise the model's own marks, said to be so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ipsim.city.state import City
from ipsim.indicators.firms import firms, inventions_of_firms
from ipsim.scenario import Scenario
from ipsim.scenario.words import Words

#: The pattern is met when each of the six indices reaches this level. National policy
#: names the six and sets no figures: the level is the model's own mark.
MET = 60.0


@dataclass(frozen=True)
class Component:
    """One simulated quantity with its reference level."""

    key: str
    words: Words
    unit: str
    reference: float
    source: str
    less_is_better: bool = False

    def score(self, value: float) -> float:
        """Return 0-100; not a number scores as not measured and is left out."""
        if self.less_is_better:
            return 100.0 if value <= self.reference else 100.0 * self.reference / value
        return min(100.0, max(0.0, 100.0 * value / self.reference))


@dataclass(frozen=True)
class Definition:
    """One index: the mean of its components' scores."""

    key: str
    words: Words
    components: tuple[Component, ...]
    unit: str = "0-100"

    @property
    def formula(self) -> str:
        """The formula as text."""
        parts = []
        for c in self.components:
            way = f"{c.reference:g}/{c.key}" if c.less_is_better else f"{c.key}/{c.reference:g}"
            parts.append(f"min(1, {way})")
        return f"100 * mean({', '.join(parts)})"

    @property
    def reference(self) -> str:
        """Reference levels as text."""
        return "; ".join(f"{c.key}: {c.reference:g} {c.unit}" for c in self.components)

    @property
    def source(self) -> str:
        """Sources of the reference levels."""
        return "; ".join(f"{c.key}: {c.source}" for c in self.components)


_MARK = "model's own mark"
_TOP3 = Component(
    "top3_share_of_inventions",
    Words("share of enterprises' inventions in the three leading chains", "前三产业链发明占比"),
    "percent", 70.0, _MARK,
)  # fmt: skip
_BRAND = Component(
    "brand_stage_share",
    Words("share of inventions held at the product and brand stages", "产品与品牌环节发明占比"),
    "percent", 50.0, _MARK,
)  # fmt: skip
_PENDENCY = Component(
    "examination_pendency_invention",
    Words("time to examine an invention", "发明审查周期"),
    "months", 15.0, "national target 2025: 15 months", True,
)  # fmt: skip
_CASE_MONTHS = Component(
    "case_months", Words("time to close a case", "案件办理周期"), "months", 6.0, _MARK, True
)
_SATISFACTION = Component(
    "ip_protection_satisfaction",
    Words("satisfaction with protection", "保护满意度"),
    "score", 82.0, "national target 2025: 82 (unverified)",
)  # fmt: skip
_HIGH_VALUE = Component(
    "high_value_inventions_per_10k",
    Words("high-value inventions per 10,000 people", "每万人口高价值发明"),
    "per 10k residents", 22.0, "15th five-year plan: 22 in 2030",
)  # fmt: skip
_HIGH_TECH = Component(
    "high_tech_share",
    Words("high-tech enterprises among all", "高新技术企业占比"),
    "percent", 20.0, _MARK,
)  # fmt: skip
_LEADING = Component(
    "leading_per_chain",
    Words("leading enterprises per chain", "每条产业链龙头企业数"),
    "count", 5.0, _MARK,
)  # fmt: skip
_INTENSIVE = Component(
    "patent_intensive_share",
    Words("share of revenue in patent-intensive industries", "专利密集型产业占比"),
    "percent", 40.0, _MARK,
)  # fmt: skip
_PLEDGE = Component(
    "pledge_per_1000_gdp",
    Words("patent pledges for each 1,000 RMB of GDP", "每千元GDP专利质押额"),
    "RMB", 2.3, "national target 2025 of 320 billion over a GDP near 140,000 billion",
)  # fmt: skip
_JOINT = Component(
    "joint_patent_share",
    Words("joint inventions of firms and universities", "校企联合发明占比"),
    "percent", 5.0, _MARK,
)  # fmt: skip
_USED_UNIVERSITY = Component(
    "industrialisation_rate_invention_universities",
    Words("universities' inventions in use", "高校发明产业化率"),
    "percent", 10.0, _MARK,
)  # fmt: skip
_ENTRY = Component("entry_rate", Words("entry rate", "企业进入率"), "percent", 8.0, _MARK)
_USED_FIRM = Component(
    "industrialisation_rate_invention_enterprises",
    Words("enterprises' inventions in use", "企业发明产业化率"),
    "percent", 51.3, "CNIPA survey 2023: 51.3 %",
)  # fmt: skip
_RD = Component(
    "rd_intensity", Words("R&D intensity", "研发投入强度"), "percent of GDP", 3.2,
    "Xiamen 2022: 3.2 %",
)  # fmt: skip
_NORMAL = Component(
    "abnormal_filing_share",
    Words("filings without an invention behind them", "非正常申请占比"),
    "percent", 5.0, _MARK, True,
)  # fmt: skip
_ABROAD = Component(
    "pct_share", Words("inventions filed abroad", "发明海外申请占比"), "percent", 6.25,
    "WIPO 2014: one family in 16",
)  # fmt: skip
_LICENCE = Component(
    "licence_rate_invention",
    Words("licences a year for inventions in force", "发明许可率"),
    "percent", 6.0, "Gao et al. 2014: 6 % of university patents",
)  # fmt: skip
_EXPORTERS = Component(
    "exporters_with_rights",
    Words("exporters that hold patents", "拥有专利的出口企业占比"),
    "percent", 40.0, _MARK,
)  # fmt: skip
_INFRINGED = Component(
    "share_patentees_infringed",
    Words("patent holders that met infringement", "遭遇侵权的专利权人占比"),
    "percent", 6.7, "CNIPA survey 2023: 6.7 %", True,
)  # fmt: skip
_GRANT_RATE = Component(
    "invention_grant_rate", Words("grant rate of inventions", "发明授权率"), "percent", 55.0,
    "grant_rate_domestic: 50-55 %",
)  # fmt: skip

PATTERN: tuple[Definition, ...] = (
    Definition("pattern_distinctive", Words("Distinctive", "特色鲜明"), (_TOP3, _BRAND)),
    Definition(
        "pattern_institutions",
        Words("Smooth institutions", "制度顺畅"),
        (_PENDENCY, _CASE_MONTHS, _SATISFACTION),
    ),
    Definition(
        "pattern_agglomeration",
        Words("Agglomeration", "要素集聚"),
        (_HIGH_VALUE, _HIGH_TECH, _LEADING),
    ),
    Definition(
        "pattern_integration",
        Words("Integration", "融合发展"),
        (_INTENSIVE, _PLEDGE, _JOINT, _USED_UNIVERSITY),
    ),
    Definition("pattern_vitality", Words("Vitality", "活力迸发"), (_ENTRY, _USED_FIRM, _RD)),
    Definition("pattern_openness", Words("Openness", "开放合作"), (_ABROAD, _LICENCE, _EXPORTERS)),
)
STANDARDS: tuple[Definition, ...] = (
    Definition("standard_governance", Words("Governance", "治理"), (_NORMAL, _GRANT_RATE, _PENDENCY)),
    Definition(
        "standard_protection",
        Words("Protection environment", "保护环境"),
        (_INFRINGED, _CASE_MONTHS, _SATISFACTION),
    ),
    Definition(
        "standard_contribution",
        Words("Contribution to the economy", "经济贡献"),
        (_INTENSIVE, _RD, _USED_FIRM, _PLEDGE),
    ),
    Definition(
        "standard_exchange",
        Words("Cooperation and exchange", "合作交流"),
        (_ABROAD, _LICENCE, _JOINT),
    ),
)
DEFINITIONS: tuple[Definition, ...] = PATTERN + STANDARDS


def extra_quantities(figures: dict[str, float], city: City, scenario: Scenario) -> dict[str, float]:
    """Return the simulated quantities that only the indices use."""
    by_industry, late = inventions_of_firms(city)
    total = max(1, int(by_industry.sum()))
    counted = firms(city)[0]
    gdp = scenario.city.gdp_billion_rmb.value
    gdp *= figures["revenue"] / scenario.city.revenue_billion_rmb.value
    enterprises = max(1.0, figures["enterprises"])
    filed = max(1.0, figures["invention_applications"])
    return {
        "top3_share_of_inventions": 100.0 * float(np.sort(by_industry)[-3:].sum()) / total,
        "brand_stage_share": 100.0 * late / total,
        "high_tech_share": 100.0 * figures["high_tech_enterprises"] / enterprises,
        "leading_per_chain": figures["leading_enterprises"] / len(city.industries),
        "pledge_per_1000_gdp": 1000.0 * figures["patent_pledge_amount"] / gdp,
        "entry_rate": 100.0 * figures["enterprise_entries"] / enterprises,
        "pct_share": 100.0 * figures["pct_applications"] / filed,
        "exporters_with_rights": 100.0 * counted.exporters_with_rights / max(1, counted.exporters),
    }


def index(definition: Definition, quantities: dict[str, float]) -> float:
    """Return an index: the mean score of the components that were measured."""
    scores = [
        component.score(quantities[component.key])
        for component in definition.components
        if not np.isnan(quantities[component.key])
    ]
    return float(np.mean(scores)) if scores else float("nan")


def pattern_indices(figures: dict[str, float], city: City, scenario: Scenario) -> dict[str, float]:
    """Return the six pattern indices, their mean and the four standards (0-100)."""
    quantities = {**figures, **extra_quantities(figures, city, scenario)}
    values = {d.key: index(d, quantities) for d in DEFINITIONS}
    values["pattern_2030"] = float(np.mean([values[d.key] for d in PATTERN]))
    return values
