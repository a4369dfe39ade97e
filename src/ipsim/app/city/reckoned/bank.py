"""Why a bank lent or declined: every application that it looked at in a quarter."""

from __future__ import annotations

from typing import Any

import numpy as np

from ipsim.app.city.names import both
from ipsim.app.city.reckoned.decision import Decision, heads
from ipsim.app.city.sums import money, share
from ipsim.app.city.witness import copy_of, witnessed
from ipsim.city.enterprise import ALIVE
from ipsim.city.state import City
from ipsim.mechanisms import lending
from ipsim.mechanisms.lending import LENDING
from ipsim.scenario.words import Words

MOST_APPLICATIONS = 12
"""Applications of one quarter that are told one by one."""


def reckoned_applications(city: City, b: int) -> list[Decision]:
    """Return what bank ``b`` reckoned for each application that it took up."""
    copy = copy_of(city)
    seen: list[dict[str, Any]] = []
    at = {"row": -1}

    def asked(arguments: tuple[Any, ...], accepted: Any) -> None:
        then, _bank, loan, covered, first, screening = arguments
        if int(then.enterprises.bank[at["row"]]) == b:
            seen.append(
                {"row": at["row"], "loan": float(loan), "covered": float(covered), "first": bool(first)}
            )
            seen[-1] |= {"screening": float(screening), "accepted": bool(accepted), "default": at_default[0]}

    def expected(arguments: tuple[Any, ...], rate: Any) -> None:
        at_default[0] = float(rate)

    def lent(arguments: tuple[Any, ...], loan: Any) -> None:
        if seen and seen[-1]["row"] == arguments[1]:
            seen[-1]["lent"] = float(loan)

    at_default = [0.0]
    rules = {
        "bank_accepts": (lending.bank_accepts, asked),
        "learned_default_rate": (lending.learned_default_rate, expected),
        "apply_for_loan": (lending.apply_for_loan, lent),
    }
    act = witnessed(LENDING.act, rules)
    for i in np.flatnonzero(copy.enterprises.status == ALIVE):  # in their order: they share the fund
        at["row"] = int(i)
        act(copy, int(i))
    burnt = float(city.banks.burnt[b])
    said = [both("why_bank_burnt", burnt=share(burnt), balance=money(float(city.fund[0].balance)))]
    said.append(both("why_bank_seen", n=len(seen), lent=sum(one["lent"] > 0.0 for one in seen)))
    rows = [_row(one) for one in seen[:MOST_APPLICATIONS]]
    facts = {"applications": len(seen), "lent": [one["lent"] for one in seen if one["lent"] > 0.0]}
    return [
        Decision(
            "applications", said, heads("loan", "default", "covered", "screening", "outcome"), rows, -1, facts
        )
    ]


def _row(one: dict[str, Any]) -> list[Words]:
    if one["lent"] > 0.0:
        outcome = both("why_lent")
    else:
        outcome = both("why_found_weak" if one["accepted"] else "why_declined")
    loan = both("why_first_loan" if one["first"] else "why_later_loan", amount=money(one["loan"]))
    return [loan, share(one["default"]), share(one["covered"]), share(one["screening"]), outcome]
