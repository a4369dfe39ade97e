"""From finished runs to the numbers of an answer, in arrays: no table is made on the way.

Every figure equals that of the command line: levels those of `report.measured.Measured`, differences those
of `Comparison.effects`, headline numbers, prices and chances those of `Comparison`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ipsim.app.work.kept import Kept, Shape
from ipsim.indicators.catalogue import spending_lever
from ipsim.indicators.pattern import MET, PATTERN
from ipsim.report.measured import ranges
from ipsim.study.comparison.chance import Chance, chance_of, shift
from ipsim.study.comparison.headline import NUMBERS
from ipsim.study.comparison.paired import Paired, paired
from ipsim.study.comparison.price import PRICE_COLUMNS, price
from ipsim.study.intervals import mean_of

Floats = NDArray[np.float64]

SIX = tuple(definition.key for definition in PATTERN)
_HEADLINE_FIELDS = ("base", "alternative", "difference", "low", "high", "pairs", "same_sign")


@dataclass(frozen=True)
class Runs:
    """Runs of one scenario as arrays.

    Attributes
    ----------
    kept
        The runs, in the order of their seeds.
    years
        Years simulated.
    indicators
        Names measured.
    """

    kept: Sequence[Kept]
    years: tuple[int, ...]
    indicators: tuple[str, ...]

    @cached_property
    def cube(self) -> Floats:
        """Values by run, indicator and year; not a number where there is none."""
        return _cube(self.kept, self.indicators, self.years)

    @cached_property
    def numbers(self) -> dict[str, Floats]:
        """The numbers of the comparison of each run, by name; see `headline.numbers_of_runs`."""
        table = np.array([_numbers(kept) for kept in self.kept])
        return dict(zip(NUMBERS, table.T, strict=True))

    @cached_property
    def six(self) -> Floats:
        """The six indices of the pattern, by run, index and year."""
        return _cube(self.kept, SIX, self.years)

    @cached_property
    def reached(self) -> NDArray[np.bool_]:
        """Whether all six indices reach the mark, by run and year."""
        return self.six.min(axis=1) >= MET

    @cached_property
    def chance(self) -> Chance | None:
        """The chance of meeting the pattern, as `study.comparison.chance.chance` finds it."""
        names = {name for _, name in self.kept[0].shape.indicators}
        if not names.issuperset(SIX):
            return None
        return chance_of(self.reached, self.years)


def runs_of(kept: Sequence[Kept], indicators: Sequence[str]) -> Runs:
    """Return runs as arrays of the indicators that were measured, in this order."""
    measured = {name for one in _shapes(kept) for _, name in one.indicators}
    years = sorted({year for one in _shapes(kept) for year, _ in one.indicators})
    return Runs(kept, tuple(years), tuple(name for name in dict.fromkeys(indicators) if name in measured))


def levels(runs: Runs) -> dict[str, dict[str, list[float]]]:
    """Return median and 5-95 % range by indicator, for each year."""
    return _by_name(runs.indicators, ranges(runs.cube), ("low", "median", "high"))


def differences(base: Runs, alternative: Runs) -> dict[str, dict[str, list[float]]]:
    """Return the mean paired difference and its 90 % interval by indicator, for each year."""
    names = tuple(name for name in base.indicators if name in alternative.indicators)
    found = mean_of(_some(alternative, names) - _some(base, names))
    return _by_name(names, np.stack(found), ("mean", "low", "high"))


def spent(runs: Runs) -> dict[str, float]:
    """Return public money over all years by lever, in RMB million: the mean over runs, so that all add up."""
    names = _money(runs)
    sums = np.nansum(_some(runs, names), axis=2)
    return dict(zip(names, sums.mean(axis=0).tolist(), strict=True))


def spent_more(base: Runs, alternative: Runs) -> dict[str, dict[str, float]]:
    """Return the mean paired difference of `spent` and its 90 % interval, by lever."""
    names = tuple(name for name in _money(base) if name in alternative.indicators)
    sums = [np.nansum(_some(runs, names), axis=2) for runs in (base, alternative)]
    parts = np.stack(mean_of(sums[1] - sums[0])).T.tolist()
    return {
        name: dict(zip(("mean", "low", "high"), part, strict=True))
        for name, part in zip(names, parts, strict=True)
    }


def _money(runs: Runs) -> tuple[str, ...]:
    return tuple(name for name in runs.indicators if spending_lever(name))


def headline(base: Runs, alternative: Runs) -> dict[str, dict[str, Any]]:
    """Return the differences of the headline numbers, by name; those that no pair has are left out."""
    found: dict[str, dict[str, Any]] = {}
    for name in NUMBERS:
        one = _paired(base.numbers[name], alternative.numbers[name])
        if one is not None:
            told = (one.base, one.value, one.mean, one.low, one.high, one.pairs, one.same_sign)
            found[name] = dict(zip(_HEADLINE_FIELDS, told, strict=True))
    return found


def price_of(base: Runs, alternative: Runs) -> dict[str, Any] | None:
    """Return what an extra high-value patent costs, with the fields of ``prices.csv``."""
    of_each = [runs.numbers[name] for runs in (base, alternative) for name in ("high_value", "public_cost")]
    whole = np.stack(of_each, axis=1)
    whole = whole[~np.isnan(whole).any(axis=1)]
    if not len(whole):
        return None
    one = price((whole[:, 0], whole[:, 2]), (whole[:, 1], whole[:, 3]))
    return dict(zip(PRICE_COLUMNS[1:], one.row(), strict=True))


def shift_of(base: Runs, alternative: Runs) -> dict[str, Any] | None:
    """Return what the alternative does to the chance of meeting the pattern."""
    if base.chance is None or alternative.chance is None:
        return None
    return shift(base.chance, alternative.chance)._asdict()


def pattern(runs: Runs) -> dict[str, Any] | None:
    """Return the chance of meeting the pattern, by year as well, and the six indices."""
    found = runs.chance
    if found is None:
        return None
    return {
        "year": found.year,
        "runs": found.runs,
        "met": found.met,
        "share": found.share,
        "low": found.low,
        "high": found.high,
        "first_year": found.first_year,
        "by_year": runs.reached.mean(axis=0).tolist(),
        "six": _by_name(SIX, ranges(runs.six), ("low", "median", "high")),
    }


def _by_name(names: Sequence[str], parts: Floats, fields: Sequence[str]) -> dict[str, dict[str, list[float]]]:
    """Return (parts, names, years) as lists by name and field."""
    lists = parts.tolist()
    return {name: {field: lists[i][j] for i, field in enumerate(fields)} for j, name in enumerate(names)}


def _some(runs: Runs, names: Sequence[str]) -> Floats:
    if tuple(names) == runs.indicators:
        return runs.cube
    return runs.cube[:, [runs.indicators.index(name) for name in names]]


def _paired(base: Floats, alternative: Floats) -> Paired | None:
    there = ~(np.isnan(base) | np.isnan(alternative))
    return paired(base, alternative) if there.any() else None


def _shapes(kept: Sequence[Kept]) -> list[Shape]:
    """Return the different shapes of runs: nearly always one."""
    found: dict[int, Shape] = {id(one.shape): one.shape for one in kept}
    return list(found.values())


def _cube(kept: Sequence[Kept], indicators: tuple[str, ...], years: tuple[int, ...]) -> Floats:
    places = {id(shape): _places(shape, indicators, years) for shape in _shapes(kept)}
    return np.stack([np.append(one.values, np.nan)[places[id(one.shape)]] for one in kept])


@lru_cache(maxsize=64)
def _places(shape: Shape, indicators: tuple[str, ...], years: tuple[int, ...]) -> NDArray[np.int64]:
    """Return where each indicator and year stands; -1, one after the last, where it is missing."""
    known = {key: place for place, key in enumerate(shape.indicators)}
    rows = [[known.get((year, name), -1) for year in years] for name in indicators]
    return np.array(rows, dtype=np.int64).reshape(len(indicators), len(years))


_known_numbers: WeakKeyDictionary[Kept, tuple[float, ...]] = WeakKeyDictionary()


def _numbers(kept: Kept) -> tuple[float, ...]:
    """Return the numbers of one run, in the order of `NUMBERS`; they are worked out once."""
    found = _known_numbers.get(kept)
    if found is None:
        values = kept.values
        series = _series(kept.shape)
        found = tuple(
            number.of_run({year: values[place] for year, place in series[number.indicator].items()})
            for number in NUMBERS.values()
        )
        _known_numbers[kept] = found
    return found


@lru_cache(maxsize=16)
def _series(shape: Shape) -> dict[str, dict[int, int]]:
    """Return the places of the headline numbers' indicators, by year."""
    found: dict[str, dict[int, int]] = {number.indicator: {} for number in NUMBERS.values()}
    for place, (year, name) in enumerate(shape.indicators):
        if name in found:
            found[name][year] = place
    return found
