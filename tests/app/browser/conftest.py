"""A real board, a real browser, and visitors whose pages are watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from experiments.board.chromium import launch
from tests.app.browser.sharing import shared_board
from tests.app.browser.visitors import Visitor


@pytest.fixture(scope="session")
def board(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """Give the address of a running board; processes of one test session share it."""
    folder = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        folder = folder.parent
    with shared_board(folder / "board") as url:
        yield url


# Playwright's event loop counts as running in this thread, so a longer life would stop `asyncio.run` in
# tests of other modules.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a headless Chromium."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(board: str, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Give a function that makes visitors of the board; all are checked for faults at the end.

    Its arguments are those of `Visitor`; ``url`` is another board than the shared one.
    """
    visitors: list[Visitor] = []

    def make(url: str = board, **options: Any) -> Visitor:
        visitors.append(Visitor(browser, url, **options))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.leave()
    for visitor in visitors:
        visitor.watch.check()


@pytest.fixture
def visitor(visit: Callable[..., Visitor]) -> Visitor:
    """Give a visitor with a laptop, in English and light."""
    return visit()


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """Give the page of a visitor, opened and ready.

    The test fails on an error in the console or of a script, and on a request to another origin.
    """
    return visitor.open()
