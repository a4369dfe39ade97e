"""A board that stops and starts again while a page is open."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from experiments.board.boards import Board
from tests.app.browser.visitors import Visitor
from tests.app.browser.whatif import WhatIf, quick


@pytest.fixture
def own_board(tmp_path: Path) -> Iterator[Board]:
    board = Board(tmp_path / "board.log", options=("--workers", "1")).start(warm=False)
    yield board
    board.end()


def test_a_page_waits_for_a_board_that_is_gone_and_goes_on(
    own_board: Board, visit: Callable[..., Visitor]
) -> None:
    whatif = WhatIf(visit(own_board.url), quick(replicates=2))
    page = whatif.page
    whatif.visitor.watch.allow(
        "ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET"
    )
    before = whatif.numbers()
    assert own_board.end() == 0
    number = whatif.lever().locator("input[type=number]")
    number.fill("0.2")
    number.press("Enter")
    expect(page.get_by_test_id("offline")).to_be_visible()
    assert number.input_value() == "0.2"  # nothing that was set is lost
    own_board.start(warm=False)
    expect(page.get_by_test_id("offline")).to_be_hidden(timeout=30_000)
    whatif.visitor.settle()
    assert whatif.numbers() != before
    assert "Traceback" not in own_board.said()
