"""How the board is measured: marks in pages, percentiles, moves, and what a visitor's answers count as."""

import json
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _scripts_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "experiments" / "board"))


def _module(name: str) -> ModuleType:
    import importlib

    return importlib.import_module(name)


def test_a_part_of_the_page_is_renewed_and_the_rest_left(tmp_path: Path) -> None:
    results = _module("results")
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- load -->\nold\n<!-- end load -->\nb\n")
    results.renew(page, "load", "new\\1\n")
    assert page.read_text() == "a\n<!-- load -->\nnew\\1\n<!-- end load -->\nb\n"
    with pytest.raises(ValueError, match="latency"):
        results.renew(page, "latency", "x")


def test_the_page_of_results_has_both_parts(tmp_path: Path) -> None:
    results = _module("results")
    page = tmp_path / "board.md"
    page.write_text(results.PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    for part in ("latency", "load"):
        results.renew(page, part, "x")


def test_percentiles() -> None:
    results = _module("results")
    assert results.share([3.0, 1.0, 2.0], 50) == 2.0
    assert results.share([1.0, 2.0], 90) == pytest.approx(1.9)
    assert results.spread([])["median"] == "none"


def test_moves_are_all_apart_and_leave_out_where_the_slider_stands() -> None:
    places = _module("latency").places(20, 0.4)
    assert len(set(places)) == 20 and 0.4 not in places
    assert min(abs(a - b) for a, b in pairwise(places)) > 0.3


def test_waits_are_counted_from_the_move() -> None:
    students = _module("students")
    tally = students.Tally()
    reading = students.Reading(10.0, tally)
    lines = [
        {"kind": "waiting", "ahead": 3},
        {"kind": "waiting", "ahead": 2},
        {"kind": "answer", "sketch": True, "pairs": 2},
        {"kind": "answer", "sketch": False, "pairs": 4},
        {"kind": "said"},
        {"kind": "done"},
    ]
    firsts = []
    for place, line in enumerate(lines):
        text = json.dumps(line)
        firsts.append(reading.note(students.Line.of(text), text, 11.0 + place))
    assert firsts == [False, False, True, False, False, False]
    assert (tally.told_to_wait, tally.first, tally.real, tally.settled) == (1, [3.0], [4.0], [6.0])
    assert not tally.errors


def test_an_address_holds_the_state() -> None:
    addresses = _module("addresses")
    given = addresses.state(lang="zh", alternatives=[addresses.policy(name="甲")])
    assert addresses.state_of("http://x/" + addresses.address_of(given)) == given
