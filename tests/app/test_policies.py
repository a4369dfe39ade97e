"""A policy is the scenario of the command line, and can be kept as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipsim.app.asked import Policy
from ipsim.app.controls import MOST_SUBSIDIES, SUBSIDISED
from ipsim.app.policies import clipped, policy_of_text, scenario_file, scenario_of
from ipsim.scenario import LEVERS, ScenarioError, city_names, load, load_text, scenario_names
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.levers import INDUSTRIES, NUMBER_LEVERS
from ipsim.scenario.shipped import shipped_folder

FUND = "policy.utilisation.pledge_fund.capital"
FILING = "policy.subsidies.filing.invention"
GRANT = "policy.subsidies.grant.design"
STARTS = (*city_names(), *scenario_names())


def policy(start: str = "jinhua", **more: Any) -> Policy:
    return Policy.model_validate({"start": start, **more})


def faults(what: Policy) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        scenario_of(what)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("start", STARTS)
def test_start_alone_is_what_ships(start: str) -> None:
    assert scenario_of(policy(start)).hash == load(start).hash
    assert scenario_of(policy(start)).name == load(start).name


def test_changes_are_those_of_set() -> None:
    made = scenario_of(
        policy(
            changes={
                FUND: {"2021": 100, "2023-07": 200},
                "policy.protection.strength": {"ramp": {"2018": 0.4, "2024": 0.9}},
                "assumptions.risk_aversion": 1.5,
                "horizon.end": 2025,
                INDUSTRIES: {"2020": ["hardware"]},
            }
        )
    )
    same = load("jinhua").replace(
        {
            FUND: {2021: 100, "2023-07": 200},
            "policy.protection.strength": {"ramp": {2018: 0.4, 2024: 0.9}},
            "assumptions.risk_aversion": 1.5,
            "horizon.end": 2025,
            INDUSTRIES: {2020: ["hardware"]},
        }
    )
    assert made.hash == same.hash != load("jinhua").hash
    assert made.end_year == 2025


def test_name_is_the_title_and_fit_for_a_file() -> None:
    made = scenario_of(policy(name="  Twice the Fund, from 2020!\x00\u2028 "))
    assert made.title == ("Twice the Fund, from 2020!",) * 2
    assert made.name == "twice-the-fund-from-2020"
    assert made.hash == load("jinhua").hash
    assert scenario_of(policy(name="两倍")).name == "jinhua"
    assert scenario_of(policy(name="../../etc/passwd")).name == "etc-passwd"


def test_scenarios_are_remembered() -> None:
    assert scenario_of(policy(changes={FUND: 5})) is scenario_of(policy(changes={FUND: 5}))


def test_dial_multiplies_filing_and_grant_alone() -> None:
    start, made = load("xiamen"), scenario_of(policy("xiamen", subsidies=1.5))
    for key in NUMBER_LEVERS:
        factor = 1.5 if key in SUBSIDISED else 1.0
        assert made.path(key).tolist() == (start.path(key) * factor).tolist()


def test_dial_of_one_changes_nothing() -> None:
    for one in (1, {"2016": 1, "2020": 1}, {"ramp": {"2018": 1, "2020": 1}}):
        made = scenario_of(policy(subsidies=one))
        assert made.hash == load("jinhua").hash
        assert made.layers == load("jinhua").layers


def test_dial_leaves_alone_what_is_nought() -> None:
    assert scenario_of(policy("no-subsidies", subsidies=3)) is scenario_of(policy("no-subsidies"))
    # Filing subsidies ended in mid-2021: later steps of the dial find nothing to multiply.
    assert FILING not in scenario_of(policy(subsidies={"2022": 2})).layers[-1].tree.find(("policy",)).plain()


def test_steps_of_the_dial_begin_where_they_stand() -> None:
    start, made = load("jinhua").path(FILING), scenario_of(policy(subsidies={"2018-07": 2, "2020": 0}))
    expected = [*start[:10], *(2 * start[10:16]), *(0 * start[16:])]
    assert made.path(FILING).tolist() == expected


def test_ramp_of_the_dial_is_read_each_quarter() -> None:
    made = scenario_of(policy(subsidies={"ramp": {"2017": 1, "2019": 2}}))
    start = load("jinhua").path(FILING)
    assert (made.path(FILING)[:13] / start[:13]).tolist() == [1, 1, 1, 1, *(1 + k / 8 for k in range(9))]


def test_a_lever_that_is_given_is_not_multiplied() -> None:
    made = scenario_of(policy(subsidies=2, changes={FILING: {"2018": 700}}))
    assert made.path(FILING)[7] == load("jinhua").path(FILING)[7]
    assert made.path(FILING)[8] == 700
    assert made.path(GRANT)[0] == 2 * load("jinhua").path(GRANT)[0]


def test_dial_is_clipped_and_says_so() -> None:
    high = {FILING: {"2016": 8000, "2020": 1000}}
    opened = Policy(text=scenario_file(policy(changes=high))[1], subsidies=3)
    found = clipped(opened)
    assert [one for one in found if one.key == FILING] == [(FILING, 2016, 24000.0, LEVERS[FILING].high)]
    assert scenario_of(opened).path(FILING)[:17].tolist() == [20000.0] * 16 + [3000.0]
    assert clipped(policy(subsidies=1)) == []


def test_faults_carry_the_keys_of_the_policy() -> None:
    assert faults(policy(name="Mine", changes={FUND: -1}))[0].startswith(f"Mine: {FUND}: -1 is out of bounds")
    (fault,) = faults(policy(changes={"policy.utilisation.pledge_fund.captial": 1}))
    assert fault.startswith("jinhua: policy.utilisation.pledge_fund.captial: ")
    assert fault.endswith(f"nearest: {FUND}")
    (fault,) = faults(policy(changes={FUND: {"2038": 1}}))
    assert fault.startswith(f"jinhua: {FUND}.2038: impossible date")
    (fault,) = faults(policy(changes={INDUSTRIES: ["hardwear"]}))
    assert INDUSTRIES in fault
    assert fault.endswith("nearest: hardware")
    (fault,) = faults(policy(changes={"horizon.end": 2017.5}))
    assert "horizon.end" in fault


@pytest.mark.parametrize(
    "key", ["city", "city.enterprises", "calibration.ensemble", "extends", "name", "policy", "risk_aversion"]
)
def test_other_keys_are_refused(key: str) -> None:
    (fault,) = faults(policy(changes={key: 1}))
    assert f": {key}: cannot be set on the board; allowed: a lever, assumptions.NAME, horizon.end" in fault


def test_dial_has_bounds_and_dates() -> None:
    assert faults(policy(subsidies=MOST_SUBSIDIES + 1))[0].startswith("jinhua: subsidies: 4 is out of bounds")
    assert faults(policy(subsidies={"2020": -1}))[0].startswith("jinhua: subsidies.2020: -1 is out of bounds")
    assert faults(policy(subsidies={"2035": 1}))[0].startswith("jinhua: subsidies.2035: impossible date")


_dates = st.integers(2016, 2030).map(str) | st.builds(
    "{}-{:02d}".format, st.integers(2016, 2030), st.integers(1, 12)
)


def _paths(low: float, high: float) -> st.SearchStrategy[Any]:
    value = st.floats(low, high) | st.sampled_from([low, high])
    steps = st.dictionaries(_dates, value, min_size=1, max_size=5).filter(_once)
    return value | steps | st.builds(dict, ramp=steps)


def _once(steps: dict[str, float]) -> bool:
    months = [date if "-" in date else f"{date}-01" for date in steps]
    return len(set(months)) == len(months)


_levers = st.one_of(
    *(st.tuples(st.just(key), _paths(LEVERS[key].low, LEVERS[key].high)) for key in NUMBER_LEVERS),
    *(
        st.tuples(st.just(f"assumptions.{key}"), st.floats(one.low, one.high))
        for key, one in ASSUMPTIONS.items()
    ),
    st.tuples(st.just("horizon.end"), st.integers(2017, 2030)),
)
_policies = st.builds(
    lambda start, name, subsidies, changes: policy(
        start, name=name, subsidies=subsidies, changes=dict(changes)
    ),
    st.sampled_from(STARTS),
    st.text(max_size=80),
    st.none() | _paths(0, MOST_SUBSIDIES),
    st.lists(_levers, max_size=5),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(what=_policies)
def test_a_policy_survives_as_a_file(what: Policy) -> None:
    scenario = scenario_of(what)
    name, text = scenario_file(what)
    again, opened = policy_of_text(f"{name}.yaml", text)
    assert opened.hash == scenario.hash
    assert opened.pinned == scenario.pinned
    assert opened.title == scenario.title
    assert again.text is None
    assert scenario_of(again).name == scenario.name


def test_a_file_to_keep_is_one_that_a_person_would_write(tmp_path: Path) -> None:
    what = policy(name="Half, then none", subsidies={"2018": 0.5, "2020": 0}, changes={FUND: {"2021": 150}})
    name, text = scenario_file(what)
    assert name == "half-then-none"
    assert text.splitlines()[:8] == [
        "extends: jinhua",
        'name: "Half, then none"',
        "policy:",
        "  subsidies:",
        "    filing:",
        "      invention: {2016: 1500, 2018: 750, 2020: 0}",
        "      utility_model: {2016: 400, 2018: 200, 2020: 0}",
        "      design: {2016: 200, 2018: 100, 2020: 0}",
    ]
    (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    loaded = load(tmp_path / f"{name}.yaml")
    assert (loaded.hash, loaded.name) == (scenario_of(what).hash, name)


def test_an_opened_file_is_kept_as_it_is_until_it_is_changed() -> None:
    text = (shipped_folder() / "cities" / "xiamen.yaml").read_text(encoding="utf-8")
    assert scenario_file(Policy(text=text))[1] == text
    changed = Policy(text=text, changes={FUND: 70})
    assert load_text(scenario_file(changed)[1]).hash == scenario_of(changed).hash
