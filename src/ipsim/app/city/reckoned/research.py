"""Why an enterprise did as much research as it did."""

from __future__ import annotations

from typing import Any

from ipsim.app.city.names import both
from ipsim.app.city.reckoned.decision import Decision
from ipsim.app.city.sums import money, share
from ipsim.app.city.witness import copy_of, witnessed
from ipsim.city.state import City
from ipsim.mechanisms import research
from ipsim.mechanisms.research import RESEARCH


def reckoned_research(city: City, i: int) -> list[Decision]:
    """Return what enterprise ``i`` reckoned before it set its R&D."""
    copy = copy_of(city)
    before = float(city.enterprises[i].research)
    seen: dict[str, Any] = {}

    def note(name: str) -> Any:
        return lambda arguments, result: seen.update({name: float(result)})

    rules = {
        "kept_by_best_means": (research.kept_by_best_means, note("kept")),
        "worth_of_invention": (research.worth_of_invention, note("worth")),
        "best_effort": (research.best_effort, note("effort")),
        "begins_or_goes_on": (research.begins_or_goes_on, note("goes_on")),
        "affordable": (research.affordable, note("affordable")),
    }
    witnessed(RESEARCH.act, rules)(copy, i)
    now, policy = copy.enterprises[i], copy.policy[0]
    said = [
        both(
            "why_research_worth",
            worth=money(seen["worth"]),
            kept=share(seen["kept"]),
            lost=share(float(now.blocked)),
        )
    ]
    if now.high_tech != city.enterprises[i].high_tech or now.high_tech:
        said.append(both(f"why_high_tech_{int(now.high_tech)}"))
    gaps = {"effort": money(seen["effort"]), "now": money(float(now.research)), "before": money(before)}
    gaps |= {"subsidy": share(float(policy.subsidies_research))}
    if not seen["goes_on"]:
        fixed = float(copy.parameters[0].research_fixed_cost)
        said.append(both("why_research_none", effort=gaps["effort"], fixed=money(fixed)))
    elif now.researches == 0:
        said.append(both("why_research_no_cash", effort=gaps["effort"]))
    else:
        if seen.get("affordable", 1e9) <= float(now.research):
            said.append(both("why_research_cash"))
        said.append(both("why_research_done", **gaps))
    return [Decision("research", said, facts={**seen, "research": float(now.research)})]
