"""What calibration may move: assumptions of the model, and figures of a city that are assumed.

Each parameter has a range and a value that was thought likeliest before any fit. The prior is the
PERT distribution of these three numbers (a beta distribution with its mode at the value; Vose 2008,
*Risk analysis*, 3rd ed., sec. 13), on the logarithm where the range spans a factor of five or more.
All the rest of calibration sees *scores*: standard normal numbers, one for each parameter, whose
quantile is the quantile of the parameter in its prior.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.calibrated.ensemble import PREFIX
from ipsim.scenario.quantity import Number

if TYPE_CHECKING:
    from ipsim.scenario.profile import CityProfile

Array = NDArray[np.float64]

SHARED = PREFIX
"""How keys of shared parameters begin; a city's own figure is ``city.X`` here, ``CITY:X`` in an ensemble."""

OWN_FIGURES = (
    "enterprises",
    "revenue_billion_rmb",
    "rd_intensity",
    "firm_size_exponent",
    "entry_rate",
    "exit_rate",
    "patents.inventions_in_force",
    "patents.utility_models_in_force",
    "patents.designs_in_force",
    "patents.invention_applications",
    "patents.utility_model_applications",
    "patents.design_applications",
    "patents.stock_growth",
    "patents.university_share",
    "patents.share_over_5y",
    "banks.count",
    "banks.pledge_appetite",
    "agencies.careful_share",
    "enforcement.administrative_posts",
    "enforcement.court_posts",
)
"""Figures of a profile that calibration fits where the profile assumes them; policies are never fitted."""

_PEAKEDNESS = 4.0  # the usual weight of the mode in a PERT distribution
_LOGARITHMIC = 5.0  # ranges that span this factor or more are seen on the logarithm


@dataclass(frozen=True)
class FreeParameter:
    """One number that calibration may move.

    Attributes
    ----------
    key
        As in `Scenario.replace`: ``assumptions.X``, or ``city.X`` for a figure of the city.
    low, mode, high
        Its range, and the value thought likeliest before the fit.
    """

    key: str
    low: float
    mode: float
    high: float

    @property
    def logarithmic(self) -> bool:
        """Whether the prior is on the logarithm."""
        return self.low > 0.0 and self.high >= _LOGARITHMIC * self.low

    @cached_property
    def _table(self) -> tuple[Array, Array]:
        """Scores and values of the prior's quantiles, for interpolation."""
        from scipy.stats import beta, norm

        low, mode, high = self.low, self.mode, self.high
        if self.logarithmic:
            low, mode, high = math.log(low), math.log(mode), math.log(high)
        peak = (mode - low) / (high - low)
        scores = np.linspace(-6.0, 6.0, 1201)
        shapes = 1.0 + _PEAKEDNESS * peak, 1.0 + _PEAKEDNESS * (1.0 - peak)
        values = low + (high - low) * beta.ppf(norm.cdf(scores), *shapes)
        return scores, np.exp(values) if self.logarithmic else values

    def value(self, score: Array | float) -> Array:
        """Return the value at a score, any shape."""
        scores, values = self._table
        found = np.interp(score, scores, values)
        return np.clip(found, self.low, self.high)

    def score(self, value: Array | float) -> Array:
        """Return the score of a value, any shape."""
        scores, values = self._table
        return np.asarray(np.interp(value, values, scores))


def shared_parameters() -> tuple[FreeParameter, ...]:
    """Return the assumptions that have a range; cited ones stay."""
    return tuple(
        FreeParameter(f"{SHARED}{one.key}", one.low, one.value, one.high)
        for one in ASSUMPTIONS.values()
        if not one.cited and one.low < one.high
    )


def own_parameters(profile: CityProfile) -> tuple[FreeParameter, ...]:
    """Return the figures of a city that its profile assumes; cited ones stay."""
    found: list[FreeParameter] = []
    for key in OWN_FIGURES:
        figure: object = profile
        for part in key.split("."):
            figure = getattr(figure, part)
        assert isinstance(figure, Number)
        if not figure.cited and figure.low < figure.high:
            found.append(FreeParameter(f"city.{key}", figure.low, figure.value, figure.high))
    return tuple(found)


@dataclass(frozen=True)
class Parameters:
    """The parameters of a calibration: the shared ones, then those of each city.

    Attributes
    ----------
    shared
        Alike for all cities.
    own
        By key of the city.
    """

    shared: tuple[FreeParameter, ...]
    own: Mapping[str, tuple[FreeParameter, ...]]

    @cached_property
    def every(self) -> tuple[FreeParameter, ...]:
        """All parameters, in the order of scores."""
        return (*self.shared, *(one for part in self.own.values() for one in part))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """A name for each: ``assumptions.X``, or ``CITY:X`` for a city's own figure."""
        own = [f"{city}:{one.key.removeprefix('city.')}" for city, part in self.own.items() for one in part]
        return (*(one.key for one in self.shared), *own)

    def __len__(self) -> int:
        """Return the number of parameters."""
        return len(self.every)

    def columns(self, city: str) -> list[int]:
        """Return which scores a city sees: the shared ones and its own."""
        place = len(self.shared)
        for name, part in self.own.items():
            if name == city:
                return [*range(len(self.shared)), *range(place, place + len(part))]
            place += len(part)
        raise KeyError(city)

    def values(self, scores: Array) -> Array:
        """Return values for scores, both of shape (draws, parameters)."""
        return np.column_stack([one.value(scores[:, place]) for place, one in enumerate(self.every)])

    def scores(self, values: Array) -> Array:
        """Return scores for values, both of shape (draws, parameters)."""
        return np.column_stack([one.score(values[:, place]) for place, one in enumerate(self.every)])

    def changes(self, city: str, values: Sequence[float] | Array) -> dict[str, object]:
        """Return what `Scenario.replace` takes for one city.

        Parameters
        ----------
        city
            Key of the city.
        values
            One for each parameter.
        """
        return {self.every[place].key: float(values[place]) for place in self.columns(city)}
