"""The city over HTTP: asked, drawn, told; and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from ipsim.app.city.keeping import KeptCities
from ipsim.app.server import application
from ipsim.app.underway import MOST_OF_A_VISITOR, Underway
from ipsim.app.work import Work
from tests.app.boards import visit

ASKED = {"policy": {"start": "jinhua", "changes": {"horizon.end": 2017}}, "seed": 1, "scale": 0.02}
_TYPES = {"u8": "<u1", "u16": "<u2", "u32": "<u4", "i16": "<i2"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with visit(application(Work(1, warm=False))) as found:
        yield found


@pytest.fixture(scope="module")
def facts(client: TestClient) -> dict[str, Any]:
    return _ask(client)[-2]


def _ask(client: TestClient, **changes: Any) -> list[dict[str, Any]]:
    answer = client.post("/api/city", json={**ASKED, **changes})
    assert answer.status_code == 200
    return [json.loads(line) for line in answer.text.splitlines()]


def _arrays(body: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Read the binary as its documentation says."""
    assert body[:4] == b"IPSC"
    version, length, _ = np.frombuffer(body, "<u4", 3, 4)
    assert version == 1
    header = json.loads(body[16 : 16 + length])
    found = {}
    for one in header["arrays"]:
        assert one["start"] % 8 == 0
        place = 16 + int(length) + one["start"]
        found[one["name"]] = np.frombuffer(body, _TYPES[one["type"]], one["length"], place)
    return header, found


def test_a_run_is_described(facts: dict[str, Any]) -> None:
    assert facts["kind"] == "city"
    assert (facts["start_year"], facts["quarters"], facts["scale"]) == (2016, 8, 0.02)
    assert facts["industries"][0]["words"].keys() == {"en", "zh"}
    assert facts["counts"]["enterprise"] > 330
    assert facts["counts"]["university"] == len(facts["institutions"]["university"]) == 3
    assert facts["found"]["most-patents"]["kind"] == "enterprise"


def test_the_frames_are_as_documented(client: TestClient, facts: dict[str, Any]) -> None:
    plain = client.get(f"/api/city/{facts['id']}/frames", headers={"Accept-Encoding": "identity"})
    packed = client.get(f"/api/city/{facts['id']}/frames", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.content == packed.content
    header, arrays = _arrays(plain.content)
    assert len(arrays["life.row"]) == facts["counts"]["enterprise"]
    assert arrays["life.start"][-1] == len(arrays["state.revenue"])
    most = facts["found"]["most-revenue"]
    at = arrays["life.start"][most["number"]] + most["quarter"] - arrays["life.first"][most["number"]]
    assert arrays["state.revenue"][at] == arrays["state.revenue"].max()
    told = client.get(f"/api/city/{facts['id']}/life/enterprise/{most['number']}").json()
    revenue = next(one for one in told["series"] if one["key"] == "revenue")["values"][most["quarter"]]
    shown = header["log"]["least"] * np.exp((float(arrays["state.revenue"][at]) - 1) * header["log"]["step"])
    assert shown == pytest.approx(revenue, rel=3e-4)


@pytest.mark.parametrize("kind", ["enterprise", "bank", "university", "body", "agency"])
def test_lives_are_told(client: TestClient, facts: dict[str, Any], kind: str) -> None:
    events = 0
    for number in range(min(30, facts["counts"][kind])):
        told = client.get(f"/api/city/{facts['id']}/life/{kind}/{number}").json()
        assert told["name"]["en"] and told["name"]["zh"]
        assert {len(one["values"]) for one in told["series"]} == {told["last"] - told["first"] + 1}
        quarters = [event["quarter"] for event in told["events"]]
        assert quarters == sorted(quarters)
        events += len(quarters)
        for event in told["events"]:
            text = event["text"]["en"] + event["text"]["zh"]
            assert "{" not in text
            if event["about"]:
                assert event["about"]["name"]["en"] in event["text"]["en"]
                assert event["about"]["name"]["zh"] in event["text"]["zh"]
    assert events > 0 or kind == "bank"  # nobody borrows in the two years of this small city


def test_reasons_are_told(client: TestClient, facts: dict[str, Any]) -> None:
    most = facts["found"]["most-patents"]["number"]
    told = client.get(f"/api/city/{facts['id']}/reasons/enterprise/{most}/3").json()
    assert {"research", "filing"} <= {one["about"] for one in told["decisions"]}
    idle = client.get(f"/api/city/{facts['id']}/reasons/university/0/3").json()
    assert "transfers" in {one["about"] for one in idle["decisions"]}


def test_reasons_are_bounded_like_what_is_posted(client: TestClient, facts: dict[str, Any]) -> None:
    underway: Underway = client.app.state.underway  # pyright: ignore
    underway.visitors["testclient"] = MOST_OF_A_VISITOR
    try:
        answer = client.get(f"/api/city/{facts['id']}/reasons/enterprise/0/3")
    finally:
        underway.visitors.clear()
    assert answer.status_code == 429


def test_reasons_are_those_of_the_enterprise_that_was_asked_for(
    client: TestClient, facts: dict[str, Any]
) -> None:
    kept: KeptCities = client.app.state.cities  # pyright: ignore
    lives = kept.get(facts["id"]).recording.lives  # pyright: ignore
    gone = int(np.flatnonzero(lives["last"] < 7)[0])
    path = f"/api/city/{facts['id']}/reasons/enterprise/{gone}"
    assert client.get(f"{path}/{lives['last'][gone]}").status_code == 200
    assert client.get(f"{path}/7").status_code == 404


def test_equal_questions_share_a_run(client: TestClient, facts: dict[str, Any]) -> None:
    again = _ask(client)
    assert [line["kind"] for line in again] == ["city", "done"]
    assert again[0]["id"] == facts["id"]
    assert _ask(client, seed=2)[-2]["id"] != facts["id"]


@pytest.mark.parametrize(
    "path",
    [
        "nobody",
        "nobody/frames",
        "{id}/life/enterprise/999999",
        "{id}/life/mayor/0",
        "{id}/reasons/body/0/0",
        "{id}/reasons/enterprise/0/8",
        "{id}/reasons/enterprise/999999/0",
    ],
)
def test_what_is_not_there_is_a_fault(client: TestClient, facts: dict[str, Any], path: str) -> None:
    answer = client.get(f"/api/city/{path.format(id=facts['id'])}")
    assert answer.status_code == 404
    assert answer.json()["faults"][0]["words"]["zh"]


def test_a_faulty_question_is_refused(client: TestClient) -> None:
    assert client.post("/api/city", json={**ASKED, "scale": 0.5}).status_code == 422
    wrong = {"start": "jinhua", "changes": {"policy.protection.strenght": 1}}
    assert client.post("/api/city", json={**ASKED, "policy": wrong}).status_code == 422


def test_few_runs_are_kept(client: TestClient, facts: dict[str, Any]) -> None:
    kept: KeptCities = client.app.state.cities  # pyright: ignore
    first = kept.get(facts["id"])
    assert first is not None
    kept._most = first.bytes_held + 1
    other = _ask(client, seed=3)[-2]
    assert kept.get(facts["id"]) is None
    assert kept.get(other["id"]) is not None
    assert client.get(f"/api/city/{facts['id']}").status_code == 404
    assert _ask(client)[-2]["id"] == facts["id"]
