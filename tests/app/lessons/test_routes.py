from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ipsim.app.asked import AskedAnswer
from ipsim.app.lessons import Lesson, read_lessons
from ipsim.scenario.words import LANGUAGES
from tests.app.boards import board, visit

TEMPLATE = Path(__file__).parents[3] / "docs" / "lessons" / "template"


@contextmanager
def _get(path: str, lessons: dict[str, Lesson] | None = None) -> Iterator[Any]:
    with visit(board(lessons=lessons)) as client:
        yield client.get(path)


def test_the_list_names_those_that_ship() -> None:
    with _get("/api/lessons") as answer:
        found = answer.json()["lessons"]
    assert [one["key"] for one in found] == list(read_lessons())
    assert found[0]["title"] == {"en": "The subsidy paradox", "zh": "资助的悖论"}
    assert not any(one["own"] for one in found)


def test_own_lessons_stand_first_and_are_marked() -> None:
    with _get("/api/lessons", read_lessons(TEMPLATE)) as answer:
        found = answer.json()["lessons"]
    assert found[0]["key"] == "template"
    assert found[0]["own"]


@pytest.mark.parametrize("key", list(read_lessons()))
def test_a_lesson_can_be_asked_for_as_it_is_given(key: str) -> None:
    with _get(f"/api/lessons/{key}") as answer:
        page = answer.json()
    baseline, *alternatives = [one["policy"] | {"name": one["name"]["en"]} for one in page["policies"]]
    asked = AskedAnswer.model_validate(
        {"baseline": baseline, "alternatives": alternatives, "indicators": [], **page["runs"]}
    )
    assert len(asked.alternatives) == len(alternatives)
    assert page["prediction"]["alternative"] <= len(alternatives)
    for step in page["steps"]:
        assert set(step["html"]) == set(step["title"]) == set(LANGUAGES)


def test_an_unknown_lesson_is_named_with_the_nearest() -> None:
    with _get("/api/lessons/how-strikt") as answer:
        assert answer.status_code == 404
        assert answer.json()["faults"][0]["text"] == "lesson: no lesson 'how-strikt'; nearest: how-strict"


@pytest.mark.parametrize("path", ["..%2f..%2fetc%2fpasswd", "%00", "x" * 3000])
def test_no_file_is_read_by_name(path: str) -> None:
    with _get(f"/api/lessons/{path}") as answer:
        assert answer.status_code == 404
