"""A lesson, walked through from the question to the notes for the teacher."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.app.browser.audits import misplaced_words
from tests.app.browser.visitors import Visitor
from tests.app.browser.whatif import quick

QUICK: dict[str, Any] = {"replicates": 2, "scale": 0.02}
STEPS = ["question", "predict", "run", "happened", "why-firm", "why-city", "think", "teacher"]


def _cheaply(route: Route) -> None:
    """Give a lesson whose runs cost little."""
    answer = route.fetch()
    lesson = answer.json()
    lesson["runs"] |= QUICK
    route.fulfill(response=answer, json=lesson)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_lesson_is_walked_through(visit: Callable[..., Visitor], lang: str) -> None:
    visitor = visit()
    visitor.context.route("**/api/lessons/*", _cheaply)
    page = visitor.open(quick(lang=lang, view="lessons"))
    page.locator("[data-testid=lesson-card][data-key=last-quarter-rush]").wait_for()
    assert page.get_by_test_id("lesson-card").count() >= 6
    page.locator("[data-testid=lesson-card][data-key=last-quarter-rush]").click()
    steps = page.get_by_test_id("lesson-step")
    steps.first.wait_for()
    assert [step.get_attribute("data-step") for step in steps.all()] == STEPS
    seen = []
    for step in STEPS:
        section = page.locator(f"[data-testid=lesson-section][data-step={step}]")
        expect(section).to_be_visible()
        if step == "predict":
            section.get_by_test_id("predict-mine").first.check()
            section.get_by_test_id("predict-hands").first.fill("12")
            section.get_by_test_id("predict-hands").last.fill("6")
            expect(section).to_contain_text("18")
        if step == "run":
            section.get_by_test_id("lesson-run").click()
            expect(section.get_by_test_id("lesson-run-said")).to_contain_text("2", timeout=60_000)
            section.get_by_test_id("lesson-run").wait_for()
            page.wait_for_selector(".run-button:not(.primary)", timeout=60_000)
        if step == "happened":
            expect(section).to_contain_text("12", timeout=60_000)  # the hands of the class
            expect(section.locator("canvas").first).to_be_visible()
        if step == "teacher":
            section.get_by_test_id("lesson-notes").click()
        assert misplaced_words(page, lang) == [], step
        seen.append(section.inner_text())
        if step != STEPS[-1]:
            page.get_by_test_id("lesson-next").click()
    assert all(len(text) > 40 for text in seen)
    assert len(set(seen)) == len(STEPS)
