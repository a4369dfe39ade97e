"""What a calibration came to and what was missing, in a few sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipsim.indicators.catalogue import INDICATORS
from ipsim.report.calibration.names import aim_words, own_words
from ipsim.report.numbers import figure, percent
from ipsim.report.phrases import language, phrase
from ipsim.study.calibration.assessment import NARROWED

if TYPE_CHECKING:
    from ipsim.study.calibration.keeping import Assessment

_MISSED = 1.0  # spreads from which an aim counts as missed
_NAMED = 3  # figures that one sentence names
_FEW = 50  # effective draws


def sentences(assessed: Assessment, lang: str) -> list[str]:
    """Return the sentences in the order in which they are read."""
    lang = language(lang)
    return [
        *_fit(assessed, lang),
        *_parameters(assessed, lang),
        *_conflicts(assessed, lang),
        *_missing(assessed, lang),
    ]


def narrowed(table: pd.DataFrame) -> pd.Series[bool]:
    """Return which parameters the figures narrow."""
    return table["contraction"] >= NARROWED


def own_parameters(assessed: Assessment) -> pd.DataFrame:
    """Return the rows of the table of parameters that are a city's own."""
    table = assessed.identifiability
    return table[table["parameter"].str.contains(":", regex=False)]


def _say(key: str, lang: str, **values: object) -> str:
    return phrase(f"calibration.{key}", lang, **values)


def _fit(assessed: Assessment, lang: str) -> list[str]:
    table, found = assessed.fit, []
    for use in ("fit", "test"):
        rows = table[table["use"] == use]
        if len(rows):
            inside = int(rows["inside"].sum())
            share = percent(figure(100 * inside / len(rows)), lang)
            found.append(_say(f"said_{use}", lang, n=len(rows), inside=inside, share=share))
        elif use == "test":
            found.append(_say("said_no_test", lang))
    fitted = table[table["use"] == "fit"]
    off = fitted.loc[fitted["off"].abs().sort_values(ascending=False).index]
    far = off[off["off"].abs() >= _MISSED].head(_NAMED)
    if len(far):
        items = [
            _say(
                "missed_item",
                lang,
                words=aim_words(row, assessed.cities, lang),
                ratio=percent(figure(100 * row["posterior_median"] / row["published"]), lang),
            )
            for row in rows_of(far)
        ]
        found.append(_say("said_missed", lang, list=_say("and_so", lang).join(items)))
    return found


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as mappings."""
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _parameters(assessed: Assessment, lang: str) -> list[str]:
    table = assessed.identifiability if assessed.is_shared else own_parameters(assessed)
    sure = int(narrowed(table).sum())
    found = [_say("said_narrowed", lang, n=len(table), narrowed=sure, rest=len(table) - sure)]
    if not assessed.is_shared and sure < len(table):
        names = [own_words(name.partition(":")[2], lang) for name in table.loc[~narrowed(table), "parameter"]]
        found.append(_say("said_prior", lang, list=_say("listed", lang).join(names)))
    effective = float(assessed.facts["effective_draws"])
    found.append(_say("said_effective", lang, n=figure(effective)))
    if effective < _FEW:
        found[-1] += phrase("page.sentence_gap", lang) + _say("said_thin", lang)
    return found


def _conflicts(assessed: Assessment, lang: str) -> list[str]:
    table = assessed.conflicts
    if not len(table):
        return [_say("said_no_conflict", lang)]
    words = aims_by_key(assessed, lang)
    first = rows_of(table.head(1))[0]
    one, other = words[first["left_out"]], words[first["other"]]
    return [_say("said_conflicts", lang, n=len(table), one=one, other=other)]


def aims_by_key(assessed: Assessment, lang: str) -> dict[str, str]:
    """Return what each aim is, by its key."""
    return {row["aim"]: aim_words(row, assessed.cities, lang) for row in rows_of(assessed.fit)}


def _missing(assessed: Assessment, lang: str) -> list[str]:
    unused: Sequence[dict[str, Any]] = assessed.facts["unused"]
    found: list[str] = []
    if unused:
        by_reason: dict[str, list[str]] = {}
        for one in unused:
            by_reason.setdefault(one["reason"][lang], []).append(_named(one, lang))
        items = [
            _say("unused_item", lang, names=_first(names, lang), reason=reason)
            for reason, names in by_reason.items()
        ]
        found.append(_say("said_unused", lang, n=len(unused), list=_say("and_so", lang).join(items)))
    silent = [one["key"] for one in assessed.facts["aims"] if not one["simulated"]]
    if silent:
        found.append(_say("said_silent", lang, list=_say("between", lang).join(silent)))
    return found


def _first(names: Sequence[str], lang: str) -> str:
    text = _say("between", lang).join(names[:_NAMED])
    rest = len(names) - _NAMED
    if rest <= 0:
        return text
    return _say("unused_more", lang, names=text, n=rest if lang == "en" else len(names))


def _named(one: dict[str, Any], lang: str) -> str:
    known = INDICATORS.get(one["indicator"])
    words = known.words.of(lang) if known else one["indicator"]
    return f"{words} {one['period']}"
