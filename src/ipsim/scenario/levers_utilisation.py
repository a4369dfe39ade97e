"""Levers of the utilisation project: the pledge fund and university transfer."""

from __future__ import annotations

from ipsim.scenario.lever import Lever
from ipsim.scenario.words import Words


def _fund(
    part: str,
    unit: str,
    bounds: tuple[float, float],
    default: float,
    meaning: Words,
    cost: Words,
    source: str,
) -> Lever:
    return Lever(
        key=f"policy.utilisation.pledge_fund.{part}",
        unit=unit,
        low=bounds[0],
        high=bounds[1],
        default=default,
        meaning=meaning,
        cost=cost,
        source=source,
        mechanism="M20",
        pathway=("government",) if part == "capital" else ("lending",),
    )


UTILISATION: tuple[Lever, ...] = (
    _fund(
        "capital",
        "million RMB",
        (0, 5000),
        0,
        Words(
            "Capital paid into the risk compensation fund; an increase is an injection",
            "专利质押风险补偿资金规模，增加即为注资",
        ),
        Words(
            "Each increase is booked when it is paid in; losses then come out of the fund",
            "每次增资在注入时列支，其后损失由资金池承担",
        ),
        "M20; Zhongshan 70 million RMB (2021), Guangdong 5.8 billion (2024)",
    ),
    _fund(
        "loss_share",
        "share of loss",
        (0, 1),
        0.5,
        Words("Share of a lending loss that the fund bears", "资金池承担贷款损失的比例"),
        Words("Paid out of the fund, until it is empty", "由资金池支付，用完为止"),
        "Zhongshan 0.54, Shenzhen 0.5, Zhuhai 0.4 (CNIPA case 2025)",
    ),
    _fund(
        "interest_subsidy",
        "share of interest",
        (0, 1),
        0,
        Words(
            "Share of a pledge loan's interest that the city repays to the borrower",
            "市财政对质押贷款利息的贴息比例",
        ),
        Words("Share times the interest paid in the quarter", "比例乘以当季利息"),
        "Qingdao and Hefei repay 0.5",
    ),
    _fund(
        "first_loan_bonus",
        "share of principal",
        (0, 0.1),
        0,
        Words(
            "Paid to the bank for the first pledge loan of a borrower",
            "银行发放企业首笔质押贷款的奖励比例",
        ),
        Words("Share times principal, paid when the loan is made", "比例乘以本金，放款时支出"),
        "M20; assumption on the bounds",
    ),
    _fund(
        "leverage",
        "multiple of capital",
        (1, 30),
        10,
        Words(
            "Loans that the fund covers, as a multiple of its balance",
            "资金池余额可撬动贷款的倍数",
        ),
        Words("None of its own: it sets how far the fund can run dry", "本身无支出"),
        "Zhongshan: at least 0.7 billion of loans on 70 million",
    ),
    Lever(
        key="policy.utilisation.university_transfer",
        unit="0-1",
        low=0,
        high=1,
        default=0.1,
        meaning=Words(
            "Strength of the offices that match university patents to enterprises",
            "高校专利运营机构的匹配能力",
        ),
        cost=Words(
            "Office budget, in proportion to strength and to the universities' research",
            "机构经费，与力度和高校科研规模成比例",
        ),
        source="M27; universities use 4 % of their inventions, 23 % with partners (CNIPA survey)",
        mechanism="M27",
        pathway=("universities", "transfer"),
    ),
)
"""The parts of the pledge fund, then university transfer."""
