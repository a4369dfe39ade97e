"""The prior: an even design, and shared parameters that come member by member."""

import numpy as np
from scipy.stats import norm

from ipsim.study.calibration.prior import Prior


def test_a_design_fills_every_slice_once() -> None:
    scores = Prior(3).design(50, seed=1)
    for column in scores.T:
        assert sorted(np.floor(50 * norm.cdf(column)).astype(int)) == list(range(50))


def test_draws_are_standard_normal_and_follow_the_seed() -> None:
    prior = Prior(2)
    scores = prior.draw(4000, seed=1)
    assert abs(scores.mean()) < 0.05
    assert abs(scores.std() - 1.0) < 0.05
    assert (scores == prior.draw(4000, seed=1)).all()
    assert (scores != prior.draw(4000, seed=2)).any()


def test_inherited_scores_come_together() -> None:
    members = np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]])
    prior = Prior(3, members)
    assert prior.fixed == 2
    for drawn in (prior.design(7, seed=1), prior.draw(7, seed=1)):
        assert drawn.shape == (7, 3)
        assert (drawn[:, 1] == 10.0 * drawn[:, 0]).all()
        counts = np.unique(drawn[:, 0], return_counts=True)[1]
        assert len(counts) == 3
        assert counts.max() - counts.min() <= 1
