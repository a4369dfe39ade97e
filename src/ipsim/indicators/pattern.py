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
    source: Words
    less_is_better: bool = False

    def part(self, name: str) -> str:
        """Return the component's place in a formula, under the name given."""
        ratio = f"{self.reference:g}/{name}" if self.less_is_better else f"{name}/{self.reference:g}"
        return f"min(1, {ratio})"

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
    def formula(self) -> Words:
        """The formula: names of indicators in English, plain words in Chinese."""
        parts = [(c.part(c.key), c.part(c.words.zh)) for c in self.components]
        return Words(
            f"100 * mean({', '.join(en for en, _ in parts)})",
            f"100 × 平均（{'；'.join(zh for _, zh in parts)}）",
        )

    @property
    def reference(self) -> Words:
        """Reference levels."""
        return Words(
            "; ".join(f"{c.key}: {c.reference:g} {c.unit}" for c in self.components),
            "；".join(f"{c.words.zh}：{c.reference:g}{_UNITS_ZH[c.unit]}" for c in self.components),
        )

    @property
    def source(self) -> Words:
        """Sources of the reference levels."""
        return Words(
            "; ".join(f"{c.key}: {c.source.en}" for c in self.components),
            "；".join(f"{c.words.zh}：{c.source.zh}" for c in self.components),
        )


_UNITS_ZH = {
    "percent": "%",
    "percent of GDP": "%（占GDP）",
    "months": "个月",
    "score": "分",
    "per 10k residents": "件/万人",
    "count": "家",
    "RMB": "元",
}
_MARK = Words("model's own mark", "模型自定标准")
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
    "months", 15.0, Words("national target 2025: 15 months", "2025年国家目标：15个月"), True,
)  # fmt: skip
_CASE_MONTHS = Component(
    "case_months", Words("time to close a case", "案件办理周期"), "months", 6.0, _MARK, True
)
_SATISFACTION = Component(
    "ip_protection_satisfaction",
    Words("satisfaction with protection", "保护满意度"),
    "score", 82.0, Words("national target 2025: 82 (unverified)", "2025年国家目标：82分（未核实）"),
)  # fmt: skip
_HIGH_VALUE = Component(
    "high_value_inventions_per_10k",
    Words("high-value inventions per 10,000 people", "每万人口高价值发明"),
    "per 10k residents", 22.0, Words("15th five-year plan: 22 in 2030", "“十五五”规划：2030年22件"),
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
    "RMB", 2.3, Words(
        "national target 2025 of 320 billion over a GDP near 140,000 billion",
        "2025年国家目标3200亿元，GDP约140万亿元",
    ),
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
    "percent", 51.3, Words("CNIPA survey 2023: 51.3 %", "2023年国家知识产权局调查：51.3%"),
)  # fmt: skip
_RD = Component(
    "rd_intensity", Words("R&D intensity", "研发投入强度"), "percent of GDP", 3.2,
    Words("Xiamen 2022: 3.2 %", "厦门2022年：3.2%"),
)  # fmt: skip
_NORMAL = Component(
    "abnormal_filing_share",
    Words("filings without an invention behind them", "非正常申请占比"),
    "percent", 5.0, _MARK, True,
)  # fmt: skip
_ABROAD = Component(
    "pct_share", Words("inventions filed abroad", "发明海外申请占比"), "percent", 6.25,
    Words("WIPO 2014: one family in 16", "WIPO 2014：每16个同族1个"),
)  # fmt: skip
_LICENCE = Component(
    "licence_rate_invention",
    Words("licences a year for inventions in force", "发明许可率"),
    "percent", 6.0, Words("Gao et al. 2014: 6 % of university patents", "Gao等2014：高校专利的6%"),
)  # fmt: skip
_EXPORTERS = Component(
    "exporters_with_rights",
    Words("exporters that hold patents", "拥有专利的出口企业占比"),
    "percent", 40.0, _MARK,
)  # fmt: skip
_INFRINGED = Component(
    "share_patentees_infringed",
    Words("patent holders that met infringement", "遭遇侵权的专利权人占比"),
    "percent", 6.7, Words("CNIPA survey 2023: 6.7 %", "2023年国家知识产权局调查：6.7%"), True,
)  # fmt: skip
_GRANT_RATE = Component(
    "invention_grant_rate", Words("grant rate of inventions", "发明授权率"), "percent", 55.0,
    Words("grant_rate_domestic: 50-55 %", "国内发明授权率50—55%"),
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
