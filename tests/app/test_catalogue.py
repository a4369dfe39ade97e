"""The page is made from the declarations: nothing missing, nothing said twice, sliders that fit."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from starlette.testclient import TestClient

import ipsim
from ipsim.app.asked import AskedAnswer, AskedWhy
from ipsim.app.catalogue import CHART_INDICATORS, catalogue
from ipsim.app.charts import CHARTS
from ipsim.app.controls import MOST_SUBSIDIES, SUBSIDISED
from ipsim.app.server import application
from ipsim.app.starts import QUARTERS, start, start_names
from ipsim.indicators.catalogue import INDICATORS, indicator
from ipsim.scenario import LEVERS, city_names, load, scenario_names
from ipsim.scenario.levers import NUMBER_LEVERS
from tests.app.boards import IdleWork

LEVERS_SHOWN = [lever for project in catalogue()["projects"] for lever in project["levers"]]


def test_every_lever_is_in_one_project() -> None:
    keys = [lever["key"] for lever in LEVERS_SHOWN]
    assert sorted(keys) == sorted(LEVERS)
    by_project = {
        one["key"]: [lever["mechanism"] for lever in one["levers"]] for one in catalogue()["projects"]
    }
    assert list(by_project) == ["quality", "protection", "utilisation", "national"]
    assert set(by_project["utilisation"]) == {"M20", "M27"}
    assert set(by_project["national"]) == {"context"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_short_names_are_short_and_differ(lang: str) -> None:
    controls = [*LEVERS_SHOWN, catalogue()["dials"][0]]
    names = [lever["words"][lang] for lever in controls]
    assert len(set(names)) == len(names)
    assert max(len(name) for name in names) <= (36 if lang == "en" else 16)
    meanings = {lever["meaning"][lang] for lever in LEVERS_SHOWN}
    assert not meanings & set(names)


@pytest.mark.parametrize("control", [*LEVERS_SHOWN, *catalogue()["dials"]], ids=lambda one: one["key"])
def test_steps_divide_the_bounds(control: dict[str, Any]) -> None:
    slider = control["slider"]
    assert control["low"] == slider["low"] < slider["high"] <= control["high"]
    for end in (slider["high"], control["high"]):
        steps = (end - control["low"]) / control["step"]
        assert math.isclose(steps, round(steps), abs_tol=1e-9)
    if control.get("kind") != "industries":
        assert 8 <= (slider["high"] - slider["low"]) / control["step"] <= 200


def test_every_start_is_within_reach_of_the_sliders() -> None:
    ends = {lever["key"]: lever["slider"]["high"] for lever in LEVERS_SHOWN}
    far = {
        (name, key)
        for name in start_names()
        for key, lever in start(name)["levers"].items()
        if max(lever["quarters"]) > ends[key]
    }
    assert not far


def test_headline_dials() -> None:
    subsidies, protection, fund = catalogue()["dials"]
    assert [subsidies["key"], protection["key"], fund["key"]] == [
        "subsidies",
        "policy.protection.strength",
        "policy.utilisation.pledge_fund.capital",
    ]
    assert subsidies["members"] == list(SUBSIDISED) and len(SUBSIDISED) == 6
    assert (subsidies["low"], subsidies["high"], subsidies["default"]) == (0, MOST_SUBSIDIES, 1)
    assert (fund["slider"]["high"], fund["high"]) == (1000, 5000)


def test_details_of_protection_say_how_they_follow_the_dial() -> None:
    said = {lever["key"]: lever["dial"] for lever in LEVERS_SHOWN}
    assert said["policy.protection.damages"] == {"en": "4 x strength", "zh": "4 x 强度"}
    assert said["policy.protection.mediation"] is False


def test_charts_ask_what_a_run_can_answer() -> None:
    charts = catalogue()["charts"]
    assert [one["key"] for one in charts] == list(CHARTS)
    for chart in charts:
        assert 1 <= len(chart["panels"]) <= 4
        assert chart["question"]["en"].endswith("?") and chart["question"]["zh"].endswith("？")
        for panel in chart["panels"]:
            assert len({indicator(name).unit for name in panel["indicators"]}) == 1
            assert (panel["words"] is None) == (
                len(panel["indicators"]) == 1 and panel["indicators"] != ["public_spending"]
            )
    short = load("jinhua").replace({"horizon.end": 2017})
    measured = set(ipsim.run(short, seed=1, scale=0.02).indicators["indicator"])
    assert set(CHART_INDICATORS) <= measured
    assert set(CHART_INDICATORS) <= set(catalogue()["indicators"])
    assert {"quality_weighted_patents", "pattern_2030", "public_spending"} <= set(CHART_INDICATORS)


def test_money_by_lever_adds_up_to_the_total() -> None:
    short = load("jinhua").replace({"horizon.end": 2017})
    table = ipsim.run(short, seed=1, scale=0.02).indicators
    total = table.loc[table["indicator"] == "public_spending", "value"].sum()
    parts = next(panel for panel in CHARTS["money"] if panel.kind == "parts").indicators
    assert table.loc[table["indicator"].isin(parts), "value"].sum() == pytest.approx(total)
    assert total > 0


def test_chinese_money_is_in_chinese_units() -> None:
    indicators = catalogue()["indicators"]
    spending, lending = indicators["public_spending"], indicators["patent_pledge_amount"]
    assert (spending["unit"]["zh"], spending["factor"]) == ("万元", {"en": 1.0, "zh": 100.0})
    assert (lending["unit"]["zh"], lending["factor"]["zh"]) == ("亿元", 10.0)
    assert lending["decimals"] == {"en": 2, "zh": 1}
    assert set(INDICATORS) < set(indicators)


def test_headline_numbers_are_those_of_a_comparison() -> None:
    headline = {one["key"]: one for one in catalogue()["headline"]}
    assert list(headline) == ["patents", "growth", "lending", "public_cost"]
    assert headline["growth"]["unit"]["en"] == "% a year"
    assert headline["public_cost"]["decimals"]["en"] == 0
    assert "{" not in headline["patents"]["words"]["zh"]


def test_limits_are_those_of_the_bodies() -> None:
    limits = catalogue()["limits"]
    policy = {"start": "jinhua"}
    most = {"replicates": limits["replicates"]["high"], "scale": 0.1, "seed": limits["seed"]["high"]}
    AskedAnswer.model_validate(
        {"baseline": policy, "alternatives": [policy] * limits["alternatives"], **most}
    )
    for name in ("replicates", "scale", "seed"):
        for end, beyond in (("low", -1), ("high", 1)):
            with pytest.raises(ValueError, match=name):
                AskedAnswer.model_validate({"baseline": policy, name: limits[name][end] + beyond})
        given = AskedAnswer.model_validate({"baseline": policy})
        assert getattr(given, name) == limits[name]["default"]
    why = limits["why_replicates"]
    for end, beyond in (("low", -1), ("high", 1)):
        AskedWhy.model_validate({"baseline": policy, "alternative": policy, "replicates": why[end]})
        with pytest.raises(ValueError, match="replicates"):
            AskedWhy.model_validate(
                {"baseline": policy, "alternative": policy, "replicates": why[end] + beyond}
            )


def test_all_words_in_both_languages() -> None:
    words = catalogue()["words"]
    assert set(words["en"]) == set(words["zh"])
    assert all(key.startswith("board") for key in words["en"])
    assert words["zh"]["board_levers.project_protection"] == "知识产权保护"


def test_starts_hold_every_lever_by_quarter() -> None:
    found = start("strict-2020")
    strength = found["levers"]["policy.protection.strength"]
    assert set(found["levers"]) == set(NUMBER_LEVERS)
    assert all(len(lever["quarters"]) == QUARTERS == 60 for lever in found["levers"].values())
    assert (strength["quarters"][15], strength["quarters"][16], strength["given"]) == (0.4, 0.8, True)
    damages = found["levers"]["policy.protection.damages"]
    assert (damages["quarters"][16], damages["given"], damages["follows_dial"]) == (
        pytest.approx(3.2),
        False,
        True,
    )
    assert found["city"]["key"] == "jinhua" and found["city"]["default_scale"] == 0.25
    assert {one["key"] for one in found["city"]["industries"]} == set(load("jinhua").city.industry_keys)


def test_industries_of_the_rapid_centre_are_dated() -> None:
    assert start("rapid-centre")["industries_covered"] == [[2016, ["hardware", "electromechanical"]]]
    assert start("jinhua")["industries_covered"] == [[2016, []]]


def test_all_that_ships_can_be_started_from() -> None:
    assert [one["name"] for one in catalogue()["starts"]] == [*city_names(), *scenario_names()]
    for one in catalogue()["starts"]:
        assert all(one["title"].values()) and all(one["description"].values())
        assert start(one["name"])["city"]["key"] == one["city"]


def test_over_http() -> None:
    client = TestClient(application(IdleWork()), base_url="http://127.0.0.1")
    board = client.get("/api/board")
    assert board.json() == json.loads(json.dumps(catalogue()))
    assert client.get("/api/start/jinhua").json()["end_year"] == 2030
    missing = client.get("/api/start/jinhau")
    assert missing.status_code == 404
    assert "nearest" in missing.json()["faults"][0]["text"]
    assert client.get("/api/start/..%2F..%2Fetc").status_code == 404
