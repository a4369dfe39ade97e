"""What the nation sets and a city meets: pendency, fees, damages."""

from __future__ import annotations

from collections.abc import Mapping

from ipsim.scenario.lever import Lever
from ipsim.scenario.words import Words

_NO_COST = Words("None to the city", "不由市财政负担")


def _pendency(kind: str, name: Words, default: float | Mapping[str, float], source: str) -> Lever:
    return Lever(
        key=f"national.pendency.{kind}",
        unit="months",
        low=1,
        high=60,
        default=default,
        meaning=Words(
            f"Mean time from filing to decision, {name.en}",
            f"{name.zh}从申请到结案的平均审查周期",
        ),
        cost=_NO_COST,
        source=source,
        mechanism="context",
        pathway=("research", "filing", "universities", "entry"),
    )


NATIONAL: tuple[Lever, ...] = (
    _pendency(
        "invention",
        Words("inventions", "发明专利"),
        {"2016": 22, "2020": 20, "2021": 18.5, "2022": 16.5, "2023": 16, "2024": 15.5, "2025": 15},
        "CNIPA: 22 (2016), 20 (2020), 18.5 (2021), 16.5 (2022), 16 (2023), 15.5 (2024), 15 (2025)",
    ),
    _pendency(
        "utility_model",
        Words("utility models", "实用新型专利"),
        5,
        "assumption: formal examination takes about five months (range 3-7)",
    ),
    _pendency(
        "design",
        Words("designs", "外观设计专利"),
        4,
        "assumption: formal examination takes about four months (range 2-6)",
    ),
    Lever(
        key="national.fee_reduction",
        unit="share",
        low=0,
        high=1,
        default=0.85,
        meaning=Words("Share of official fees that small entities need not pay", "小微主体官费减缴比例"),
        cost=_NO_COST,
        source="fee_reduction 0.85: web copy of the CNIPA rule",
        mechanism="context",
        pathway=("filing", "universities", "renewal"),
    ),
    Lever(
        key="national.damages_floor",
        unit="RMB",
        low=0,
        high=5_000_000,
        default={"2016": 5000, "2021-07": 30000},
        meaning=Words("Least statutory damages for an infringed patent", "专利侵权法定赔偿下限"),
        cost=_NO_COST,
        source="damages_floor: 5,000 RMB in 2001, 30,000 RMB from mid-2021 (Bian 2024)",
        mechanism="context",
        pathway=("copying", "disputes", "enforcement"),
    ),
    Lever(
        key="national.punitive_cap",
        unit="multiple",
        low=1,
        high=5,
        default={"2016": 3, "2021-07": 5},
        meaning=Words("Highest multiple of the loss that a court may award", "法院可判惩罚性赔偿的最高倍数"),
        cost=_NO_COST,
        source="punitive multiples up to 5 from June 2021 (law of 2020); 3 before as an assumption",
        mechanism="context",
        pathway=("filing", "copying", "disputes", "enforcement"),
    ),
)
"""National settings, in the order in which they are shown."""
