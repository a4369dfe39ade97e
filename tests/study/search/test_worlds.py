import numpy as np

from ipsim.study.plan import Factor
from ipsim.study.search.worlds import STAGES, middle_world, worlds_of

FACTORS = (Factor("assumptions.blocking", None, 0.0, 1.0), Factor("assumptions.x", (1, 2)))


def test_worlds_are_drawn_evenly_and_alike_for_a_seed() -> None:
    worlds = worlds_of("search", FACTORS, (10, 3, 5), 7, 2)
    drawn = np.array([world.values["blocking"] for world in worlds])
    assert sorted((drawn * 10).astype(int)) == list(range(10)), "one in each tenth of the range"
    assert [world.values["x"] for world in worlds].count(1) == 5
    assert worlds == worlds_of("search", FACTORS, (10, 3, 5), 7, 2)
    assert worlds[0].changes == {"assumptions.blocking": drawn[0], "assumptions.x": worlds[0].values["x"]}


def test_luck_counts_on_from_world_to_world_and_stage_to_stage() -> None:
    counts = (3, 2, 1)
    seeds = [[world.seeds for world in worlds_of(stage, FACTORS, counts, 7, 2)] for stage in STAGES]
    assert seeds == [[(7, 8), (9, 10), (11, 12)], [(13, 14), (15, 16)], [(17, 18)]]


def test_stages_share_no_draw() -> None:
    counts = (4, 4, 4)
    drawn = [{world.values["blocking"] for world in worlds_of(one, FACTORS, counts, 7, 1)} for one in STAGES]
    assert len(set().union(*drawn)) == 12


def test_without_assumptions_worlds_differ_by_luck() -> None:
    worlds = worlds_of("search", (), (2, 0, 0), 1, 1)
    assert [(world.changes, world.seeds) for world in worlds] == [({}, (1,)), ({}, (2,))]
    assert worlds_of("check", (), (2, 0, 0), 1, 1) == []
    assert middle_world(5).seeds == (5,) and middle_world(5).changes == {}
