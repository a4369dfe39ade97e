"""Why an owner kept a patent or gave it up."""

from __future__ import annotations

from typing import Any

import numpy as np

from ipsim.app.city.names import both
from ipsim.app.city.reckoned.decision import Decision, heads
from ipsim.app.city.sums import money
from ipsim.app.city.witness import copy_of, witnessed
from ipsim.city.patent import IN_FORCE, KINDS
from ipsim.city.state import City
from ipsim.mechanisms import renewal
from ipsim.mechanisms.renewal import RENEWAL
from ipsim.scenario.words import Words

MOST_PATENTS = 12
"""Patents of one quarter that are told one by one."""


def reckoned_renewals(city: City, i: int, owner_kind: int = 0) -> list[Decision]:
    """Return what owner ``i`` reckoned for each patent whose annuity was due."""
    copy = copy_of(city)
    quarter = int(copy.clock[0].quarter)
    used = copy.patents[: int(copy.clock[0].patents)]
    mine = (
        (used.owner == i) & (used.owner_kind == owner_kind) & (used.stage == IN_FORCE) & (used.due <= quarter)
    )
    seen: list[dict[str, Any]] = []

    def fee(arguments: tuple[Any, ...], result: Any) -> None:
        seen.append({"year": int(arguments[2]), "kind": int(arguments[1].kind), "fee": float(result)})

    def benefit(arguments: tuple[Any, ...], result: Any) -> None:
        seen[-1] |= {"benefit": float(result), "in_use": int(arguments[1].in_use)}

    rules = {
        "annuity_due": (renewal.annuity_due, fee),
        "yearly_benefit": (renewal.yearly_benefit, benefit),
    }
    act = witnessed(RENEWAL.act, rules)
    for n in np.flatnonzero(mine):
        act(copy, int(n))
        seen[-1]["kept"] = bool(used.stage[n] == IN_FORCE)
    if not seen:
        return []
    kept = sum(one["kept"] for one in seen)
    more = [both("why_more_patents", n=len(seen) - MOST_PATENTS)] if len(seen) > MOST_PATENTS else []
    said = [*more, both("why_renewed", kept=kept, ended=len(seen) - kept)]
    rows = [_row(one) for one in seen[:MOST_PATENTS]]
    facts = {"kept": kept, "ended": len(seen) - kept}
    return [
        Decision("renewal", said, heads("patent", "year", "benefit", "annuity", "outcome"), rows, -1, facts)
    ]


def _row(one: dict[str, Any]) -> list[Words]:
    year = Words(str(one["year"]), str(one["year"]))
    benefit = money(one["benefit"]) if "benefit" in one else both("why_term_over")
    kind = both(f"why_kind_{KINDS[one['kind']]}_{one.get('in_use', 0)}")
    return [kind, year, benefit, money(one["fee"]), both("why_kept" if one["kept"] else "why_ended")]
