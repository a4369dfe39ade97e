from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ipsim.study.sensitivity.screening import morris_indices
from ipsim.study.sensitivity.undefined import UndefinedError
from tests.study.sensitivity.functions import places, study_of

SLOPES = np.array([4.0, -2.0, 0.5, 0.0])


def test_a_plane_has_its_slopes_as_elementary_effects(tmp_path: Path) -> None:
    sample = places(study_of(tmp_path, 4, "kind: morris, trajectories: 6"))
    columns = morris_indices(sample, 10 + sample @ SLOPES, 4, 1).columns
    for name in ("mu", "mu_low", "mu_high"):
        np.testing.assert_allclose(columns[name], SLOPES, atol=1e-9)
    for name in ("mu_star", "mu_star_low", "mu_star_high"):
        np.testing.assert_allclose(columns[name], np.abs(SLOPES), atol=1e-9)
    np.testing.assert_allclose(columns["sigma"], 0, atol=1e-9)


def test_effects_that_depend_on_other_factors_spread(tmp_path: Path) -> None:
    """Of x0 * x1 the effect of x0 is x1, anywhere on the grid 0, 1/3, 2/3, 1: mean 1/2, variance 5/36."""
    sample = places(study_of(tmp_path, 3, "kind: morris, trajectories: 400"))
    found = morris_indices(sample, sample[:, 0] * (sample[:, 1] - 0.5), 4, 1)
    np.testing.assert_allclose(found.columns["mu"][:2], [0, 0.5], atol=0.05)
    np.testing.assert_allclose(found.columns["mu_star"][:2], [1 / 3, 0.5], atol=0.05)
    np.testing.assert_allclose(found.columns["sigma"][:2], np.sqrt(5 / 36), atol=0.03)
    assert found.columns["mu_star"][2] == 0
    assert found.columns["mu_low"][0] < 0 < found.columns["mu_high"][0]


def test_intervals_cover_the_known_mean(tmp_path: Path) -> None:
    inside = 0
    study = study_of(tmp_path, 2, "kind: morris, trajectories: 25")
    for seed in range(60):
        sample = places(replace(study, seed=seed))
        columns = morris_indices(sample, sample[:, 0] * sample[:, 1], 4, seed).columns
        inside += int(columns["mu_star_low"][0] <= 0.5 <= columns["mu_star_high"][0])
        assert columns["mu_low"][0] < columns["mu"][0] < columns["mu_high"][0]
    assert inside >= 47  # of 60 at 90 %: fewer has a chance of about 1 in 200


def test_morris_own_function_falls_into_its_three_groups(tmp_path: Path) -> None:
    """The shape of Morris (1991), section 5: strong, curved and weak factors come apart."""
    sample = places(study_of(tmp_path, 7, "kind: morris, trajectories: 20"))
    w = 2 * (sample - 0.5)
    w[:, 2] = 2 * (1.1 * sample[:, 2] / (sample[:, 2] + 0.1) - 0.5)
    values = 20 * w[:, :3].sum(axis=1) - 15 * w[:, 0] * w[:, 1] + w[:, 3:] @ np.array([0.5, -0.5, 0.3, 0.1])
    columns = morris_indices(sample, values, 4, 1).columns
    assert columns["mu_star"][:3].min() > 10 * columns["mu_star"][3:].max()
    assert columns["sigma"][2] > 5
    assert columns["sigma"][3:].max() < 1e-9


def test_a_trajectory_with_a_missing_point_is_left_out(tmp_path: Path) -> None:
    sample = places(study_of(tmp_path, 3, "kind: morris, trajectories: 6"))
    values = sample[:, 0] * sample[:, 1]
    holed = values.copy()
    holed[[5, 6]] = np.nan
    found = morris_indices(sample, holed, 4, 1)
    assert (found.used, found.left_out) == (5, 1)
    kept = np.r_[0:4, 8:24]
    again = morris_indices(sample[kept], values[kept], 4, 1)
    np.testing.assert_array_equal(found.columns["mu_star_high"], again.columns["mu_star_high"])


def test_too_few_trajectories_and_a_constant_are_said(tmp_path: Path) -> None:
    sample = places(study_of(tmp_path, 3, "kind: morris, trajectories: 3"))
    values = sample.sum(axis=1)
    values[[0, 4]] = np.nan
    with pytest.raises(UndefinedError, match="1 complete, 2 needed"):
        morris_indices(sample, values, 4, 1)
    with pytest.raises(UndefinedError, match="the same at every point"):
        morris_indices(sample, np.full(len(sample), 3.0), 4, 1)
