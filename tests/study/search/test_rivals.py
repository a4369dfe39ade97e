from pathlib import Path

import numpy as np
import pytest

from ipsim.study.search import SearchResult
from ipsim.study.search.rivals import box_of, gained, gains, reach, rivalry
from ipsim.study.search.tables import candidates, frontier
from tests.study.search.town import BIG, TEXT, searched, study_of


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> SearchResult:
    return searched(study_of(tmp_path_factory.mktemp("town"), BIG))


def test_the_search_does_better_than_chance(result: SearchResult) -> None:
    found = rivalry(result)
    assert found is not None
    assert found.search > found.random + 0.1
    assert found.final > found.final_random and found.checked > found.checked_random > 0
    assert found.beaten > 0.9
    assert found.fronts_beaten_checked > 0.8 and found.frontier_beaten_checked == 0
    assert found.random < found.search_at_equal_effort <= found.search
    assert all(mine >= other for mine, other in zip(found.best, found.best_random, strict=True))


def test_where_luck_moves_all_alike_the_check_confirms_the_final(result: SearchResult) -> None:
    found = rivalry(result)
    assert found is not None
    assert found.checked == pytest.approx(found.final)
    assert found.fronts_beaten == found.fronts_beaten_checked


def test_reach_grows_with_effort_up_to_the_whole(result: SearchResult) -> None:
    counts = [1, 40, len(result.searched.every)]
    shares = reach(result, result.searched, counts)
    assert shares == sorted(shares) and 0 <= shares[0] < shares[-1] <= 1
    box = box_of(result)
    front = result.searched.every.chosen(result.searched.frontier_places)
    assert shares[-1] >= box.share(gained(front, result.base, result.settings))
    assert box.share(box.best[None]) == pytest.approx(1) and box.share(box.worst[None]) == 0


def test_gains_are_paired_world_by_world(result: SearchResult) -> None:
    """Luck and blocking move policies and scenario alike in the town, so gains are sure to the last digit."""
    for row, policy in zip(gains(result, checked=True), result.frontier.policies, strict=True):
        assert policy is not None
        strength = float(str(policy.values["protection.strength"]))
        award = float(str(policy.values["subsidies.high_value"]))
        assert row[1].mean == pytest.approx(500 * (strength - 0.5) - award / 100)
        assert row[1].high - row[1].low == pytest.approx(0, abs=1e-6)
        assert row[1].sure == (abs(row[1].mean) > 1e-6)


def test_no_rivalry_without_a_front(tmp_path: Path) -> None:
    assert rivalry(searched(study_of(tmp_path, TEXT.replace("budget: 150", "budget: 5")))) is None
    assert rivalry(searched(study_of(tmp_path, TEXT.replace("random: 20", "random: 0")))) is None


def test_tables(result: SearchResult) -> None:
    every = candidates(result)
    assert list(every["source"].unique()) == ["base", "search", "random"]
    assert len(every) == 1 + len(result.searched.every) + len(result.random.every)
    assert every["finalist"].sum() == len(result.searched.finalists) + len(result.random.finalists)
    on_front = every[every["policy"].notna()].sort_values("policy")
    table = frontier(result, [f"{place}.yaml" for place in range(len(result.frontier))])
    np.testing.assert_allclose(on_front["pattern_2030"], table["pattern_2030_search"])
    assert (table["pattern_2030_low"] <= table["pattern_2030"]).all()
    assert (table["pattern_2030"] <= table["pattern_2030_high"]).all()
    assert (table["public_cost"] <= 150).all() and table["within_budget_check"].dtype == bool
    assert {"protection.strength", "public_cost_gain", "pattern_2030_check_gain_low"} <= set(table)
    assert (table["worlds"] == 5).all() and (every["worlds"] == 3).all()


def test_tables_of_a_search_that_found_nothing(tmp_path: Path) -> None:
    result = searched(study_of(tmp_path, TEXT.replace("budget: 150", "budget: 5")))
    assert len(frontier(result, [])) == 0
    assert len(candidates(result)) == 1 + len(result.searched.every)
