"""From runs to emulators to a posterior, and the likelihood of runs themselves."""

import numpy as np
import pytest

from ipsim.study.calibration.fitting import learn, real_log_likelihood
from tests.study.calibration.known import aim, aims_at_truth, figures

RNG = np.random.default_rng(10)
SCORES = RNG.standard_normal((300, 4))
AIMS = aims_at_truth()
GAPS = np.column_stack([one.gap(figures(SCORES)[one.indicator]) for one in AIMS])


def test_an_emulator_for_each_aim_that_runs_speak_of() -> None:
    silent = GAPS.copy()
    silent[:, 1] = np.nan
    evidence = learn(AIMS, SCORES, silent)
    assert [one.indicator for one in evidence.aims] == [
        "invention_applications",
        "inventions_in_force",
        "rd_intensity",
    ]
    assert [one.indicator for one in evidence.fitted().aims] == [
        "invention_applications",
        "inventions_in_force",
    ]
    assert evidence.only([AIMS[2].key]).aims == (AIMS[2],)
    assert min(one.explained for one in evidence.emulators) > 0.99


def test_evidence_can_be_aimed_at_other_figures() -> None:
    evidence = learn(AIMS, SCORES, GAPS)
    moved = evidence.aimed_at([one.aimed_at(one.value * 1.5) for one in evidence.aims])
    for one, other in zip(evidence.emulators, moved.emulators, strict=True):
        assert other(SCORES[:5]) == pytest.approx(one(SCORES[:5]) - np.log(1.5))


def test_the_likelihood_of_runs() -> None:
    exact, ranged = aim("a", 1.0), aim("b", 1.0, low=0.5, high=2.0)
    found = np.array([[0.0, 0.0], [0.05, 0.6], [0.1, 1.0], [np.nan, 0.0]])
    values = real_log_likelihood([exact, ranged], found, np.array([0.0, 0.0]))
    outside = (1.0 - np.log(2.0)) / 0.05
    assert values == pytest.approx([0.0, -0.5, -2.0 - 0.5 * outside**2, -0.5])
    lucky = real_log_likelihood([exact], found[:, :1], np.array([0.05]))
    assert lucky[1] == pytest.approx(-0.25)
