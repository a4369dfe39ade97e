"""The city, firm by firm: played, searched, read, asked why, and found again by its address."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from experiments.board.addresses import address_of, state
from tests.app.browser.audits import audit, misplaced_words
from tests.app.browser.visitors import PHONE, Visitor
from tests.app.browser.whatif import stricter

Visit = Callable[..., Visitor]
LONGEST = 60_000
"""Milliseconds for the first run of a board that has just started, on a busy machine."""
CITY: dict[str, Any] = {"of": -1, "seed": 1, "scale": 0.02, "quarter": 0}


def _address(**parts: Any) -> str:
    alternatives = [stricter()]
    small = {"replicates": 2, "scale": 0.02}
    return "/" + address_of(state(**small, alternatives=alternatives, view="city", city={**CITY, **parts}))


def _open(visitor: Visitor, **parts: Any) -> Page:
    page = visitor.open(_address(**parts))
    page.wait_for_selector("[data-city=ready]", timeout=LONGEST)
    return page


def _quarter(page: Page) -> int:
    return int(page.get_by_test_id("city-quarter").input_value())


def _search(page: Page, text: str) -> None:
    page.get_by_test_id("city-search").fill(text)
    page.locator("#city-found [role=option]").first.click()


def test_the_picture_plays(visitor: Visitor) -> None:
    page = _open(visitor)
    canvas = page.get_by_test_id("city-canvas")
    expect(canvas).to_be_visible()
    before = canvas.screenshot()
    page.get_by_test_id("city-play").click()
    page.wait_for_function("() => Number(document.querySelector('[data-testid=city-quarter]').value) >= 3")
    page.get_by_test_id("city-play").click()
    stopped = _quarter(page)
    assert canvas.screenshot() != before
    time.sleep(0.4)
    assert _quarter(page) == stopped
    canvas.press(".")
    assert _quarter(page) == stopped + 1


def test_a_click_tells_a_life_and_its_reasons(visitor: Visitor) -> None:
    page = _open(visitor, quarter=4)
    canvas = page.get_by_test_id("city-canvas")
    box = canvas.bounding_box()
    assert box is not None
    canvas.click(position={"x": box["width"] * 0.3, "y": box["height"] * 0.25})
    life = page.get_by_test_id("city-life")
    page.wait_for_selector("[data-life^=enterprise]")
    expect(life.get_by_role("heading", level=3)).not_to_be_empty()
    life.get_by_test_id("city-why-now").click()
    life.locator("[data-about=research]").wait_for()


def test_agents_are_found_by_name(visitor: Visitor) -> None:
    page = _open(visitor)
    for text, kind in (
        ("Bank 03", "bank"),
        ("normal univ", "university"),
        ("court", "body"),
        ("volume agency", "agency"),
    ):
        _search(page, text)
        page.wait_for_selector(f"[data-life^={kind}]")
        assert page.locator(".city-curve").count() > 1
    page.get_by_test_id("city-search").click()
    page.locator("#city-found").get_by_role("option", name="Most patents").click()
    page.wait_for_selector("[data-life^=enterprise]")
    page.get_by_test_id("city-why").first.click()
    page.locator(".city-decision").first.wait_for()
    assert page.locator(".city-decision table").count() > 0


def test_the_address_keeps_what_is_chosen(visit: Visit) -> None:
    page = _open(visit(), picked={"kind": "enterprise", "key": "5"}, colour="debt", quarter=7)
    page.wait_for_selector("[data-life^=enterprise]")
    name = page.get_by_test_id("city-life").get_by_role("heading", level=3).inner_text()
    page.get_by_test_id("city-size").select_option("patents")
    page.wait_for_timeout(600)
    url = page.url
    again = visit().open(url[url.index("/#") :])
    again.wait_for_selector("[data-life^=enterprise]")
    assert again.get_by_test_id("city-life").get_by_role("heading", level=3).inner_text() == name
    assert again.get_by_test_id("city-size").input_value() == "patents"
    assert again.get_by_test_id("city-colour").input_value() == "debt"
    assert _quarter(again) == 7


def test_another_policy_keeps_enterprise_and_quarter(visitor: Visitor) -> None:
    page = _open(visitor, picked={"kind": "enterprise", "key": "5"}, quarter=30)
    page.wait_for_selector("[data-life^=enterprise]")
    with page.expect_response(lambda one: one.url.endswith("/frames")) as frames:
        page.get_by_test_id("city-policy").select_option("0")
    assert frames.value.ok
    page.locator(".city-waiting").wait_for(state="detached")
    page.wait_for_selector("[data-life^=enterprise]")
    assert _quarter(page) == 30


def test_a_run_that_was_dropped_is_made_again(visitor: Visitor) -> None:
    page = _open(visitor)
    gone = {"status": 404, "content_type": "application/json", "body": '{"faults": []}'}
    answered: list[str] = []

    def once(route: Any) -> None:
        answered.append(route.request.url)
        if len(answered) == 1:
            route.fulfill(**gone)
        else:
            route.continue_()

    page.route("**/life/**", once)
    visitor.watch.allow("404")
    _search(page, "court")
    page.wait_for_selector("[data-life^=body]")
    assert len(answered) == 2


def test_the_table_has_what_the_picture_has(visitor: Visitor) -> None:
    page = _open(visitor, quarter=12)
    told = page.get_by_test_id("city-canvas").get_attribute("aria-label") or ""
    page.get_by_test_id("city-table-toggle").click()
    table = page.get_by_test_id("city-table")
    rows = [
        [cell.inner_text() for cell in row.locator("th, td").all()] for row in table.locator("tbody tr").all()
    ]
    counts = [int(row[2].replace(",", "")) for row in rows]
    assert sum(counts[:-1]) == counts[-1]
    assert f"{counts[-1]} enterprises" in told


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_in_chinese_nothing_is_cut_off(visit: Visit, scheme: Any) -> None:
    page = _open(visit(size=PHONE, scheme=scheme, locale="zh-CN"), picked={"kind": "enterprise", "key": "5"})
    page.wait_for_selector("[data-life^=enterprise]")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_keys_alone_lead_to_a_life(visitor: Visitor) -> None:
    page = _open(visitor)
    canvas = page.get_by_test_id("city-canvas")
    canvas.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.wait_for_selector("[data-life^=enterprise]")
    assert page.locator(".city-bubble").inner_text()


def test_a_run_that_fails_says_why_and_is_tried_again(visitor: Visitor) -> None:
    fault = {"file": "", "line": 0, "key": "", "message": "no room", "text": "no room"}
    refused: list[str] = []

    def once(route: Any) -> None:
        refused.append(route.request.url)
        if len(refused) == 1:
            route.fulfill(status=422, content_type="application/json", body=json.dumps({"faults": [fault]}))
        else:
            route.continue_()

    visitor.page.route("**/api/city", once)
    visitor.watch.allow("422|Refused|no room")
    page = visitor.open(_address())
    message = page.locator(".city-place [role=alert]")
    message.wait_for()
    assert "no room" in message.inner_text()
    message.get_by_role("button").click()
    page.wait_for_selector("[data-city=ready]", timeout=LONGEST)


@pytest.mark.parametrize(("locale", "scheme"), [("en-GB", "light"), ("zh-CN", "dark")])
def test_a_life_with_its_reasons_is_fit_for_people(visit: Visit, locale: str, scheme: Any) -> None:
    lang = locale[:2]
    visitor = visit(locale=locale, scheme=scheme)
    address = state(
        view="city", lang=lang, city={**CITY, "quarter": 4, "picked": {"kind": "enterprise", "key": "5"}}
    )
    page = visitor.open("/" + address_of(address))
    page.wait_for_selector("[data-life^=enterprise]", timeout=LONGEST)
    page.get_by_test_id("city-why-now").click()
    page.locator(".city-decision").first.wait_for()
    assert not misplaced_words(page, lang)
    for check in ("pale", "unnamed", "headings", "doubled", "dangling"):
        assert not audit(page, check), check
