"""The posterior: draws of parameters that meet the aims as far as aims and emulators are sure.

Sequential Monte Carlo with a tempered likelihood (Del Moral, Doucet & Jasra 2006, *J. R. Stat. Soc. B*
68:411-436): particles from the prior are weighted a little, resampled and moved, again and again until
the likelihood counts in full. They are moved by Hamiltonian Monte Carlo (Neal 2011, *Handbook of MCMC*,
ch. 5), for which the polynomials give slopes; its mass is the expected curvature of the posterior, so
that parameters that all aims speak of and those that none speaks of move alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ipsim.study.calibration.aims import Aim
from ipsim.study.calibration.emulator import Emulator

Array = NDArray[np.float64]

_KEPT = 0.5  # effective share of particles that a step of the tempering leaves
_MOVES = 2  # trajectories at each temperature
_LAST_MOVES = 12  # trajectories at the end
_LEAPS = 8  # steps of a trajectory
_STRIDE = 0.2  # longest step: a quarter turn of a normal posterior is 1.57 in all, a half one leads nowhere
_STEPS_AT_MOST = 200


class Likelihood(Protocol):
    """A logarithm of a likelihood with its slopes, up to a constant."""

    def __call__(self, scores: Array) -> tuple[Array, Array]:
        """Return values, shape (draws,), and slopes by score, shape (draws, parameters)."""
        ...

    def curvature(self, scores: Array) -> Array:
        """Return its expected curvature, positive semidefinite, shape (parameters, parameters)."""
        ...


class EmulatedLikelihood:
    """How well emulated figures meet aims.

    Gaps are normal about the emulator's with the aim's spread and the emulator's error together;
    inside a published range nothing is lost.

    Parameters
    ----------
    aims, emulators
        One of each for every figure; emulators give the gap of their aim.
    """

    def __init__(self, aims: Sequence[Aim], emulators: Sequence[Emulator]) -> None:
        self.pairs = list(zip(aims, emulators, strict=True))

    def __call__(self, scores: Array) -> tuple[Array, Array]:
        """Return values and slopes for scores of shape (draws, parameters)."""
        total, slopes = np.zeros(len(scores)), np.zeros_like(scores)
        for aim, emulator in self.pairs:
            distance = aim.distance(emulator(scores))
            variance = aim.spread**2 + emulator.error**2
            total -= 0.5 * distance**2 / variance
            if len(emulator.active):
                slopes[:, emulator.active] -= (distance / variance)[:, None] * emulator.slopes(scores)
        return total, slopes

    def curvature(self, scores: Array) -> Array:
        """Return the Gauss-Newton curvature, averaged over some of the draws."""
        some = scores[:: max(1, len(scores) // 64)]
        found = np.zeros((scores.shape[1], scores.shape[1]))
        for aim, emulator in self.pairs:
            if len(emulator.active):
                slopes = emulator.slopes(some)
                mean = slopes.T @ slopes / len(some) / (aim.spread**2 + emulator.error**2)
                found[np.ix_(emulator.active, emulator.active)] += mean
        return found


@dataclass(frozen=True)
class Posterior:
    """Draws of the posterior.

    Attributes
    ----------
    scores
        Equally likely draws, shape (draws, parameters).
    log_likelihood
        Of each draw.
    temperatures
        Powers of the likelihood that were gone through, the last one 1.
    acceptance
        Share of trajectories that were accepted at the end.
    """

    scores: Array
    log_likelihood: Array
    temperatures: tuple[float, ...]
    acceptance: float


def posterior(
    likelihood: Likelihood,
    parameters: int,
    draws: int = 1000,
    seed: int = 1,
    start: Array | None = None,
    fixed: int = 0,
) -> Posterior:
    """Draw from the posterior under a standard normal prior of the scores.

    Parameters
    ----------
    likelihood
        Of scores of shape (draws, parameters).
    parameters
        Number of scores.
    draws
        Number of particles.
    seed
        Of all luck.
    start
        Draws of the prior to begin with, shape (draws, parameters), where it is another one.
    fixed
        So many scores, the first ones, are never moved, only chosen among those of ``start``.
    """
    rng = np.random.default_rng((seed, 7))
    particles = rng.standard_normal((draws, parameters)) if start is None else start
    values, _ = likelihood(particles)
    temperatures, stride, accepted = [0.0], _STRIDE, 1.0
    for _ in range(_STEPS_AT_MOST):
        power = _next_temperature(values, temperatures[-1])
        chosen = _resampled(_weights(values, power - temperatures[-1]), rng)
        particles, values = particles[chosen], values[chosen]
        temperatures.append(power)
        mover = _Mover(likelihood, power, particles, fixed, rng)
        for _ in range(_LAST_MOVES if power == 1.0 else _MOVES):
            particles, values, accepted = mover.move(particles, stride)
            stride = _adapted(stride, accepted)
        if power == 1.0:
            break
    return Posterior(particles, values, tuple(temperatures), accepted)


def settled(
    likelihood: Likelihood, particles: Array, seed: int = 1, trajectories: int = _LAST_MOVES
) -> Array:
    """Move draws of a posterior until they are draws of one that differs little from it.

    Parameters
    ----------
    likelihood
        Of the posterior that is wanted.
    particles
        Draws of the other one, shape (draws, parameters).
    seed
        Of all luck.
    trajectories
        How often each is moved.
    """
    rng = np.random.default_rng((seed, 19))
    mover, stride = _Mover(likelihood, 1.0, particles, 0, rng), _STRIDE
    for _ in range(trajectories):
        particles, _, accepted = mover.move(particles, stride)
        stride = _adapted(stride, accepted)
    return particles


def _adapted(stride: float, accepted: float) -> float:
    """Return a longer stride where most trajectories are accepted, a shorter one where few are."""
    return float(np.clip(stride * np.exp(0.5 * (accepted - 0.8)), 0.005, _STRIDE))


class _Mover:
    """Hamiltonian trajectories at one temperature."""

    def __init__(
        self, likelihood: Likelihood, power: float, particles: Array, fixed: int, rng: np.random.Generator
    ) -> None:
        self._likelihood, self._power, self._fixed, self._rng = likelihood, power, fixed, rng
        mass = np.eye(particles.shape[1]) + power * likelihood.curvature(particles)
        mass[:fixed, fixed:] = mass[fixed:, :fixed] = 0.0
        self._root = np.linalg.cholesky(mass)
        self._inverse = np.linalg.inv(mass)

    def _energy(self, places: Array) -> tuple[Array, Array, Array]:
        """Return energy, its slopes, and the log likelihood."""
        values, slopes = self._likelihood(places)
        energy = 0.5 * (places**2).sum(axis=1) - self._power * values
        downhill = places - self._power * slopes
        downhill[:, : self._fixed] = 0.0
        return energy, downhill, values

    def move(self, places: Array, stride: float) -> tuple[Array, Array, float]:
        """Move each particle along one trajectory; return places, values and the share accepted."""
        speed = self._rng.standard_normal(places.shape) @ self._root.T
        speed[:, : self._fixed] = 0.0
        energy, slopes, values = self._energy(places)
        before = energy + 0.5 * ((speed @ self._inverse) * speed).sum(axis=1)
        step = stride * self._rng.uniform(0.8, 1.2)  # no resonance
        there, new = places, values
        for _ in range(_LEAPS):
            speed = speed - 0.5 * step * slopes
            there = there + step * speed @ self._inverse
            energy, slopes, new = self._energy(there)
            speed = speed - 0.5 * step * slopes
        after = energy + 0.5 * ((speed @ self._inverse) * speed).sum(axis=1)
        accept = np.log(self._rng.random(len(places))) < before - after
        kept = np.where(accept[:, None], there, places)
        return kept, np.where(accept, new, values), float(accept.mean())


def _weights(values: Array, power: float) -> Array:
    raw = np.exp(power * (values - values.max()))
    return raw / raw.sum()


def _next_temperature(values: Array, before: float) -> float:
    """Return the highest power, 1 at most, that leaves half of the particles effective."""

    def effective(power: float) -> float:
        return 1.0 / float((_weights(values, power - before) ** 2).sum()) / len(values)

    if effective(1.0) >= _KEPT:
        return 1.0
    low, high = before, 1.0
    for _ in range(50):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if effective(middle) >= _KEPT else (low, middle)
    return max(low, before + 1e-9)


def _resampled(weights: Array, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return systematically resampled places (Kitagawa 1996)."""
    places = (rng.random() + np.arange(len(weights))) / len(weights)
    return np.minimum(np.searchsorted(np.cumsum(weights), places), len(weights) - 1)
