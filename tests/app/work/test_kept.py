"""Finished runs are small, whole, and bounded."""

from __future__ import annotations

import math

import numpy as np

from ipsim.app.work.kept import Kept, RunsKept, Shapes, kept_of, opened, replicate_of
from ipsim.scenario import load
from ipsim.study.simulations import Replicate, simulate


def test_a_run_comes_back_whole() -> None:
    scenario = load("jinhua").replace({"horizon.end": 2016})
    replicate = simulate(scenario.drawn(3), seed=3, scale=0.02)
    again = replicate_of(kept_of(replicate))
    assert again.seed == 3
    assert list(again.indicators) == list(replicate.indicators)
    np.testing.assert_array_equal(list(again.indicators.values()), list(replicate.indicators.values()))
    assert again.accounts == replicate.accounts
    assert again.chain == replicate.chain
    assert kept_of(replicate).nbytes < 5000


def test_a_run_without_a_chain() -> None:
    replicate = Replicate(1, {(2016, "revenue"): math.inf, (2017, "revenue"): 1.0}, {}, [])
    assert replicate_of(kept_of(replicate)) == replicate


def test_shapes_go_between_processes_once() -> None:
    one, other = (kept_of(Replicate(seed, {(2016, "revenue"): 1.0}, {}, [])) for seed in (1, 2))
    shapes, known, shared = Shapes(), {}, {}
    sent = [(kept.seed, *shapes.numbered(kept.shape), kept.numbers) for kept in (one, other)]
    assert [one[2] is None for one in sent] == [False, True]
    arrived = [opened(each, known, shared) for each in sent]
    assert arrived[0].shape is arrived[1].shape
    assert [kept.seed for kept in arrived] == [1, 2]


def test_shapes_do_not_pile_up() -> None:
    shapes, known, shared = Shapes(), {}, {}
    told = [kept_of(Replicate(1, {(year, "revenue"): 1.0}, {}, [])) for year in range(300)]
    for one in [*told, *told]:
        sent = (one.seed, *shapes.numbered(one.shape), one.numbers)
        assert opened(sent, known, shared).shape == one.shape
        assert max(len(shapes), len(known), len(shared)) <= 64


def test_the_runs_not_used_for_longest_are_dropped() -> None:
    one = kept_of(Replicate(1, {(2016, "revenue"): 1.0}, {}, []))
    runs = RunsKept(3 * one.nbytes)
    for key in "abc":
        runs.put(key, one)
    assert isinstance(runs.get("a"), Kept)
    runs.put("d", one)
    runs.put("d", one)
    assert [key for key in "abcd" if runs.get(key)] == ["a", "c", "d"]
    assert (len(runs), runs.nbytes) == (3, 3 * one.nbytes)
