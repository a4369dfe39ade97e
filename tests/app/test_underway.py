"""What is asked for at once is bounded for a visitor, for an address, and for all."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from ipsim.app.faults import RequestError
from ipsim.app.underway import MOST_IN_ALL, MOST_OF_A_VISITOR, MOST_OF_AN_ADDRESS, Underway


def test_who_makes_up_names_leaves_room_for_others() -> None:
    underway = Underway()
    with ExitStack() as asked:
        for number in range(MOST_OF_AN_ADDRESS):
            asked.enter_context(underway.one_more(f"name-{number}", "here"))
        with pytest.raises(RequestError) as caught, underway.one_more("one-more-name", "here"):
            pass
        assert caught.value.status == 503
        with underway.one_more("somebody", "elsewhere"):
            assert underway.visitors.total() == MOST_OF_AN_ADDRESS + 1 < MOST_IN_ALL
    assert not underway.visitors
    assert not underway.addresses


def test_a_visitor_has_some_at_once() -> None:
    underway = Underway()
    with ExitStack() as asked:
        for _ in range(MOST_OF_A_VISITOR):
            asked.enter_context(underway.one_more("a", "here"))
        with pytest.raises(RequestError) as caught, underway.one_more("a", "elsewhere"):
            pass
        assert caught.value.status == 429
        with underway.one_more("b", "here"):
            pass
