"""What the reports of studies reckon with."""

import importlib
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from scipy.stats import spearmanr

REPORTS = Path(__file__).resolve().parents[2] / "experiments" / "reports"


@pytest.fixture(autouse=True)
def _reports_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(REPORTS))


def module(name: str) -> ModuleType:
    return importlib.import_module(name)


def test_money_buys_what_lies_on_the_lines_between_doses() -> None:
    money = module("money")
    costs, gains = np.array([100.0, 300.0]), np.array([50.0, 70.0])
    assert money.gain_at(costs, gains, 0.0) == 0.0
    assert money.gain_at(costs, gains, 50.0) == 25.0
    assert money.gain_at(costs, gains, 200.0) == 60.0
    assert np.isnan(money.gain_at(costs, gains, 300.1))  # nothing beyond the largest dose


def test_returns_that_diminish_are_seen_from_dose_to_dose() -> None:
    money = module("money")
    costs = np.array([[100.0] * 8, [300.0] * 8])
    gains = np.array([[50.0] * 8, [70.0] * 8])
    first, second = money.next_hundred(costs, gains)
    assert first == (50.0, 50.0, 50.0) and second == (10.0, 10.0, 10.0)
    assert money.bought(costs, gains, 200.0) == (60.0, 60.0, 60.0)
    each = np.array([100.0, 300.0] * 4)
    assert money.bought(costs, gains, each).mean == 60.0  # the mean sum of another policy


def test_a_sum_that_the_largest_dose_hardly_reaches_has_no_price() -> None:
    estimate, money = module("estimate"), module("money")
    costs = np.random.default_rng(1).normal(300.0, 50.0, (1, 12))
    assert money.bought(costs, costs, float(costs.mean())) == pytest.approx(estimate.NOTHING, nan_ok=True)
    assert money.ratio(2 * costs[0], costs[0]) == pytest.approx((2.0, 2.0, 2.0))


def test_an_interval_of_a_mean_holds_it_nine_times_in_ten() -> None:
    estimate = module("estimate")
    draws = np.random.default_rng(3).normal(1.0, 2.0, (2000, 12))
    found = [estimate.mean_of(row) for row in draws]
    assert np.mean([one.low <= 1.0 <= one.high for one in found]) == pytest.approx(0.9, abs=0.02)
    assert estimate.mean_of(np.array([1.0, np.nan])).mean == 1.0


def test_a_share_keeps_its_interval_inside_nought_and_one() -> None:
    estimate = module("estimate")
    none, half = estimate.share_of(0, 40), estimate.share_of(20, 40)
    assert none.mean == 0.0 and none.low == 0.0 and 0.0 < none.high < 0.1
    assert half.low < 0.5 < half.high


def test_rank_correlations_are_those_of_spearman() -> None:
    estimate = module("estimate")
    draws = np.random.default_rng(2)
    places, noise = draws.random((60, 3)), draws.normal(size=60)
    values = 3 * places[:, 0] - places[:, 1] + 0.3 * noise
    found, chance = estimate.rank_correlations(places, values)
    for factor in range(3):
        known = spearmanr(places[:, factor], values)
        assert (found[factor], chance[factor]) == pytest.approx(tuple(known))
    assert list(estimate.thirds(np.array([5.0, 1.0, 3.0]))) == [3, 1, 2]


def test_numbers_in_pages_carry_their_sign_and_interval() -> None:
    estimate, page = module("estimate"), module("page")
    sure, unsure = estimate.Estimate(12.34, 10.0, 14.7), estimate.Estimate(-1.0, -3.0, 1.0)
    assert page.ranged(sure) == "**+12.3** (+10.0 to +14.7)"
    assert page.ranged(unsure) == "−1.0 (−3.0 to +1.0)"
    assert page.told(sure) == "12.3 (10.0 to 14.7)"
    assert page.ranged(estimate.NOTHING) == "–"
    assert page.wan(42.16) == "4,200" and page.percent(0.256) == "26 %"
    assert page.says(False, "So it is.") == "*(These runs do not show it: So it is.)*"
