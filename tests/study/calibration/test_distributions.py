"""Shapes of distributions, on tables whose answer is known by hand."""

import math

import numpy as np
import pytest

from ipsim.study.calibration.distributions import (
    count_exponent,
    log_spread,
    network_figures,
    pareto_exponent,
    squared_correlations,
    top_share,
    top_tail_exponent,
)


def test_the_top_of_twenty_values_is_one() -> None:
    values = np.array([1.0] * 19 + [19.0])
    assert top_share(values) == 0.5


def test_the_tail_is_fitted_above_the_lowest_of_the_top() -> None:
    values = np.concatenate([np.full(38, 0.1), [2.0, 2.0 * math.e**0.5]])
    assert top_tail_exponent(values) == pytest.approx(2.0)


def test_a_tail_without_spread_has_no_exponent() -> None:
    assert math.isnan(top_tail_exponent(np.ones(100)))


def test_spread_of_logarithms() -> None:
    assert log_spread(np.array([1.0, math.e**2] * 10)) == pytest.approx(1.0)


def test_a_pareto_exponent_counts_only_what_is_above_the_bar() -> None:
    values = np.concatenate([np.full(50, 3.0), np.full(10, 20.0 * math.e), np.full(10, 20.0 * math.e**3)])
    assert pareto_exponent(values, 20.0) == pytest.approx(0.5)
    assert math.isnan(pareto_exponent(values, 1000.0))


def test_whole_numbers_are_fitted_from_half_a_unit_below() -> None:
    counts = np.array([1.0] * 100 + [3.0] * 12)
    assert count_exponent(counts, 3) == pytest.approx(1.0 / math.log(3.0 / 2.5))


def test_a_power_law_of_whole_numbers_is_found_again() -> None:
    drawn = np.random.default_rng(1).zipf(2.2, 200_000).astype(float)
    assert 1.0 + count_exponent(drawn, 3) == pytest.approx(2.2, abs=0.06)


def demeaned(table: np.ndarray) -> np.ndarray:
    table = table - table.mean(axis=0)
    return table - table.mean(axis=1, keepdims=True)


def test_correlations_between_and_within_are_told_apart() -> None:
    rng = np.random.default_rng(7)
    u, v = demeaned(rng.normal(size=(6, 40))), demeaned(rng.normal(size=(6, 40)))
    v -= u * (u * v).sum() / (u * u).sum()
    v *= math.sqrt((u * u).sum() / (v * v).sum())
    firm, year = np.linspace(3.0, 6.0, 40), np.linspace(0.0, 1.0, 6)[:, None]  # all grow alike
    research = np.exp(firm + year + 0.1 * u)
    filings = np.expm1(2.0 * firm + 3.0 * year + 0.1 * (0.5 * u + math.sqrt(0.75) * v))  # correlation 0.5
    between, within = squared_correlations(research, filings)
    assert between == pytest.approx(1.0, abs=1e-12)
    assert within == pytest.approx(0.25, abs=1e-9)
    with_idle = np.column_stack([research, np.zeros(6)]), np.column_stack([filings, np.ones(6)])
    assert squared_correlations(*with_idle) == (between, within)


def test_few_firms_have_no_correlation() -> None:
    few = np.ones((3, 5))
    assert all(math.isnan(one) for one in squared_correlations(few, few))


def test_customers_and_links() -> None:
    sellers, buyers = 10, 30
    suppliers = np.full((sellers + buyers, 4), -1, np.int32)
    for n in range(buyers):
        suppliers[sellers + n] = [(4 * n + k) % sellers for k in range(4)]
    alive = np.ones(sellers + buyers, bool)
    exponent, links = network_figures(suppliers, alive)
    assert exponent == pytest.approx(1.0 / math.log(12.0 / 9.5))  # twelve customers each
    assert links == 2.0 * 120 / 40


def test_a_pair_counts_once_and_the_dead_not_at_all() -> None:
    suppliers = np.array([[1, 2, -1], [0, 0, -1], [-1, -1, -1], [0, -1, -1]], np.int32)
    _, links = network_figures(suppliers, np.array([True, True, True, False]))
    assert links == 2.0 * 2 / 3  # 0-1 once, 0-2
