"""What a figure counts, where that differs from what the model counts."""

from __future__ import annotations

from ipsim.published.kinds import FILINGS
from ipsim.published.traps import TRAPS, spread
from ipsim.published.working import Working
from ipsim.scenario.assumptions import ASSUMPTIONS

FEES_PAID_FROM = 2017
"""The first year whose published filings are those with fees paid."""

_RECEIVED = ("old scope", "received filings", "受理口径")
_CHANNEL = ("alliance", "under the city policy", "one bank", "one product", "联盟", "单一银行", "单一产品")
_LENDING = ("lending", "loans issued", "loans granted", "amount lent", "放款", "发放", "实际贷款")
_REGISTERED = ("registered", "registration", "登记")
_TRADEMARKS = ("trademark", "商标")
_DOMESTIC_WITH_HONG_KONG = ("including hong kong", "domestic applicants in the place", "domestic invention")
_ALL_APPLICANTS = ("all applicants", "all holders", "foreign")


def knowledge(work: Working) -> None:
    """Add how well the figure itself is known: its confidence, how it was printed, what contradicts it."""
    row = work.row
    work.trap(f"confidence_{row.confidence}")
    if row.bound == "~":
        work.trap("approximate")
    elif work.notes("rounded", "取整"):
        work.trap("rounded")
    if work.notes("preliminary", "expected", "estimate at the time", "预计", "初步"):
        work.trap("preliminary")
    contradicted = work.notes("conflicts with", "contradicts")
    if contradicted:
        work.trap("conflict")
    work.sure = row.confidence != "low" and not row.bound and not contradicted


def filings(work: Working) -> None:
    """Bring filings with fees paid (from 2017) to filings received, which the model counts."""
    if work.indicator not in FILINGS or work.says(*_RECEIVED):
        return
    first, last = work.span.first_year, work.span.year
    paid = max(0, last - max(first, FEES_PAID_FROM) + 1) / (last - first + 1)
    ratio = TRAPS["fees_paid"].value or 1.0
    if paid:
        work.scale(1.0 - paid + paid / ratio)
        work.trap("fees_paid", times=paid, ratio=f"{ratio:g}")


def pledge(work: Working) -> None:
    """Bring pledge figures to the amount registered on patents alone."""
    if work.indicator == "patent_pledge_projects" and work.says(*_CHANNEL):
        work.low = work.value if work.low is None else work.low
        work.trap("one_channel_count")
    if work.indicator != "patent_pledge_amount":
        return
    registered = ASSUMPTIONS["registered_ratio"]
    if work.says(*_TRADEMARKS) and not work.says("patents only"):
        share = TRAPS["trademarks"].value or 1.0
        work.scale(share)
        work.trap("trademarks", ratio=f"{share:g}")
        work.sure = False
    if work.says(*_CHANNEL):
        low, high = work.low or work.value, (work.high or work.value) / registered.value
        work.low, work.high = low, high
        work.trap("one_channel", ratio=f"{registered.value:g}")
    elif work.says(*_LENDING) and not work.says(*_REGISTERED):
        work.scale(1.0 / registered.value)
        work.trap("lending", ratio=f"{registered.value:g}")
        work.errors.append(spread(registered.value, registered.low, registered.high))
    elif not work.says(*_REGISTERED, *_TRADEMARKS, "patents only") and not national(work):
        work.trap("pledge_unstated")
        work.sure = False


def national(work: Working) -> bool:
    """Tell whether it is a figure of the whole country."""
    return work.row.place.casefold().startswith("china")


def applicants(work: Working) -> None:
    """Note whom a national figure counts: mainland, domestic with Hong Kong, or all."""
    if not national(work) or work.indicator in {"patent_pledge_amount", "patent_pledge_projects"}:
        return
    if work.says(*_ALL_APPLICANTS):
        work.trap("foreign")
    elif "domestic" in work.row.place.casefold() or work.says(*_DOMESTIC_WITH_HONG_KONG):
        work.trap("hong_kong")


def surveys(work: Working) -> None:
    """Add the error of surveys, and of what they define otherwise than the model."""
    if work.indicator in {"share_patentees_infringed", "ip_protection_satisfaction"} or (
        work.indicator.startswith("industrialisation_rate")
    ):
        work.trap("survey")
    if work.indicator == "ip_protection_satisfaction":
        work.trap("marks")
    if work.indicator == "examination_pendency_invention":
        work.trap("from_request")
