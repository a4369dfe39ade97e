from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ipsim.study.plan import Point
from ipsim.study.search import Over, SearchSettings, read_search
from ipsim.study.search.judging import Judge, Judged
from ipsim.study.search.policies import Policy, policy_at
from ipsim.study.search.worlds import worlds_of
from tests.study.search.town import runs_of, study_of

VALUES = np.array([[1.0, 2.0, 6.0], [3.0, np.nan, 5.0], [np.nan] * 3])


def test_worlds_are_put_together() -> None:
    np.testing.assert_equal(Over("mean").of(VALUES, True), [3, 4, np.nan])
    np.testing.assert_equal(Over("worst").of(VALUES, True), [1, 3, np.nan])
    np.testing.assert_equal(Over("worst").of(VALUES, False), [6, 5, np.nan])
    np.testing.assert_equal(Over("quantile", 0.5).of(VALUES, True), [2, 4, np.nan])
    assert str(Over("quantile", 0.1)) == "quantile 0.1" and str(Over()) == "mean"


@pytest.fixture
def settings(tmp_path: Path) -> SearchSettings:
    return read_search(study_of(tmp_path))


def _judged(values: Sequence[Sequence[Sequence[float]]]) -> Judged:
    array = np.array(values)
    return Judged((None,) * len(array), array, array[:, :, -1])


def test_a_policy_counts_with_half_of_its_worlds(settings: SearchSettings) -> None:
    nothing = [np.nan] * 3
    judged = _judged([[[1, 2, 90]] * 4, [[1, 2, 90]] * 2 + [nothing] * 2, [[1, 2, 90]] + [nothing] * 3])
    assert list(judged.succeeded()) == [4, 2, 1]
    assert list(judged.enough()) == [True, True, False]
    assert list(judged.within(settings.budget)) == [True, True, False]


def test_the_budget_is_a_limit_on_the_mean_or_the_worst(settings: SearchSettings) -> None:
    judged = _judged([[[1, 2, 140], [1, 2, 160]], [[1, 2, 140], [1, 2, 162]]])
    assert list(judged.within(settings.budget)) == [True, False]
    worst = replace(settings.budget, over=Over("worst"))
    assert list(judged.within(worst)) == [False, False]


def test_scores_are_turned_so_that_more_is_better(settings: SearchSettings) -> None:
    first, second = settings.goals
    turned = replace(settings, goals=(first, replace(second, maximise=False)), spend_less=True)
    assert _judged([[[1, 2, 90]] * 2]).scores(turned).tolist() == [[1, -2, -90]]


def test_every_policy_meets_the_same_worlds_and_runs_once(tmp_path: Path) -> None:
    study = study_of(tmp_path)
    settings = read_search(study)
    waves: list[list[Point]] = []

    def runs(points: Sequence[Point]) -> np.ndarray:
        waves.append(list(points))
        return runs_of(study)(points)

    worlds = worlds_of("search", settings.uncertain, (3, 0, 0), 3, 1)
    judge = Judge(settings, worlds, runs)
    policies: list[Policy] = [policy_at(study.factors, [0.1 * one, 0.5, 0]) for one in range(3)]
    judged = judge.judge([policies[0], policies[1], policies[0]])
    assert len(waves[0]) == 3 * 3, "the scenario as it is and two policies, in three worlds"
    assert [point.seeds for point in waves[0]] == [(3,), (4,), (5,)] * 3
    assert waves[0][0].changes == worlds[0].changes
    assert waves[0][3].changes == policies[0].changes | worlds[0].changes
    np.testing.assert_equal(judged.values[0], judged.values[2])
    judge.judge([*policies, None])
    assert len(waves[1]) == 3, "one policy was new"
    judge.judge(policies)
    assert len(waves) == 2
    assert judge.policies_run == 3


def test_extra_spending_counts_from_the_scenario_world_by_world(tmp_path: Path) -> None:
    study = study_of(tmp_path)
    plain = read_search(study)
    settings = replace(plain, budget=replace(plain.budget, extra=True))
    worlds = worlds_of("search", settings.uncertain, (3, 0, 0), 3, 1)
    policy = policy_at(study.factors, [0.5, 0.4, 0.0])
    base, judged = (Judge(settings, worlds, runs_of(study)).judge([one]) for one in (None, policy))
    np.testing.assert_allclose(base.values[0, :, -1], 0)
    # Awards of 10,000 cost 100, and the town has protection of 0.5 and no subsidy for designs in 2030.
    np.testing.assert_allclose(judged.values[0, :, -1], 100 - 0.1 * 60)
    np.testing.assert_allclose(judged.spent - base.spent, [[94.0] * 3])
