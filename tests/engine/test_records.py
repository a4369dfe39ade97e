"""Declared fields, their initial values, and tables that grow."""

import numpy as np
import pytest

from ipsim.engine.records import COUNT, FLAG, FLOAT, Field, Record

SHEEP = Record(
    "sheep",
    Field("wool", FLOAT, "kg", "wool on it", 1.5),
    Field("lambs", COUNT, "count", "lambs so far"),
    Field("next", COUNT, "row", "the one in front, -1 for none", -1),
)


def test_a_table_begins_with_initial_values() -> None:
    table = SHEEP.table(3)
    assert table.wool.tolist() == [1.5] * 3
    assert table.lambs.tolist() == [0] * 3
    assert table.next.tolist() == [-1] * 3
    assert [field.name for field in SHEEP] == ["wool", "lambs", "next"]
    assert SHEEP["wool"].unit == "kg"


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(KeyError, match="sheep has no field 'wol'"):
        SHEEP["wol"]


def test_a_field_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared twice: wool"):
        Record("sheep", Field("wool", FLOAT, "kg", ""), Field("wool", FLOAT, "kg", ""))


@pytest.mark.parametrize("name", ["size", "copy", "flags"])
def test_names_that_numpy_uses_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"NumPy has attributes of that name: {name}"):
        Record("sheep", Field(name, FLAG, "-", ""))


def test_growing_keeps_rows_and_gives_new_ones_initial_values() -> None:
    table = SHEEP.table(2)
    table.wool[:] = [3.0, 4.0]
    assert SHEEP.grown(table, 2) is table
    longer = SHEEP.grown(table, 3)
    assert longer.wool.tolist() == [3.0, 4.0, 1.5, 1.5]
    assert longer.next[-1] == -1


def test_a_row_writes_through_to_its_table() -> None:
    table = SHEEP.table(2)
    row = table[1]
    row.wool += 1.0
    assert table.wool.tolist() == [1.5, 2.5]
    assert SHEEP.bytes_per_row == table.nbytes // 2 == np.dtype(SHEEP.dtype).itemsize
