"""Luck: the same from all three ways to compute it, uniform, and each decision's own."""

import math
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipsim.engine import draws

WORDS = st.integers(-(2**62), 2**62)
SMALL = st.integers(0, 10_000)
CODE = """
from ipsim.engine import draws
for part in {parts!r}:
    print(draws.uniform(*part).hex(), draws.normal(*part).hex(), draws.poisson(3.5, *part[:4]))
"""


@settings(deadline=None, max_examples=200)
@given(seed=WORDS, decision=WORDS, key=WORDS, quarter=SMALL, n=SMALL)
def test_one_draw_equals_many(seed: int, decision: int, key: int, quarter: int, n: int) -> None:
    one = draws.uniform(seed, decision, key, quarter, n)
    many = draws.uniforms(seed, decision, np.array([key, 7], np.int64), quarter, n)
    assert one == many[0]
    assert 0.0 < one < 1.0


def test_plain_python_draws_alike() -> None:
    rng = np.random.default_rng(1)
    parts = [tuple(row) for row in rng.integers(-(2**40), 2**40, (20, 5)).tolist()]
    said = subprocess.run(
        [sys.executable, "-c", CODE.format(parts=parts)],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    here = [f"{draws.uniform(*p).hex()} {draws.normal(*p).hex()} {draws.poisson(3.5, *p[:4])}" for p in parts]
    assert said.splitlines() == here


def test_normals_are_the_same_one_by_one_up_to_the_last_bits() -> None:
    keys = np.arange(50, dtype=np.int64)
    one_by_one = [draws.normal(3, 5, int(key), 7, 2) for key in keys]
    assert np.allclose(draws.normals(3, 5, keys, 7, 2), one_by_one, rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("part", ["seed", "decision", "key", "quarter", "n"])
def test_draws_along_any_part_are_uniform_and_unrelated(part: str) -> None:
    count = 20_000
    parts = dict.fromkeys(("seed", "decision", "key", "quarter", "n"), 11)

    def draw(value: int) -> float:
        return draws.uniform(**{**parts, part: value})

    u = np.array([draw(value) for value in range(count)])
    deciles = np.bincount((u * 10).astype(int), minlength=10)
    chi_square = float(((deciles - count / 10) ** 2 / (count / 10)).sum())
    assert chi_square < 33.7  # 9 degrees of freedom, p = 0.0001
    for lag in (1, 2, 64):
        assert abs(np.corrcoef(u[:-lag], u[lag:])[0, 1]) < 4.0 / math.sqrt(count)


def test_decisions_with_one_key_are_independent() -> None:
    keys = np.arange(20_000, dtype=np.int64)
    a = draws.uniforms(1, draws.decision_number("one"), keys, 3, 0)
    b = draws.uniforms(1, draws.decision_number("other"), keys, 3, 0)
    assert abs(np.corrcoef(a, b)[0, 1]) < 0.03
    assert not np.intersect1d(a, b).size


def test_normal_moments() -> None:
    z = draws.normals(9, 2, np.arange(100_000, dtype=np.int64), 0, 0)
    assert abs(z.mean()) < 0.015
    assert abs(z.std() - 1.0) < 0.01
    assert abs((z**4).mean() - 3.0) < 0.1


@pytest.mark.parametrize("mean", [0.0, 0.02, 1.0, 7.0, 29.0, 31.0, 300.0])
def test_poisson_moments(mean: float) -> None:
    counts = np.array([draws.poisson(mean, 4, 5, key, 6) for key in range(20_000)])
    assert abs(counts.mean() - mean) < 4.0 * math.sqrt(mean / 20_000) + 1e-12
    assert abs(counts.var() - mean) < 0.06 * mean + 0.005


def test_numbers_of_decisions_are_stable() -> None:
    assert draws.decision_number("a") == ((0xCBF29CE484222325 ^ 97) * 0x100000001B3 % 2**64) >> 1
