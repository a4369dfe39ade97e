"""Calibration wave by wave, of a city that is known exactly."""

from dataclasses import replace

import numpy as np
import pytest

from ipsim.study.calibration.prior import Prior
from ipsim.study.calibration.waves import Calibrated, Plan, calibrate
from tests.study.calibration.known import PARAMETERS, PLAN, TRUTH, Runs, aims_at_truth, calibrated


def test_the_truth_is_inside_and_what_nothing_tells_of_stays(found: Calibrated) -> None:
    low, high = np.quantile(found.members, [0.025, 0.975], axis=0)
    assert (low < TRUTH).all()
    assert (high > TRUTH).all()
    contraction = 1.0 - found.members.var(axis=0)
    assert contraction[[0, 1, 3]].min() > 0.8
    assert contraction[2] < 0.4


def test_the_ensemble_meets_the_figures_and_the_test(found: Calibrated) -> None:
    assert found.members.shape == (PLAN.members, 4)
    assert found.member_gaps.shape == (PLAN.members, 4)
    assert np.abs(np.median(found.member_gaps, axis=0)).max() < 0.05
    assert np.abs(found.central_gaps.mean(axis=0)).max() < 0.05
    assert 10 < found.effective <= PLAN.last
    before = found.gaps[: found.first].std(axis=0)
    assert (found.member_gaps.std(axis=0) < 0.6 * before).all()


def test_tests_are_not_fitted() -> None:
    other = aims_at_truth(rd_intensity=30.0)  # ten times too high, and only a test
    off = calibrated(other).member_gaps[:, 3]
    assert np.median(off) == pytest.approx(np.log(4.1 / 30.0), abs=0.15)


def test_every_planned_draw_is_run_once_and_what_is_said() -> None:
    runs, said = Runs(), list[str]()
    calibrate(PARAMETERS, Prior(4), aims_at_truth(), runs, PLAN, said.append)
    assert runs.draws == [150, 80, 80, 8]
    assert sum(runs.draws) == PLAN.draws
    assert [one.split(":")[0] for one in said] == ["prior", "wave 1", "posterior", "the best set"]
    missed = [float(one.split("missed by ")[1].split()[0]) for one in said]
    assert missed[2] < 1.0 < missed[0]


def test_a_wave_tells_of_its_own_aims_where_one_is_silent() -> None:
    silent = aims_at_truth()
    silent.insert(0, replace(silent[0], key="x", indicator="nothing"))
    said = list[str]()
    found = calibrate(PARAMETERS, Prior(4), silent, Runs(), PLAN, said.append)
    assert "missed by 0." in said[-1]
    assert len(found.aims) == len(found.evidence.aims) + 1
    assert np.isnan(found.member_gaps[:, 0]).all()


def test_the_same_seed_gives_the_same_ensemble(found: Calibrated) -> None:
    again = calibrated()
    assert (again.members == found.members).all()
    assert (again.central == found.central).all()


def test_inherited_parameters_are_chosen_among() -> None:
    members = np.random.default_rng(11).standard_normal((40, 3))
    members[:20, 0] = TRUTH[0] + 0.1 * members[:20, 0]
    members[20:, 0] = -2.0 + 0.1 * members[20:, 0]
    found = calibrated(prior=Prior(4, members))
    inherited = {tuple(row) for row in members}
    assert {tuple(row) for row in found.members[:, :3]} <= inherited
    assert (found.members[:, 0] > 0).mean() > 0.9  # the figures speak against the other half
    assert found.prior.fixed == 3


def test_a_plan_can_be_scaled() -> None:
    plan = Plan()
    assert plan.scaled(plan.draws) == plan
    half = plan.scaled(1440)
    assert half.draws == pytest.approx(1440, rel=0.02)
    small = plan.scaled(1)
    assert min(small.first, *small.further, small.last) >= 40  # emulators need as many
    assert small.members <= small.last
