"""What counts as one change."""

import pytest

from ipsim.scenario import ScenarioError, load
from ipsim.study.explain.change import change_between
from ipsim.study.explain.players import changed_levers, family, policy_players

DIAL = "policy.protection.strength"
STAFF = "policy.protection.enforcement_staff"
JINHUA = load("jinhua")


def _names(changes: dict[str, object], by: str = "auto") -> tuple[str, ...]:
    return change_between(JINHUA, JINHUA.replace(changes), by).names  # type: ignore[arg-type]


def test_the_dial_is_one_lever() -> None:
    (one,) = policy_players(JINHUA, JINHUA.replace({DIAL: 0.9}))
    assert one.name == DIAL
    assert len(one.keys) == 5


def test_a_detailed_key_that_is_given_is_a_lever_of_its_own() -> None:
    players = policy_players(JINHUA, JINHUA.replace({DIAL: 0.9, STAFF: 100}))
    assert [player.name for player in players] == [DIAL, STAFF]
    assert STAFF not in players[0].keys
    (alone,) = policy_players(JINHUA, JINHUA.replace({STAFF: 100}))
    assert alone.keys == (STAFF,)


def test_many_levers_are_drawn_together_by_family() -> None:
    awards = change_between(load("double-filing-subsidies"), load("quality-awards-only"))
    assert awards.names == (
        "policy.subsidies.filing",
        "policy.subsidies.grant",
        "policy.subsidies.high_value",
    )
    assert len(awards.players[0].keys) == 3
    fund = change_between(JINHUA, load("end-filing-2021-risk-fund-200"))
    assert len(fund.names) == 4


def test_what_counts_as_a_lever_can_be_said() -> None:
    pair = load("double-filing-subsidies"), load("quality-awards-only")
    assert len(change_between(*pair, by="lever").names) == 7
    fund = change_between(JINHUA, load("end-filing-2021-risk-fund-200"), by="family")
    assert fund.names == ("policy.subsidies.filing", "policy.utilisation.pledge_fund")


@pytest.mark.parametrize(
    ("key", "group"),
    [
        ("policy.subsidies.research", "policy.subsidies.research"),
        ("policy.subsidies.grant.design", "policy.subsidies.grant"),
        ("policy.protection.rapid_centre.capacity", "policy.protection.rapid_centre"),
        ("policy.protection.damages", DIAL),
        (DIAL, DIAL),
        ("policy.protection.mediation", "policy.protection.mediation"),
        ("national.pendency.design", "national.pendency"),
        ("national.fee_reduction", "national.fee_reduction"),
    ],
)
def test_families(key: str, group: str) -> None:
    assert family(key) == group


def test_what_differs_only_before_or_after_the_run_is_no_change() -> None:
    later = JINHUA.replace({"policy.subsidies.research": {2029: 0.2}, "horizon.end": 2020})
    assert changed_levers(JINHUA, later) == ()


def test_industries_of_the_rapid_centre_are_a_lever() -> None:
    key = "policy.protection.rapid_centre.industries"
    some = list(JINHUA.city.industry_keys)[:2]
    assert _names({key: {2018: some}}) == (key,)


def test_assumptions_and_city_are_players_beside_policy() -> None:
    other = JINHUA.replace({"policy.subsidies.research": 0.1, "assumptions.blocking": 0.1})
    assert change_between(JINHUA, other).names == ("policy.subsidies.research", "assumptions")
    larger = other.replace({"city.enterprises": 40000})
    assert change_between(JINHUA, larger).names == ("policy.subsidies.research", "assumptions", "city")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "runs exactly like jinhua"),
        ({"policy.subsidies.research": {2029: 0.2}}, "runs exactly like jinhua up to 2020"),
        ({"assumptions.blocking": 0.1}, r"in assumptions \(blocking\) alone"),
        ({"city.enterprises": 40000}, "in figures of the city alone"),
        ({"city": "xiamen"}, "xiamen is another city than jinhua"),
    ],
)
def test_where_no_lever_differs_there_is_nothing_to_divide(changes: dict[str, object], message: str) -> None:
    other = JINHUA.replace(changes) if changes else JINHUA
    with pytest.raises(ScenarioError, match=message):
        change_between(JINHUA, other, last_year=2020)
