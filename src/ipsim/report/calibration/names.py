"""Names of aims and parameters as people read them, and their values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipsim.indicators.catalogue import indicator as known_indicator
from ipsim.report.numbers import shown, significant, unit_of
from ipsim.report.phrases import catalogue, phrase
from ipsim.scenario.assumptions import ASSUMPTIONS

Row = Mapping[str, Any]
"""A row of the fit table."""

Cities = Mapping[str, Mapping[str, str]]
"""Names of cities in both languages, by key."""

_PREFIX = "assumptions."
_DISTRIBUTIONS = (
    "value_sigma",
    "value_top5",
    "value_tail",
    "applicant_exponent",
    "research_between",
    "research_within",
    "firm_size_exponent",
    "customers_exponent",
    "links",
)
NATION, DISTRIBUTIONS, EFFECTS = "nation", "distributions", "effects"


def group_of(row: Row) -> str:
    """Return the group of an aim: the key of its city, or nation, distributions, effects."""
    kind, _, name = str(row["indicator"]).partition(".")
    if kind == "twin":
        return EFFECTS
    if kind == "moment" and name in _DISTRIBUTIONS:
        return DISTRIBUTIONS
    place = str(row["aim"]).partition(":")[0]
    return place if place != "china" else NATION


def group_words(group: str, cities: Cities, lang: str) -> str:
    """Return the name of a group."""
    return cities[group][lang] if group in cities else phrase(f"calibration.group_{group}", lang)


def figure_words(row: Row, lang: str) -> str:
    """Return what an aim is, with its year and without its place."""
    name = str(row["indicator"])
    kind, _, rest = name.partition(".")
    if kind in ("moment", "twin"):
        key = f"calibration.{kind}_{rest}"
        words = phrase(key, lang) if key in catalogue() else rest.replace("_", " ")
    else:
        words = known_indicator(name).words.of(lang)
    year = int(row["year"])
    return phrase("calibration.label_year", lang, words=words, year=year) if year else words


def aim_words(row: Row, cities: Cities, lang: str) -> str:
    """Return what an aim is, with its place."""
    group = group_of(row)
    if group in (DISTRIBUTIONS, EFFECTS):
        return figure_words(row, lang)
    place = group_words(group, cities, lang)
    return phrase("calibration.label_city", lang, city=place, words=figure_words(row, lang))


def value_words(row: Row, value: float, lang: str) -> str:
    """Return a figure of an aim, without its unit."""
    name = str(row["indicator"])
    if name.startswith(("moment.", "twin.")):
        return significant(value)
    return shown(value, known_indicator(name), lang)


def unit_words(row: Row, lang: str) -> str:
    """Return the unit of an aim's figures, empty for pure numbers."""
    name = str(row["indicator"])
    return "" if name.startswith(("moment.", "twin.")) else unit_of(known_indicator(name), lang)


def parameter_words(name: str, cities: Cities, lang: str) -> str:
    """Return what a parameter is, with the city whose own it is."""
    if name.startswith(_PREFIX):
        return ASSUMPTIONS[name.removeprefix(_PREFIX)].meaning.of(lang)
    city, _, figure = name.partition(":")
    place = cities[city][lang] if city in cities else city
    return phrase("calibration.label_city", lang, city=place, words=own_words(figure, lang))


def own_words(figure: str, lang: str) -> str:
    """Return what a figure of a city's profile is."""
    key = f"calibration.own_{figure.replace('.', '_')}"
    return phrase(key, lang) if key in catalogue() else figure
