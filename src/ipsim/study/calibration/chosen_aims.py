"""Which published figures a calibration aims at."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ipsim.published import Published, of_place
from ipsim.study.calibration.aims import DISCREPANCY, TWIN, Aim
from ipsim.study.calibration.targets import targets

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

LAST_FITTED = 2019
"""Figures of cities after this year are tests: they are not used in any fit."""

FIRST_YEAR = 2016

_DISCREPANCIES = {
    # Published stock, filings and grants of Xiamen allow about 59 % at most, against 68 % published; the
    # ages of the stock at the founding are the model's own.
    "share_valid_inventions_maintained_over_5y": 0.4,
}
"""Indicators about which the model, or the evidence itself, is known to be less sure than `DISCREPANCY`."""


def aim_of(city: str, one: Published, use: str | None = None) -> Aim:
    """Return a published figure of a city as an aim; those after `LAST_FITTED` are tests."""
    return Aim(
        key=f"{city}:{one.indicator}:{one.year}",
        cities=(city,),
        indicator=one.indicator,
        year=one.year,
        value=one.value,
        **_ends(one.value, one.low, one.high),
        error=one.error,
        discrepancy=_DISCREPANCIES.get(one.indicator, DISCREPANCY),
        known=one.year,
        use=use or ("fit" if one.year <= LAST_FITTED else "test"),
        source=one.source,
    )


def _ends(value: float, low: float | None, high: float | None) -> dict[str, float]:
    """Return the published range; a bound that leaves one end open is open there."""
    if low is None and high is None:
        return {"low": value, "high": value}
    return {"low": 0.0 if low is None else low, "high": math.inf if high is None else high}


def city_aims(city: str, scenario: Scenario, rows: Sequence[Published] | None = None) -> list[Aim]:
    """Return aims for a city's published figures, those of the evidence if none are given."""
    found = of_place(scenario.city.name.en, FIRST_YEAR, scenario.end_year) if rows is None else rows
    return [
        aim_of(city, one) for one in found if one.value > 0.0 and FIRST_YEAR <= one.year <= scenario.end_year
    ]


def all_aims(cities: Mapping[str, Scenario], known_by: int | None = None) -> list[Aim]:
    """Return the aims of the shared calibration: cities, nation, distributions and effects.

    Parameters
    ----------
    cities
        Scenario by key; national figures are compared with the mean of all.
    known_by
        Only what was known at the end of this year is fitted; the rest is for tests.
    """
    found = [aim for city, scenario in cities.items() for aim in city_aims(city, scenario)]
    every = tuple(cities)
    for one in targets():
        places = every if one.places == "both" else (one.places,)
        if one.indicator.startswith(TWIN):
            places = every[:1]  # which runs the twins
        found.append(
            Aim(
                key=f"china:{one.key}",
                cities=places,
                indicator=one.indicator,
                year=0 if one.indicator.startswith(TWIN) else one.year,
                value=one.value,
                **_ends(one.value, one.low, one.high),
                error=one.error,
                discrepancy=one.discrepancy,
                known=one.known,
                use=one.use,
                source=one.source,
            )
        )
    if known_by is not None:
        found = [replace(aim, use="test") if aim.known > known_by else aim for aim in found]
    return found
