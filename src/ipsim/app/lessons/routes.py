"""What the page hears of lessons."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ipsim.app.encoding import json_response
from ipsim.app.faults import RequestError
from ipsim.app.lessons.lesson import Lesson
from ipsim.app.lessons.reading import read_lessons
from ipsim.scenario.errors import Fault, nearest


def routes() -> list[Route]:
    """Return the routes of lessons."""
    return [Route("/api/lessons", list_of_lessons), Route("/api/lessons/{key}", one_lesson)]


def lessons_of(request: Request) -> dict[str, Lesson]:
    """Return the lessons of this board: those it was started with, else those that ship."""
    given = getattr(request.app.state, "lessons", None)
    return read_lessons() if given is None else given


def list_of_lessons(request: Request) -> Response:
    """Say which lessons there are."""
    return json_response({"lessons": [lesson.summary() for lesson in lessons_of(request).values()]})


def one_lesson(request: Request) -> Response:
    """Give a lesson with its text in both languages."""
    lessons = lessons_of(request)
    key = request.path_params["key"]
    if key not in lessons:
        message = f"no lesson {key[:80]!r}{nearest(key, lessons)}"
        raise RequestError(404, [Fault("", 0, "lesson", message)])
    return json_response(lessons[key].page())
