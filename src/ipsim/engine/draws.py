"""Luck that belongs to the agent: numbers from a hash, with no state and no order.

A draw is a function of (seed, decision, key of the agent, quarter, n). Two scenarios
with one seed therefore differ by the policy alone, and a firm that enters shifts no
other firm's luck. The hash is the finaliser of SplitMix64 (Steele, Lea & Flood 2014,
"Fast splittable pseudorandom number generators"), applied to each part in turn.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ipsim.engine.compiling import jit_is_on
from ipsim.engine.rules import compiled_rule, rule

_WORD = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_MIX_1 = 0xBF58476D1CE4E5B9
_MIX_2 = 0x94D049BB133111EB
_UNIT = 1.0 / (1 << 53)

if jit_is_on():
    _G, _M1, _M2 = np.uint64(_GOLDEN), np.uint64(_MIX_1), np.uint64(_MIX_2)
    _S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)

    @compiled_rule
    def _mixed(state: np.uint64, part: int) -> np.uint64:
        z = (state ^ np.uint64(part)) + _G
        z = (z ^ (z >> _S30)) * _M1
        z = (z ^ (z >> _S27)) * _M2
        return z ^ (z >> _S31)

    @compiled_rule
    def uniform(seed: int, decision: int, key: int, quarter: int, n: int) -> float:
        """Return a number in the open interval (0, 1)."""
        state = _mixed(np.uint64(seed), decision)
        state = _mixed(state, key)
        state = _mixed(state, quarter)
        state = _mixed(state, n)
        return (float(state >> _S11) + 0.5) * _UNIT

else:

    def _mixed_plain(state: int, part: int) -> int:
        z = ((state ^ (int(part) & _WORD)) + _GOLDEN) & _WORD
        z = ((z ^ (z >> 30)) * _MIX_1) & _WORD
        z = ((z ^ (z >> 27)) * _MIX_2) & _WORD
        return z ^ (z >> 31)

    def uniform(seed: int, decision: int, key: int, quarter: int, n: int) -> float:
        """Return a number in the open interval (0, 1)."""
        state = int(seed) & _WORD
        for part in (decision, key, quarter, n):
            state = _mixed_plain(state, part)
        return (float(state >> 11) + 0.5) * _UNIT


@rule
def normal(seed: int, decision: int, key: int, quarter: int, n: int) -> float:
    """Return a standard normal number (Box & Muller 1958); uses draws 2n and 2n + 1."""
    radius = math.sqrt(-2.0 * math.log(uniform(seed, decision, key, quarter, 2 * n)))
    return radius * math.cos(2.0 * math.pi * uniform(seed, decision, key, quarter, 2 * n + 1))


@rule
def poisson(mean: float, seed: int, decision: int, key: int, quarter: int) -> int:
    """Return a Poisson number.

    By inversion of one uniform number up to a mean of 30; above it by the normal
    approximation with continuity correction.
    """
    if mean <= 0.0:
        return 0
    if mean > 30.0:
        near = mean + math.sqrt(mean) * normal(seed, decision, key, quarter, 1) + 0.5
        return max(0, math.floor(near))
    u = uniform(seed, decision, key, quarter, 0)
    probability = math.exp(-mean)
    cumulative = probability
    count = 0
    while u > cumulative and count < 200:
        count += 1
        probability *= mean / count
        cumulative += probability
    return count


def uniforms(seed: int, decision: int, keys: NDArray[np.int64], quarter: int, n: int) -> NDArray[np.float64]:
    """Return `uniform` for many agents at once (same numbers, to the last bit)."""
    with np.errstate(over="ignore"):
        state = np.full(len(keys), seed, np.int64).astype(np.uint64)
        for part in (decision, keys, quarter, n):
            mixed = (state ^ np.asarray(part, np.int64).astype(np.uint64)) + np.uint64(_GOLDEN)
            mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(_MIX_1)
            mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(_MIX_2)
            state = mixed ^ (mixed >> np.uint64(31))
    return ((state >> np.uint64(11)).astype(np.float64) + 0.5) * _UNIT


def normals(seed: int, decision: int, keys: NDArray[np.int64], quarter: int, n: int) -> NDArray[np.float64]:
    """Return standard normal numbers for many agents at once."""
    radius = np.sqrt(-2.0 * np.log(uniforms(seed, decision, keys, quarter, 2 * n)))
    return radius * np.cos(2.0 * np.pi * uniforms(seed, decision, keys, quarter, 2 * n + 1))


def decision_number(name: str) -> int:
    """Return the number of a named decision: a stable hash of its name (FNV-1a, 63 bit)."""
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = ((value ^ byte) * 0x100000001B3) & _WORD
    return value >> 1
