"""Which runs are needed, and that their parts add up."""

from collections.abc import Callable

import numpy as np
import pytest

from ipsim.scenario import load
from ipsim.study.explain.change import change_between
from ipsim.study.explain.design import MOST_EXACT, PAIRS, Design, Run

JINHUA = load("jinhua")
SEVERAL = (
    "policy.subsidies.research",
    "policy.subsidies.high_value",
    "policy.protection.mediation",
    "policy.protection.judicial_confirmation",
    "policy.utilisation.university_transfer",
    "policy.quality.agency_supervision",
    "national.fee_reduction",
    "national.damages_floor",
)


def _design(levers: int, seeds: int = 3) -> Design:
    other = JINHUA.replace(dict.fromkeys(SEVERAL[:levers], 1 if levers > 1 else 0.3) | {SEVERAL[0]: 0.3})
    return Design(change_between(JINHUA, other), tuple(range(1, seeds + 1)))


def _luck(design: Design) -> Callable[[Run], np.ndarray]:
    """Return figures by run that follow no rule, but none of a run that was not planned."""
    luck = np.random.default_rng(1)
    planned = set(design.runs())
    figures: dict[Run, np.ndarray] = {}

    def measured(run: Run) -> np.ndarray:
        if run not in figures:
            missing = [(run, seed) not in planned for seed in design.seeds]
            figures[run] = np.where(missing, np.nan, luck.normal(size=len(design.seeds)))
        return figures[run]

    return measured


def test_each_run_is_made_once_with_each_seed() -> None:
    design = _design(3)
    mechanisms = len(design.change.mechanisms)
    runs = design.runs()
    assert len(runs) == len(set(runs)) == 3 * (8 + mechanisms + 1)
    assert runs[0] == (design.base, 1)


def test_one_mechanism_is_cut_once() -> None:
    other = JINHUA.replace({"policy.utilisation.pledge_fund.capital": 200})
    design = Design(change_between(JINHUA, other), (1,))
    assert design.all_cut == design.cuts["government"]
    assert len(design.runs()) == 3


def test_with_many_players_some_orders_are_run() -> None:
    design = _design(8)
    assert not design.is_exact
    assert len(design.change.players) == 8 > MOST_EXACT
    each = 2 * PAIRS * 7 + 2 + len(design.change.mechanisms) + 1
    assert len(design.runs()) <= 3 * each < 3 * 2**8
    assert len({design.orders[seed] for seed in design.seeds}) == 3


@pytest.mark.parametrize("levers", [1, 3, 8])
def test_parts_add_up_to_the_effect_of_each_pair(levers: int) -> None:
    design = _design(levers)
    parts = design.parts(_luck(design))
    assert np.isfinite(parts.effect).all()
    assert sum(parts.levers.values(), np.zeros(3)) == pytest.approx(parts.effect)
    paths = sum(parts.pathways.values(), parts.joint + parts.left + parts.outside)
    assert paths == pytest.approx(parts.effect)
    assert all((error > 0) == (levers == 8) for error in parts.errors.values())


def test_a_pair_without_one_part_is_left_out_of_all() -> None:
    design = _design(3)
    luck = _luck(design)
    cut = design.cuts["filing"]

    def measured(run: Run) -> np.ndarray:
        return np.where([run == cut, False, False], np.nan, luck(run))

    parts = design.parts(measured)
    everything = [parts.base, parts.effect, parts.joint, *parts.levers.values(), *parts.pathways.values()]
    for one in everything:
        assert np.isnan(one).tolist() == [True, False, False]


def test_a_run_is_called_by_what_is_in_it() -> None:
    assert Run(frozenset()).label == "base"
    assert Run(frozenset({"b", "a"}), frozenset({"filing"})).label == "levers: a + b; cut: filing"
