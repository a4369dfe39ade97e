from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ipsim.study.natural.estimators import estimate
from ipsim.study.natural.estimators.bandwidth import TRIANGULAR, imbens_kalyanaraman
from tests.study.natural.estimators.synthetic import discontinuity, score


def test_bias_and_coverage() -> None:
    bias, coverage = score(discontinuity, lambda _: 1.0, lambda frame: estimate("rd", frame, cutoff=2.0))
    assert abs(bias) < 0.05
    assert 0.8 <= coverage <= 0.97


def test_is_two_weighted_lines() -> None:
    frame = discontinuity(1)
    x, y = frame["running"].to_numpy() - 2, frame["outcome"].to_numpy()
    ends = []
    for side in (x < 0, x >= 0):
        near = side & (np.abs(x) < 0.7)
        # polyfit takes the square roots of weights.
        ends.append(np.polyfit(x[near], y[near], 1, w=np.sqrt(1 - np.abs(x[near]) / 0.7))[1])
    found = estimate("rd", frame, cutoff=2.0, bandwidth=0.7)
    assert found.value == pytest.approx(ends[1] - ends[0])
    assert found.detail["below"] == ((x < 0) & (x > -0.7)).sum()
    assert found.detail["above"] == ((x >= 0) & (x < 0.7)).sum()
    assert found.detail["bandwidth"] == 0.7


def test_robust_interval_is_that_of_the_quadratic() -> None:
    frame = discontinuity(2)
    robust = estimate("rd", frame, cutoff=2.0)
    plain = estimate("rd", frame, cutoff=2.0, interval="conventional")
    assert plain.value == robust.value
    assert plain.se < robust.se
    middle = (robust.low + robust.high) / 2
    assert middle == pytest.approx(robust.detail["robust"]["value"])
    assert (plain.low + plain.high) / 2 == pytest.approx(plain.value)


def test_bandwidth_goes_with_the_unit_of_the_running_variable() -> None:
    frame = discontinuity(3, cutoff=0.0)
    x, y = frame["running"].to_numpy(), frame["outcome"].to_numpy()
    width = imbens_kalyanaraman(x, y)
    assert 0.2 < width < 3
    assert imbens_kalyanaraman(1000 * x, 7 * y) == pytest.approx(1000 * width)
    assert imbens_kalyanaraman(x, y + 5) == pytest.approx(width)


def test_constant_is_that_of_a_triangle_at_a_boundary() -> None:
    def moment(power: int, of_square: bool) -> float:
        grid = np.linspace(0, 1, 100_001)
        return float(np.trapezoid(grid**power * (1 - grid) ** (2 if of_square else 1), grid))

    n = [moment(power, False) for power in range(4)]
    p = [moment(power, True) for power in range(3)]
    bias = ((n[2] ** 2 - n[1] * n[3]) / (n[2] * n[0] - n[1] ** 2)) ** 2 / 4
    spread = n[2] ** 2 * p[0] - 2 * n[1] * n[2] * p[1] + n[1] ** 2 * p[2]
    spread /= (n[2] * n[0] - n[1] ** 2) ** 2
    assert pytest.approx((spread / (4 * bias)) ** (1 / 5), rel=1e-3) == TRIANGULAR


def test_more_units_or_more_curvature_take_a_narrower_band() -> None:
    def width(units: int, bend: float) -> float:
        draws = np.random.default_rng(1)
        x = draws.uniform(-1, 1, size=units)
        return imbens_kalyanaraman(x, np.where(x < 0, -bend, bend) * x**2 + draws.normal(size=units) * 0.2)

    assert width(20_000, 2.0) < width(1_000, 2.0)
    assert width(5_000, 4.0) < width(5_000, 1.0)


def test_rows_of_one_cluster_count_together() -> None:
    frame = discontinuity(4)
    twice = pd.concat([frame, frame], ignore_index=True)
    one = estimate("rd", frame, cutoff=2.0, bandwidth=0.8)
    both = estimate("rd", twice, cutoff=2.0, bandwidth=0.8)
    assert both.value == pytest.approx(one.value)
    assert both.se == pytest.approx(one.se, rel=0.03)


Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda f: f.assign(running=f["running"].abs() + 3), {}, "below the cut-off"),
        (lambda f: f.assign(treated=0), {}, "the design is sharp"),
        (lambda f: f.assign(running=np.nan), {}, "running: missing"),
        (lambda f: f.drop(columns="running"), {}, "no column running"),
        (lambda f: f.assign(outcome=1.0), {}, "never moves"),
        (lambda f: f, {"bandwidth": 1e-4}, "leaves fewer than 5"),
        (lambda f: f.iloc[:0], {}, "empty"),
    ],
)
def test_faults(change: Change, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        estimate("rd", change(discontinuity(5)), cutoff=2.0, **options)
