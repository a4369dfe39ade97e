import numpy as np
import pytest

from ipsim.study.plan import Design, Factor, Points

FACTORS = (Factor("a", None, 0, 10), Factor("b", (1, 2, 3)))


def test_a_factorial_design_holds_every_combination_once() -> None:
    points = Design("factorial", {"levels": 2}).points(FACTORS, 1)
    assert [tuple(point.values.values()) for point in points] == [
        (0, 1),
        (0, 2),
        (0, 3),
        (10, 1),
        (10, 2),
        (10, 3),
    ]


def test_one_at_a_time_leaves_the_others_as_the_scenario_has_them() -> None:
    points = Design("one-at-a-time", {"levels": 2}).points(FACTORS, 1)
    assert [point.changes for point in points] == [{}, {"a": 0}, {"a": 10}, {"b": 1}, {"b": 2}, {"b": 3}]


def test_a_latin_hypercube_has_one_point_in_each_slice_of_each_factor() -> None:
    points = Design("latin-hypercube", {"points": 20}).points(FACTORS, 7)
    assert isinstance(points, Points)
    assert points.sample.shape == (20, 2)
    for column in points.sample.T:
        assert sorted((column * 20).astype(int)) == list(range(20))


@pytest.mark.parametrize(
    ("design", "size"),
    [
        (Design("latin-hypercube", {"points": 16}), 16),
        (Design("sobol", {"points": 16}), 16 * (2 + 2)),
        (Design("morris", {"trajectories": 5, "levels": 4}), 5 * (2 + 1)),
    ],
)
def test_samples_are_equal_for_equal_seeds_alone(design: Design, size: int) -> None:
    first, again, other = (design.sample(2, seed) for seed in (3, 3, 4))
    assert first.shape == (size, 2)
    assert (first >= 0).all() and (first <= 1).all()
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_step_of_a_morris_trajectory_moves_one_factor() -> None:
    sample = Design("morris", {"trajectories": 4, "levels": 4}).sample(3, 1).reshape(4, 4, 3)
    moved = (np.diff(sample, axis=1) != 0).sum(axis=2)
    assert (moved == 1).all()


def test_points_are_made_one_at_a_time_and_equal_those_of_a_slice() -> None:
    points = Design("sobol", {"points": 4}).points(FACTORS, 1)
    assert [point.written for point in points[3:6]] == [points[place].written for place in (3, 4, 5)]
    assert points[0].unit == pytest.approx(tuple(Design("sobol", {"points": 4}).sample(2, 1)[0]))


def test_a_list_is_no_sample() -> None:
    with pytest.raises(ValueError, match="no sample"):
        Design("list").sample(2, 1)
