"""Whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from ipsim.app.work.turns import FIRST, IDLE, LATER, SECOND, BusyError, Turns


@dataclass(eq=False)
class Item:
    name: str
    waits: bool = True


def filled(*waiting: tuple[str, int, int], most: int = 1000) -> Turns[Item]:
    turns: Turns[Item] = Turns(most, 30)
    for visitor, stage, count in waiting:
        for number in range(count):
            turns.add(visitor, stage, Item(f"{visitor}{stage}.{number}"))
    return turns


def taken(turns: Turns[Item], most_stage: int = IDLE) -> list[str]:
    names: list[str] = []
    while (item := turns.next(most_stage)) is not None:
        item.waits = False
        names.append(item.name)
    return names


def test_visitors_take_turns_and_first_answers_go_first() -> None:
    turns = filled(("a", LATER, 2), ("a", FIRST, 2), ("b", FIRST, 1), ("c", SECOND, 1), ("c", FIRST, 2))
    assert taken(turns) == ["a0.0", "b0.0", "c0.0", "a0.1", "c0.1", "c1.0", "a2.0", "a2.1"]
    assert len(turns) == 0
    assert turns.visitors == set()


def test_a_turn_of_a_later_stage_is_of_several_runs() -> None:
    turns = filled(("a", LATER, 20), ("b", LATER, 3), ("c", LATER, 17))
    visitors = "".join(name[0] for name in taken(turns))
    assert visitors == "a" * 16 + "b" * 3 + "c" * 16 + "a" * 4 + "c"


def test_idle_work_comes_last_and_an_end_can_be_set() -> None:
    turns = filled(("", IDLE, 1), ("a", LATER, 1), ("b", FIRST, 1))
    assert taken(turns, FIRST) == ["b0.0"]
    assert taken(turns) == ["a2.0", "9.0"]


def test_who_waits_for_a_late_stage_is_not_forgotten() -> None:
    turns = filled(("a", FIRST, 30), ("b", LATER, 3), ("a", LATER, 3))
    order = taken(turns)
    assert [order.index(f"b2.{number}") for number in range(3)] == [7, 15, 23]
    assert order.index("a2.0") > 30


def test_what_is_given_up_is_passed_over() -> None:
    turns = filled(("a", FIRST, 1))
    gone = [Item("gone", waits=False) for _ in range(3)]
    for item in gone:
        turns.add("b", FIRST, item)
        turns.add("a", FIRST, item)
    turns.add("a", FIRST, Item("last"))
    assert len(turns) == 2
    assert turns.visitors == {"a"}
    assert taken(turns) == ["a0.0", "last"]


def test_what_is_put_back_is_next() -> None:
    turns = filled(("a", FIRST, 2), ("b", FIRST, 2))
    item = turns.next()
    assert item
    turns.put_back("a", FIRST, item)
    assert taken(turns) == ["a0.0", "b0.0", "a0.1", "b0.1"]


def test_one_thing_may_wait_under_two_visitors() -> None:
    turns = filled(("a", LATER, 5))
    shared = Item("shared")
    turns.add("a", LATER, shared)
    turns.add("b", FIRST, shared)
    assert taken(turns) == ["shared", *(f"a2.{number}" for number in range(5))]


def test_room_is_bounded_and_given_free() -> None:
    turns = filled(("a", FIRST, 8), most=10)
    turns.check_room("a", 2)
    with pytest.raises(BusyError) as caught:
        turns.check_room("b", 3)
    assert caught.value.status == 503
    for _ in range(4):
        item = turns.next()
        assert item
        turns.put_back("a", FIRST, item)
        item.waits = False  # given up while it waits
    turns.check_room("b", 6)


def test_visitors_are_bounded() -> None:
    turns = filled(*((str(number), FIRST, 1) for number in range(30)))
    turns.check_room("7", 1)
    with pytest.raises(BusyError):
        turns.check_room("another", 1)


def test_ahead_counts_visitors_with_an_earlier_turn() -> None:
    turns = filled(("a", FIRST, 2), ("b", FIRST, 1), ("c", SECOND, 1), ("d", LATER, 9))
    assert [turns.ahead(visitor) for visitor in "abcde"] == [0, 1, 2, 3, 4]
