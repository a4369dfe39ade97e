"""Why a university filed, and why its patents find no user."""

from __future__ import annotations

from typing import Any

import numpy as np

from ipsim.app.city.names import both
from ipsim.app.city.reckoned.decision import Decision, heads
from ipsim.app.city.sums import money, share
from ipsim.app.city.witness import copy_of, witnessed
from ipsim.city.patent import IN_FORCE, KINDS, UNIVERSITY
from ipsim.city.state import City
from ipsim.engine.rules import interpreted
from ipsim.mechanisms import universities
from ipsim.mechanisms.universities import TRANSFERS, UNIVERSITIES
from ipsim.scenario.words import Words

MOST_PROJECTS = 6
"""Inventions of one quarter that are told one by one."""


def reckoned_projects(city: City, i: int) -> list[Decision]:
    """Return what university ``i`` reckoned for the inventions of the quarter."""
    copy = copy_of(city)
    projects: list[dict[str, Any]] = []

    def begun(arguments: tuple[Any, ...], result: Any) -> None:
        projects.append({"partner": int(result), "options": []})

    def worth(arguments: tuple[Any, ...], result: Any) -> None:
        projects[-1]["options"].append(
            {"kind": int(arguments[0]), "merit": float(arguments[1]), "net": float(result)}
        )

    rules = {
        "partner_of": (universities.partner_of, begun),
        "worth_to_university": (universities.worth_to_university, worth),
    }
    known = int(copy.clock[0].patents)
    witnessed(UNIVERSITIES.act, rules)(copy, i)
    if not projects:
        return []
    entered = copy.patents[known : int(copy.clock[0].patents)]
    p = copy.parameters[0]
    credit = money(float(p.university_credit * p.university_keeps))
    joint = sum(one["partner"] >= 0 for one in projects)
    said = [both("why_university_partners", n=joint, made=len(projects))]
    said.append(both("why_university_filed", n=len(entered), credit=credit))
    rows = [_row(n, one) for n, one in enumerate(projects[:MOST_PROJECTS])]
    facts = {"filed": [int((entered.kind == kind).sum()) for kind in range(3)]}
    return [
        Decision(
            "projects",
            said,
            heads("invention", *(f"net_{KINDS[k]}" for k in (0, 1)), "outcome"),
            rows,
            -1,
            facts,
        )
    ]


def _row(n: int, one: dict[str, Any]) -> list[Words]:
    nets = [option["net"] for option in one["options"]]
    best = max(range(len(nets)), key=lambda k: nets[k])
    outcome = both(f"why_type_{KINDS[best]}") if nets[best] > 0.0 else both("why_not_filed")
    return [Words(str(n + 1), str(n + 1)), money(nets[0]), money(nets[1]), outcome]


_chance_of_match = interpreted(universities.chance_of_match)


def reckoned_transfers(city: City, i: int) -> list[Decision]:
    """Return how the patents of university ``i`` fared: how many are idle, and what became of matches."""
    copy = copy_of(city)
    used = copy.patents[: int(copy.clock[0].patents)]
    mine = (used.owner_kind == UNIVERSITY) & (used.owner == i) & (used.stage == IN_FORCE)
    idle = np.flatnonzero(mine & (used.in_use == 0))
    matches: list[dict[str, Any]] = []

    def met(arguments: tuple[Any, ...], result: Any) -> None:
        city_then, patent, j = arguments
        p = city_then.parameters[0]
        knowledge = min(2.0, float(before[j]))
        developed = float(patent.flow) / (p.discount + p.value_decay) * p.transfer_gain * knowledge
        surplus = float(developed - p.commercialisation_cost)
        matches.append({"surplus": surplus, "sold": bool(patent.transferred == 1)})

    before = copy.enterprises.knowledge.copy()
    act = witnessed(TRANSFERS.act, {"sell_to": (universities.sell_to, met)})
    for n in idle:
        act(copy, int(n))
    strength = float(copy.policy[0].utilisation_university_transfer)
    alone, joint = (float(_chance_of_match(_Patent(flag), strength, copy.parameters[0])) for flag in (0, 1))
    said = [both("why_idle", idle=len(idle), held=int(mine.sum()))]
    said.append(both("why_match", alone=share(alone), joint=share(joint)))
    sold = sum(one["sold"] for one in matches)
    said.append(both("why_matches", matches=len(matches), sold=sold) if matches else both("why_no_match"))
    rows = [
        [
            Words(str(n + 1), str(n + 1)),
            money(one["surplus"]),
            both("why_sold" if one["sold"] else "why_not_sold"),
        ]
        for n, one in enumerate(matches)
    ]
    facts = {"idle": len(idle), "matches": len(matches), "sold": sold}
    return [Decision("transfers", said, heads("match", "surplus", "outcome"), rows, -1, facts)]


class _Patent:
    """Stands for a patent made alone or with a firm where a rule asks for that only."""

    def __init__(self, joint: int) -> None:
        self.joint = joint
