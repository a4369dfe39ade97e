"""Parts of a lesson: the prediction that is kept, the result beside it, the notes, the handout, the firm."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.app.browser.made import YEARS, answer
from tests.app.browser.visitors import PHONE, Visitor
from tests.app.browser.whatif import quick

LESSON = "subsidy-paradox"
Q = "mean_quality_filed"


def _answered(low: float, high: float) -> str:
    """Return the lines of an answer in which quality differs by this interval in every year."""
    made = answer(of=2, pairs=2)
    mid = (low + high) / 2
    made["alternatives"][0]["differences"][Q] = {
        key: [value] * len(YEARS) for key, value in (("mean", mid), ("low", low), ("high", high))
    }
    lines: list[dict[str, Any]] = [
        made,
        {"kind": "said", "en": [], "zh": []},
        {"kind": "done", "seconds": 0.1},
    ]
    return "\n".join(json.dumps(line) for line in lines) + "\n"


class Taken:
    """A lesson that is open, whose runs are made up.

    Parameters
    ----------
    visitor
        Whose page it is.
    step
        Where it is opened.
    """

    def __init__(self, visitor: Visitor, step: int = 0, lang: str = "en", key: str = LESSON) -> None:
        self.asked: list[dict[str, Any]] = []
        self.visitor = visitor
        visitor.context.route("**/api/answer", self._answer)
        self.page: Page = visitor.open(quick(lang=lang, view="lessons", lesson={"key": key, "step": step}))
        self.page.get_by_test_id("lesson-step").first.wait_for()

    def _answer(self, route: Route) -> None:
        self.asked.append(json.loads(route.request.post_data or "{}"))
        route.fulfill(body=_answered(-4.0, -2.0), content_type="application/x-ndjson")

    def go(self, step: str) -> Locator:
        """Go to a step, and return it."""
        self.page.locator(f"[data-testid=lesson-step][data-step={step}]").click()
        return self.page.locator(f"[data-testid=lesson-section][data-step={step}]")

    def run(self) -> None:
        """Run it."""
        self.go("run").get_by_test_id("lesson-run").click()
        self.page.wait_for_selector(".run-button:not(.primary)")


@pytest.fixture
def taken(visitor: Visitor) -> Taken:
    return Taken(visitor)


def test_the_prediction_is_kept_and_can_be_cleared(taken: Taken) -> None:
    section = taken.go("predict")
    section.get_by_test_id("predict-more").nth(0).click()
    section.get_by_test_id("predict-more").nth(0).click()
    section.get_by_test_id("predict-hands").nth(2).fill("6")
    section.get_by_test_id("predict-mine").nth(1).check()
    taken.page.reload()
    section = taken.go("predict")
    assert [one.input_value() for one in section.get_by_test_id("predict-hands").all()] == ["2", "0", "6"]
    expect(section.get_by_test_id("predict-mine").nth(1)).to_be_checked()
    expect(section).to_contain_text("2 of 8")
    section.get_by_test_id("predict-clear").click()
    assert [one.input_value() for one in section.get_by_test_id("predict-hands").all()] == ["0", "0", "0"]
    assert not section.get_by_test_id("predict-mine").nth(1).is_checked()


def test_the_result_stands_beside_the_prediction(taken: Taken, tmp_path: Path) -> None:
    section = taken.go("predict")
    section.get_by_test_id("predict-hands").nth(0).fill("3")
    section.get_by_test_id("predict-hands").nth(1).fill("9")
    section.get_by_test_id("predict-mine").nth(0).check()
    taken.run()
    verdict = taken.go("happened").get_by_test_id("lesson-verdict")
    expect(verdict).to_contain_text("What the runs say: It falls")
    expect(verdict).to_contain_text("−3.0 points of 100, 90 % interval −4.0 to −2.0")
    expect(verdict).to_contain_text("3 of 12 in the class foresaw it. So did you.")
    with taken.page.expect_download() as saved:
        verdict.get_by_test_id("lesson-save").click()
    file = tmp_path / "saved.csv"
    saved.value.save_as(file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = file.read_text(encoding="utf-8-sig").splitlines()
    assert "It falls,3,yes,yes" in rows
    assert "No difference that can be told,9,," in rows


def test_gaps_are_filled_and_stay_so_in_the_other_language(taken: Taken) -> None:
    gap = taken.go("happened").locator(f".lesson-gap[data-outcome={Q}][data-kind=difference]")
    expect(gap).to_have_text("…")
    taken.run()
    taken.go("happened")
    expect(gap).to_have_text("−3.0 points of 100")
    taken.page.get_by_test_id("lang-switch").click()
    expect(gap).to_have_text("−3.0分")
    expect(taken.page.get_by_test_id("lesson-verdict")).to_contain_text("模拟结果：下降")
    assert len(taken.asked) == 1


def test_what_is_asked_is_the_lesson(taken: Taken) -> None:
    taken.run()
    (asked,) = taken.asked
    assert asked["baseline"] == {"start": "jinhua", "name": "As it was", "changes": {}}
    assert asked["alternatives"][0]["changes"]["policy.subsidies.filing.invention"] == {"2018": 6000}
    assert (asked["replicates"], asked["scale"]) == (30, 0.05)
    assert {Q, "invention_grant_rate"} <= set(asked["indicators"])


def test_notes_for_the_teacher_are_hidden_anew(taken: Taken) -> None:
    section = taken.go("teacher")
    expect(section.locator(".lesson-text")).to_be_hidden()
    section.get_by_test_id("lesson-notes").click()
    expect(section.locator(".lesson-text")).to_be_visible()
    taken.go("think")
    expect(taken.go("teacher").locator(".lesson-text")).to_be_hidden()


def test_a_handout_has_all_steps_and_no_notes(taken: Taken) -> None:
    taken.page.emulate_media(media="print")
    sections = taken.page.get_by_test_id("lesson-section")
    shown = {one.get_attribute("data-step"): one.is_visible() for one in sections.all()}
    assert not shown.pop("teacher")
    assert all(shown.values())
    expect(taken.page.get_by_test_id("lesson-next")).to_be_hidden()
    expect(taken.page.locator(".write").first).to_be_visible()


def test_its_policies_go_on_in_what_if(taken: Taken) -> None:
    taken.go("question").locator("summary").click()
    taken.page.get_by_test_id("lesson-whatif").click()
    expect(taken.page.get_by_test_id("tab-whatif")).to_have_attribute("aria-current", "page")
    names = taken.page.evaluate(
        "import('/static/js/store.js').then(({ get }) => get().alternatives.map((one) => one.name))"
    )
    assert names == ["Four times the filing subsidies"]


def test_steps_are_reached_by_keyboard_and_kept_in_the_address(taken: Taken) -> None:
    taken.page.locator("[data-testid=lesson-step][data-step=predict]").focus()
    taken.page.keyboard.press("Enter")
    expect(taken.page.locator("#lesson-predict")).to_be_focused()
    taken.page.wait_for_timeout(600)
    taken.page.reload()
    expect(taken.page.locator("[data-testid=lesson-section][data-step=predict]")).to_be_visible()


def test_a_lesson_that_is_not_there(visitor: Visitor) -> None:
    visitor.watch.allow("404")
    page = visitor.open(quick(view="lessons", lesson={"key": "none-such", "step": 0}))
    expect(page.get_by_test_id("faults")).to_contain_text("no lesson 'none-such'")
    page.get_by_test_id("faults").get_by_role("button").click()
    page.get_by_test_id("lesson-card").first.wait_for()


def test_nothing_is_wider_than_a_phone(visit: Callable[..., Visitor]) -> None:
    taken = Taken(visit(size=PHONE), lang="zh")
    taken.run()
    for step in ("question", "predict", "run", "happened", "think"):
        taken.go(step)
        assert taken.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], step


def _small(route: Route) -> None:
    found = route.fetch()
    lesson = found.json()
    lesson["runs"] |= {"replicates": 2, "scale": 0.02}
    route.fulfill(response=found, json=lesson)


@pytest.mark.slow
def test_one_firm_under_two_policies(visitor: Visitor) -> None:
    visitor.context.route("**/api/lessons/*", _small)
    taken = Taken(visitor)
    section = taken.go("why-firm")
    section.get_by_test_id("lesson-firm").click()
    life = section.get_by_test_id("city-life")
    expect(life.locator("h3")).to_be_visible(timeout=60_000)
    name = life.locator("h3").inner_text()
    quarter = int(section.get_by_test_id("firm-quarter").get_attribute("data-quarter") or -1)
    section.get_by_test_id("firm-before").click()
    expect(section.get_by_test_id("firm-quarter")).to_have_attribute("data-quarter", str(quarter - 1))
    section.get_by_test_id("firm-policy").first.click()
    expect(section.get_by_test_id("firm-policy").first).to_have_attribute(
        "aria-pressed", "true", timeout=60_000
    )
    expect(life.locator("h3")).to_have_text(name)


@pytest.mark.slow
def test_quarters_of_two_cities(visitor: Visitor) -> None:
    visitor.context.route("**/api/lessons/*", _small)
    taken = Taken(visitor, key="last-quarter-rush")
    taken.run()
    section = taken.go("happened")
    section.get_by_test_id("lesson-quarters").click()
    rows = section.get_by_test_id("quarters-table").locator("tbody tr")
    expect(rows).to_have_count(2, timeout=60_000)
    shares = [row.locator("td").all_inner_texts() for row in rows.all()]
    even, rushed = ([float(one.rstrip(" %")) for one in row] for row in shares)
    assert len(even) == len(rushed) == 4
    assert all(20 < one < 33 for one in even)
    assert all(after > before for before, after in zip(even, rushed, strict=True))
