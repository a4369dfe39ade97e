"""Lines arrive as they are made; who leaves stops the work; errors inside are told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

import numpy as np
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from ipsim.app import streams, underway
from ipsim.app.streams import ndjson
from ipsim.app.work import BusyError
from ipsim.scenario.errors import Fault, ScenarioError
from tests.app.boards import board, visit

Lines = AsyncGenerator[dict[str, Any], None]


async def two(request: Request) -> Response:
    async def lines() -> Lines:
        yield {"kind": "answer", "median": np.array([1.5, np.nan]), "low": float("-inf"), "词": "文"}
        yield {"kind": "done"}

    return ndjson(lines())


def test_one_object_a_line_without_nan() -> None:
    with visit(board(two)) as client:
        answer = client.post("/api/two", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert "content-encoding" not in answer.headers
    assert [json.loads(line) for line in answer.text.splitlines()] == [
        {"kind": "answer", "median": [1.5, None], "low": None, "词": "文"},
        {"kind": "done"},
    ]


async def ill_given(request: Request) -> Response:
    async def lines() -> Lines:
        if request.query_params.get("late"):
            yield {"kind": "answer"}
        raise ScenarioError([Fault("", 0, "policy.x", "unknown key")])

    return ndjson(lines())


async def crowded(request: Request) -> Response:
    async def lines() -> Lines:
        raise BusyError
        yield {}

    return ndjson(lines())


async def surprised(request: Request) -> Response:
    async def lines() -> Lines:
        yield {"kind": "answer"}
        yield {"kind": "answer", "secret": object()}

    return ndjson(lines())


def test_an_error_before_the_first_line_has_its_own_status() -> None:
    with visit(board(ill_given, crowded)) as client:
        assert client.get("/api/ill_given").status_code == 422
        answer = client.get("/api/crowded")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_a_later_error_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with visit(board(ill_given, surprised)) as client:
        lines = client.get("/api/ill_given?late=1").text.splitlines()
        surprise = client.get("/api/surprised").text
    assert [json.loads(line)["kind"] for line in lines] == ["answer", "fault"]
    assert json.loads(lines[1])["faults"][0]["text"] == "policy.x: unknown key"
    assert json.loads(surprise.splitlines()[1])["kind"] == "fault"
    assert "object" not in surprise and "Traceback" not in surprise
    assert capsys.readouterr().err.count("\n") == 1


class Visitor:
    """Talks to a board without a network, and leaves when told."""

    def __init__(self, app: Any, path: str, name: str = "visitor-1") -> None:
        self.app, self.path, self.name = app, path, name
        self.heard: asyncio.Queue[Message] = asyncio.Queue()
        self.gone = asyncio.Event()
        self.task = asyncio.ensure_future(self._ask())

    async def _ask(self) -> None:
        sent = False

        async def receive() -> Message:
            nonlocal sent
            if not sent:
                sent = True
                return {"type": "http.request", "body": b"", "more_body": False}
            await self.gone.wait()
            return {"type": "http.disconnect"}

        headers = [(b"host", b"127.0.0.1"), (b"board-visitor", self.name.encode())]
        scope = {"type": "http", "method": "POST", "path": self.path, "query_string": b"", "headers": headers}
        await self.app(scope | {"client": ("127.0.0.1", 1), "root_path": ""}, receive, self.heard.put)

    async def status(self) -> int:
        return (await self.heard.get())["status"]


def _endless(log: list[str]) -> Any:
    async def endless(request: Request) -> Response:
        async def lines() -> Lines:
            try:
                yield {"kind": "waiting"}
                await asyncio.sleep(3600)
            finally:
                log.append("stopped")

        return ndjson(lines())

    return board(endless)


def test_who_leaves_stops_the_work() -> None:
    log: list[str] = []

    async def leave() -> None:
        visitor = Visitor(_endless(log), "/api/endless")
        assert await visitor.status() == 200
        assert json.loads((await visitor.heard.get())["body"]) == {"kind": "waiting"}
        assert not log
        visitor.gone.set()
        await asyncio.wait_for(visitor.task, 1)
        assert log == ["stopped"]
        assert visitor.heard.empty()

    asyncio.run(leave())


def test_the_end_of_the_server_stops_the_work() -> None:
    log: list[str] = []

    async def end() -> None:
        app = _endless(log)
        visitor = Visitor(app, "/api/endless")
        await visitor.status()
        app.state.underway.ended.set()
        await asyncio.wait_for(visitor.task, 1)
        assert log == ["stopped"]

    asyncio.run(end())


def test_what_is_under_way_is_bounded_by_visitor_and_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(underway, "MOST_OF_A_VISITOR", 2)
    monkeypatch.setattr(underway, "MOST_IN_ALL", 3)

    async def crowd() -> None:
        app = _endless([])

        async def come(name: str) -> tuple[int, Visitor]:
            visitor = Visitor(app, "/api/endless", name)
            return await visitor.status(), visitor

        first = [await come("visitor-1") for _ in range(3)]
        assert [status for status, _ in first] == [200, 200, 429]
        others = [await come(f"visitor-{i}") for i in (2, 3)]
        assert [status for status, _ in others] == [200, 503]
        first[0][1].gone.set()
        await first[0][1].task
        again = await come("visitor-1")
        assert again[0] == 200
        for _, visitor in (*first, *others, again):
            visitor.gone.set()
            await visitor.task
        assert not app.state.underway.visitors

    asyncio.run(crowd())


def test_who_does_not_read_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "SECONDS_TO_READ", 0.05)
    log: list[str] = []

    async def stall() -> None:
        app = _endless(log)
        visitor = Visitor(app, "/api/endless")
        visitor.heard = asyncio.Queue(maxsize=1)  # takes the start, and then no line
        await asyncio.wait_for(visitor.task, 1)
        assert log == ["stopped"]

    asyncio.run(stall())
