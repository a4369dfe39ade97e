from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ipsim.study.sensitivity.undefined import UndefinedError
from ipsim.study.sensitivity.variance import sobol_indices
from tests.study.sensitivity import functions as known
from tests.study.sensitivity.functions import Floats, places, study_of


@pytest.mark.parametrize(
    ("function", "first", "total"),
    [
        (known.ishigami, known.ISHIGAMI_S1, known.ISHIGAMI_ST),
        (known.g_function, known.G_S1, known.G_ST),
    ],
    ids=["Ishigami", "G"],
)
def test_known_indices(
    tmp_path: Path, function: Callable[[Floats], Floats], first: Floats, total: Floats
) -> None:
    study = study_of(tmp_path, len(first), "kind: sobol, points: 2048")
    found = sobol_indices(len(first), function(places(study)), study.seed)
    assert found.used == 2048
    np.testing.assert_allclose(found.columns["S1"], first, atol=0.02)
    np.testing.assert_allclose(found.columns["ST"], total, atol=0.02)
    assert found.facts["first_order_sum"] == pytest.approx(first.sum(), abs=0.03)


def test_intervals_cover_the_known_indices(tmp_path: Path) -> None:
    covered = np.zeros(2)
    studies = 30
    study = study_of(tmp_path, 3, "kind: sobol, points: 128")
    for seed in range(studies):
        columns = sobol_indices(3, known.ishigami(places(replace(study, seed=seed))), seed).columns
        for place, (name, truth) in enumerate([("S1", known.ISHIGAMI_S1), ("ST", known.ISHIGAMI_ST)]):
            inside = (columns[f"{name}_low"] <= truth) & (truth <= columns[f"{name}_high"])
            covered[place] += inside.mean() / studies
    assert (covered > 0.8).all(), covered


def test_a_block_with_a_missing_point_is_left_out(tmp_path: Path) -> None:
    study = study_of(tmp_path, 3, "kind: sobol, points: 512")
    values = known.ishigami(places(study))
    holed = values.copy()
    holed[[0, 3, 7 * 5 + 4]] = np.nan
    found = sobol_indices(3, holed, 1)
    assert (found.used, found.left_out) == (510, 2)
    whole = np.delete(values.reshape(-1, 5), [0, 7], axis=0).ravel()
    np.testing.assert_array_equal(found.columns["ST"], sobol_indices(3, whole, 1).columns["ST"])


@pytest.mark.parametrize("seed", [0, 5])
def test_the_bootstrap_has_its_seed(tmp_path: Path, seed: int) -> None:
    values = known.ishigami(places(study_of(tmp_path, 3, "kind: sobol, points: 64", seed)))
    first, again = sobol_indices(3, values, seed), sobol_indices(3, values, seed)
    for name, column in first.columns.items():
        np.testing.assert_array_equal(column, again.columns[name])
    assert (sobol_indices(3, values, seed + 1).columns["S1_low"] != first.columns["S1_low"]).all()


def test_too_few_blocks_and_a_constant_are_said() -> None:
    values = np.arange(50.0)
    values[::6] = np.nan
    with pytest.raises(UndefinedError, match="1 complete, 8 needed") as error:
        sobol_indices(3, values, 1)
    assert error.value.reason == "few"
    with pytest.raises(UndefinedError, match="the same at every point"):
        sobol_indices(3, np.full(50, 0.1) + 1e-17, 1)


def test_points_that_are_no_blocks() -> None:
    with pytest.raises(ValueError, match="no blocks of 5"):
        sobol_indices(3, np.arange(51.0), 1)
