"""Who may ask, from where and how much; what every answer forbids a page."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from ipsim.app import security
from ipsim.app.encoding import json_response
from ipsim.app.security import HEADERS, LARGEST_BODY, LOOPBACK
from tests.app.boards import ADDRESS, board, visit

TOKEN = "a-token-of-22-letters!"


async def read(request: Request) -> Response:
    return json_response({"size": len(await request.body()), "visitor": request.state.visitor})


async def broken(request: Request) -> Response:
    raise ValueError("inside")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/healthz", 200),
        ("GET", "/font.woff2", 200),
        ("GET", "/static/vendor/echarts/echarts.min.js", 200),
        ("HEAD", "/static/vendor/echarts/echarts.min.js", 200),
        ("GET", "/static/", 404),
        ("GET", "/nowhere", 404),
        ("POST", "/healthz", 405),
        ("POST", "/static/vendor/echarts/echarts.min.js", 405),
        ("POST", "/api/read", 200),
        ("GET", "/api/broken", 500),
    ],
)
def test_every_answer_has_the_headers(method: str, path: str, status: int) -> None:
    with visit(board(read, broken)) as client:
        answer = client.request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    kept = "no-cache" if path.startswith(("/static", "/font")) else "no-store"
    assert answer.headers["cache-control"] == kept
    if status >= 400:
        assert set(answer.json()["faults"][0]["words"]) == {"en", "zh"}


def test_the_policy_of_content_allows_the_board_itself_alone() -> None:
    rules = dict(rule.split(" ", 1) for rule in HEADERS["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_a_file_that_is_still_the_same_is_not_sent_again() -> None:
    path = "/static/vendor/echarts/echarts.min.js"
    with visit(board()) as client:
        first = client.get(path, headers={"Accept-Encoding": "gzip"})
        again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert first.headers["content-encoding"] == "gzip"
    assert (again.status_code, again.content) == (304, b"")


# -- names ------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "LOCALHOST:1", "[::1]:8765", "[::1]"])
def test_names_of_this_machine(host: str) -> None:
    with visit(board()) as client:
        assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "192.168.1.7", "127.0.0.1.evil.example", "", "["]
)
def test_other_names_are_refused(host: str) -> None:
    """A page of another site may have pointed a name of its own to this machine."""
    with visit(board(read)) as client:
        for path in ("/", "/healthz", "/api/read", "/static/vendor/echarts/echarts.min.js"):
            answer = client.get(path, headers={"Host": host})
            assert answer.status_code == 400
            assert answer.json()["faults"][0]["words"]["en"].startswith("The board is not addressed")


def test_all_networks_means_every_address_and_no_foreign_name() -> None:
    with visit(board(hosts=LOOPBACK | {"0.0.0.0", "desk"})) as client:
        for host, status in {
            "192.168.1.7:8765": 200,
            "[fe80::1]": 200,
            "desk": 200,
            "evil.example": 400,
        }.items():
            assert client.get("/healthz", headers={"Host": host}).status_code == status


# -- origins ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),  # not a browser
        ({"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": ADDRESS}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:9000"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": ADDRESS}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 403),
    ],
)
def test_only_the_boards_own_page_may_post(headers: dict[str, str], status: int) -> None:
    with visit(board(read)) as client:
        assert client.post("/api/read", content=b"{}", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("site", "mode", "status"),
    [
        ("none", "navigate", 200),
        ("same-origin", "cors", 200),
        ("cross-site", "navigate", 200),
        ("cross-site", "no-cors", 403),
        ("same-site", "cors", 403),
    ],
)
def test_other_pages_may_link_here_and_no_more(site: str, mode: str, status: int) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
    with visit(board()) as client:
        assert client.get("/healthz", headers=headers).status_code == status


# -- sizes ------------------------------------------------------------------


def test_a_body_within_bounds() -> None:
    with visit(board(read)) as client:
        assert client.post("/api/read", content=b"x" * LARGEST_BODY).json()["size"] == LARGEST_BODY


def test_a_body_beyond_bounds_is_refused_by_what_it_says() -> None:
    with visit(board(read)) as client:
        answer = client.post("/api/read", content=b"x" * (LARGEST_BODY + 1))
    assert answer.status_code == 413
    assert answer.json()["faults"][0]["message"] == "A request can have at most 256 kB."
    assert answer.headers["connection"] == "close"


def test_a_body_beyond_bounds_is_refused_while_it_is_read() -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(LARGEST_BODY // 1024 + 1):
            yield b"x" * 1024

    with visit(board(read)) as client:
        assert client.post("/api/read", content=chunks()).status_code == 413
        assert client.post("/api/read", content=b"", headers={"Content-Length": "9" * 30}).status_code == 413
        assert client.post("/api/read", content=b"", headers={"Content-Length": "-1"}).status_code == 413


def test_a_body_that_does_not_arrive_is_not_awaited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security, "SECONDS_TO_SEND", 0.05)
    statuses: list[int] = []

    async def receive() -> Message:
        await asyncio.sleep(3600)
        return {}

    async def send(message: Message) -> None:
        statuses.append(message.get("status", 0))

    scope = {"type": "http", "method": "POST", "path": "/api/read", "query_string": b"", "root_path": ""}
    asyncio.run(board(read)(scope | {"headers": [(b"host", b"localhost")]}, receive, send))
    assert statuses == [408, 0]


# -- files ------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/static/../server.py",
        "/static/%2e%2e/server.py",
        "/static/..%2fserver.py",
        "/static/%2e%2e%2f%2e%2e%2f%2e%2e%2fpyproject.toml",
        "/static/..%5cserver.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/vendor/../../server.py",
        "/static/%00",
        "/static/" + "a" * 5000,
        "/static/%ff%fe",
        "/static/css",
        "//etc/passwd",
    ],
)
def test_no_path_leaves_the_folder_of_the_page(path: str) -> None:
    with visit(board()) as client:
        answer = client.get(ADDRESS + path)
    assert answer.status_code == 404
    assert answer.json()["faults"][0]["message"] == "There is nothing at this address."


# -- visitors ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "visitor"),
    [
        ("0123abcd-XYZ", "0123abcd-XYZ"),
        ("short", "testclient"),
        ("x" * 41, "testclient"),
        ("with spaces and more", "testclient"),
        ("<script>alert</script>", "testclient"),
    ],
)
def test_visitors_name_themselves_or_are_known_by_address(given: str, visitor: str) -> None:
    with visit(board(read)) as client:
        answer = client.post("/api/read", headers={"Board-Visitor": given})
    assert answer.json()["visitor"] == visitor


# -- tokens ------------------------------------------------------------------


def test_without_the_token_nothing_is_open() -> None:
    with visit(board(read, token=TOKEN)) as client:
        for path in (
            "/",
            "/healthz",
            "/api/read",
            "/font.woff2",
            "/static/vendor/echarts/LICENSE",
            "/nowhere",
        ):
            for query in ("", "?token=", "?token=wrong", f"?token={TOKEN}x", "?token=é"):
                answer = client.get(path + query)
                assert answer.status_code == 401
                assert answer.headers["cache-control"] != "public"
        assert client.get("/healthz", headers={"Cookie": "ipsim-board-8765=wrong; =; a=b"}).status_code == 401
        assert client.get(f"/healthz?token={TOKEN}").status_code == 401
        assert client.post(f"/?token={TOKEN}").status_code == 401


def test_the_link_sets_a_cookie_and_leads_to_the_page() -> None:
    with visit(board(read, token=TOKEN)) as client:
        welcome = client.get(f"/?token={TOKEN}")
        assert (welcome.status_code, welcome.headers["location"]) == (303, "/")
        assert welcome.headers["cache-control"] == "no-store"
        cookie = SimpleCookie(welcome.headers["set-cookie"])["ipsim-board-8765"]
        assert (cookie.value, cookie["path"], cookie["httponly"], cookie["samesite"]) == (
            TOKEN,
            "/",
            True,
            "lax",
        )
        inside = client.get("/healthz")
        assert inside.status_code == 200
        assert "Cross-Origin-Opener-Policy" not in inside.headers  # without https it is an error to browsers
        assert inside.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
        assert client.post("/api/read").status_code == 200
    with visit(board(token="another")) as client:
        assert client.get("/healthz", headers={"Cookie": f"ipsim-board-8765={TOKEN}"}).status_code == 401


def test_the_page_that_asks_for_the_link_is_read_by_people() -> None:
    with visit(board(token=TOKEN)) as client:
        answer = client.get("/", headers={"Accept": "text/html,*/*;q=0.8"})
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "请用启动时给出的链接打开" in answer.text and "the whole link" in answer.text
        assert client.get("/api/board", headers={"Accept": "text/html"}).json()["faults"]


def test_who_leaves_in_the_midst_of_asking_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    parts: list[Message] = [
        {"type": "http.request", "body": b"{", "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Message] = []

    async def receive() -> Message:
        return parts.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"127.0.0.1:8765"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/api/open", "headers": headers, "query_string": b""}
    asyncio.run(board()({**scope, "client": ("127.0.0.1", 5)}, receive, send))
    assert sent == []
    assert capsys.readouterr().err == ""
