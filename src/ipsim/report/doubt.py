"""The assumptions that matter most: by computed effect, else by width of range."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files

from ipsim.indicators.catalogue import INDICATORS
from ipsim.report.drawings.source import Source
from ipsim.report.numbers import plain, significant, unit_of
from ipsim.report.phrases import term
from ipsim.scenario.assumptions import ASSUMPTIONS, Assumption

MOST = 10


@dataclass(frozen=True)
class Effect:
    """What one assumption does to one indicator at the ends of its range."""

    assumption: str
    indicator: str
    unit: str
    range: str
    low: str
    high: str


@dataclass(frozen=True)
class Wide:
    """An assumption without a published source; reasons are written in English alone."""

    assumption: str
    value: str
    range: str
    unit: str
    reason: str


def _table() -> list[dict[str, str]]:
    file = files("ipsim.report").joinpath("data/assumption_effects.csv")
    if not file.is_file():
        return []
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def _size(row: dict[str, str], source: Source) -> float:
    """Return the effect against the simulated value, so that indicators can be ranked together."""
    found = source.measured.at(row["indicator"], int(source.measured.years[-1]))
    base = abs(found.median) if found and found.median else 1.0
    return max(abs(float(row["effect_low"])), abs(float(row["effect_high"]))) / base


def _name(key: str, lang: str) -> str:
    known = ASSUMPTIONS.get(key)
    return known.meaning.of(lang) if known else key


def _signed(value: float) -> str:
    return significant(value) if value <= 0 else f"+{significant(value)}"


def effects(source: Source) -> list[Effect]:
    """Return the computed effects for this city, largest first, at most two for an assumption."""
    city = str(source.result.scenario.city.key)
    mine = [row for row in _table() if row["city"] == city and row["indicator"] in INDICATORS]
    mine.sort(key=lambda row: -_size(row, source))
    kept: list[Effect] = []
    count: dict[str, int] = {}
    for row in mine:
        count[row["assumption"]] = count.get(row["assumption"], 0) + 1
        if count[row["assumption"]] <= 2 and len(kept) < MOST:
            kept.append(_effect(row, source))
    return kept


def _effect(row: dict[str, str], source: Source) -> Effect:
    known = INDICATORS[row["indicator"]]
    rate = source.factor(known.name)
    return Effect(
        assumption=_name(row["assumption"], source.lang),
        indicator=known.words.of(source.lang),
        unit=unit_of(known, source.lang),
        range=f"{significant(float(row['low_value']))}–{significant(float(row['high_value']))}",
        low=_signed(rate * float(row["effect_low"])),
        high=_signed(rate * float(row["effect_high"])),
    )


def _width(one: Assumption) -> float:
    middle = abs(one.value) or max(abs(one.low), abs(one.high)) or 1.0
    return (one.high - one.low) / middle


def widest(source: Source) -> list[Wide]:
    """Return the assumptions without a source that have the widest range against their value."""
    free = sorted((one for one in ASSUMPTIONS.values() if not one.cited), key=_width, reverse=True)
    used = source.result.scenario.assumptions
    return [
        Wide(
            assumption=one.meaning.of(source.lang),
            value=plain(float(used.get(one.key, one.value))),
            range=f"{plain(one.low)}–{plain(one.high)}",
            unit=term(one.unit, source.lang),
            reason=one.source if source.lang == "en" else "",
        )
        for one in free[:MOST]
    ]
