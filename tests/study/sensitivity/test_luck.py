from pathlib import Path

import numpy as np
import pytest

from ipsim.study.sensitivity.luck import luck_of, luck_of_differences, point_means
from ipsim.study.sensitivity.screening import morris_indices, morris_luck
from ipsim.study.sensitivity.variance import sobol_indices, sobol_luck
from tests.study.sensitivity.functions import places, study_of


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


def test_a_factor_without_effect_shows_the_luck_that_is_foretold(tmp_path: Path) -> None:
    draws = np.random.default_rng(6)
    screened = study_of(tmp_path, 2, "kind: morris, trajectories: 300")
    sample = places(screened)
    values = 3 * sample[:, :1] + draws.normal(size=(len(sample), 4))
    columns = morris_indices(sample, values.mean(axis=1), 4, 1).columns
    assert columns["mu_star"][1] == pytest.approx(morris_luck(sample, values, 4)[1], rel=0.1)
    shared = places(study_of(tmp_path, 2, "kind: sobol, points: 512"))
    values = 3 * shared[:, :1] + draws.normal(size=(len(shared), 4))
    means = values.mean(axis=1)
    total = sobol_indices(2, means, 1).columns["ST"]
    assert total[1] == pytest.approx(sobol_luck(2, values, means)[1], rel=0.1)


def test_luck_of_differences_leaves_out_what_seeds_have_in_common() -> None:
    values = np.array([[1.0, 5.0, np.nan], [2.0, 6.0, 3.0], [4.0, 6.0, 1.0]])
    assert luck_of_differences(values, np.array([0]), np.array([1])) == 0
    assert luck_of_differences(values, np.array([0]), np.array([2])) == pytest.approx(2 / 2)
    assert np.isnan(luck_of_differences(values[:, :1], np.array([0]), np.array([1])))
