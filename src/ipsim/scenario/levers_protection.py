"""Levers of the protection project: the dial, its four parts, mediation, rapid centre."""

from __future__ import annotations

from ipsim.scenario.lever import Lever
from ipsim.scenario.words import Words

PROTECTION: tuple[Lever, ...] = (
    Lever(
        key="policy.protection.strength",
        unit="0-1",
        low=0,
        high=1,
        default=0.5,
        meaning=Words(
            "Protection dial: moves staff, damages, monitoring and speed together",
            "保护强度总旋钮：同时调节执法人员、赔偿、监测与办案速度",
        ),
        cost=Words("Booked under the four keys that it sets", "计入其所带动的四项"),
        source="M18; 0.5 is by definition the protection of an ordinary city in 2016",
        mechanism="M18",
        pathway=("enforcement", "detection"),
    ),
    Lever(
        key="policy.protection.enforcement_staff",
        unit="full-time posts",
        low=0,
        high=1000,
        default=0,
        meaning=Words(
            "Posts in administrative patent enforcement", "专利行政执法专职人员"
        ),
        cost=Words("Posts times the yearly cost of a post", "人数乘以每岗年度费用"),
        source="M09; follows the dial and the posts of the city profile unless given",
        mechanism="M09",
        pathway=("enforcement",),
        dial=Words(
            "2 x strength x administrative posts of the city", "2 x 强度 x 本市行政执法岗位数"
        ),
    ),
    Lever(
        key="policy.protection.damages",
        unit="multiple of loss",
        low=0,
        high=5,
        default=1,
        meaning=Words(
            "What a court awards to a holder who wins, as a multiple of the loss",
            "法院判赔额相当于损失的倍数",
        ),
        cost=Words("None: the infringer pays", "无：由侵权人支付"),
        source="M18; follows the dial unless given",
        mechanism="M18",
        pathway=("enforcement",),
        dial=Words("2 x strength", "2 x 强度"),
    ),
    Lever(
        key="policy.protection.monitoring",
        unit="0-1",
        low=0,
        high=1,
        default=0.5,
        meaning=Words(
            "Patrol and online monitoring: how likely a copy is to be found",
            "巡查与在线监测：侵权被发现的可能性",
        ),
        cost=Words(
            "Running cost of the platform, in proportion to strength and enterprises watched",
            "平台运行费，与力度和受监测企业数成比例",
        ),
        source="M17, M18; follows the dial unless given",
        mechanism="M18",
        pathway=("detection",),
        dial=Words("strength", "强度"),
    ),
    Lever(
        key="policy.protection.speed",
        unit="ratio to normal",
        low=0.25,
        high=4,
        default=1,
        meaning=Words(
            "Speed of cases, relative to the normal time of the channel; 2 is twice as fast",
            "办案速度与各渠道常规时限之比，2 为快一倍",
        ),
        cost=Words(
            "Extra hours of the bodies, in proportion to the speed above normal",
            "各机构加班费用，与超出常规的速度成比例",
        ),
        source="M18; follows the dial unless given",
        mechanism="M18",
        pathway=("enforcement",),
        dial=Words("0.5 + strength", "0.5 + 强度"),
    ),
    Lever(
        key="policy.protection.mediation",
        unit="cases/year",
        low=0,
        high=10000,
        default=0,
        meaning=Words(
            "Disputes that mediation and arbitration can take each year",
            "调解与仲裁每年可受理的纠纷数",
        ),
        cost=Words("Capacity times the cost of a case kept ready", "受理能力乘以每案费用"),
        source="M14",
        mechanism="M14",
        pathway=("enforcement",),
    ),
    Lever(
        key="policy.protection.judicial_confirmation",
        unit="0-1",
        low=0,
        high=1,
        default=0,
        meaning=Words(
            "Share of mediated agreements that a court confirms, so that they bind",
            "调解协议经司法确认而具强制力的比例",
        ),
        cost=Words("Court hours for each agreement confirmed", "每件确认协议的法院工时"),
        source="M14",
        mechanism="M14",
        pathway=("enforcement",),
    ),
    Lever(
        key="policy.protection.rapid_centre.industries",
        unit="industry keys",
        low=0,
        high=1,
        default=0,
        meaning=Words(
            "Industries that the rapid protection centre covers", "快速维权中心覆盖的产业"
        ),
        cost=Words("Booked under the capacity", "计入受理能力"),
        source="M12",
        mechanism="M12",
        pathway=("examination", "enforcement"),
        kind="industries",
    ),
    Lever(
        key="policy.protection.rapid_centre.capacity",
        unit="filings/year",
        low=0,
        high=20000,
        default=0,
        meaning=Words(
            "Filings that the rapid protection centre can examine beforehand each year",
            "快速维权中心每年可预审的申请数",
        ),
        cost=Words("Capacity times the cost of a filing kept ready", "预审能力乘以每件费用"),
        source="M12; pre-examination takes about three months (exam_months_preexam)",
        mechanism="M12",
        pathway=("examination", "enforcement"),
    ),
)
"""The dial first, then its four parts, then the channels of their own."""
