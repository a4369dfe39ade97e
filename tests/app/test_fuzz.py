"""Whatever is sent to the board, it answers with faults, within its bounds, and never with a trace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error, positive_data_acceptance

from ipsim.app.openapi import document
from ipsim.app.server import application
from ipsim.app.work import Work
from tests.app.threads import served
from tests.experiments.sketch import Sketch

DOCUMENT = document()
POSTS = sorted(path for path, methods in DOCUMENT["paths"].items() if "post" in methods)
FAST = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
SMALL = {"replicates": 1, "scale": 0.02}
JINHUA = {"start": "jinhua"}
GOOD: dict[str, dict[str, Any]] = {
    "/api/answer": {"baseline": JINHUA, "alternatives": [JINHUA], **SMALL},
    "/api/city": {"policy": JINHUA, "scale": 0.02},
    "/api/download": {"baseline": JINHUA, "alternatives": [JINHUA], "what": "effects.csv", **SMALL},
    "/api/open": {"file": "mine.yaml", "text": "extends: jinhua\n"},
    "/api/scenario": {"policy": JINHUA},
    "/api/why": {"baseline": JINHUA, "alternative": JINHUA, "replicates": 2, "scale": 0.02},
}


def without_visitors(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document without the header that names a visitor: one that is ill formed is passed over."""
    copy = json.loads(json.dumps(document))
    for path in copy["paths"].values():
        for operation in (path, *path.values()):
            if isinstance(operation, dict) and "parameters" in operation:
                kept = [
                    one for one in operation["parameters"] if one.get("in") != "header" and "$ref" not in one
                ]
                operation["parameters"] = kept
    return copy


schema = schemathesis.openapi.from_dict(without_visitors(DOCUMENT))
schema.config.generation.update(modes=list(GenerationMode))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(application(Work(1, make=Sketch, warm=False))) as url:
        yield url


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=address, timeout=60, trust_env=False) as client:
        yield client


def check(answer: httpx2.Response) -> None:
    """Raise AssertionError unless an answer is one that the page can read."""
    assert "Traceback" not in answer.text and 'File "' not in answer.text
    if answer.status_code >= 400:
        assert answer.status_code in {400, 401, 403, 404, 405, 413, 415, 422, 429, 503}
        assert answer.headers["content-type"].startswith("application/json")
        check_faults(answer.json())


def check_faults(told: dict[str, Any]) -> None:
    assert told["faults"]
    for fault in told["faults"]:
        assert fault.keys() >= {"file", "line", "key", "message", "text"}
        assert fault["text"] and len(fault["text"]) < 2000


def test_every_route_that_takes_a_body_is_tried() -> None:
    assert set(POSTS) == GOOD.keys()


@pytest.mark.slow
@schema.parametrize()
@FAST
def test_the_documented_requests(case: schemathesis.Case[Any], address: str) -> None:
    answer = case.call(base_url=address, timeout=60)
    # What a body means is checked beyond its schema; 503 says that too many ask.
    passed_over = [positive_data_acceptance] + ([not_a_server_error] if answer.status_code == 503 else [])
    case.validate_response(answer, excluded_checks=passed_over)
    assert "Traceback" not in answer.text


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=20), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("path", POSTS)
@FAST
@given(body=st.binary(max_size=200) | anything.map(lambda value: json.dumps(value).encode()))
def test_bodies_of_any_kind(path: str, body: bytes, client: httpx2.Client) -> None:
    answer = client.post(path, content=body, headers={"content-type": "application/json"})
    check(answer)
    assert answer.status_code in {400, 413, 422}


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every part of a body."""
    yield way
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in items:
        yield from places(part, (*way, key))


def replaced(value: Any, way: tuple[Any, ...], part: Any) -> Any:
    """Return a body with one part replaced."""
    if not way:
        return part
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[way[0]] = replaced(value[way[0]], way[1:], part)
    return copy


@pytest.mark.parametrize("path", POSTS)
@FAST
@given(data=st.data())
def test_good_bodies_with_one_part_replaced(path: str, data: st.DataObject, client: httpx2.Client) -> None:
    way = data.draw(st.sampled_from(list(places(GOOD[path]))))
    body = json.dumps(replaced(GOOD[path], way, data.draw(anything)))
    check(client.post(path, content=body, headers={"content-type": "application/json"}))


@pytest.mark.parametrize("path", POSTS)
def test_good_bodies_are_taken(path: str, client: httpx2.Client) -> None:
    answer = client.post(path, json=GOOD[path])
    check(answer)
    assert answer.status_code == 200


@pytest.mark.parametrize("path", POSTS)
def test_bounds(path: str, client: httpx2.Client) -> None:
    for name, value in (
        ("replicates", 61),
        ("replicates", 0),
        ("scale", 0.5),
        ("scale", 0),
        ("seed", -1),
        ("unknown", 1),
    ):
        answer = client.post(path, json={**GOOD[path], name: value})
        check(answer)
        assert answer.status_code == 422, (name, value)
        assert name in answer.json()["faults"][0]["key"]
    answer = client.post(path, content=b" " * 300_000, headers={"content-type": "application/json"})
    check(answer)
    assert answer.status_code == 413
    assert client.post(path, content="{}", headers={"content-type": "text/plain"}).status_code == 415


NASTY = (
    "../../etc/passwd",
    "/etc/passwd",
    "%2e%2e%2fetc%2fpasswd",
    "..%5c..%5cwindows",
    "jinhua%00",
    "a" * 3000,
    "<script>alert(1)</script>",
    "\u202egnp.exe",
)


@pytest.mark.parametrize(
    "place", ["/static/", "/api/start/", "/api/lessons/", "/api/file/", "/api/city/", "/"]
)
def test_names_that_climb(place: str, client: httpx2.Client) -> None:
    for name in NASTY:
        answer = client.get(place + name)
        check(answer)
        assert answer.status_code in {400, 404, 405, 422}
        assert "root:" not in answer.text and "<script" not in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "extends: /etc/passwd",
        "extends: ../secret",
        "city: /etc/passwd",
        "a: !!python/object/apply:os.system [id]",
        "a: &a [*a, *a]",
        "{" * 5000,
    ],
)
def test_files_that_reach_out_or_blow_up(text: str, client: httpx2.Client) -> None:
    answer = client.post("/api/open", json={"file": "mine.yaml", "text": text})
    check(answer)
    assert answer.status_code == 422
