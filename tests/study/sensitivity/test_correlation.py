from pathlib import Path

import numpy as np
import pytest
from scipy.stats import norm, rankdata

from ipsim.study.sensitivity.correlation import enough_for_partial, rank_indices
from ipsim.study.sensitivity.undefined import UndefinedError
from tests.study.sensitivity.functions import places, study_of


def test_prcc_is_the_correlation_of_residuals_of_ranks(tmp_path: Path) -> None:
    x = places(study_of(tmp_path, 3, "kind: latin-hypercube, points: 80"))
    values = np.exp(2 * x[:, 0]) - x[:, 1] + 0.2 * np.random.default_rng(3).normal(size=80)
    found = rank_indices(x, values, 1)
    ranks, target = rankdata(x, axis=0), rankdata(values)
    for factor in range(3):
        others = np.column_stack([np.ones(80), np.delete(ranks, factor, axis=1)])
        residuals = [side - others @ np.linalg.lstsq(others, side)[0] for side in (ranks[:, factor], target)]
        assert found.columns["prcc"][factor] == pytest.approx(np.corrcoef(*residuals)[0, 1])
    every = np.column_stack([np.ones(80), ranks])
    fit = every @ np.linalg.lstsq(every, target)[0]
    assert found.facts["rank_r2"] == pytest.approx(fit.var() / target.var())


def test_only_the_order_counts(tmp_path: Path) -> None:
    x = places(study_of(tmp_path, 3, "kind: latin-hypercube, points: 60"))
    values = x @ np.array([3.0, 1.0, 0.0])
    plain, bent = rank_indices(x, values, 1), rank_indices(10**x, values**3, 1)
    for name, column in plain.columns.items():
        np.testing.assert_allclose(column, bent.columns[name])


def test_intervals_cover_the_partial_correlation() -> None:
    """Of normal variables the rank correlation is 6/pi * asin(r/2) (Pearson 1907), partial ones follow."""
    weights, points = np.array([1.0, 0.5, 0.0]), 60
    pearson = np.eye(4)
    pearson[:3, 3] = pearson[3, :3] = weights / np.sqrt((weights**2).sum() + 1)
    inverse = np.linalg.inv(6 / np.pi * np.arcsin(pearson / 2))
    truth = -inverse[:3, 3] / np.sqrt(np.diag(inverse)[:3] * inverse[3, 3])
    covered = np.zeros(3)
    for seed in range(60):
        draws = np.random.default_rng(seed)
        x = norm.ppf(draws.random((points, 3)))
        columns = rank_indices(x, x @ weights + draws.normal(size=points), seed).columns
        covered += (columns["prcc_low"] <= truth) & (truth <= columns["prcc_high"])
    assert (covered >= 47).all(), covered  # of 60 at 90 %


def test_missing_points_are_left_out_and_still_factors_have_no_index(tmp_path: Path) -> None:
    x = places(study_of(tmp_path, 3, "kind: latin-hypercube, points: 40"))
    x[:, 1] = 0.5
    values = x[:, 0] - x[:, 2]
    values[:5] = np.nan
    found = rank_indices(x, values, 1)
    assert (found.used, found.left_out) == (35, 5)
    assert np.isnan(found.columns["prcc"][1])
    assert found.columns["prcc"][[0, 2]] == pytest.approx([1, -1], abs=0.1)
    assert (found.columns["prcc_high"][[0, 2]] <= 1).all()


def test_too_few_points_and_a_constant_are_said() -> None:
    x = np.random.default_rng(1).random((30, 3))
    values = np.full(30, np.nan)
    values[:19] = x[:19, 0]
    with pytest.raises(UndefinedError, match="19 complete, 20 needed"):
        rank_indices(x, values, 1)
    with pytest.raises(UndefinedError, match="the same at every point"):
        rank_indices(x, np.full(30, 0.3), 1)


def test_with_many_factors_and_few_points_correlations_are_not_partial() -> None:
    """150 factors and 60 points: what two of them do is seen all the same."""
    x = np.random.default_rng(2).random((60, 150))
    found = rank_indices(x, 3 * x[:, 4] - 2 * x[:, 9], 1)
    assert len(x) < enough_for_partial(150)
    assert found.rank_by == "rho"
    assert "prcc" not in found.columns
    assert "rank_r2" not in found.facts
    rho = found.columns["rho"]
    ranks = rankdata(x[:, 4]), rankdata(3 * x[:, 4] - 2 * x[:, 9])
    assert rho[4] == pytest.approx(np.corrcoef(*ranks)[0, 1])
    assert list(np.argsort(-np.abs(rho))[:2]) == [4, 9]
    assert found.columns["rho_low"][4] > 0 > found.columns["rho_high"][9]
    false = (found.columns["rho_low"] > 0) | (found.columns["rho_high"] < 0)
    assert false.sum() < 30  # about 15 of 148 at 90 %
