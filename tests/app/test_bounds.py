"""A city of a visitor's own is as large as the board can bear, and the answer says what would do."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest
from ruamel.yaml import YAML

from ipsim.app.bounds import MOST_CHARACTERS, largest_scale
from ipsim.app.policies import policy_of_text
from ipsim.scenario import ScenarioError, city_names, load
from tests.app.boards import board, visit

JINHUA: dict[str, Any] = YAML(typ="safe").load(load("jinhua").text)["city"]


def changed(entries: str) -> str:
    return f"extends: jinhua\ncity: {{{entries}}}\n"


def faults(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        policy_of_text("mine.yaml", text)
    return [str(fault) for fault in caught.value.faults]


def with_industries(count: int, source: str) -> str:
    """Return Jinhua with equal industries that share their figures by alias."""
    out = io.StringIO()
    YAML(typ="safe").dump({"city": {key: one for key, one in JINHUA.items() if key != "industries"}}, out)
    given = [
        "name: &n {en: a, zh: b}",
        f"share: &s {{value: {1 / count!r}, source: &t '{source}'}}",
        "firm_share: *s, ip_intensity: &i {value: 1, source: *t}, design_share: *s, complexity: *i",
        "growth_premium: &g {value: 0, source: *t}, export_share: *s, strategic: false, suppliers: &u [k0]",
        "stages: &st {materials: 0.25, components: 0.25, products: 0.25, brand: 0.25, source: *t}",
    ]
    again = "name: *n, share: *s, firm_share: *s, ip_intensity: *i, design_share: *s, complexity: *i, "
    again += "growth_premium: *g, export_share: *s, strategic: false, suppliers: *u, stages: *st"
    listed = [f"  - {{key: k{i}, {again if i else ', '.join(given)}}}\n" for i in range(count)]
    return f"{out.getvalue()}  industries:\n{''.join(listed)}"


def test_cities_that_ship_are_far_within() -> None:
    assert all(largest_scale(load(name).city) > 0.5 for name in city_names())


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ("enterprises: 1000000", "mine.yaml:2: city.enterprises: 1000000 enterprises"),
        ("patents: {invention_applications: 9000000}", "mine.yaml:2: city.patents: "),
        ("revenue_growth: 0.5", " filings up to 2030 are too many"),
        ("banks: {count: 1000}", "mine.yaml:2: city.banks: 1000 of them; allowed on the board: 200"),
        ("agencies: {count: 9999}", "mine.yaml:2: city.agencies: 9999 of them; allowed on the board: 1000"),
        ("enterprises: 1e9", "1e+09 is out of bounds"),
        ("population_million: 1000", "1000 is out of bounds"),
    ],
)
def test_a_city_that_no_scale_can_bear_is_a_fault_of_the_file(entries: str, said: str) -> None:
    (fault,) = faults(changed(entries))
    assert said in fault


def test_many_industries_are_a_fault() -> None:
    policy, _ = policy_of_text("mine.yaml", with_industries(40, "a book"))
    assert policy.text
    (fault,) = faults(with_industries(41, "a book"))
    assert "city.industries: 41 of them; allowed on the board: 40" in fault


def test_aliases_are_counted_as_if_written_out() -> None:
    text = with_industries(40, "x" * 20_000)
    assert len(text) < 40_000
    began = time.monotonic()
    (fault,) = faults(text)
    assert f"allowed: {MOST_CHARACTERS // 1000} kB" in fault
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("assumptions: {%s}", "mine.yaml:2: assumptions: 3000 entries; allowed on the board: 400"),
        ("policy: {protection: {strength: {%s}}}", "mine.yaml:2: policy.protection.strength: 3000 entries"),
        ("%s", "mine.yaml:1: 3001 entries"),
    ],
)
def test_thousands_of_faults_are_one(text: str, said: str) -> None:
    many = [f"assumption_number_{i}: 1" for i in range(3000)]
    began = time.monotonic()
    (fault,) = faults("extends: jinhua\n" + text % ("\n" if text == "%s" else ", ").join(many))
    assert said in fault
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("route", ["answer", "download", "why", "city"])
def test_a_large_city_is_refused_at_a_large_scale_with_the_scale_that_would_do(route: str) -> None:
    policy = {"text": changed("enterprises: 80000")}
    one = {"baseline": policy, "replicates": 2}
    bodies: dict[str, dict[str, Any]] = {
        "answer": one,
        "download": {**one, "what": "all.zip"},
        "why": {**one, "alternative": {**policy, "changes": {"policy.protection.strength": 0.9}}},
        "city": {"policy": policy},
    }
    with visit(board()) as client:
        answer = client.post(f"/api/{route}", json={**bodies[route], "scale": 0.25})
    assert answer.status_code == 422
    (fault,) = answer.json()["faults"]
    assert "20,000 enterprises" in fault["words"]["en"]
    assert "at most 15 %" in fault["words"]["en"]
    assert "15%" in fault["words"]["zh"]
