"""Calibration wave by wave: runs of the prior, then runs where the posterior was thought to be.

The first wave covers the prior; its emulators give a first posterior. Each further wave runs draws of
the last posterior, a little spread, so that emulators become exact where it counts (history matching;
Craig et al. 1997; Andrianakis et al. 2015, *PLoS Comput. Biol.* 11:e1003968). The last wave runs draws
of the final posterior; the ensemble is chosen from these by what the runs themselves gave, so that no
member stands on the word of an emulator alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ipsim.study.calibration.aims import Aim, gaps
from ipsim.study.calibration.central import central_set
from ipsim.study.calibration.fitting import Evidence, learn, real_log_likelihood
from ipsim.study.calibration.parameters import Parameters
from ipsim.study.calibration.prior import Prior
from ipsim.study.calibration.runs import Tables

Array = NDArray[np.float64]

_WIDER = 1.5  # how much wider than the posterior a further wave is drawn
_FEWEST = 60  # draws of a wave at least
_FAR_COUNTS = 0.2  # what a run of the prior counts for an emulator once there are nearer ones


@dataclass(frozen=True)
class Plan:
    """How much is run.

    Attributes
    ----------
    first
        Draws of the prior.
    further
        Draws of each further wave.
    last
        Draws of the final posterior that are run.
    members
        How many of these make the ensemble.
    central
        Runs of the single best set.
    particles
        Draws of a posterior by emulators.
    seed
        Of all that is drawn.
    """

    first: int = 1000
    further: tuple[int, ...] = (500,)
    last: int = 360
    members: int = 240
    central: int = 20
    particles: int = 1000
    seed: int = 2016

    @property
    def draws(self) -> int:
        """Draws in all."""
        return self.first + sum(self.further) + self.last + self.central

    def scaled(self, draws: int) -> Plan:
        """Return a plan of the same shape with about so many draws; emulators need some in each wave."""
        share = draws / self.draws
        last = max(_FEWEST, round(share * self.last))
        return replace(
            self,
            first=max(_FEWEST, round(share * self.first)),
            further=tuple(max(_FEWEST, round(share * one)) for one in self.further),
            last=last,
            members=min(last, max(_FEWEST // 2, round(share * self.members))),
            central=max(2, round(share * self.central)),
        )


@dataclass(frozen=True)
class Calibrated:
    """What a calibration found.

    Attributes
    ----------
    parameters
        What was moved.
    aims
        Every aim, tests included, in the order of gaps.
    evidence
        Aims and emulators after the last wave.
    scores, gaps
        All runs of prior and further waves, shapes (runs, parameters) and (runs, aims).
    first
        How many of them are of the prior.
    members, member_gaps
        The ensemble: scores, shape (members, parameters), and gaps of the members' own runs.
    central, central_gaps
        Scores of the single best set, shape (parameters,), and gaps of its runs, shape (runs, aims).
    effective
        Effective number of the draws that the ensemble was chosen from.
    prior
        Where draws came from before the fit.
    """

    parameters: Parameters
    aims: tuple[Aim, ...]
    evidence: Evidence
    scores: Array
    gaps: Array
    first: int
    members: Array
    member_gaps: Array
    central: Array
    central_gaps: Array
    effective: float
    prior: Prior


Say = Callable[[str], None]


def calibrate(
    parameters: Parameters,
    prior: Prior,
    aims: Sequence[Aim],
    run: Callable[[Array], Tables],
    plan: Plan,
    say: Say = lambda text: None,
) -> Calibrated:
    """Fit the parameters to the aims.

    Parameters
    ----------
    parameters
        What is moved.
    prior
        Where draws come from.
    aims
        Published figures; those whose use is ``test`` are emulated but not fitted.
    run
        Runs values of all parameters, shape (draws, parameters), and returns the figures by city.
    plan
        How much is run.
    say
        Told in a sentence what each wave found.
    """
    work = _Work(parameters, prior, tuple(aims), run, plan)
    scores, figures, evidence = work.learnt(say)
    inside = work.inside(evidence, plan.seed + 99)
    rng = np.random.default_rng((plan.seed, 3))
    last = inside[rng.choice(len(inside), min(plan.last, len(inside)), replace=False)]
    its = work.found(last)
    say(_said("posterior", work.aims, evidence, its))
    chosen, effective = _chosen(evidence, work.aims, last, its, plan, rng)
    central = central_set(evidence.fitted(), prior.middle(parameters), prior.fixed)
    its_own = work.found(np.tile(central, (plan.central, 1)))
    say(_said("the best set", work.aims, evidence, its_own))
    return Calibrated(
        parameters,
        work.aims,
        evidence,
        scores,
        figures,
        plan.first,
        last[chosen],
        its[chosen],
        central,
        its_own,
        effective,
        prior,
    )


@dataclass(frozen=True)
class _Work:
    """What every wave needs."""

    parameters: Parameters
    prior: Prior
    aims: tuple[Aim, ...]
    run: Callable[[Array], Tables]
    plan: Plan

    def found(self, scores: Array) -> Array:
        """Run draws and return their gaps."""
        return gaps(self.aims, self.run(self.parameters.values(scores)))

    def inside(self, evidence: Evidence, seed: int) -> Array:
        """Return draws of the posterior as far as it is known."""
        draws, count = self.plan.particles, len(self.parameters)
        start = self.prior.draw(draws, seed)
        return evidence.fitted().posterior(count, draws, seed, start, self.prior.fixed).scores

    def learnt(self, say: Say) -> tuple[Array, Array, Evidence]:
        """Run the prior and the further waves; return scores, gaps and what emulators made of them."""
        plan, aims = self.plan, self.aims
        scores = self.prior.design(plan.first, plan.seed)
        figures = self.found(scores)
        evidence = learn(aims, scores, figures)
        say(_said("prior", aims, evidence, figures))
        for number, draws in enumerate(plan.further, start=1):
            seed = plan.seed + number
            fresh = _spread(self.inside(evidence, seed), self.prior.fixed, draws, seed)
            scores, figures = np.concatenate([scores, fresh]), np.concatenate([figures, self.found(fresh)])
            weights = np.where(np.arange(len(scores)) < plan.first, _FAR_COUNTS, 1.0)
            evidence = learn(aims, scores, figures, weights)
            say(_said(f"wave {number}", aims, evidence, figures[-draws:]))
        return scores, figures, evidence


def _said(name: str, aims: Sequence[Aim], evidence: Evidence, figures: Array) -> str:
    explained = [one.explained for one in evidence.emulators]
    off = [
        float(np.nanmedian(np.abs(aim.distance(figures[:, place])) / aim.spread))
        for place, aim in enumerate(aims)
        if aim.use == "fit" and np.isfinite(figures[:, place]).any()
    ]
    return (
        f"{name}: {len(figures)} draws, emulators explain {np.median(explained):.0%} of a figure's variance "
        f"(median), aims missed by {np.mean(off):.2f} spreads (mean of medians)"
    )


def _spread(inside: Array, fixed: int, draws: int, seed: int) -> Array:
    """Return draws about the posterior, wider than it but no wider than the prior; fixed scores stay."""
    rng = np.random.default_rng((seed, 5))
    chosen = inside[rng.integers(len(inside), size=draws)]
    widths = inside.std(axis=0)
    room = np.sqrt(np.clip(np.minimum(1.0, (_WIDER * widths) ** 2) - widths**2, 0.0, None))
    room[:fixed] = 0.0
    return chosen + room * rng.standard_normal(chosen.shape)


def _chosen(
    evidence: Evidence, aims: Sequence[Aim], last: Array, its: Array, plan: Plan, rng: np.random.Generator
) -> tuple[NDArray[np.intp], float]:
    """Return the places of the ensemble's members, and the effective number of draws.

    Draws come by what emulators say and are chosen by what their runs gave: importance resampling
    without replacement, weights being the ratio of the two likelihoods.
    """
    fitted = evidence.fitted()
    places = [list(aims).index(aim) for aim in fitted.aims]
    errors = np.array([one.error for one in fitted.emulators])
    real = real_log_likelihood(fitted.aims, its[:, places], errors)
    said = np.column_stack([one(last) for one in fitted.emulators])
    emulated = real_log_likelihood(fitted.aims, said, errors)
    ratio = np.clip(real - emulated, -6.0, None)
    ratio -= np.quantile(ratio, 0.95)  # a lucky run does not count for more than a good one
    weights = np.exp(np.minimum(ratio, 0.0))
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    members = min(plan.members, len(last))
    chosen = rng.choice(len(last), members, replace=False, p=weights / weights.sum())
    return chosen, effective
