"""What a calibration came to: fit, identifiability, and conflicts between aims, as tables."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ipsim.study.calibration.aims import Aim
from ipsim.study.calibration.fitting import Evidence
from ipsim.study.calibration.posterior import EmulatedLikelihood, settled
from ipsim.study.calibration.waves import Calibrated

Array = NDArray[np.float64]

BAND = 0.9
_LEVELS = (0.5 - BAND / 2, 0.5, 0.5 + BAND / 2)
_NAMES = ("low", "median", "high")
NARROWED = 0.2
"""Contraction from which a parameter counts as narrowed: by luck alone 240 members reach half of that."""

_CONFLICT = 0.2  # spreads by which another aim has to come nearer when one is left out; luck makes 0.05
_OFF = 0.5  # spreads from which an aim counts as missed


def fit_table(found: Calibrated) -> pd.DataFrame:
    """Return each aim beside what runs of the prior and of the ensemble gave.

    Returns
    -------
    pandas.DataFrame
        ``aim, cities, indicator, year, use, published, low, high, error, discrepancy, prior_low,
        prior_median, prior_high, posterior_low, posterior_median, posterior_high, central, off, inside,
        emulator_explains, source``. Bands hold 90 % of the draws, ``central`` is the mean of the best
        set's runs (of logarithms), ``off`` is the distance of the
        posterior median from the published figure or range in spreads, and ``inside`` tells whether the
        band, widened by the error of the published figure, holds it.
    """
    explained = {
        aim.key: one.explained for aim, one in zip(found.evidence.aims, found.evidence.emulators, strict=True)
    }
    rows = [
        {
            "aim": aim.key,
            "cities": " ".join(aim.cities),
            "indicator": aim.indicator,
            "year": aim.year,
            "use": aim.use,
            "published": aim.value,
            "low": aim.low,
            "high": aim.high,
            "error": aim.error,
            "discrepancy": aim.discrepancy,
            **_fit_of(found, place),
            "emulator_explains": explained.get(aim.key, float("nan")),
            "source": aim.source,
        }
        for place, aim in enumerate(found.aims)
        if np.isfinite(found.member_gaps[:, place]).any()
    ]
    return pd.DataFrame(rows)


def _fit_of(found: Calibrated, place: int) -> dict[str, object]:
    """Return what runs gave for one aim, before and after; see `fit_table`."""
    aim = found.aims[place]
    cells: dict[str, object] = {}
    before, after = found.gaps[: found.first, place], found.member_gaps[:, place]
    for part, gaps in (("prior", before), ("posterior", after)):
        ends = np.sort(aim.figure(np.nanquantile(gaps, _LEVELS)))
        cells |= {f"{part}_{what}": float(end) for what, end in zip(_NAMES, ends, strict=True)}
    rng = np.random.default_rng((place, 17))
    noise = aim.error * rng.standard_normal(after.shape)
    low, high = np.nanquantile(after + noise, _LEVELS[::2])
    inner, outer = aim.bounds
    return cells | {
        "central": _mean_figure(aim, found.central_gaps[:, place]),
        "off": float(aim.distance(np.array([np.nanmedian(after)]))[0]) / aim.spread,
        "inside": bool(low <= outer and inner <= high),
    }


def _mean_figure(aim: Aim, gaps: Array) -> float:
    there = gaps[np.isfinite(gaps)]
    return float(aim.figure(np.array(there.mean()))) if len(there) else float("nan")


def identifiability_table(found: Calibrated) -> pd.DataFrame:
    """Return each parameter before and after, the most narrowed first.

    Returns
    -------
    pandas.DataFrame
        ``parameter, low, high, logarithmic, prior_low, prior_median, prior_high, posterior_low,
        posterior_median, posterior_high, central, contraction, shift``. The range is the declared one, bands
        hold 90 %; contraction is 1 less the ratio of variances and
        shift the move of the mean in prior standard deviations, both of scores. The prior is what the
        first wave drew: for a city, parameters that cities share come from the ensemble it inherits.
    """
    members = found.members
    prior = found.scores[: found.first]
    before, after = (np.quantile(found.parameters.values(part), _LEVELS, axis=0) for part in (prior, members))
    central = found.parameters.values(found.central[None, :])[0]
    every = found.parameters.every
    table = pd.DataFrame(
        {
            "parameter": found.parameters.names,
            "low": [one.low for one in every],
            "high": [one.high for one in every],
            "logarithmic": [one.logarithmic for one in every],
        }
    )
    for part, values in (("prior", before), ("posterior", after)):
        for name, row in zip(_NAMES, values, strict=True):
            table[f"{part}_{name}"] = row
    table["central"] = central
    spread = np.maximum(prior.std(axis=0), 1e-9)
    table["contraction"] = 1.0 - (members.std(axis=0) / spread) ** 2
    table["shift"] = (members.mean(axis=0) - prior.mean(axis=0)) / spread
    return table.sort_values("contraction", ascending=False, kind="stable", ignore_index=True)


def conflict_table(
    found: Calibrated, draws: int = 300, seed: int = 1, told: Callable[[int, int], None] | None = None
) -> pd.DataFrame:
    """Return pairs of aims that pull against each other.

    Each fitted aim is left out in turn. Where another, missed aim then comes nearer, the two conflict:
    the model can't meet both.

    Returns
    -------
    pandas.DataFrame
        ``left_out, other, off_with, off_without``: distance of the other aim from the posterior mean in
        spreads, with and without the first; the strongest first.
    """
    evidence = found.evidence.fitted()
    keys = [aim.key for aim in evidence.aims]
    prior, start = found.prior, found.prior.draw(draws, seed)

    def meeting(some: Evidence) -> Array:
        return some.posterior(len(found.parameters), draws, seed, start, prior.fixed).scores

    def meeting_the_rest(rest: Evidence, all_met: Array) -> Array:
        if prior.fixed:  # members of the ensemble have to be chosen anew
            return meeting(rest)
        return settled(EmulatedLikelihood(rest.aims, rest.emulators), all_met, seed)

    all_met = meeting(evidence)
    whole = _off(evidence, all_met)
    missed = np.abs(whole) >= _OFF
    rows: list[dict[str, object]] = []
    for place, key in enumerate(keys if missed.any() else []):
        rest = evidence.only([one for one in keys if one != key])
        without = _off(evidence, meeting_the_rest(rest, all_met))
        for other in range(len(keys)):
            nearer = abs(whole[other]) - abs(without[other])
            if other != place and missed[other] and nearer >= _CONFLICT:
                rows.append(
                    {
                        "left_out": key,
                        "other": keys[other],
                        "off_with": whole[other],
                        "off_without": without[other],
                    }
                )
        if told is not None:
            told(place + 1, len(keys))
    table = pd.DataFrame(rows, columns=pd.Index(["left_out", "other", "off_with", "off_without"]))
    gain = table["off_with"].abs() - table["off_without"].abs()
    return table.loc[gain.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def _off(evidence: Evidence, scores: Array) -> Array:
    """Return how far draws are from each aim on the mean, in spreads, shape (aims,)."""
    return np.array(
        [
            float(np.mean(aim.distance(one(scores)))) / float(np.hypot(aim.spread, one.error))
            for aim, one in zip(evidence.aims, evidence.emulators, strict=True)
        ]
    )
