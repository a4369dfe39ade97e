import math

import numpy as np
import pytest

from ipsim.study.natural.estimators import estimate
from tests.study.natural.estimators.synthetic import staggered


def test_percent_of_an_outcome_in_logarithms() -> None:
    frame = staggered(1, effect=0.3, noise=0.1)
    plain = estimate("twfe", frame)
    percent = estimate("twfe", frame.assign(outcome=np.exp(frame["outcome"])), log=True, percent=True)
    assert percent.value == pytest.approx(100 * (math.exp(plain.value) - 1))
    assert percent.low == pytest.approx(100 * (math.exp(plain.low) - 1))
    assert percent.se == pytest.approx(100 * math.exp(plain.value) * plain.se)
    assert percent.detail["log_points"] == pytest.approx(plain.value)


def test_elasticity_of_a_cost_that_fell() -> None:
    frame = staggered(2, effect=0.4, noise=0.1)
    whole = estimate("imputation", frame)
    found = estimate("imputation", frame, per={"from": 4000.0, "to": 3000.0})
    dose = math.log(3000 / 4000)
    assert found.value == pytest.approx(whole.value / dose)
    assert found.value < 0
    assert found.low == pytest.approx(whole.high / dose)
    assert found.high == pytest.approx(whole.low / dose)
    assert found.se == pytest.approx(whole.se / -dose)
    assert found.detail["dose"] == pytest.approx(dose)


def test_a_dose_with_an_error_widens_the_interval_as_the_delta_method_says() -> None:
    frame = staggered(3, noise=0.1)
    whole = estimate("twfe", frame)
    draws = np.random.default_rng(1)
    ratios = draws.normal(whole.value, whole.se, 400_000) / draws.normal(2.0, 0.1, 400_000)
    found = estimate("twfe", frame, per={"value": 2.0, "se": 0.1})
    assert found.se == pytest.approx(np.std(ratios), rel=0.03)
    assert found.se > estimate("twfe", frame, per=2.0).se
    assert found.low < found.value < found.high


def test_logarithm_of_one_plus_keeps_noughts() -> None:
    frame = staggered(4).assign(outcome=lambda f: np.floor(np.exp(f["outcome"])))
    assert (frame["outcome"] == 0).any()
    with pytest.raises(ValueError, match="one-plus adds 1"):
        estimate("twfe", frame, log=True)
    plain = estimate("twfe", frame.assign(outcome=np.log1p(frame["outcome"])))
    assert estimate("twfe", frame, log="one-plus").value == pytest.approx(plain.value)
