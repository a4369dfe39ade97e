"""Which assumption would turn a difference over, as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from ipsim.report.contrast.differences import Difference
from ipsim.report.contrast.numbers import difference, told
from ipsim.report.numbers import plain, rounded, unit_of, with_sign
from ipsim.report.phrases import phrase, term
from ipsim.scenario.assumptions import ASSUMPTIONS

if TYPE_CHECKING:
    from ipsim.study import Comparison
    from ipsim.study.comparison.paired import Paired
    from ipsim.study.comparison.turning import AtEnd, Turning, Verdict

_MOST_TOLD = 3


class TurningRow(NamedTuple):
    """One headline number of one pair of scenarios.

    Attributes
    ----------
    number, unit
        What differs.
    as_assumed
        The difference with all assumptions as they are, and its interval.
    most, low, high
        The assumption that moves it most; value, difference and interval at either end.
    verdict, where
        What becomes of the sign, and with which assumption.
    kind
        The same as a word of `turning.Kind`.
    """

    number: str
    unit: str
    as_assumed: tuple[str, str]
    most: str
    low: tuple[str, str, str]
    high: tuple[str, str, str]
    verdict: str
    where: str
    kind: str


class Ranked(NamedTuple):
    """The rows of one pair of scenarios."""

    title: str
    rows: list[TurningRow]


def ranked(comparison: Comparison, turning: Turning, titles: Mapping[str, str], lang: str) -> list[Ranked]:
    """Return the rows of each pair of scenarios, base against alternatives first."""
    found: list[Ranked] = []
    for base, alternative in combinations(comparison.results, 2):
        verdicts = turning.verdicts(base, alternative)
        title = phrase("contrast.against", lang, alternative=titles[alternative], base=titles[base])
        if verdicts:
            found.append(Ranked(title, [_row(comparison, one, lang) for one in verdicts]))
    return found


def turning_sentences(
    comparison: Comparison, turning: Turning, titles: Mapping[str, str], lang: str
) -> list[str]:
    """Return what turns over, or which assumption comes nearest to it."""
    pairs = combinations(comparison.results, 2)
    verdicts = [one for base, other in pairs for one in turning.verdicts(base, other)]
    sure = [one for one in verdicts if one.kind != "open"]
    turned = [one for one in sure if one.turned]
    if not sure:
        return [phrase("contrast.turning_open", lang, n=len(turning.assumptions))]
    if turned:
        return [
            _told(comparison, one, one.turned[0], "turning_turns", titles, lang)
            for one in turned[:_MOST_TOLD]
        ]
    nearest = min(sure, key=_left)
    end = nearest.nearest
    none = phrase("contrast.turning_none", lang, n=len(turning.assumptions))
    if end is None:
        return [none]
    return [none, _told(comparison, nearest, end, "turning_nearest", titles, lang)]


def _left(one: Verdict) -> float:
    """Return what is left of a difference at the end that comes nearest to turning it."""
    return one.nearest.difference.mean / one.as_assumed.mean if one.nearest else 1.0


def _told(
    comparison: Comparison, one: Verdict, end: AtEnd, key: str, titles: Mapping[str, str], lang: str
) -> str:
    here = difference(one.number, one.alternative, one.as_assumed, comparison)
    return phrase(
        f"contrast.{key}",
        lang,
        assumption=_name(end.assumption, lang),
        value=_value(end, lang),
        told=told(one.number, end.difference, comparison, lang),
        alternative=titles[one.alternative],
        base=titles[one.base],
        before=with_sign(rounded(here.mean, here.indicator, lang)),
    )


def _row(comparison: Comparison, one: Verdict, lang: str) -> TurningRow:
    middle = _difference(comparison, one, one.as_assumed)
    low, high = (_end(comparison, one, end, lang) for end in one.most)
    return TurningRow(
        middle.indicator.words.of(lang),
        unit_of(middle.indicator, lang),
        (middle.signed(middle.mean, lang), middle.interval(lang)),
        _name(one.most[0].assumption, lang),
        low,
        high,
        phrase(f"contrast.verdict_{one.kind}", lang),
        _where(comparison, one, lang),
        one.kind,
    )


def _end(comparison: Comparison, one: Verdict, end: AtEnd, lang: str) -> tuple[str, str, str]:
    found = _difference(comparison, one, end.difference)
    return _value(end, lang), found.signed(found.mean, lang), found.interval(lang)


def _where(comparison: Comparison, one: Verdict, lang: str) -> str:
    """Return where the sign turns over, is no longer sure, or comes nearest to turning."""
    end = one.turned[0] if one.turned else one.nearest
    if end is None:
        return ""
    value, mean, interval = _end(comparison, one, end, lang)
    name = _name(end.assumption, lang)
    where = phrase(
        "contrast.verdict_where", lang, assumption=name, value=value, difference=mean, interval=interval
    )
    return phrase("contrast.verdict_nearest", lang, where=where) if one.kind == "holds" else where


def _difference(comparison: Comparison, one: Verdict, found: Paired) -> Difference:
    return difference(one.number, one.alternative, found, comparison)


def _name(key: str, lang: str) -> str:
    return ASSUMPTIONS[key].meaning.of(lang)


def _value(end: AtEnd, lang: str) -> str:
    """Return the value of the assumption with its unit."""
    unit = term(ASSUMPTIONS[end.assumption].unit, lang)
    gap = "" if lang == "zh" else " "
    return f"{plain(end.value)}{gap}{unit}"
