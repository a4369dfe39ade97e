"""What an estimator refuses, and how it says so."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ipsim.study.natural.estimators import KINDS, estimate
from ipsim.study.natural.estimators.estimating import check_options
from tests.study.natural.estimators.synthetic import staggered

COMPARISONS = ["twfe", "imputation", "callaway-santanna"]

Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.mark.parametrize("kind", COMPARISONS)
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda f: f.iloc[:0], "the panel is empty"),
        (lambda f: f[f["unit"] == 0], "a single unit"),
        (lambda f: f.assign(first=np.nan, treated=0), "no unit is under treatment"),
        (lambda f: f.assign(first=99.0, treated=1), "no unit is under treatment"),
        (lambda f: f.assign(first=5.0, treated=1), "treated at once, in 5"),
        (lambda f: f.assign(first=-3.0, treated=1), "under treatment at all times"),
        (lambda f: f[~(f["time"] < f["first"])], "no treated unit is seen before"),
        (lambda f: f[f["first"].isna() | (f["unit"] == 0)], "1 cluster under treatment"),
        (lambda f: f.assign(cluster=1), "1 cluster under treatment"),
        (lambda f: f.assign(outcome=np.nan), "missing or infinite in every row"),
        (lambda f: f.assign(outcome=f["outcome"].where(f["unit"] != 3)), "10 of 360 rows .units 3"),
        (lambda f: f.assign(outcome="many"), "not all are numbers"),
        (lambda f: f.assign(time=1.0), "two rows for one time"),
        (lambda f: f.assign(time=f["time"].where(f["unit"] != 3)), "time: missing"),
        (lambda f: f.assign(cluster=f["time"]), "lies in two clusters"),
        (lambda f: f.assign(first=f["time"]), "two times of first treatment"),
        (lambda f: f.assign(treated=1), "treated: has to be 1 where first"),
        (lambda f: f.drop(columns="first"), "no column first"),
        (lambda f: f.assign(unit=None), "unit: missing"),
    ],
)
def test_panels(kind: str, change: Change, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        estimate(kind, change(staggered(1)))


@pytest.mark.parametrize("kind", COMPARISONS)
def test_missing_outcomes_may_be_dropped(kind: str) -> None:
    frame = staggered(1)
    hole = frame.assign(outcome=frame["outcome"].where(frame["unit"] != 3))
    left = estimate(kind, frame[frame["unit"] != 3])
    assert estimate(kind, hole, missing="drop").value == pytest.approx(left.value)


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        ("twef", {}, "unknown estimator; .*nearest: twfe"),
        ("twfe", {"lead": 2}, "lead: unknown option of twfe; .*nearest: leads"),
        ("rd", {"band_width": 2}, "nearest: bandwidth"),
        ("rd", {"window": [-1, 1]}, "window: unknown option of rd"),
        ("twfe", {"season": "quarter"}, "season: unknown option of twfe"),
        ("twfe", {"leads": -1}, "leads: -1 does not do"),
        ("twfe", {"leads": True}, "leads: True does not do"),
        ("twfe", {"window": [3, -3]}, "window: .* does not do"),
        ("twfe", {"log": "ln"}, "log: 'ln' does not do for twfe; allowed: false, true, one-plus"),
        ("twfe", {"level": 90}, "level: 90 does not do"),
        ("twfe", {"per": 0}, "per: 0 does not do"),
        ("twfe", {"per": {"from": 0, "to": 3}}, "per: .* does not do"),
        ("twfe", {"per": {"value": 1, "sd": 3}}, "per: .* does not do"),
        ("twfe", {"percent": True}, "percent: needs log"),
        ("twfe", {"percent": True, "log": True, "per": 2}, "does not go with per"),
        ("rd", {"bandwidth": 0}, "bandwidth: 0 does not do"),
        ("before-after", {"season": "month"}, "allowed: none, quarter"),
    ],
)
def test_options(kind: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_options(kind, options)


def test_every_fault_has_a_line() -> None:
    with pytest.raises(ValueError, match="lead") as caught:
        check_options("twfe", {"lead": 2, "level": 2, "percnt": True})
    assert len(str(caught.value).splitlines()) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_no_option_need_be_given(kind: str) -> None:
    assert check_options(kind, {})["level"] == 0.9


def test_time_effects_that_rest_on_one_cluster_are_told() -> None:
    # Two controls are seen at time 9, one of them at no other time: without the other, nothing links it.
    frame = staggered(2)
    late = frame["time"] == 9
    linked = frame["unit"].isin([2, 5])
    alone = linked & frame["first"].isna() & ~frame["time"].isin([9])
    frame = frame[~(late & frame["first"].isna() & ~linked) & ~(alone & (frame["unit"] == 5))]
    with pytest.raises(ValueError, match="rests on a single cluster"):
        estimate("imputation", frame)
