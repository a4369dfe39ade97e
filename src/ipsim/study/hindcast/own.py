"""A city's own figures drawn over their ranges: what was not known of it is a part of the prediction."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ipsim.scenario.quantity import Dated, Number

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.scenario.profile import CityProfile

_WHOLE = ("revenue_growth", "rd_intensity")
_SEED = 20161231


def own_figures(city: CityProfile) -> dict[str, Number | Dated]:
    """Return the figures of a city that are drawn, by key of the scenario: the uncertain ones of these.

    Patents in force and filed in 2015 with their ages, growth of revenue, and the share of R&D: what the
    paths of the indicators start from. Cited figures stay as they are; so does what a wide range says
    nothing of, such as the number of enterprises.
    """
    found: dict[str, Number | Dated] = {f"city.{name}": getattr(city, name) for name in _WHOLE}
    patents = city.patents
    found |= {f"city.patents.{name}": getattr(patents, name) for name in type(patents).model_fields}
    return {key: figure for key, figure in found.items() if figure.range is not None and not figure.cited}


def drawn_figures(scenario: Scenario, draws: int) -> list[dict[str, object]]:
    """Return a value of each uncertain figure for each draw, by key of the scenario.

    A Latin hypercube, the same for the same city and number of draws. Half the draws lie below the
    value of the profile, half above, evenly in logarithms down and up to the ends of its range (evenly in the
    value itself where the range goes down to nought). The values of a dated figure move together.
    """
    from scipy.stats import qmc  # here, because it takes a second to import

    figures = own_figures(scenario.city)
    if not figures:
        return [{} for _ in range(draws)]
    luck = np.random.default_rng([_SEED, *scenario.city.key.encode()])
    shares = qmc.LatinHypercube(len(figures), rng=luck).random(draws)
    return [
        {key: _at(figure, float(share)) for (key, figure), share in zip(figures.items(), row, strict=True)}
        for row in shares
    ]


def _at(figure: Number | Dated, share: float) -> object:
    """Return the value of a figure at a share of its distribution, as a file gives it."""
    low, high = figure.range or (math.nan, math.nan)
    if isinstance(figure, Number):
        return quantile(share, low, figure.value, high)
    return {year: quantile(share, low, value, high) for year, value in figure.value}


def quantile(share: float, low: float, middle: float, high: float) -> float:
    """Return a quantile of the distribution with these ends and this median; see `drawn_figures`."""
    low, high = min(low, middle), max(high, middle)
    start, end, part = (low, middle, 2 * share) if share < 0.5 else (middle, high, 2 * share - 1)
    if low > 0:
        return start * (end / start) ** part
    return start + (end - start) * part
