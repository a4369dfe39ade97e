"""Compressed rows, their reverse, and the way to NetworkX and back."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipsim.engine.networks import CompressedRows, from_slots, reverse_slots


@st.composite
def tables_of_slots(draw: st.DrawFn) -> np.ndarray:
    rows = draw(st.integers(1, 12))
    lists = draw(st.lists(st.sets(st.integers(0, rows - 1), max_size=4), min_size=rows, max_size=rows))
    slots = np.full((rows, 4), -1, np.int32)
    for row, targets in enumerate(lists):
        places = draw(st.permutations(range(4)))
        for place, target in zip(places, sorted(targets), strict=False):
            slots[row, place] = target
    return slots


def reverse(slots: np.ndarray) -> CompressedRows:
    starts, targets = np.zeros(len(slots) + 1, np.int32), np.zeros(slots.size, np.int32)
    reverse_slots(slots, starts, targets, np.zeros(len(slots), np.int32))
    return CompressedRows(starts, targets[: starts[-1]])


@settings(deadline=None, max_examples=60)
@given(slots=tables_of_slots())
def test_reverse_holds_every_link_once(slots: np.ndarray) -> None:
    forth = {(i, int(j)) for i in range(len(slots)) for j in slots[i] if j >= 0}
    back = reverse(slots)
    assert {(int(i), j) for j in range(len(slots)) for i in back.of(j)} == forth
    assert len(back.targets) == len(forth)


@settings(deadline=None, max_examples=60)
@given(slots=tables_of_slots())
def test_there_and_back_through_networkx(slots: np.ndarray) -> None:
    links = from_slots(slots)
    graph = links.to_networkx()
    assert graph.number_of_nodes() == len(slots)
    again = CompressedRows.from_networkx(graph)
    assert again.starts.tolist() == links.starts.tolist()
    for row in range(len(slots)):
        assert again.of(row).tolist() == sorted(links.of(row).tolist())


def test_nodes_must_be_rows() -> None:
    with pytest.raises(ValueError, match="whole numbers 0 to n - 1"):
        CompressedRows.from_networkx(nx.DiGraph([(1, 2)]))
