"""Why an enterprise got a loan or not: its wish, its own money, the bank's reckoning."""

from __future__ import annotations

from typing import Any

from ipsim.app.city.names import both
from ipsim.app.city.reckoned.decision import Decision
from ipsim.app.city.sums import money, share
from ipsim.app.city.witness import brought_to_turn, witnessed
from ipsim.city.enterprise import ALIVE
from ipsim.city.state import City
from ipsim.mechanisms import lending
from ipsim.mechanisms.lending import LENDING
from ipsim.scenario.words import Words


def reckoned_lending(city: City, i: int) -> list[Decision]:
    """Return what enterprise ``i`` and its bank reckoned about a loan."""
    if city.enterprises[i].status != ALIVE:
        return []
    copy = brought_to_turn(LENDING, city, i)
    before = copy.enterprises[i].copy()
    seen: dict[str, Any] = {}

    def note(name: str) -> Any:
        return lambda arguments, result: seen.update({name: float(result)})

    def asked(arguments: tuple[Any, ...], result: Any) -> None:
        _city, _bank, loan, covered, first, screening = arguments
        seen.update(loan=float(loan), covered=float(covered), first=bool(first), screening=float(screening))
        seen["accepted"] = bool(result)

    rules = {
        "wish_to_invest": (lending.wish_to_invest, note("wish")),
        "appraised": (lending.appraised, note("appraised")),
        "learned_default_rate": (lending.learned_default_rate, note("default")),
        "bank_accepts": (lending.bank_accepts, asked),
        "apply_for_loan": (lending.apply_for_loan, note("lent")),
    }
    witnessed(LENDING.act, rules)(copy, i)
    if before.debt > 0.0:
        return _serving(copy, i, before)
    if seen.get("wish", 0.0) <= 0.0:
        return []
    return [
        Decision(
            "lending", _sentences(seen, before, copy), facts={**seen, "debt": float(copy.enterprises[i].debt)}
        )
    ]


def _sentences(seen: dict[str, Any], before: Any, city: City) -> list[Words]:
    need = "why_wish_need" if before.cash < 0.0 else "why_wish_chance"
    said = [both(need, wish=money(seen["wish"]), cash=money(float(before.cash)))]
    if "lent" not in seen:
        return [*said, both("why_own_money")]
    if "appraised" not in seen:
        return [*said, both("why_no_collateral" if before.protected_flow <= 0.0 else "why_not_looked_at")]
    said.append(both("why_appraised", worth=money(seen["appraised"])))
    if "loan" not in seen:
        return [*said, both("why_too_small", least=money(float(city.parameters[0].smallest_loan)))]
    burnt = float(city.banks[int(before.bank)].burnt)
    gaps = {"default": share(seen["default"]), "covered": share(seen["covered"]), "burnt": share(burnt)}
    said.append(both("why_bank", loan=money(seen["loan"]), screening=share(seen["screening"]), **gaps))
    if not seen["accepted"]:
        return [*said, both("why_bank_declines")]
    return [*said, both("why_bank_lends" if seen["lent"] > 0.0 else "why_bank_finds_weak")]


def _serving(city: City, i: int, before: Any) -> list[Decision]:
    """Tell what became of a loan whose day had come; nothing is decided before."""
    if before.loan_due > city.clock[0].quarter:
        return []
    now = city.enterprises[i]
    gaps = {"debt": money(float(before.debt)), "cash": money(float(before.cash))}
    if now.debt > 0.0:
        said = both("why_loan_prolonged", **gaps)
    elif now.distress > before.distress:
        said = both("why_loan_defaulted", **gaps)
    else:
        said = both("why_loan_repaid", **gaps)
    return [Decision("lending", [said], facts={"debt": float(now.debt)})]
