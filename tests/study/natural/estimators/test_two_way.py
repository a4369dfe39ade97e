from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from ipsim.study.natural.estimators import estimate
from tests.study.natural.estimators.synthetic import score, staggered, truth


def with_dummies(frame: pd.DataFrame, groups: Any) -> tuple[Any, Any]:
    """Regress with a dummy for each unit and time, as statsmodels does it."""
    on = (frame["time"] >= frame["first"]).to_numpy(dtype=float)
    units = (frame["unit"].to_numpy()[:, None] == np.unique(frame["unit"])).astype(float)
    times = (frame["time"].to_numpy()[:, None] == np.unique(frame["time"])[1:]).astype(float)
    design = np.column_stack([on, units, times])
    model = sm.OLS(frame["outcome"].to_numpy(), design)
    return model.fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True), design


@pytest.mark.parametrize("drop", [0.0, 0.15])
@pytest.mark.parametrize("per_cluster", [1, 3])
def test_equals_a_regression_with_explicit_dummies(drop: float, per_cluster: int) -> None:
    frame = staggered(3, drop=drop)
    frame["cluster"] = frame["unit"] // (3 * per_cluster) * 3 + frame["unit"] % 3
    expected, design = with_dummies(frame, frame["cluster"].to_numpy())
    found = estimate("twfe", frame)
    assert found.value == pytest.approx(expected.params[0], abs=1e-8)
    # Statsmodels takes a degree of freedom for each unit dummy; they lie within clusters and need none.
    rows, columns = design.shape
    units = frame["unit"].nunique()
    spared = np.sqrt((rows - columns) / (rows - (columns - units)))
    assert found.se == pytest.approx(expected.bse[0] * spared, rel=1e-8)
    assert found.detail["df"] == frame["cluster"].nunique() - 1


def test_interval_is_students_with_one_less_than_clusters() -> None:
    from scipy.stats import t

    found = estimate("twfe", staggered(3, units=12), level=0.95)
    half = t.ppf(0.975, 11) * found.se
    assert (found.low, found.high) == pytest.approx((found.value - half, found.value + half))


def test_bias_and_coverage_with_a_constant_effect() -> None:
    bias, coverage = score(staggered, lambda _: 1.0, lambda frame: estimate("twfe", frame, leads=0))
    assert abs(bias) < 0.03
    assert 0.8 <= coverage <= 0.97


def test_is_biased_by_effects_that_grow_under_staggered_treatment() -> None:
    def growing(seed: int) -> pd.DataFrame:
        return staggered(seed, growth=0.5, noise=0.2)

    bias, coverage = score(growing, truth, lambda frame: estimate("twfe", frame, leads=0), 50)
    assert bias < -0.2
    assert coverage < 0.2
    detail = estimate("twfe", growing(1)).detail
    assert detail["forbidden"]


def test_takes_the_wrong_sign_where_early_units_grow_fast() -> None:
    frame = staggered(1, units=40, starts=(2, 7), effect=0.1, growth=0.8, noise=0.05)
    frame = frame[frame["first"].notna()]
    found = estimate("twfe", frame)
    assert truth(frame) > 0
    assert found.high < 0
    assert found.detail["negative_weights"] > 0


def test_one_time_of_treatment_is_not_forbidden() -> None:
    frame = staggered(2, starts=(5, 5))
    detail = estimate("twfe", frame).detail
    assert not detail["forbidden"]
    assert detail["negative_weights"] == 0.0


def test_few_treated_clusters_are_noted() -> None:
    frame = staggered(2, units=30)
    frame.loc[frame["unit"] > 8, ["first", "treated"]] = [np.nan, 0]
    assert "few_treated_clusters" not in estimate("twfe", frame).detail["notes"]
    frame.loc[frame["unit"] > 5, ["first", "treated"]] = [np.nan, 0]
    assert "few_treated_clusters" in estimate("twfe", frame).detail["notes"]


def test_firms_within_cities_are_clustered_by_city() -> None:
    frame = staggered(4)
    firms = frame.loc[frame.index.repeat(5)].reset_index(drop=True)
    firms["unit"] = [f"{unit}-{n % 5}" for n, unit in enumerate(firms["unit"])]
    whole, copied = estimate("twfe", frame), estimate("twfe", firms)
    assert copied.value == pytest.approx(whole.value)
    # Five equal firms tell no more than their city.
    assert copied.se == pytest.approx(whole.se, rel=0.05)
