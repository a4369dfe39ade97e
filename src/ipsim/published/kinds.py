"""How an indicator adds up over time: a flow of the year, a stock at its end, or a rate."""

from __future__ import annotations

from typing import Literal

from ipsim.indicators.catalogue import INDICATORS, SPENDING

Kind = Literal["flow", "stock", "rate"]

FILINGS = frozenset(
    {
        "patent_applications_total",
        "invention_applications",
        "utility_model_applications",
        "design_applications",
        "university_patent_applications",
    }
)
"""Indicators that the office's change of scope in 2017 touches."""

_FLOW_GROUPS = frozenset({"applications", "grants", "public_money"})
_FLOWS = frozenset(
    {
        "quality_weighted_patents",
        "patent_infringement_admin_cases",
        "patent_civil_cases_first_instance_new",
        "mediation_cases",
        "patent_pledge_amount",
        "patent_pledge_projects",
        "fund_payout",
        "enterprise_entries",
        "enterprise_exits",
        "revenue",
        "rd_expenditure",
        "university_patent_applications",
        "university_transfers",
    }
)
_STOCKS = frozenset(
    {"case_backlog", "fund_balance", "enterprises", "high_tech_enterprises", "leading_enterprises"}
)
_RATE_UNITS = frozenset({"percent", "percent of GDP", "index 0-100", "score", "months", "index"})


def kind(indicator: str) -> Kind:
    """Return how a yearly indicator adds up.

    A flow of ten months is less than that of a year; a stock and a rate are not.
    """
    if indicator.startswith(f"{SPENDING}."):
        return "flow"
    known = INDICATORS.get(indicator)
    if known is None or known.unit in _RATE_UNITS:
        return "rate"
    if known.group in _FLOW_GROUPS or indicator in _FLOWS:
        return "flow"
    return "stock" if known.group == "stocks" or indicator in _STOCKS else "rate"


def signed(indicator: str) -> bool:
    """Tell whether a figure of this indicator may lie below nought or above a hundred per cent."""
    return indicator == "revenue_growth"
