"""The rows of a hindcast as people read them: names, numbers with their unit, yes and no."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

from ipsim.indicators.catalogue import INDICATORS, indicator
from ipsim.report.numbers import rounded, unit_of
from ipsim.report.phrases import phrase

if TYPE_CHECKING:
    import pandas as pd

    from ipsim.study.hindcast import Scores

Row = Mapping[Hashable, Any]


def ordered(table: pd.DataFrame) -> list[Row]:
    """Return the rows by place as they come, then in the order of the catalogue and by year."""
    places = list(dict.fromkeys(table["place"]))
    order = {name: number for number, name in enumerate(INDICATORS)}
    rows = table.to_dict(orient="records")
    return sorted(
        rows,
        key=lambda row: (places.index(row["place"]), order.get(row["indicator"], len(order)), row["year"]),
    )


def place_of(scores: Scores, place: str, lang: str) -> str:
    """Return a place in the language, where its city is one of the hindcast's."""
    names = [city["name"] for city in scores.facts.get("cities", {}).values()]
    return next((str(name[lang]) for name in names if name["en"] == place), place)


def title_of(row: Row, lang: str) -> str:
    """Return the indicator with the year."""
    name = indicator(row["indicator"]).words.of(lang)
    return phrase("hindcast.row", lang, indicator=name, year=row["year"])


def unit_words(row: Row, lang: str) -> str:
    """Return the unit in which a row is shown."""
    return unit_of(indicator(row["indicator"]), lang)


def number(row: Row, column: str, lang: str) -> str:
    """Return a value of a row in the unit of its indicator; a dash where there is none."""
    value = float(row[column])
    return "–" if math.isnan(value) else rounded(value, indicator(row["indicator"]), lang)


def published(row: Row, lang: str) -> str:
    """Return the published figure: a number, a range or a bound; marked where not sure."""
    given = [end for end in ("low", "high") if is_given(row[f"published_{end}"])]
    ends = {end: number(row, f"published_{end}", lang) for end in given}
    if ends:
        form = "span" if len(ends) == 2 else "above" if "low" in ends else "below"
        text = phrase(f"hindcast.{form}", lang, **ends)
    else:
        text = number(row, "published", lang)
    return text if row["sure"] else phrase("hindcast.marked", lang, text=text)


def is_given(value: object) -> bool:
    """Whether a cell holds a number."""
    return isinstance(value, int | float) and not math.isnan(value)


def band(row: Row, level: int, lang: str) -> str:
    """Return a band of the prediction."""
    ends = {end: number(row, f"{end}_{level}", lang) for end in ("low", "high")}
    return phrase("hindcast.span", lang, **ends)


def inside(row: Row, lang: str) -> str:
    """Return whether the figure lies in the 50 % band, and in the 90 % band."""
    one, other = (phrase(f"hindcast.{'yes' if row[f'inside_{level}'] else 'no'}", lang) for level in (50, 90))
    return phrase("hindcast.pair", lang, one=one, other=other)
