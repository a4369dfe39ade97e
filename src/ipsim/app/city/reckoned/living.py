"""Why an enterprise was founded, and why it ended."""

from __future__ import annotations

from typing import Any

from ipsim.app.city.names import both
from ipsim.app.city.reckoned.decision import Decision
from ipsim.app.city.sums import money
from ipsim.app.city.witness import copy_of, witnessed
from ipsim.city.enterprise import ALIVE, FAILED
from ipsim.city.state import City
from ipsim.mechanisms import entry
from ipsim.mechanisms.entry import ENTRY
from ipsim.mechanisms.survival import SETTLEMENT


def reckoned_founding(city: City, i: int) -> list[Decision]:
    """Return what the founder in row ``i`` reckoned."""
    if city.enterprises[i].status == ALIVE:
        return []
    copy = copy_of(city)
    seen: dict[str, Any] = {}

    def note(arguments: tuple[Any, ...], result: Any) -> None:
        enterprise = arguments[0].enterprises[arguments[1]]
        seen["prospects"] = float(result)
        seen["cost"] = float(arguments[0].parameters[0].founding_cost * enterprise.sales)

    witnessed(ENTRY.act, {"prospects": (entry.prospects, note)})(copy, i)
    if copy.enterprises[i].status != ALIVE:
        return []
    said = both("why_founded", prospects=money(seen["prospects"]), cost=money(seen["cost"]))
    return [Decision("founding", [said], facts=seen)]


def reckoned_end(city: City, i: int) -> list[Decision]:
    """Return why enterprise ``i`` ended in this quarter, if it did."""
    if city.enterprises[i].status != ALIVE:
        return []
    copy = copy_of(city)
    witnessed(SETTLEMENT.act, {})(copy, i)
    status = int(copy.enterprises[i].status)
    if status == ALIVE:
        return []
    before = city.enterprises[i]
    gaps = {"cash": money(float(before.cash)), "quarters": int(before.distress)}
    said = both("why_failed" if status == FAILED else "why_closed", **gaps)
    return [Decision("end", [said], facts={"status": status})]
