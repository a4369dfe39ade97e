"""Every lever moves what it should, and nothing when its pathway is cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pytest

from ipsim.city.bodies import COURT, MEDIATION
from ipsim.city.patent import DESIGN, INVENTION, PENDING, UTILITY_MODEL
from ipsim.city.state import City
from ipsim.scenario import Scenario
from ipsim.scenario.levers import LEVERS
from ipsim.simulation import Simulation
from tests.simulation.small import differences, ran, small, switched

SCALE = 0.25  #: disputes and loans are few: a smaller city has years without
QUARTERS = 15  #: to the third quarter of 2019: the year's tally and spending are still open
FUND = "policy.utilisation.pledge_fund"
CENTRE = "policy.protection.rapid_centre"
COVERED = list(small("jinhua").city.industry_keys)


@dataclass(frozen=True)
class Case:
    """A lever, the value it is switched to, and a measure that has to rise (or fall)."""

    key: str
    value: Any
    measure: Callable[[City], float]
    falls: bool = False
    base: dict[str, Any] = field(default_factory=dict)  #: what the lever needs in order to act


def tally(name: str) -> Callable[[City], float]:
    return lambda city: float(city.tally[name][0])


def spending(name: str) -> Callable[[City], float]:
    return lambda city: float(city.spending[name][0])


def total(table: str, name: str) -> Callable[[City], float]:
    return lambda city: float(getattr(city, table)[name].sum())


def of_body(name: str, body: int) -> Callable[[City], float]:
    return lambda city: float(city.bodies[name][body])


def pending(kind: int) -> Callable[[City], float]:
    def count(city: City) -> float:
        return float(((city.patents.kind == kind) & (city.patents.stage == PENDING)).sum())

    return count


CASES = (
    Case("policy.subsidies.research", 0.5, total("enterprises", "research")),
    Case("policy.subsidies.filing.invention", 20000, tally("filed_invention")),
    Case("policy.subsidies.filing.utility_model", 20000, tally("filed_utility_model")),
    Case("policy.subsidies.filing.design", 20000, tally("filed_design")),
    Case("policy.subsidies.grant.invention", 50000, tally("filed_invention")),
    Case("policy.subsidies.grant.utility_model", 50000, tally("filed_utility_model")),
    Case("policy.subsidies.grant.design", 50000, tally("filed_design")),
    Case("policy.subsidies.high_value", 500000, spending("subsidies_high_value")),
    Case("policy.quality.agency_supervision", 1, total("agencies", "drafting")),
    Case("policy.protection.strength", 1, of_body("months", COURT), falls=True),
    Case("policy.protection.enforcement_staff", 0, tally("admin_cases"), falls=True),
    Case("policy.protection.damages", 0, tally("awards"), falls=True),
    Case("policy.protection.monitoring", 1, tally("copies_found")),
    Case("policy.protection.speed", 4, of_body("months", COURT), falls=True),
    Case("policy.protection.mediation", 10000, of_body("posts", MEDIATION)),
    Case(
        "policy.protection.judicial_confirmation",
        1,
        total("enterprises", "punish"),
        base={"policy.protection.mediation": 10000},
    ),
    Case(f"{CENTRE}.industries", COVERED, total("patents", "rapid"), base={f"{CENTRE}.capacity": 20000}),
    Case(f"{CENTRE}.capacity", 20000, total("patents", "rapid"), base={f"{CENTRE}.industries": COVERED}),
    Case(f"{FUND}.capital", 500, total("fund", "guaranteed")),
    Case(f"{FUND}.loss_share", 1, total("fund", "guaranteed"), base={f"{FUND}.capital": 2000}),
    Case(f"{FUND}.interest_subsidy", 1, spending("utilisation_pledge_fund")),
    Case(f"{FUND}.first_loan_bonus", 0.1, spending("utilisation_pledge_fund")),
    Case(f"{FUND}.leverage", 30, total("fund", "guaranteed"), base={f"{FUND}.capital": 2}),
    Case("policy.utilisation.university_transfer", 1, total("patents", "joint")),
    Case("national.pendency.invention", 60, pending(INVENTION)),
    Case("national.pendency.utility_model", 60, pending(UTILITY_MODEL)),
    Case("national.pendency.design", 60, pending(DESIGN)),
    Case("national.fee_reduction", 0, total("enterprises", "out_fees")),
    Case("national.damages_floor", 5_000_000, tally("awards")),
    Case("national.punitive_cap", 1, tally("awards"), falls=True, base={"policy.protection.damages": 5}),
)
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)


def scenarios(case: Case) -> tuple[Scenario, Scenario]:
    """Return the base of a case and the same with its lever switched from 2017 on."""
    base = small("jinhua", 2019)
    if case.base:
        base = base.replace(case.base)
    if LEVERS[case.key].kind == "industries":
        return base, base.replace({case.key: {2016: [], 2017: case.value}})
    return base, switched(base, case.key, case.value)


@lru_cache
def run_of(scenario: Scenario) -> Simulation:
    return ran(scenario, QUARTERS, SCALE)


def test_every_lever_has_a_case() -> None:
    assert [case.key for case in CASES] == list(LEVERS)


@each
def test_it_moves_what_it_should(case: Case) -> None:
    base, switch = scenarios(case)
    before, after = case.measure(run_of(base).city), case.measure(run_of(switch).city)
    assert after < before if case.falls else after > before
    assert differences(run_of(base).city, run_of(switch).city, "enterprises", "patents")


@each
def test_it_moves_nothing_with_its_pathway_cut(case: Case) -> None:
    base, switch = scenarios(case)
    cut = ran(switch, QUARTERS, SCALE, cut=LEVERS[case.key].pathway, cut_policy=base)
    same = ("enterprises", "patents", "universities", "banks", "agencies", "bodies", "cases", "tally")
    assert differences(run_of(base).city, cut.city, *same) == []
    assert case.measure(run_of(base).city) == case.measure(cut.city)
