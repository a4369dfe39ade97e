"""The page as it opens: words, widths, colours, print."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.app.browser.audits import audit, misplaced_words, walk_with_tab
from tests.app.browser.visitors import PHONE, Visitor
from tests.app.browser.whatif import quick

Visit = Callable[..., Visitor]
VIEWS = ("whatif", "city", "lessons")
AUDITS = ("unnamed", "headings", "doubled", "dangling", "pale", "wide")


def look_at(visitor: Visitor, view: str) -> None:
    """Open a view, and wait until it shows something."""
    page = visitor.page
    page.get_by_test_id(f"tab-{view}").click()
    page.wait_for_selector(f"main.view-{view} > *")
    if view == "whatif":
        visitor.settle()
    page.wait_for_load_state("networkidle")


def complaints(visitor: Visitor, lang: str) -> dict[str, Any]:
    """Return what is wrong in each view, by view and check."""
    found: dict[str, Any] = {}
    for view in VIEWS:
        look_at(visitor, view)
        each = {check: audit(visitor.page, check) for check in AUDITS}
        each["words"] = misplaced_words(visitor.page, lang)
        found |= {f"{view} {check}": wrong for check, wrong in each.items() if wrong}
    return found


@pytest.mark.parametrize(
    ("lang", "scheme", "size"),
    [("en", "light", None), ("zh", "dark", None), ("zh", "light", PHONE), ("en", "dark", PHONE)],
)
def test_every_view_is_fit_for_people(
    visit: Visit, lang: str, scheme: str, size: tuple[int, int] | None
) -> None:
    visitor = visit(scheme=scheme, **({"size": size} if size else {}))
    page = visitor.open(quick(lang=lang))
    assert page.get_attribute("html", "lang") == {"en": "en", "zh": "zh-CN"}[lang]
    assert complaints(visitor, lang) == {}


@pytest.mark.parametrize(("locale", "lang"), [("en-GB", "en"), ("zh-CN", "zh")])
def test_a_first_visit_is_in_the_language_of_the_browser(visit: Visit, locale: str, lang: str) -> None:
    visitor = visit(locale=locale)
    page = visitor.open()
    page.wait_for_selector("html[data-answer=partial], html[data-answer=settled]", state="attached")
    assert misplaced_words(page, lang) == []
    page.get_by_test_id("lang-switch").click()
    other = {"en": "zh", "zh": "en"}[lang]
    page.wait_for_selector(f"html[lang^={other}]", state="attached")
    assert misplaced_words(page, other) == []


@pytest.mark.parametrize("view", VIEWS)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(visit: Visit, view: str) -> None:
    visitor = visit()
    page = visitor.open(quick())
    look_at(visitor, view)
    unreached, unseen = walk_with_tab(page)
    assert unreached == []
    assert unseen == []


def test_the_theme_follows_the_system_and_the_switch(visit: Visit) -> None:
    visitor = visit(scheme="dark")
    page = visitor.open(quick())
    paper = "getComputedStyle(document.body).backgroundColor"
    seen = {page.evaluate(paper)}
    for _ in range(2):
        page.get_by_test_id("theme-switch").click()
        page.wait_for_timeout(300)
        seen.add(page.evaluate(paper))
    assert len(seen) == 2


def test_on_paper_there_are_results_and_no_controls(visit: Visit) -> None:
    visitor = visit(scheme="dark")
    page = visitor.open(quick())
    visitor.settle()
    page.emulate_media(media="print")
    assert not page.locator(".controls").is_visible()
    assert page.get_by_test_id("summary").is_visible()
    assert page.get_by_test_id("chart").first.is_visible()
    assert audit(page, "pale") == []
    assert len(page.pdf()) > 20_000
