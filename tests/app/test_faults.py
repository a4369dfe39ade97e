"""Bad bodies and errors are answered with faults, each with its key, and never with a trace."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from ipsim.app.asked import AskedAnswer
from ipsim.app.encoding import json_response
from ipsim.app.faults import RequestError, body_of
from ipsim.app.work import BusyError
from ipsim.scenario.errors import Fault, ScenarioError
from ipsim.study.errors import RunError
from tests.app.boards import board, visit


async def asked(request: Request) -> Response:
    body = await body_of(request, AskedAnswer)
    return json_response({"replicates": body.replicates, "visitor": request.state.visitor})


def _ask(body: Any, kind: str = "application/json") -> tuple[int, list[dict[str, Any]]]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    with visit(board(asked)) as client:
        answer = client.post("/api/asked", content=content, headers={"Content-Type": kind})
        assert answer.headers["content-type"] == "application/json"
        return answer.status_code, answer.json().get("faults")


def test_a_good_body() -> None:
    assert _ask({"baseline": {"start": "jinhua"}}) == (200, None)
    assert _ask({"baseline": {"start": "jinhua"}}, "Application/JSON; charset=utf-8")[0] == 200


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ({}, ["baseline"]),
        ([], [""]),
        ({"baseline": {}}, ["baseline"]),
        ({"baseline": {"start": "jinhua", "nmae": "x"}}, ["baseline.nmae"]),
        ({"baseline": {"start": "jinhua"}, "scale": 9, "seed": -1}, ["scale", "seed"]),
        (
            {"baseline": {"start": "jinhua"}, "alternatives": [{"start": "jinhua"}, {"start": "Ä"}]},
            ["alternatives.1.start"],
        ),
        (
            {"baseline": {"start": "jinhua", "changes": {"policy.protection.strength": "high"}}},
            ["baseline.changes.policy.protection.strength"],
        ),
        ({"baseline": {"start": "jinhua"}, "replicates": 60, "scale": 0.25}, [""]),
    ],
)
def test_faults_of_a_body_name_their_keys(body: Any, keys: list[str]) -> None:
    status, faults = _ask(body)
    assert status == 422
    assert [fault["key"] for fault in faults] == keys
    for fault in faults:
        assert set(fault) == {"file", "line", "key", "message", "text"}
        assert fault["text"] == ": ".join(part for part in (fault["key"], fault["message"]) if part)
        assert "pydantic" not in fault["text"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"baseline": {"start": "jinhua", "name": "\\ud800"}}',
        b'{"seed": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
    ],
    ids=["empty", "broken", "not UTF-8", "half a character", "huge number", "deep"],
)
def test_what_is_not_json(body: bytes) -> None:
    status, faults = _ask(body)
    assert status == 400
    assert faults[0]["message"].startswith("Invalid JSON")


def test_numbers_that_are_none() -> None:
    status, faults = _ask(b'{"baseline": {"start": "jinhua", "changes": {"a.b": NaN}}}')
    assert (status, faults[0]["key"]) == (422, "baseline.changes.a.b")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_read(kind: str) -> None:
    """A form of another site can send these types without being asked; JSON it can't."""
    status, faults = _ask({"baseline": {"start": "jinhua"}}, kind)
    assert status == 415
    assert faults[0]["words"]["zh"].startswith("请求内容")


def test_few_faults_of_many() -> None:
    status, faults = _ask({"baseline": {"start": "jinhua"}} | {f"key{i}": 1 for i in range(1000)})
    assert (status, len(faults)) == (422, 51)
    assert faults[-1]["words"] == {"en": "and 950 more", "zh": "另有 950 处问题"}


async def ill_given(request: Request) -> Response:
    raise ScenarioError([Fault("my.yaml", 3, "policy.x", "unknown key")])


async def refusing(request: Request) -> Response:
    raise RequestError(404, [Fault("", 0, "name", "no such city")])


async def crowded(request: Request) -> Response:
    raise BusyError


async def failing(request: Request) -> Response:
    raise RunError("the accounts do not\nclose")


async def surprised(request: Request) -> Response:
    secret = "/home/somebody/secret"
    raise KeyError(secret)


@pytest.mark.parametrize(
    ("handler", "status", "text"),
    [
        (ill_given, 422, "my.yaml:3: policy.x: unknown key"),
        (refusing, 404, "name: no such city"),
        (crowded, 503, "Too many are asking at once. Try again in a moment."),
        (failing, 500, "the accounts do not close"),
        (surprised, 500, "The board failed here. Whoever started it sees why in its window."),
    ],
)
def test_errors_are_told_as_faults(
    handler: Any, status: int, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with visit(board(handler)) as client:
        answer = client.get(f"/api/{handler.__name__}")
    assert answer.status_code == status
    assert [fault["text"] for fault in answer.json()["faults"]] == [text]
    assert "Content-Security-Policy" in answer.headers
    assert answer.headers.get("retry-after") == ("5" if status == 503 else None)
    said = capsys.readouterr().err
    if handler is surprised:
        assert said == "ipsim board: KeyError: '/home/somebody/secret' (IPSIM_DEBUG=1 shows where)\n"
    else:
        assert said == ""


def test_a_trace_is_shown_to_those_who_ask_and_never_to_the_page(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPSIM_DEBUG", "1")
    with visit(board(surprised)) as client:
        answer = client.get("/api/surprised")
    assert "Traceback" in capsys.readouterr().err
    assert "Traceback" not in answer.text and "secret" not in answer.text
