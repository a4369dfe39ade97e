"""Single rules: what agents choose moves the way that their interest does."""

from __future__ import annotations

from typing import Any

import pytest

from ipsim.city.patent import DESIGN, INVENTION, UTILITY_MODEL
from ipsim.engine.rules import interpreted
from ipsim.mechanisms import copying, disputes, filing, inventing, lending, research, worth
from ipsim.simulation import Simulation
from tests.simulation.small import ran, small


@pytest.fixture(scope="module")
def run() -> Simulation:
    return ran(small(), 0)


@pytest.fixture
def parameters(run: Simulation) -> Any:
    return run.city.parameters[0]


@pytest.fixture
def policy(run: Simulation) -> Any:
    """The policy of the city as a copy that a test may change."""
    return run.city.policy.copy()[0]


@pytest.fixture
def enterprise(run: Simulation) -> Any:
    return run.city.enterprises[run.city.enterprises.research.argmax() :].copy()[0]


def call(rule: Any, *values: Any) -> Any:
    return interpreted(rule)(*values)


def test_secrecy_keeps_less_the_faster_it_leaks(parameters: Any) -> None:
    kept = [call(worth.kept_secret, hazard, parameters) for hazard in (0.0, 0.1, 0.5, 2.0)]
    assert kept[0] == 1.0
    assert kept == sorted(kept, reverse=True) and kept[-1] > 0.0


def test_a_right_is_worth_more_with_redress_and_less_with_a_wait(parameters: Any) -> None:
    def kept(redress: float, wait: float) -> float:
        return call(worth.kept_patented, 0.3, redress, wait, 20.0 - wait, parameters)

    assert kept(0.8, 1.0) > kept(0.2, 1.0)
    assert kept(0.8, 1.0) > kept(0.8, 4.0)


def test_the_office_grants_inventions_by_merit_and_others_by_form(parameters: Any) -> None:
    chances = [call(worth.chance_of_grant, INVENTION, merit, parameters) for merit in (-3.0, 0.0, 3.0)]
    assert chances == sorted(chances) and chances[0] < 0.1 < 0.9 < chances[-1]
    for kind in (UTILITY_MODEL, DESIGN):
        assert call(worth.chance_of_grant, kind, -3.0, parameters) > 0.5


@pytest.mark.parametrize("kind", [INVENTION, UTILITY_MODEL, DESIGN])
def test_annuities_never_fall_with_age(kind: int) -> None:
    ladder = [call(worth.annuity, kind, year) for year in range(1, 21)]
    assert ladder == sorted(ladder) and ladder[-1] > ladder[0]


def test_small_entities_pay_less(policy: Any) -> None:
    assert call(worth.official_fee, INVENTION, 0, policy) < call(worth.official_fee, INVENTION, 3, policy)


def test_research_follows_worth_and_subsidy_with_the_elasticity_of_its_cost(parameters: Any) -> None:
    def effort(value: float, subsidy: float) -> float:
        return call(research.best_effort, 1.0, value, subsidy, parameters)

    assert effort(2.0, 0.0) > effort(1.0, 0.0) > effort(0.0, 0.0) == 0.0
    ratio = effort(1.0, 0.1) / effort(1.0, 0.0)
    assert ratio == pytest.approx(0.9 ** (-1.0 / (1.0 - parameters.research_elasticity)))


def test_relabelling_comes_with_the_subsidy(enterprise: Any, parameters: Any) -> None:
    enterprise.high_tech = 0
    enterprise.inventions = enterprise.utility_models = enterprise.designs = 0
    honest = call(research.report, enterprise, 0.0, parameters)
    padded = call(research.report, enterprise, 0.3, parameters)
    assert honest == enterprise.research
    most = (1.0 + parameters.relabel_limit) * enterprise.research
    assert enterprise.research < padded <= most * (1 + 1e-12)


def test_trifles_come_with_subsidies_and_go_with_supervision(run: Simulation) -> None:
    city = run.city._replace(policy=run.city.policy.copy())
    row = int(run.city.enterprises.research.argmax())
    lever = city.policy[0]
    lever.subsidies_filing_utility_model = lever.subsidies_grant_utility_model = 0.0
    assert call(filing.trifles_wanted, city, row, UTILITY_MODEL) == 0.0
    lever.subsidies_filing_utility_model = 15000.0
    wanted = call(filing.trifles_wanted, city, row, UTILITY_MODEL)
    lever.quality_agency_supervision = 1.0
    assert wanted > call(filing.trifles_wanted, city, row, UTILITY_MODEL) >= 0.0


def test_a_worthless_invention_is_kept_from_the_office_without_a_reward(run: Simulation) -> None:
    city = run.city._replace(policy=run.city.policy.copy(), enterprises=run.city.enterprises.copy())
    row = int(city.enterprises.research.argmax())
    city.enterprises.inventions[row] = 5  # recognition as high-tech asks for no more
    for name in city.policy.dtype.names or ():
        if name.startswith("subsidies"):
            city.policy[name] = 0.0
    assert call(filing.best_choice, city, row, 0.0, 0.0, False, True).kind == -1
    city.policy.subsidies_filing_utility_model[:] = 20000.0
    assert call(filing.best_choice, city, row, 0.0, 0.0, False, True).kind == UTILITY_MODEL


def test_a_copier_weighs_its_fear(policy: Any, parameters: Any) -> None:
    def value(punish: float) -> float:
        return call(copying.worth_of_copying, 1.0, punish, 0.5, policy, parameters)

    assert value(0.0) > value(0.2) > value(1.0)


def test_damages_have_a_floor_and_a_cap(policy: Any, parameters: Any) -> None:
    policy.protection_damages, policy.national_punitive_cap = 5.0, 3.0
    capped = call(copying.expected_damages, 10.0, policy, parameters)
    policy.protection_damages = 3.0
    assert call(copying.expected_damages, 10.0, policy, parameters) == capped
    policy.national_damages_floor = 500_000.0
    assert call(copying.expected_damages, 0.0, policy, parameters) == 0.5


def test_monitoring_finds_copies(policy: Any, parameters: Any) -> None:
    chances = []
    for strength in (0.0, 0.5, 1.0):
        policy.protection_monitoring = strength
        chances.append(call(disputes.chance_found, policy, parameters))
    assert 0.0 < chances[0] < chances[1] < chances[2] < 1.0


def test_a_bank_looks_closer_the_more_it_stands_to_lose(parameters: Any) -> None:
    looks = [call(lending.best_screening, 0.05, loss, parameters) for loss in (0.0, 1.0, 1e6)]
    assert looks[0] == 0.0 < looks[1] <= looks[2] == 1.0


def test_a_bank_learns_from_its_losses(run: Simulation, parameters: Any) -> None:
    bank = run.city.banks.copy()[0]
    prior = call(lending.learned_default_rate, bank, True, parameters)
    assert prior == pytest.approx(parameters.prior_default_first)
    bank.ended_first = bank.lost_first = 20.0
    assert call(lending.learned_default_rate, bank, True, parameters) > prior
    bank.lost_first = 0.0
    assert call(lending.learned_default_rate, bank, True, parameters) < prior


def test_an_empty_fund_covers_nothing(run: Simulation) -> None:
    city = run.city._replace(fund=run.city.fund.copy(), policy=run.city.policy.copy())
    city.fund.injected[:] = city.fund.balance[:] = 100.0
    city.policy.utilisation_pledge_fund_loss_share[:] = 0.6
    bank = city.banks[0]
    assert call(lending.share_covered, city, bank, 5.0) == 0.6
    city.fund.guaranteed[:] = 1e9
    assert call(lending.share_covered, city, bank, 5.0) == 0.0
    city.fund.guaranteed[:] = city.fund.balance[:] = 0.0
    assert call(lending.share_covered, city, bank, 5.0) == 0.0


def test_nobody_stops_a_project_whose_rights_are_not_enforced(run: Simulation) -> None:
    row = int(run.city.enterprises.research.argmax())
    city = run.city._replace(enterprises=run.city.enterprises.copy())
    city.enterprises.punish[row] = 0.0
    assert [call(inventing.claims_on, city, row, n) for n in range(30)] == [0] * 30
    city.enterprises.punish[row] = 4.0
    city.industries.thicket[:] = 5.0
    assert sum(call(inventing.claims_on, city, row, n) for n in range(200)) > 0
