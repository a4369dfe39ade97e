import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ipsim.study.search.frontier import beaten_by, hypervolume, undominated

scores = arrays(np.float64, st.tuples(st.integers(1, 12), st.integers(1, 3)), elements=st.integers(0, 6))


def test_undominated() -> None:
    found = undominated(np.array([[1, 3], [2, 2], [1, 2], [3, 1], [2, 2], [np.nan, 9]]))
    assert list(found) == [True, True, False, True, False, False], "of equals the first, NaN never"


@given(scores)
def test_the_undominated_beat_all_others_and_not_one_another(values: np.ndarray) -> None:
    front = values[undominated(values)]
    assert len(front) >= 1
    assert not beaten_by(front, values).any()
    rest = values[~undominated(values)]
    assert all(((front >= one).all(axis=1)).any() for one in rest)


def test_beaten_means_in_one_goal_and_worse_in_none() -> None:
    rivals = np.array([[2.0, 2.0]])
    assert list(beaten_by(np.array([[2, 2], [1, 2], [3, 1], [1, 1]]), rivals)) == [False, True, False, True]
    assert list(beaten_by(np.empty((0, 2)), rivals)) == []
    assert list(beaten_by(rivals, np.empty((0, 2)))) == [False]


def test_known_volumes() -> None:
    assert hypervolume(np.array([[2.0, 3.0]]), np.zeros(2)) == 6
    assert hypervolume(np.array([[1, 3], [2, 2], [3, 1.0]]), np.zeros(2)) == 6
    assert hypervolume(np.array([[1, 1, 1.0]]), np.array([0, 0, 1.0])) == 0, "not better in every goal"
    assert hypervolume(np.array([[2, 2, 1], [1, 1, 2.0]]), np.zeros(3)) == 5
    assert hypervolume(np.empty((0, 2)), np.zeros(2)) == 0


@given(scores)
def test_volume_counts_the_cells_that_are_covered(values: np.ndarray) -> None:
    """On whole numbers the volume is the number of unit cells below some policy."""
    cells = itertools.product(range(6), repeat=values.shape[1])
    covered = sum(bool((values >= np.array(cell) + 1).all(axis=1).any()) for cell in cells)
    assert hypervolume(values, np.zeros(values.shape[1])) == pytest.approx(covered)
