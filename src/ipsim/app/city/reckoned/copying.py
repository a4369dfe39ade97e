"""Why an enterprise copied another or not, and what holders did about copies."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ipsim.app.city.names import BODY_WORDS, both
from ipsim.app.city.reckoned.decision import Decision, heads
from ipsim.app.city.sums import money, share
from ipsim.app.city.witness import brought_to_turn, copy_of, witnessed
from ipsim.city.bodies import ADMINISTRATIVE, COURT, MEDIATION
from ipsim.city.enterprise import ALIVE
from ipsim.city.state import City
from ipsim.engine.draws import uniforms
from ipsim.engine.rules import interpreted
from ipsim.mechanisms import copying, disputes
from ipsim.mechanisms.copying import COPYING
from ipsim.mechanisms.decisions import SCRUPLE
from ipsim.mechanisms.disputes import DISPUTES
from ipsim.scenario.words import Words


def reckoned_copying(city: City, i: int) -> list[Decision]:
    """Return what enterprise ``i`` reckoned when it met something that it could copy."""
    if city.enterprises[i].copies >= 0 or city.enterprises[i].status != ALIVE:
        return []
    copy = copy_of(city)
    seen: dict[str, Any] = {}

    def note(arguments: tuple[Any, ...], result: Any) -> None:
        gain, punish, cost = (float(one) for one in arguments[:3])
        seen.update(gain=gain, punish=punish, cost=cost, worth=float(result))

    witnessed(COPYING.act, {"worth_of_copying": (copying.worth_of_copying, note)})(copy, i)
    if not seen:
        return []
    now, p = copy.enterprises[i], copy.parameters[0]
    luck = uniforms(int(copy.clock[0].seed), SCRUPLE, np.array([now.key]), 0, 0)
    scruple = float(p.copy_scruple * -math.log(luck[0]))
    copied = bool(now.copies >= 0)
    said = [
        both("why_copy", gain=money(seen["gain"]), cost=money(seen["cost"]), punish=share(seen["punish"]))
    ]
    short = float(city.enterprises[i].cash) < seen["cost"]
    key = (
        "why_copied"
        if copied
        else ("why_copy_no_cash" if seen["worth"] > scruple and short else "why_not_copied")
    )
    said.append(both(key, worth=money(seen["worth"]), scruple=money(scruple)))
    return [Decision("copying", said, facts={**seen, "scruple": scruple, "copied": copied})]


_worth_of_case = interpreted(disputes.worth_of_case)
_settlement = interpreted(disputes.settlement)
_kept_settlements = interpreted(disputes.kept_settlements)
_royalty = interpreted(disputes.royalty_for_copy)
_damages = interpreted(copying.expected_damages)
_fears_court = interpreted(disputes.fears_court)


def reckoned_disputes(city: City, i: int) -> list[Decision]:
    """Return what enterprise ``i`` reckoned for each copy of its products that it found in the quarter."""
    copiers = np.flatnonzero((city.enterprises.copies == i) & (city.enterprises.status == ALIVE))
    found: list[Decision] = []

    def note(arguments: tuple[Any, ...], channel: Any) -> None:
        then, holder, copier = arguments
        found.append(_channels(then, holder, copier, channel))

    for j in copiers:
        copy = brought_to_turn(DISPUTES, city, int(j))
        witnessed(DISPUTES.act, {"best_channel": (disputes.best_channel, note)})(copy, int(j))
    return found


def _channels(city: City, holder: int, copier: int, channel: Any) -> Decision:
    """Tell what each way against a copy is worth to the holder, by the model's own rules."""
    policy, p = city.policy[0], city.parameters[0]
    gain = float(city.enterprises[copier].copy_gain)
    loss, strength = gain * p.loss_per_gain, city.enterprises[holder].best_strength
    award = _damages(loss * p.case_years, policy, p)
    part = _settlement(loss * p.case_years, policy, p)
    court, office, mediation = (city.bodies[body] for body in (COURT, ADMINISTRATIVE, MEDIATION))
    settled = _kept_settlements(policy, p) * _worth_of_case(mediation, loss, 1.0, part, p)
    is_open = {ADMINISTRATIVE: office.posts > 0.0, COURT: True, MEDIATION: mediation.posts > 0.0}
    is_open[MEDIATION] = is_open[MEDIATION] and bool(_fears_court(city, copier, part, award))
    worths = {
        COURT: _worth_of_case(court, loss, strength, award, p),
        ADMINISTRATIVE: _worth_of_case(office, loss, strength, 0.0, p),
        MEDIATION: settled,
        disputes.NEGOTIATE: _royalty(city, holder, copier) - p.licence_cost,
    }
    rows, ways = [[both("why_bear"), _none(), _none(), money(0.0)]], [disputes.BEAR]
    for body in (ADMINISTRATIVE, COURT, MEDIATION):
        months = Words(f"{float(city.bodies[body].months):.0f}", f"{float(city.bodies[body].months):.0f}")
        worth = money(float(worths[body])) if is_open[body] else both("why_not_open")
        rows.append([both(BODY_WORDS[body]), months, money(float(city.bodies[body].cost)), worth])
        ways.append(body)
    licence = money(float(worths[disputes.NEGOTIATE]))
    rows.append([both("why_licence"), _none(), money(float(p.licence_cost)), licence])
    ways.append(disputes.NEGOTIATE)
    chosen = ways.index(int(channel.way))
    said = [both("why_found_copy", loss=money(float(loss)), strength=share(float(strength)))]
    said.append(both("why_channel", way=rows[chosen][0], worth=money(float(channel.worth))))
    facts: dict[str, Any] = {"way": int(channel.way), "worth": float(channel.worth), "copier": copier}
    facts["worths"] = {int(way): float(worth) for way, worth in worths.items()}
    return Decision("dispute", said, heads("way", "months", "costs", "net"), rows, chosen, facts)


def _none() -> Words:
    return Words("–", "–")
