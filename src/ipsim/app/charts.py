"""The charts of the page: which indicators each shows, and so what an answer has to hold."""

from __future__ import annotations

from typing import Any, Final, Literal, NamedTuple

from ipsim.indicators.catalogue import SPENDING, spending_name
from ipsim.indicators.measure import LEVER_OF_COLUMN
from ipsim.report.goal import SIX
from ipsim.report.phrases import catalogue as phrases
from ipsim.study.comparison.headline import NUMBERS


class Panel(NamedTuple):
    """One drawing of a chart.

    Attributes
    ----------
    indicators
        What it shows; all have one unit.
    kind
        ``line``: one indicator over the years; ``parts``: several that add up to a whole; ``six``: the
        six indices of the pattern.
    words
        Key of its title in the phrases; an indicator's own name if empty.
    """

    indicators: tuple[str, ...]
    kind: Literal["line", "parts", "six"] = "line"
    words: str = ""


def _lines(*indicators: str) -> tuple[Panel, ...]:
    return tuple(Panel((one,)) for one in indicators)


SPENDING_BY_LEVER: Final = tuple(spending_name(lever) for lever in LEVER_OF_COLUMN.values())
"""Public money by lever. Every run has all of them; those of levers not in use are nought."""

CHARTS: Final[dict[str, tuple[Panel, ...]]] = {
    "patents": _lines(
        "invention_applications", "utility_model_applications", "design_applications", "invention_grants"
    ),
    "quality": _lines(
        "mean_quality_filed",
        "high_value_inventions_per_10k",
        "abnormal_filing_share",
        "share_valid_inventions_maintained_over_5y",
    ),
    "lending": _lines(
        "patent_pledge_amount", "pledge_default_rate", "fund_balance", "pledge_first_time_share"
    ),
    "infringement": _lines(
        "share_patentees_infringed",
        "case_months",
        "patent_infringement_admin_cases",
        "ip_protection_satisfaction",
    ),
    "growth": _lines("revenue_growth", "rd_intensity", "revenue", "high_tech_enterprises"),
    "money": (
        Panel((SPENDING,), words="panel_money_total"),
        Panel(SPENDING_BY_LEVER, "parts", "panel_money_levers"),
    ),
    "pattern": (Panel(("pattern_2030",)), Panel(SIX, "six", "panel_pattern_six")),
}
"""The charts in the order of the page, each with up to four panels."""

CHART_INDICATORS: Final[tuple[str, ...]] = tuple(
    dict.fromkeys(
        [
            *(name for panels in CHARTS.values() for panel in panels for name in panel.indicators),
            *(number.indicator for number in NUMBERS.values()),
        ]
    )
)
"""What every answer holds: the indicators of all charts and of the headline numbers."""


def charts() -> list[dict[str, Any]]:
    """Return the charts as the page reads them: name, question, panels."""
    return [
        {
            "key": key,
            "words": _words(f"chart_{key}"),
            "question": _words(f"question_{key}"),
            "panels": [
                {
                    "indicators": list(panel.indicators),
                    "kind": panel.kind,
                    "words": _words(panel.words) if panel.words else None,
                }
                for panel in panels
            ],
        }
        for key, panels in CHARTS.items()
    ]


def _words(key: str) -> dict[str, str]:
    return phrases()[f"board_levers.{key}"]._asdict()
