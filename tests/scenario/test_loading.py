"""Loading, laying files over each other, replacing values, and writing out whole."""

import pickle
from pathlib import Path

import numpy as np
import pytest

from ipsim.scenario import (
    LEVERS,
    Scenario,
    ScenarioError,
    city_names,
    load,
    load_text,
    parse_settings,
    scenario_names,
)

NAMES = (*city_names(), *scenario_names())


@pytest.fixture(scope="module")
def jinhua() -> Scenario:
    return load("jinhua")


@pytest.mark.parametrize("name", NAMES)
def test_whatever_ships_loads_and_reads_back_from_its_own_text(name: str) -> None:
    scenario = load(name)
    assert scenario.name == name
    again = load_text(scenario.text)
    assert again == scenario
    assert again.hash == scenario.hash


@pytest.mark.parametrize("name", scenario_names())
def test_what_ifs_have_a_title_and_description_in_both_languages(name: str) -> None:
    scenario = load(name)
    assert scenario.title.en != scenario.title.zh
    assert scenario.description.en and scenario.description.zh


@pytest.mark.parametrize("name", scenario_names())
def test_what_ifs_differ_from_their_city(name: str) -> None:
    scenario = load(name)
    assert scenario.hash != load(scenario.city.key).hash


def test_enough_what_ifs_ship() -> None:
    assert len(scenario_names()) >= 8
    assert city_names() == ("jinhua", "xiamen")


def test_shape_for_the_model(jinhua: Scenario) -> None:
    assert (jinhua.start_year, jinhua.end_year, jinhua.quarters) == (2016, 2030, 60)
    table = jinhua.lever_table()
    assert all(path.shape == (60,) and path.dtype == np.float64 for path in table.values())
    assert set(table) == {lever.field for lever in LEVERS.values() if lever.kind == "number"}
    assert jinhua.rapid_industries().shape == (60, len(jinhua.city.industries))


def test_filing_subsidies_end_with_june_2021_and_grants_with_2025(jinhua: Scenario) -> None:
    filing = jinhua.path("policy.subsidies.filing.invention")
    assert filing[21] > 0 and not filing[22:].any()
    grant = jinhua.path("policy.subsidies.grant.invention")
    assert grant[39] > 0 and not grant[40:].any()


def test_xiamen_pays_the_published_schedule() -> None:
    xiamen = load("xiamen")
    assert xiamen.path("policy.subsidies.grant.invention")[:16].tolist() == [8000.0] * 16
    assert not xiamen.path("policy.subsidies.filing.invention").any()
    assert "measures for the patent development fund" in xiamen.source_note(
        "policy.subsidies.grant.invention"
    )


def test_dial_moves_its_four_parts_and_a_given_part_wins(jinhua: Scenario) -> None:
    turned = jinhua.replace({"policy.protection.strength": 0.8, "policy.protection.damages": 3})
    posts = jinhua.city.enforcement.administrative_posts.value
    assert turned.path("policy.protection.enforcement_staff")[0] == pytest.approx(1.6 * posts)
    assert turned.path("policy.protection.monitoring")[0] == pytest.approx(0.8)
    assert turned.path("policy.protection.speed")[0] == pytest.approx(1.3)
    assert turned.path("policy.protection.damages")[0] == 3


def test_pendency_falls_as_published(jinhua: Scenario) -> None:
    pendency = jinhua.path("national.pendency.invention")
    assert [pendency[4 * (year - 2016)] for year in (2016, 2020, 2022, 2030)] == [22, 20, 16.5, 15]


def test_one_value_for_a_group_goes_to_the_three_types(jinhua: Scenario) -> None:
    flat = jinhua.replace({"policy.subsidies.filing": {2016: 300, 2020: 0}})
    for kind in ("invention", "utility_model", "design"):
        assert flat.path(f"policy.subsidies.filing.{kind}")[[15, 16]].tolist() == [300, 0]


def test_replace_is_checked_and_leaves_the_original_alone(jinhua: Scenario) -> None:
    before = jinhua.hash
    changed = jinhua.replace({"policy.utilisation.pledge_fund.capital": 200, "city.enterprises": 2000})
    assert changed.path("policy.utilisation.pledge_fund.capital").tolist() == [200.0] * 60
    assert changed.city.enterprises.value == 2000
    assert jinhua.hash == before != changed.hash
    with pytest.raises(ScenarioError) as caught:
        jinhua.replace({"policy.protection.strenght": 1, "policy.subsidies.research": 9})
    assert [str(fault).startswith("--set: policy.") for fault in caught.value.faults] == [True, True]


def test_replace_twice_keeps_both_changes(jinhua: Scenario) -> None:
    changed = jinhua.replace({"policy.protection.strength": 0.9}).replace({"policy.subsidies.research": 0.2})
    assert changed.path("policy.protection.strength")[0] == 0.9
    assert changed.path("policy.subsidies.research")[0] == 0.2


def test_same_policies_in_another_city() -> None:
    scenario = load("strong-protection").replace({"city": "xiamen"})
    assert scenario.city.key == "xiamen"
    assert scenario.path("policy.protection.strength")[0] == 0.9
    assert scenario.path("policy.subsidies.grant.invention")[0] == 8000


def test_one_industry_of_a_city_can_be_changed(jinhua: Scenario) -> None:
    changed = jinhua.replace({"city.industries.hardware.complexity": 0.8})
    complexity = {industry.key: industry.complexity.value for industry in changed.city.industries}
    assert complexity["hardware"] == 0.8 and complexity["pharmaceuticals"] == 1.5


def test_a_figure_with_its_own_reason_replaces_a_sourced_one_whole() -> None:
    guess = {"value": 0.48, "assumption": "no table yet", "range": [0.38, 0.6]}
    share = load(
        {"extends": "xiamen", "city": {"patents": {"share_over_5y": guess}}}
    ).city.patents.share_over_5y
    assert (share.value, share.low, share.high, share.cited) == (0.48, 0.38, 0.6, False)


def test_an_unknown_industry_cannot_be_changed(jinhua: Scenario) -> None:
    with pytest.raises(ScenarioError, match=r"city\.industries\.hardwares: unknown key; .*nearest: hardware"):
        jinhua.replace({"city.industries.hardwares.complexity": 0.8})


def test_huge_numbers_are_faults(jinhua: Scenario) -> None:
    with pytest.raises(ScenarioError, match="a huge number"):
        jinhua.replace({"policy.protection.strength": 10**5000})


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbfextends: jinhua\r\npolicy:\r\n  protection: {strength: 0.3}\r\n")
    assert load(path).path("policy.protection.strength")[0] == 0.3


def test_a_mapping_is_a_scenario() -> None:
    given = {"city": "jinhua", "name": "Mine", "policy": {"protection": {"strength": {2016: 0.4, 2020: 0.8}}}}
    scenario = load(given)
    assert scenario.title.en == "Mine"
    assert scenario.name == "mine"
    assert scenario.path("policy.protection.strength")[[0, 16]].tolist() == [0.4, 0.8]
    assert "policy.protection.strength" in scenario.given
    assert "policy.protection.damages" not in scenario.given


def test_horizon_shortens_the_run() -> None:
    scenario = load({"extends": "jinhua", "horizon": {"end": 2019}})
    assert scenario.quarters == 16
    assert scenario.path("policy.protection.strength").shape == (16,)


def test_files_extend_by_relative_path(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "base.yaml").write_text("extends: jinhua\npolicy: {protection: {strength: 0.3}}\n")
    (tmp_path / "top.yaml").write_text("extends: deep/base.yaml\npolicy: {subsidies: {research: 0.1}}\n")
    scenario = load(tmp_path / "top.yaml")
    assert scenario.name == "top"
    assert scenario.path("policy.protection.strength")[0] == 0.3
    assert scenario.path("policy.subsidies.research")[0] == 0.1
    assert scenario.source_note("policy.protection.strength").endswith("base.yaml:2")


def test_rapid_centre_can_be_dated(jinhua: Scenario) -> None:
    industries = {"2018": ["hardware"], "2020": ["hardware", "optoelectronics"]}
    table = jinhua.replace({"policy.protection.rapid_centre.industries": industries}).rapid_industries()
    assert table.sum(axis=1)[[0, 8, 16]].tolist() == [0, 1, 2]


def test_scenarios_pickle(jinhua: Scenario) -> None:
    copy = pickle.loads(pickle.dumps(jinhua))
    assert copy == jinhua
    assert copy.replace({"policy.subsidies.research": 0.1}).hash != jinhua.hash


def test_errors_pickle_with_their_faults() -> None:
    with pytest.raises(ScenarioError) as caught:
        load("jinhau")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert copy.faults == caught.value.faults
    assert "nearest: jinhua" in str(copy)


def test_hash_is_of_the_content_and_not_of_its_form(jinhua: Scenario) -> None:
    constant = jinhua.replace({"policy.protection.strength": 0.7})
    stepped = jinhua.replace({"policy.protection.strength": {2016: 0.7}})
    assert constant == stepped
    assert load({"city": "jinhua", "name": "Another name"}) == jinhua


def test_settings_are_read_as_yaml() -> None:
    settings = ["policy.protection.strength={2016: 0.4, 2020: 0.8}", "city=xiamen"]
    assert parse_settings(settings) == {
        "policy.protection.strength": {2016: 0.4, 2020: 0.8},
        "city": "xiamen",
    }


@pytest.mark.parametrize("setting", ["policy.protection.strength", "=3", "a={1: [", "a=!!x &y *y"])
def test_bad_settings_are_faults(setting: str) -> None:
    with pytest.raises(ScenarioError, match="--set"):
        parse_settings([setting])


def test_every_lever_and_assumption_has_a_source_note(jinhua: Scenario) -> None:
    for key in (*LEVERS, *jinhua.assumptions):
        assert jinhua.source_note(key).strip()


def test_a_city_that_is_not_there_says_how_one_is_made() -> None:
    with pytest.raises(ScenarioError, match="`ipsim new-city` makes a city of your own"):
        load("Wuhu")
    with pytest.raises(ScenarioError) as caught:
        load("jinhau")
    assert "new-city" not in str(caught.value)
