import numpy as np
import pytest

from ipsim.study.sensitivity.luck import luck_of, point_means


def test_means_over_the_replicates_that_succeeded() -> None:
    values = np.array([[1.0, 3.0], [2.0, 4.0], [np.nan, np.nan]])
    np.testing.assert_array_equal(point_means(values, common=True), [2, 3, np.nan])


def test_a_missing_seed_does_not_move_its_point() -> None:
    """Seed 2 is worth 10 everywhere: the point that lacks it stays where it would be."""
    effect = np.array([1.0, 2.0, 3.0, 4.0])
    values = effect[:, None] + np.array([0.0, 10.0])
    values[3, 1] = np.nan
    corrected = point_means(values, common=True)
    np.testing.assert_allclose(np.diff(corrected), 1, atol=0.4)
    assert point_means(values, common=False)[3] == 4


@pytest.mark.parametrize("common", [True, False])
def test_the_share_of_luck_is_found(common: bool) -> None:
    draws = np.random.default_rng(4)
    points, replicates = 2000, 4
    factors = 2 * draws.normal(size=(points, 1))
    seeds = np.array([1.0, -1.0, 1.0, -1.0]) if common else 0.0
    values = factors + seeds + draws.normal(size=(points, replicates))
    luck = luck_of(values, common)
    assert luck is not None
    of_seeds = 4 / 3 if common else 0
    assert luck.share == pytest.approx((of_seeds + 1) / (4 + of_seeds + 1), abs=0.02)
    assert luck.left == pytest.approx((1 / 4) / (4 + 1 / 4), abs=0.01)


def test_luck_alone_and_none_at_all() -> None:
    luck = luck_of(np.random.default_rng(2).normal(size=(300, 5)), common=False)
    assert luck is not None
    assert luck.share > 0.9
    same = luck_of(np.arange(6.0)[:, None] + np.zeros(3), common=True)
    assert same == (0, 0)
    assert luck_of(np.zeros((4, 1)), common=True) is None
    assert luck_of(np.zeros((4, 3)), common=True) is None
    assert luck_of(np.array([[1.0, np.nan], [2.0, 3.0]]), common=True) is None
