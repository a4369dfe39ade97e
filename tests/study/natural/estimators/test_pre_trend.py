import numpy as np
import pytest

from ipsim.study.natural.estimators import estimate
from tests.study.natural.estimators.synthetic import staggered

KINDS = ["twfe", "imputation", "callaway-santanna"]


def test_rejects_parallel_trends_no_oftener_than_it_should() -> None:
    p = np.array(
        [estimate("twfe", staggered(seed, units=60)).detail["pre_trend"]["p"] for seed in range(200)]
    )
    assert 0.03 <= np.mean(p < 0.1) <= 0.18


@pytest.mark.parametrize("kind", KINDS)
def test_sees_units_that_move_apart_before_treatment(kind: str) -> None:
    frame = staggered(1, units=60, noise=0.2)
    since = frame["time"] - frame["first"]
    frame["outcome"] += np.where((since < 0) & (since >= -2), 0.5, 0.0)
    found = estimate(kind, frame, leads=2).detail["pre_trend"]
    assert found["p"] < 0.001
    assert found["leads"] == pytest.approx({-1: 0.5, -2: 0.5}, abs=0.2)


def test_growing_effects_are_no_pre_trend() -> None:
    # An event study of the whole panel would carry them into the leads (Sun and Abraham 2021).
    p = [
        estimate("twfe", staggered(seed, units=60, growth=1.0)).detail["pre_trend"]["p"] for seed in range(40)
    ]
    assert np.mean(np.array(p) < 0.05) < 0.2


def test_none_if_none_is_asked_for() -> None:
    assert estimate("twfe", staggered(1), leads=0).detail["pre_trend"] == {"untested": "asked"}


def test_takes_as_many_leads_as_there_are_times() -> None:
    # Treated at the third and the sixth time: the earliest is what leads are compared with.
    found = estimate("twfe", staggered(1, starts=(2, 5)), leads=9).detail["pre_trend"]
    assert list(found["leads"]) == [-1, -2, -3, -4]


def test_one_time_before_treatment_is_too_short() -> None:
    found = estimate("imputation", staggered(1, starts=(1, 1))).detail["pre_trend"]
    assert found == {"untested": "short"}
