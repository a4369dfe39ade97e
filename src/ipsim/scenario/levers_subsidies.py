"""Levers of the quality project: money for research, filings, grants and high value."""

from __future__ import annotations

from ipsim.scenario.lever import Lever
from ipsim.scenario.words import Words

_TYPES = {
    "invention": Words("inventions", "发明专利"),
    "utility_model": Words("utility models", "实用新型专利"),
    "design": Words("designs", "外观设计专利"),
}

_RESEARCH = Lever(
    key="policy.subsidies.research",
    unit="share of R&D",
    low=0,
    high=0.5,
    default=0,
    meaning=Words(
        "Share of an enterprise's reported research spending that the city repays",
        "市财政按企业申报研发费用给予补助的比例",
    ),
    cost=Words(
        "Share times reported R&D, paid each quarter; relabelled R&D is paid as well",
        "按申报研发费用乘以比例逐季支出，虚报部分同样支出",
    ),
    source="M29; relabelling and additionality: effects E28, E30, E31",
    mechanism="M29",
    pathway=("research", "settlement", "entry"),
)


def _filing(kind: str) -> Lever:
    return Lever(
        key=f"policy.subsidies.filing.{kind}",
        unit="RMB per filing",
        low=0,
        high=20000,
        default=0,
        meaning=Words(
            f"Subsidy paid when {_TYPES[kind].en} are filed, per filing",
            f"{_TYPES[kind].zh}申请阶段每件资助",
        ),
        cost=Words(
            "Amount times filings of the quarter, paid at filing",
            "金额乘以当季申请件数，申请时支出",
        ),
        source="M30; filing-stage subsidies ended nationally on 30 June 2021 (CNIPA notice)",
        mechanism="M30",
        pathway=("filing", "universities"),
    )


def _grant(kind: str) -> Lever:
    return Lever(
        key=f"policy.subsidies.grant.{kind}",
        unit="RMB per grant",
        low=0,
        high=50000,
        default=0,
        meaning=Words(
            f"Reward paid when {_TYPES[kind].en} are granted, per grant",
            f"{_TYPES[kind].zh}授权后每件奖励",
        ),
        cost=Words(
            "Amount times grants of the quarter, paid at grant",
            "金额乘以当季授权件数，授权时支出",
        ),
        source="M30; half of the official fees at most from mid-2021, none after 2025 (CNIPA)",
        mechanism="M30",
        pathway=("filing", "universities", "examination"),
    )


_HIGH_VALUE = Lever(
    key="policy.subsidies.high_value",
    unit="RMB per invention",
    low=0,
    high=500000,
    default=0,
    meaning=Words(
        "Award for each invention when it first meets the high-value test",
        "发明专利首次达到高价值标准时的每件奖励",
    ),
    cost=Words(
        "Amount times inventions that first pass the test in the quarter",
        "金额乘以当季首次达标的发明专利件数",
    ),
    source="M31; wide bounds, city awards differ",
    mechanism="M31",
    pathway=("filing", "examination", "renewal"),
)

_AGENCY = Lever(
    key="policy.quality.agency_supervision",
    unit="0-1",
    low=0,
    high=1,
    default=0.1,
    meaning=Words(
        "How closely service agencies are supervised and abnormal filings are pursued",
        "专利代理机构监管与非正常申请打击力度",
    ),
    cost=Words(
        "Staff of the inspection, in proportion to the strength and to the filings watched",
        "检查人员费用，与力度和受监管申请量成比例",
    ),
    source="M32; assumption: weak supervision before the campaigns of 2021",
    mechanism="M32",
    pathway=("agencies", "filing", "examination"),
)

SUBSIDIES: tuple[Lever, ...] = (
    _RESEARCH,
    *(_filing(kind) for kind in _TYPES),
    *(_grant(kind) for kind in _TYPES),
    _HIGH_VALUE,
    _AGENCY,
)
"""Subsidies by pathway, then supervision of agencies."""
