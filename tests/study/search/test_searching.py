from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ipsim.study.plan import Point
from ipsim.study.search import SearchResult, Stage, read_search, search
from ipsim.study.search.frontier import beaten_by
from tests.study.search.town import BIG, TEXT, runs_of, searched, study_of


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> SearchResult:
    return searched(study_of(tmp_path_factory.mktemp("town"), BIG))


def test_the_frontier_keeps_to_the_budget_and_nothing_beats_it(result: SearchResult) -> None:
    front, settings = result.frontier, result.settings
    assert len(front) > 3
    assert front.within(settings.budget).all()
    scores = front.scores(settings)
    final = result.searched.final
    assert not beaten_by(scores, final.scores(settings)[final.within(settings.budget)]).any()
    assert (np.diff(scores[:, 0]) < 0).all() and (np.diff(scores[:, 1]) > 0).all(), (
        "best in the first goal first"
    )


def test_it_comes_near_the_best_there_is(result: SearchResult) -> None:
    """Without waste and protection the pattern can rise by 30 (1 - exp(-12,600 / 8,000)) + 2.5 at most."""
    base = result.final_base.goals(result.settings)[0]
    best = result.frontier.goals(result.settings).max(axis=0) - base
    assert 0.85 * 26.4 < best[0] < 26.5
    assert 0.95 * 250 < best[1] <= 250


def test_finalists_meet_the_worlds_of_the_final_as_well(result: SearchResult) -> None:
    side, settings = result.searched, result.settings
    assert len(side.finalists) == settings.population
    assert side.final.values.shape[1] == settings.worlds + settings.final_worlds
    np.testing.assert_equal(side.final.values[:, : settings.worlds], side.every.values[side.finalists])
    assert result.final_base.values.shape[1] == 5 and result.base.values.shape[1] == 3
    assert [world.stage for world in result.worlds] == ["search"] * 3 + ["final"] * 2 + ["check"] * 4


def test_random_policies_have_the_same_budget(result: SearchResult) -> None:
    settings, random = result.settings, result.random
    within = random.within(settings)
    assert len(within) == settings.random
    assert len(random.every) <= 2 * settings.random
    costs = within.cost(settings.budget)
    assert costs.max() <= settings.budget.limit
    assert costs.min() > 0.9 * result.frontier.cost(settings.budget).min(), "they are made to spend as much"
    assert len(random.finalists) <= settings.population


def test_the_check_has_other_worlds_for_the_same_policies(result: SearchResult) -> None:
    checked, random = result.checked_frontier, result.checked_random
    assert checked is not None and random is not None
    assert [one.written for one in checked.policies if one] == [
        one.written for one in result.frontier.policies if one
    ]
    assert [one.written for one in random.policies if one] == [
        one.written for one in result.random.frontier.policies if one
    ]
    assert checked.values.shape[1] == result.settings.check_worlds
    assert not np.isin(checked.values[:, :, 0], result.frontier.values[:, :, 0]).any()


def test_stages_are_told_and_runs_counted(tmp_path: Path) -> None:
    study = study_of(tmp_path)
    told: list[Stage] = []
    count = 0

    def runs(points: Sequence[Point]) -> np.ndarray:
        nonlocal count
        count += len(points)
        return runs_of(study)(points)

    result = search(study, read_search(study), runs, told.append)
    assert result.runs == count
    names = [stage.name for stage in told]
    assert names[0] == "pilots" and names[-1] == "check"
    assert (names.count("generation"), names.count("final")) == (5, 2)
    last = [stage for stage in told if stage.name == "generation"][-1]
    assert (last.number, last.of, last.policies) == (5, 5, 8)
    assert set(last.best) == {"pattern_2030", "quality_weighted_patents"}
    assert [stage for stage in told if stage.name == "random"][-1].number == 20
    assert 0.8 * count < last.expected_runs < 1.25 * count


def test_the_same_study_gives_the_same_search(tmp_path: Path) -> None:
    first, second = (searched(study_of(tmp_path)) for _ in range(2))
    assert [one.written for one in first.frontier.policies if one] == [
        one.written for one in second.frontier.policies if one
    ]
    np.testing.assert_array_equal(first.random.every.values, second.random.every.values)


def test_with_one_goal_the_frontier_says_what_each_sum_buys(tmp_path: Path) -> None:
    text = TEXT.replace("[pattern_2030, quality_weighted_patents]", "[pattern_2030]")
    result = searched(study_of(tmp_path, text))
    costs = result.frontier.cost(result.settings.budget)
    assert len(costs) > 3 and (np.diff(costs) < 0).all()


def test_what_less_is_better_of_can_be_minimised(tmp_path: Path) -> None:
    text = TEXT.replace("maximise: [pattern_2030, ", "minimise: [pattern_2030]\n  maximise: [")
    result = searched(study_of(tmp_path, text))
    goals = {goal.name: place for place, goal in enumerate(result.settings.goals)}
    lowest = result.frontier.goals(result.settings)[:, goals["pattern_2030"]].min()
    assert lowest < result.final_base.goals(result.settings)[0, goals["pattern_2030"]]


def test_without_final_and_check(tmp_path: Path) -> None:
    text = TEXT.replace("final_worlds: 2", "final_worlds: 0").replace("check_worlds: 4", "check_worlds: 0")
    result = searched(study_of(tmp_path, text))
    assert result.frontier.values.shape[1] == 3 and len(result.frontier) > 1
    assert result.checked is None and result.checked_frontier is None


def test_a_budget_that_nothing_keeps_to(tmp_path: Path) -> None:
    result = searched(study_of(tmp_path, TEXT.replace("budget: 150", "budget: 5")))
    assert len(result.frontier) == 0 and len(result.random.every) == 0 and result.checked is None


def test_failed_worlds_are_counted_and_borne(tmp_path: Path) -> None:
    study = study_of(tmp_path)
    failures = 0

    def failing(points: Sequence[Point]) -> np.ndarray:
        nonlocal failures
        found = runs_of(study)(points)
        lost = [
            point.seeds == (4,) and float(str(point.values.get("protection.strength", 0))) > 0.5
            for point in points
        ]
        found[lost] = np.nan
        failures += sum(lost)
        return found

    result = search(study, read_search(study), failing)
    assert 0 < failures == result.failed_worlds
    assert set(result.searched.every.succeeded()) == {2, 3}
    assert result.frontier.within(result.settings.budget).all()
