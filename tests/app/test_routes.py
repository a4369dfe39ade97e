"""The what-if's routes, with a work that hands out runs made beforehand."""

from __future__ import annotations

from typing import Any

import pytest

import ipsim
from ipsim.app import routes
from tests.app.boards import board, visit

OPEN = "/api/open"


def test_an_answer_is_streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []

    async def answering(work: Any, visitor: str, asked: Any) -> Any:
        heard.append((visitor, asked.replicates, asked.alternatives[0].name))
        yield {"kind": "done", "seconds": 0}

    monkeypatch.setattr(routes, "answering", answering)
    body = {
        "baseline": {"start": "jinhua"},
        "alternatives": [{"start": "jinhua", "name": "甲"}],
        "replicates": 3,
    }
    with visit(board()) as client:
        answer = client.post("/api/answer", json=body, headers={"Board-Visitor": "visitor-1"})
    assert answer.json() == {"kind": "done", "seconds": 0}
    assert heard == [("visitor-1", 3, "甲")]


def test_a_faulty_policy_is_answered_with_the_faults_of_the_command_line() -> None:
    changes = {"policy.protection.strenght": 1.0, "policy.protection.strength": 7.0}
    with visit(board()) as client:
        answer = client.post("/api/answer", json={"baseline": {"start": "jinhua", "changes": changes}})
        missing = client.post("/api/answer", json={"baseline": {"start": "jinhua-2"}})
    assert answer.status_code == missing.status_code == 422
    assert "nearest: policy.protection.strength" in answer.json()["faults"][0]["message"]
    assert "nearest: jinhua" in missing.json()["faults"][0]["text"]


def test_a_scenario_file_is_opened_and_kept() -> None:
    text = "extends: jinhua\nname: Stricter\npolicy:\n  protection:\n    strength: {2016: 0.4, 2020: 0.8}\n"
    with visit(board()) as client:
        opened = client.post(OPEN, json={"file": "mine.yaml", "text": text}).json()
        assert (opened["city"], opened["text"]) == ("jinhua", False)
        assert opened["title"] == {"en": "Stricter", "zh": "Stricter"}
        kept = client.post("/api/scenario", json={"policy": opened["policy"]})
    assert kept.headers["content-disposition"] == 'attachment; filename="stricter.yaml"'
    assert kept.headers["content-type"] == "text/yaml; charset=utf-8"
    assert ipsim.load(_file(kept.text)).hash == ipsim.load(_file(text)).hash


def _file(text: str) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "extends: jinhua\npolicy: {protection: {strenght: 1}}\n",
            "mine.yaml:2: policy.protection.strenght: ",
        ),
        ("extends: ../../etc/passwd\n", "mine.yaml:1: extends: "),
        ("extends: [\n", "mine.yaml:"),
        ("", "mine.yaml"),
    ],
)
def test_faults_of_a_file_have_their_line(text: str, place: str) -> None:
    with visit(board()) as client:
        answer = client.post(OPEN, json={"file": "mine.yaml", "text": text})
    assert answer.status_code == 422
    fault = answer.json()["faults"][0]
    assert fault["text"].startswith(place)
    assert "root:" not in answer.text


def test_names_of_files_are_plain() -> None:
    """What a visitor calls a policy cannot break the header or climb out of a folder."""
    name = '../x"\r\nSet-Cookie: a=b\r\n/ö 严'
    with visit(board()) as client:
        kept = client.post("/api/scenario", json={"policy": {"start": "jinhua", "name": name}})
    assert kept.headers["content-disposition"] == 'attachment; filename="jinhua-x-set-cookie-a-b.yaml"'
    assert "set-cookie" not in kept.headers
