"""The table of traps is whole, and the page on evidence shows it."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from ipsim.published import traps
from ipsim.published.describe import with_tables
from ipsim.published.traps import TRAPS, spread

PAGE = Path(__file__).parents[2] / "docs" / "evidence.md"


def test_every_row_has_all_its_cells() -> None:
    with Path(traps.__file__).with_name("traps.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, strict=True))
    assert {len(row) for row in rows} == {9}
    assert len(rows) == len(TRAPS) + 1


def test_every_trap_has_words_in_both_languages_and_a_reason() -> None:
    for one in TRAPS.values():
        assert bool(one.done.en) == bool(one.done.zh), one.key
        assert one.done.en.isascii() or set(one.done.en) - set(map(chr, range(128))) <= set("÷×"), one.key
        assert one.trap, one.key
        assert one.reason, one.key
        assert 0.0 <= one.error < 0.5, one.key


def test_a_factor_lies_in_its_range_and_carries_its_spread() -> None:
    for one in TRAPS.values():
        if one.value is not None:
            assert one.low is not None and one.high is not None
            assert one.low < one.value < one.high
            assert one.error == spread(one.value, one.low, one.high)


def test_spread_is_that_of_an_even_range() -> None:
    assert spread(0.5, 0.0, 1.0) == pytest.approx(math.sqrt(1 / 12) / 0.5)
    assert spread(0.0, 0.0, 0.0) == 0.0


def test_the_page_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert with_tables(text) == text, "run: python -m ipsim.published.describe docs/evidence.md"
    assert all(one.trap in text for one in TRAPS.values())
