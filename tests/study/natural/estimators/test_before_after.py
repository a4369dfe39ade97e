from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ipsim.study.natural.estimators import Estimate, estimate
from tests.study.natural.estimators.synthetic import score, staggered

Change = Callable[[pd.DataFrame], pd.DataFrame]


def quarterly(
    seed: int, *, units: int = 20, jump: float = 1.0, peak: float = 3.0, quarters: int = 14
) -> pd.DataFrame:
    """Make units treated after the second of their years, with a peak in the last quarter."""
    draws = np.random.default_rng(seed)
    grid = pd.MultiIndex.from_product([range(units), 2016 + np.arange(quarters) / 4], names=["unit", "time"])
    frame = grid.to_frame(index=False)
    level = draws.normal(size=units)[frame["unit"]]
    common = draws.normal(size=units)[frame["unit"]] * (frame["time"] >= 2018) * 0.3
    frame["first"] = 2018.0
    frame["outcome"] = level + common + draws.normal(size=len(frame)) * 0.4
    frame["outcome"] += jump * (frame["time"] >= 2018) + peak * (frame["time"] % 1 == 0.75)
    return frame


def test_bias_and_coverage_with_seasons() -> None:
    def run(frame: pd.DataFrame) -> Estimate:
        return estimate("before-after", frame, season="quarter")

    bias, coverage = score(quarterly, lambda _: 1.0, run)
    assert abs(bias) < 0.03
    assert 0.8 <= coverage <= 0.97


def test_without_seasons_an_uneven_year_is_taken_for_an_effect() -> None:
    # Two peaks in eight quarters before, one in six after.
    plain = estimate("before-after", quarterly(1))
    assert plain.value == pytest.approx(1.0 + 3.0 * (1 / 6 - 2 / 8), abs=0.2)
    assert estimate("before-after", quarterly(1), season="quarter").value == pytest.approx(1.0, abs=0.2)


def test_quarters_may_be_given() -> None:
    frame = quarterly(2)
    given = frame.assign(quarter=1 + (frame["time"] % 1 * 4).astype(int), time=np.tile(np.arange(14), 20))
    given["first"] = 8.0
    one = estimate("before-after", frame, season="quarter")
    other = estimate("before-after", given, season="quarter")
    assert other.value == pytest.approx(one.value)


def test_is_the_difference_of_means_of_treated_units() -> None:
    frame = staggered(3, starts=(5, 5))
    found = estimate("before-after", frame)
    treated = frame[frame["treated"] == 1]
    means = treated.groupby(treated["time"] >= 5)["outcome"].mean()
    assert found.value == pytest.approx(means[True] - means[False])
    assert found.detail["controls_left_aside"] == 12
    assert found.detail["units"] == 24


def test_a_trend_enters_in_full() -> None:
    frame = quarterly(4)
    frame["outcome"] += 2 * (frame["time"] - 2016)
    assert estimate("before-after", frame, season="quarter").value > 3


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda f: f.assign(first=np.nan), {}, "no unit is treated"),
        (lambda f: f[f["time"] >= 2018], {}, "both before"),
        (lambda f: f[f["unit"] == 0], {}, "single cluster"),
        (lambda f: f.assign(time=f["time"] * 4, first=8072.0), {"season": "quarter"}, "column quarter"),
    ],
)
def test_faults(change: Change, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        estimate("before-after", change(quarterly(5)), **options)
