"""The board as a whole: its page, its health, its beginning and end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.routing import Mount, Route

from ipsim import __version__
from ipsim.app import server
from ipsim.app.openapi import OPERATIONS, document
from ipsim.app.server import FONT, STATIC, all_routes
from tests.app.boards import board, visit


def test_the_page_is_there_while_the_model_is_compiled() -> None:
    app = board()
    app.state.work.state = "compiling"
    with visit(app) as client:
        page = client.get("/")
        health = client.get("/healthz").json()
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-cache"
    assert health == {
        "ready": False,
        "state": "compiling",
        "workers": 0,
        "waiting": 0,
        "visitors": 0,
        "version": __version__,
    }


def test_the_work_is_started_and_closed_with_the_board() -> None:
    app = board()
    with visit(app) as client:
        assert app.state.work.calls == ["start"]
        app.state.work.state = "ready"
        assert client.get("/healthz").json()["ready"] is True
    assert app.state.work.calls == ["start", "close"]


def test_the_font_of_chinese_text() -> None:
    with visit(board()) as client:
        answer = client.get("/font.woff2")
    assert answer.headers["content-type"] == "font/woff2"
    assert answer.content == FONT.read_bytes()


def test_all_that_the_page_names_is_served() -> None:
    with visit(board()) as client:
        html = client.get("/").text
        named = re.findall(r'(?:src|href)="(/[^"]*)"', html)
        assert named
        for path in named:
            assert client.get(path).status_code == 200, path
        script = client.get("/static/js/main.js")
    assert script.headers["content-type"].startswith("text/javascript")


def test_scripts_and_styles_are_packed_and_hold_no_inline_code() -> None:
    html = (STATIC / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html)
    with visit(board()) as client:
        answer = client.get("/static/vendor/echarts/echarts.min.js", headers={"Accept-Encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers.get("content-length", 0)) < 500_000


def test_no_file_of_the_page_is_a_link_to_another_place() -> None:
    assert not [path for path in STATIC.rglob("*") if path.is_symlink()]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "own.txt").write_text("own")
    (folder / "out.txt").symlink_to("/etc/passwd")
    (folder / "up").symlink_to("..")
    (tmp_path / "secret.txt").write_text("secret")
    monkeypatch.setattr(server, "STATIC", folder)
    with visit(board()) as client:
        assert client.get("/static/own.txt").text == "own"
        assert client.get("/static/out.txt").status_code == 404
        assert client.get("/static/up/secret.txt").status_code == 404
        assert client.get("/static/up/").status_code == 404


# -- the document ------------------------------------------------------------------


def _served() -> set[tuple[str, str]]:
    routes = [route for route in all_routes() if isinstance(route, Route)]
    return {
        (method.lower(), route.path)
        for route in routes
        for method in (route.methods or set()) - {"HEAD"}
        if route.path.startswith("/api/") or route.path == "/healthz"
    }


def test_the_document_names_every_route_and_no_other() -> None:
    assert {(one.method, one.path) for one in OPERATIONS} == _served()
    others = {route.path for route in all_routes() if isinstance(route, Route | Mount)} - {
        path for _, path in _served()
    }
    assert others == {"/", "/font.woff2", "/static"}


def test_the_document_holds_the_bounds() -> None:
    with visit(board()) as client:
        told = client.get("/api/openapi.json").json()
    assert told == document()
    schemas = told["components"]["schemas"]
    assert schemas["AskedAnswer"]["properties"]["replicates"]["maximum"] == 60
    assert schemas["AskedAnswer"]["additionalProperties"] is False
    answer = told["paths"]["/api/answer"]["post"]
    assert answer["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith("/AskedAnswer")
    assert {"200", "400", "403", "413", "415", "422", "429", "503"} <= set(answer["responses"])
    life = told["paths"]["/api/city/{key}/life/{kind}/{number}"]["get"]
    assert [one["name"] for one in life["parameters"]] == ["Board-Visitor", "key", "kind", "number"]
