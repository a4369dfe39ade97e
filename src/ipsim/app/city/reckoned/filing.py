"""Why an enterprise filed an invention, kept it secret, or filed trifles."""

from __future__ import annotations

from typing import Any

from ipsim.app.city.names import both
from ipsim.app.city.reckoned.decision import Decision, heads
from ipsim.app.city.sums import decimal, money, share
from ipsim.app.city.witness import copy_of, witnessed
from ipsim.city.bodies import CAREFUL
from ipsim.city.patent import DESIGN, INVENTION, KINDS, UTILITY_MODEL
from ipsim.city.state import City
from ipsim.engine.rules import interpreted
from ipsim.mechanisms import filing, inventing, worth
from ipsim.mechanisms.filing import FILING
from ipsim.scenario.words import Words

MOST_INVENTIONS = 12
"""Inventions of one quarter that are told one by one."""
_BY_KIND = [f"subsidies_{when}_{kind}" for when in ("filing", "grant") for kind in KINDS]
_SUBSIDIES = (*_BY_KIND, "subsidies_high_value")

_worth_of_filing = interpreted(filing.worth_of_filing)
_agency_of = interpreted(filing.agency_of)
_chance_of_grant = interpreted(worth.chance_of_grant)
_worth_in_use = interpreted(worth.worth_in_use)
_kept_unpatented = interpreted(worth.kept_unpatented)
_official_fee = interpreted(worth.official_fee)
_agency_fee = interpreted(filing.agency_fee)
_gain_of_splitting = interpreted(filing.gain_of_splitting)


def reckoned_filings(city: City, i: int) -> list[Decision]:
    """Return what enterprise ``i`` reckoned for each invention of the quarter, and for trifles."""
    copy = copy_of(city)
    seen = _Inventions()
    rules = {
        "invention": (inventing.invention, seen.invented),
        "claims_on": (inventing.claims_on, seen.claimed),
        "left_after_claims": (inventing.left_after_claims, seen.left),
        "best_choice": (filing.best_choice, seen.chose),
        "trifles_wanted": (filing.trifles_wanted, seen.wanted),
    }
    known = int(copy.clock[0].patents)
    witnessed(FILING.act, rules)(copy, i)
    entered = copy.patents[known : int(copy.clock[0].patents)]
    decisions = _told_all(seen.ideas)
    split = sum(max(0, idea.get("parts", 1) - 1) for idea in seen.ideas if idea.get("kind", -1) >= 0)
    trifles = int(entered.trifle.sum()) - split
    decisions += _told_trifles(city, i, seen, trifles)
    if decisions:
        decisions[0].facts["filed"] = [int((entered.kind == kind).sum()) for kind in range(3)]
        decisions[0].facts["trifles"] = int(entered.trifle.sum())
    return decisions


def _told_all(ideas: list[dict[str, Any]]) -> list[Decision]:
    """Tell of inventions, filed ones first; those that are worth nothing in any way are counted only."""
    numbered = list(enumerate(ideas))
    idle = [n for n, idea in numbered if idea.get("kind") == -1 and idea["worth"] <= 0.0]
    told = sorted((n for n, _ in numbered if n not in idle), key=lambda n: ideas[n].get("kind", -2) < 0)
    decisions = [_told(n, ideas[n]) for n in told[:MOST_INVENTIONS]]
    if len(told) > MOST_INVENTIONS:
        decisions.append(Decision("filing", [both("why_more_inventions", n=len(told) - MOST_INVENTIONS)]))
    if len(idle) == 1:
        decisions.append(_told(idle[0], ideas[idle[0]]))
    elif idle:
        decisions.append(Decision("filing", [both("why_many_unused", n=len(idle))]))
    return decisions


class _Inventions:
    """Notes what was reckoned for each invention as the rules are called."""

    def __init__(self) -> None:
        self.ideas: list[dict[str, Any]] = []
        self.trifles: dict[int, float] = {}

    def invented(self, arguments: tuple[Any, ...], idea: Any) -> None:
        self.ideas.append(
            {"merit": float(idea.merit), "value": float(idea.value), "design": bool(idea.is_design)}
        )
        self.ideas[-1] |= {"claims": 0, "left": float(idea.value)}

    def claimed(self, arguments: tuple[Any, ...], claims: Any) -> None:
        self.ideas[-1]["claims"] = int(claims)

    def left(self, arguments: tuple[Any, ...], left: Any) -> None:
        self.ideas[-1]["left"] = float(left)

    def wanted(self, arguments: tuple[Any, ...], number: Any) -> None:
        self.trifles[int(arguments[2])] = float(number)

    def chose(self, arguments: tuple[Any, ...], choice: Any) -> None:
        city, i, merit, value, is_design, visible = arguments
        idea = self.ideas[-1]
        idea |= {"seen_merit": float(merit), "visible": bool(visible), "parts": int(choice.parts)}
        idea |= {"kind": int(choice.kind), "style": int(choice.style), "worth": float(choice.worth)}
        idea["first"] = bool(city.enterprises[i].experience == 0)
        idea["threshold"] = float(city.parameters[0].first_filing_cost)
        idea["options"] = _options(city, i, merit, value, is_design, visible)


def _options(
    city: City, i: int, merit: float, value: float, is_design: bool, visible: bool
) -> list[dict[str, Any]]:
    """Return the worth of secrecy and of every way to file, by the model's own rules."""
    enterprise, policy, parameters = city.enterprises[i], city.policy[0], city.parameters[0]
    without, plain = city.policy.copy(), city.parameters.copy()
    for name in _SUBSIDIES:
        without[name] = 0.0
    plain.recognition_chance = 0.0
    secret = max(
        0.0, _worth_in_use(value, _kept_unpatented(visible or is_design, parameters), 0.0, parameters)
    )
    found = [{"kind": -1, "style": CAREFUL, "net": float(secret)}]
    first, last = (DESIGN, DESIGN) if is_design else (INVENTION, UTILITY_MODEL)
    for kind in range(first, last + 1):
        for style in range(2):
            agency = city.agencies[_agency_of(city, i, style)]
            net = _worth_of_filing(enterprise, kind, merit, value, agency, policy, parameters)
            bare = _worth_of_filing(enterprise, kind, merit, value, agency, without[0], parameters)
            untaxed = _worth_of_filing(enterprise, kind, merit, value, agency, policy, plain[0])
            fees = _official_fee(kind, enterprise.size_class, policy) + _agency_fee(kind, agency)
            granted = _chance_of_grant(kind, merit + agency.drafting, parameters)
            one = {"kind": kind, "style": style, "net": float(net), "subsidies": float(net - bare)}
            one["tax"] = float(net - untaxed)
            found.append({**one, "fees": float(fees), "granted": float(granted)})
    return found


def way(kind: int, style: int) -> Words:
    """Return what a way to protect an invention is called."""
    if kind < 0:
        return both("why_secret")
    return both(f"why_{KINDS[kind]}_{'careful' if style == CAREFUL else 'volume'}")


def _told(n: int, idea: dict[str, Any]) -> Decision:
    said = [both("why_invention", n=n + 1, merit=decimal(idea["merit"]), value=money(idea["value"]))]
    if idea["claims"]:
        key = "why_blocked" if idea["left"] <= 0.0 else "why_claims"
        said.append(both(key, holders=_holders(idea["claims"]), left=money(idea["left"])))
    decision = Decision("filing", said, facts={"idea": {k: v for k, v in idea.items() if k != "options"}})
    if "options" not in idea:
        return decision
    options = idea["options"]
    said.append(
        both("why_seen", merit=decimal(idea["seen_merit"]), shown=both(f"why_visible_{int(idea['visible'])}"))
    )
    decision.head = heads("way", "granted", "fees", "subsidies", "tax", "net")
    nothing = Words("–", "–")
    for option in options:
        cells = [way(option["kind"], option["style"])]
        if option["kind"] < 0:
            cells += [nothing] * 4
        else:
            cells += [
                share(option["granted"]),
                *(money(option[what]) for what in ("fees", "subsidies", "tax")),
            ]
        decision.rows.append([*cells, money(option["net"])])
    chosen = (idea["kind"], idea["style"] if idea["kind"] >= 0 else CAREFUL)
    decision.chosen = [(one["kind"], one["style"]) for one in options].index(chosen)
    if idea["first"]:
        said.append(both("why_first_filing", cost=money(idea["threshold"])))
    said.append(_result(idea, options))
    decision.facts["options"] = options
    return decision


def _holders(claims: int) -> Words:
    return both("why_holder") if claims == 1 else both("why_holders", n=claims)


def _result(idea: dict[str, Any], options: list[dict[str, Any]]) -> Words:
    if idea["kind"] < 0:
        return both("why_kept_secret" if idea["worth"] > 0.0 else "why_left_unused")
    best = next(one for one in options if (one["kind"], one["style"]) == (idea["kind"], idea["style"]))
    gaps = {
        "way": way(idea["kind"], idea["style"]),
        "net": money(best["net"]),
        "secret": money(options[0]["net"]),
    }
    if idea["parts"] > 1:
        return both("why_filed_parts", parts=idea["parts"], **gaps)
    for what, key in (("tax", "why_filed_for_tax"), ("subsidies", "why_filed_for_subsidy")):
        if best[what] > 0.0 and _best_without(what, idea, options) <= options[0]["net"]:
            return both(key, **{what: money(best[what])}, **gaps)
    return both("why_filed", subsidies=money(best["subsidies"]), **gaps)


def _best_without(what: str, idea: dict[str, Any], options: list[dict[str, Any]]) -> float:
    """Return the worth of the best way to file if there were no subsidies, or no tax to save."""
    threshold = idea["threshold"] if idea["first"] else 0.0
    return max(one["net"] - one[what] for one in options[1:]) - threshold


def _told_trifles(city: City, i: int, seen: _Inventions, trifles: int) -> list[Decision]:
    """Return why trifles were filed, or why they don't pay."""
    enterprise, policy, parameters = city.enterprises[i], city.policy[0], city.parameters[0]
    agency = city.agencies[_agency_of(city, i, 1)]
    rows, gains = [], []
    for kind in range(3):
        gain = float(_gain_of_splitting(enterprise, kind, agency, policy, parameters))
        gains.append(gain)
        number = seen.trifles.get(kind, 0.0)
        rows.append([both(f"why_type_{KINDS[kind]}"), money(gain), decimal(number)])
    best = max(range(3), key=lambda kind: seen.trifles.get(kind, 0.0))
    if trifles:
        said = both(
            "why_trifles_filed", n=trifles, gain=money(gains[best]), kind=both(f"why_type_{KINDS[best]}")
        )
    elif max(gains) > 0.0:
        said = both("why_trifles_few")
    else:
        said = both("why_trifles_none")
    chosen = best if trifles else -1
    facts = {"gains": gains, "wanted": [seen.trifles.get(kind, 0.0) for kind in range(3)], "trifles": trifles}
    return [Decision("trifles", [said], heads("type", "gain", "wanted"), rows, chosen, facts)]
