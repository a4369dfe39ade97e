"""Morris screening: elementary effects along trajectories."""

from __future__ import annotations

import numpy as np

from ipsim.study.intervals import CONFIDENCE, half_width
from ipsim.study.sensitivity.indices import RESAMPLES, Floats, Indices, complete_blocks
from ipsim.study.sensitivity.luck import luck_of_differences

FEWEST = 2
"""Trajectories without which there is no spread of effects."""


def morris_indices(sample: Floats, values: Floats, levels: int, seed: int) -> Indices:
    """Return the Morris measures of one outcome.

    An elementary effect is the change of the outcome along one step of one factor, over the length of the
    step in the unit interval: the outcome's unit for the whole range of the factor (Morris 1991). ``mu`` is
    its mean over the trajectories with Student's interval, ``mu_star`` the mean of its size with a bootstrap
    interval (Campolongo et al. 2007), ``sigma`` its standard deviation: large beside ``mu_star`` where a
    factor acts unevenly over its range or together with others.

    Parameters
    ----------
    sample
        Trajectories in the unit cube as SALib makes them, shape (trajectories * (D+1), D).
    values
        Outcome by point, NaN where it is missing; a trajectory that lacks a point is left out.
    levels
        Levels of the grid that the trajectories walk on.
    seed
        Of the bootstrap.

    Raises
    ------
    UndefinedError
        If fewer than two trajectories are complete, or the outcome never moves.
    """
    from SALib.analyze import morris

    from ipsim.study.plan.designs import problem

    size = sample.shape[1] + 1
    kept, count = complete_blocks(values, size, FEWEST)
    found = morris.analyze(
        problem(sample.shape[1]),
        sample[kept],
        values[kept],
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        num_levels=levels,
        seed=seed,
    )
    mu, mu_star, sigma, half = (
        np.asarray(found[name], dtype=np.float64) for name in ("mu", "mu_star", "sigma", "mu_star_conf")
    )
    spread = half_width(sigma, count)
    columns = {
        "mu": mu,
        "mu_low": mu - spread,
        "mu_high": mu + spread,
        "mu_star": mu_star,
        "mu_star_low": np.maximum(mu_star - half, 0.0),
        "mu_star_high": mu_star + half,
        "sigma": sigma,
    }
    return Indices(columns, "mu_star", count, len(values) // size - count)


def morris_luck(sample: Floats, values: Floats, levels: int) -> Floats:
    """Return the ``mu_star`` that luck alone would give each factor.

    Were a factor without effect, its elementary effects would be nothing but the differences in luck
    between neighbouring points; the mean size of a normal variable is its standard deviation times
    the root of 2/pi.

    Parameters
    ----------
    sample, levels
        As in `morris_indices`.
    values
        Outcome by point and replicate, shape (points, replicates).

    Returns
    -------
    ndarray
        Shape (D,), NaN with one replicate.
    """
    points = np.arange(len(sample) - 1)
    points = points[(points + 1) % (sample.shape[1] + 1) != 0]  # the last of a trajectory has no next one
    moved = np.abs(sample[points + 1] - sample[points]).argmax(axis=1)
    variances = [
        luck_of_differences(values, points[moved == factor], points[moved == factor] + 1)
        for factor in range(sample.shape[1])
    ]
    step = levels / (2 * (levels - 1))
    return np.sqrt(2 / np.pi * np.array(variances)) / step
