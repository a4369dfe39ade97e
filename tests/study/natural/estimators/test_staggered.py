"""Imputation and group-time effects: right where two-way fixed effects are not."""

import numpy as np
import pandas as pd
import pytest

from ipsim.study.natural.estimators import estimate
from tests.study.natural.estimators.synthetic import score, staggered, truth

KINDS = ["imputation", "callaway-santanna"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("drop", [0.0, 0.1])
def test_bias_and_coverage_with_effects_that_grow(kind: str, drop: float) -> None:
    def growing(seed: int) -> pd.DataFrame:
        return staggered(seed, growth=0.5, drop=drop)

    bias, coverage = score(growing, truth, lambda frame: estimate(kind, frame, leads=0))
    assert abs(bias) < 0.04
    assert 0.8 <= coverage <= 0.97


def test_imputation_equals_dummies_fitted_to_untreated_rows() -> None:
    import statsmodels.api as sm

    frame = staggered(5, drop=0.1)
    units = (frame["unit"].to_numpy()[:, None] == np.unique(frame["unit"])).astype(float)
    times = (frame["time"].to_numpy()[:, None] == np.unique(frame["time"])[1:]).astype(float)
    design, outcome = np.column_stack([units, times]), frame["outcome"].to_numpy()
    on = (frame["time"] >= frame["first"]).to_numpy()
    fitted = sm.OLS(outcome[~on], design[~on]).fit()
    gaps = outcome[on] - design[on] @ fitted.params
    assert estimate("imputation", frame).value == pytest.approx(gaps.mean(), abs=1e-8)


def test_imputation_leaves_out_one_cluster_at_a_time() -> None:
    frame = staggered(6, units=12)
    frame["cluster"] = frame["unit"] // 2
    found = estimate("imputation", frame)
    without = [estimate("imputation", frame[frame["cluster"] != cluster]).value for cluster in range(6)]
    expected = np.sqrt(5 / 6 * np.sum((np.array(without) - found.value) ** 2))
    assert found.se == pytest.approx(expected, rel=1e-8)


def test_group_times_leave_out_one_cluster_at_a_time() -> None:
    frame = staggered(6, units=15, drop=0.05)
    found = estimate("callaway-santanna", frame)
    without = [
        estimate("callaway-santanna", frame[frame["cluster"] != cluster]).value for cluster in range(15)
    ]
    expected = np.sqrt(14 / 15 * np.sum((np.array(without) - found.value) ** 2))
    assert found.se == pytest.approx(expected, rel=1e-8)


def test_one_group_of_two_times_is_a_difference_of_differences() -> None:
    frame = staggered(7, times=2, starts=(1, 1))
    wide = frame.pivot(index="unit", columns="time", values="outcome")
    change = wide[1] - wide[0]
    treated = frame.groupby("unit")["treated"].first() == 1
    expected = change[treated].mean() - change[~treated].mean()
    for kind in [*KINDS, "twfe"]:
        assert estimate(kind, frame).value == pytest.approx(expected, abs=1e-10)


def test_effects_by_time_since_treatment() -> None:
    frame = staggered(8, units=90, growth=0.5, noise=0.1)
    by_event = estimate("imputation", frame).detail["by_event"]
    assert list(by_event) == list(range(6))
    for event, found in by_event.items():
        assert found["value"] == pytest.approx(1 + 0.5 * event, abs=5 * found["se"])


def test_groups_have_their_own_effect() -> None:
    frame = staggered(8, units=90, growth=0.5, noise=0.1)
    groups = estimate("callaway-santanna", frame).detail["groups"]
    assert groups == pytest.approx({4.0: 1 + 0.5 * 2.5, 7.0: 1.5}, abs=0.15)


def test_a_window_keeps_to_the_times_around_treatment() -> None:
    frame = staggered(9, units=90, growth=0.5, noise=0.1)
    for kind in KINDS:
        assert estimate(kind, frame, window=[-3, 0]).value == pytest.approx(1.0, abs=0.15)


def test_what_cannot_be_imputed_is_counted() -> None:
    frame = staggered(10)
    frame = frame[frame["first"].notna()]
    # From time 7 all are treated: only the early group before that has a counterpart.
    for kind in KINDS:
        found = estimate(kind, frame)
        assert found.detail["left_out"] == 12 * 3 + 12 * 3
        assert found.value == pytest.approx(1.0, abs=0.5)


def test_a_time_with_one_control_cluster_is_left_out() -> None:
    frame = staggered(13)
    alone = (frame["time"] == 9) & frame["first"].isna() & (frame["unit"] != 2)
    for kind in KINDS:
        assert estimate(kind, frame[~alone]).detail["left_out"] == 24
        assert estimate(kind, frame[~alone | (frame["unit"] == 5)]).detail["left_out"] == 0


def test_units_treated_from_the_start_are_left_out() -> None:
    frame = staggered(11, starts=(0, 5))
    for kind in KINDS:
        assert estimate(kind, frame).detail["left_out"] == 12 * 10


def test_same_panel_same_interval_in_any_order_of_rows() -> None:
    frame = staggered(12, drop=0.1)
    shuffled = frame.sample(frac=1, random_state=1)
    for kind in [*KINDS, "twfe"]:
        one, other = estimate(kind, frame), estimate(kind, shuffled)
        assert (one.low, one.high) == pytest.approx((other.low, other.high), rel=1e-9)
